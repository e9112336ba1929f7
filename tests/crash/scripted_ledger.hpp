// SPDX-License-Identifier: MIT
// A scripted workload over a ledger: every kind of operation, each step repeatable.
#pragma once

#include <array>
#include <vector>

#include "book_on_vfs.hpp"

namespace coffer::crash {

/// Each step posts two transfers. Beside them the first of three steps makes a hold and captures a
/// part of it, the second makes one and releases it, the third reverses its own first transfer and
/// changes the policy of an account.
class ScriptedLedger final : public BookOnVfs {
 public:
  using BookOnVfs::BookOnVfs;

  [[nodiscard]] std::int64_t steps() const override { return 9; }

  [[nodiscard]] std::string complaint() override {
    const Result<VerifyReport> report = ledger().verify({});
    if (!report) {
      return report.error().message;
    }
    std::int64_t begun = 0;
    std::int64_t captured = 0;
    std::int64_t reversed = 0;
    bool is_whole = true;
    for (std::int64_t i = 0; i < steps(); ++i) {
      const std::string tag = std::to_string(i);
      const bool has_first = present("a" + tag);
      if (has_first != present("b" + tag)) {
        return "step " + tag + " is half there";
      }
      if (has_first && !is_whole) {
        return "step " + tag + " is there without the end of its predecessor";
      }
      const bool has_capture = present("c" + tag);
      const bool has_reversal = present("r" + tag);
      is_whole = has_first && (i % 3 != 0 || has_capture) && (i % 3 != 1 || is_released(i)) &&
                 (i % 3 != 2 || (has_reversal && has_maximum(i)));
      if (i < acknowledged() && !is_whole) {
        return "step " + tag + " was acknowledged and is gone";
      }
      captured += has_capture ? 1 : 0;
      reversed += has_reversal ? 1 : 0;
      begun += has_first ? 1 : 0;
    }
    begun_ = begun;
    const auto balance = ledger().balance(AccountId(2));
    if (begun > 0 && (!balance || balance->posted != Amount(3 * (begun - reversed) - captured))) {
      return "account 2 does not have 3 a step less the captures and the reversals";
    }
    return {};
  }

  /// How many steps the last `complaint` has seen, the last of them perhaps not to its end.
  [[nodiscard]] std::int64_t begun() const { return begun_; }

 protected:
  Status prepare() override { return open_accounts({"bank", "one", "two"}); }

  Status step(std::int64_t i) override {
    const std::string tag = std::to_string(i);
    const std::array<std::string, 5> keys{"a" + tag, "b" + tag, "h" + tag, "c" + tag, "r" + tag};
    std::vector<Operation> operations;
    operations.push_back(
        {Transfer{keys[0], AccountId(1), AccountId(2), Amount(3), 0, false, {}, {}}, false});
    operations.push_back(
        {Transfer{keys[1], AccountId(1), AccountId(3), Amount(4), 0, false, {}, {}}, false});
    if (i % 3 != 2) {
      operations.push_back(
          {HoldDraft{keys[2], AccountId(2), Amount(2), Bucket::held, AccountId(3), {}, {}}, false});
    }
    COFFER_TRY_ASSIGN(const std::vector<Outcome> outcomes, all_or_none(operations));
    if (i % 3 == 0) {
      COFFER_TRY(
          ledger().capture({keys[3], HoldId(outcomes[2].id), Amount(1), {}, true, 0, {}, {}}));
    } else if (i % 3 == 1) {
      COFFER_TRY(release(HoldId(outcomes[2].id)));
    } else {
      COFFER_TRY(ledger().reverse({keys[4], TransactionId(outcomes[0].id), 0, {}, {}, {}}));
      COFFER_TRY(ledger().change_account({AccountId(3), {std::nullopt, Amount(1000 + i)}, {}}));
    }
    return i == steps() / 2 ? reopen() : Status{};
  }

 private:
  [[nodiscard]] bool present(const std::string& key) {
    return ledger().find_transaction(key).has_value();
  }
  /// Two holds in three steps, in their order.
  [[nodiscard]] bool is_released(std::int64_t step) {
    const auto hold = ledger().find_hold(HoldId(step / 3 * 2 + 2));
    return hold && hold->state == HoldState::released;
  }
  /// Of step `i` or a later one.
  [[nodiscard]] bool has_maximum(std::int64_t i) {
    const auto account = ledger().find_account(AccountId(3));
    return account && account->policy.maximum && *account->policy.maximum >= Amount(1000 + i);
  }
  /// A release has no key; that it was done already shows in the hold.
  [[nodiscard]] Status release(HoldId id) {
    COFFER_TRY_ASSIGN(const Hold hold, ledger().find_hold(id));
    if (hold.state == HoldState::open) {
      COFFER_TRY(ledger().release(id));
    }
    return {};
  }

  std::int64_t begun_ = 0;
};

}  // namespace coffer::crash
