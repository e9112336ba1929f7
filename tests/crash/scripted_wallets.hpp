// SPDX-License-Identifier: MIT
// A scripted workload over users' wallets and reconciliations, each step repeatable.
#pragma once

#include <array>

#include <coffer/reconcile/reconciler.hpp>
#include <coffer/wallet/wallets.hpp>

#include "book_on_vfs.hpp"

namespace coffer::crash {

/// Two rounds of six steps: create three wallets and thaw one, deposit, transfer and withdraw,
/// exchange, freeze, reconcile.
class ScriptedWallets final : public BookOnVfs {
 public:
  using BookOnVfs::BookOnVfs;

  [[nodiscard]] std::int64_t steps() const override { return 12; }

  [[nodiscard]] std::string complaint() override {
    if (const auto report = ledger().verify({}); !report) {
      return report.error().message;
    }
    Wallets wallets(ledger());
    bool is_whole = true;
    std::int64_t expected = 0;
    for (std::int64_t i = 0; i < steps(); ++i) {
      const std::string tag = std::to_string(i);
      bool has_all = true;
      for (const auto& [step, key, change] : movements) {
        if (i % 6 == step) {
          const bool is_there = ledger().find_transaction(key + tag).has_value();
          has_all = has_all && is_there;
          expected += is_there ? change : 0;
          if (is_there && !is_whole) {
            return key + tag + " is there without its predecessor";
          }
        }
      }
      is_whole = has_all;
      if (i < acknowledged() && !has_all) {
        return "step " + tag + " was acknowledged and is gone";
      }
    }
    return complaint_of_state(wallets, expected);
  }

 protected:
  Status prepare() override { return {}; }

  Status step(std::int64_t i) override {
    Wallets wallets(ledger());
    const std::string tag = std::to_string(i);
    const auto reference = [&tag](const char* letter) { return letter + tag; };
    switch (i % 6) {
      case 0:
        for (const auto& [user, currency] :
             {std::pair("ann", "USD"), std::pair("bob", "USD"), std::pair("ann", "EUR")}) {
          COFFER_TRY(wallets.create({user, currency, {}}));
        }
        COFFER_TRY(wallets.thaw(bob, "answered"));
        return {};
      case 1: COFFER_TRY(wallets.deposit({ann, Amount(1000), reference("d"), "salary"})); break;
      case 2:
        COFFER_TRY(wallets.transfer({ann, bob, Amount(100), reference("t")}));
        COFFER_TRY(wallets.withdraw({ann, Amount(10), reference("w")}));
        break;
      case 3:
        COFFER_TRY(wallets.exchange({ann, euros, Amount(50), Rate::of(Amount(1), Amount(2)).value(),
                                     Rounding::down, reference("x")}));
        break;
      case 4: COFFER_TRY(wallets.freeze(bob, "a question")); break;
      default: COFFER_TRY(reconcile()); return i == 5 ? reopen() : Status{};
    }
    return {};
  }

 private:
  static constexpr WalletId ann{1};
  static constexpr WalletId bob{2};
  static constexpr WalletId euros{3};

  /// Which step makes which transactions, and what each adds to ann's dollars.
  struct Movement {
    std::int64_t step;
    std::string key;
    std::int64_t change;
  };
  const std::array<Movement, 4> movements{
      {{1, "w1:d:d", 1000}, {2, "w1:t:t", -100}, {2, "w1:w:w", -10}, {3, "w1:x:x", -50}}};

  [[nodiscard]] std::string complaint_of_state(Wallets& wallets, std::int64_t expected) {
    const auto balance = wallets.balance(ann);
    if (expected != 0 && (!balance || balance->posted != Amount(expected))) {
      return "ann does not have what her transactions make";
    }
    if (acknowledged() > 0 && !wallets.find("ann", "EUR")) {
      return "a wallet that was acknowledged is gone";
    }
    if (acknowledged() % 6 == 5 && !wallets.is_frozen(bob).value()) {
      return "a freezing that was acknowledged is gone";
    }
    const auto records = acknowledged() >= 6
                             ? Reconciler(ledger()).history(ann, 1, 100)
                             : Result<ReconciliationNumberedPage>(ReconciliationNumberedPage{});
    if (!records || records->total < acknowledged() / 6) {
      return "a reconciliation that was acknowledged is gone";
    }
    for (const Reconciliation& record : records->records) {
      if (record.status != ReconciliationStatus::matched) {
        return "a reconciliation is not what was stored";
      }
    }
    return {};
  }

  /// Repeated, it makes another record: what is compared is the same.
  [[nodiscard]] Status reconcile() {
    COFFER_TRY_ASSIGN(const Balance balance, Wallets(ledger()).balance(ann));
    ReconciliationRequest request;
    request.wallet = ann;
    request.end_at = clock().now();
    request.start_at = Timestamp{request.end_at.ns - 1'000'000'000};
    request.external_balance = balance.posted;
    COFFER_TRY(Reconciler(ledger()).run(request));
    return {};
  }
};

}  // namespace coffer::crash
