// SPDX-License-Identifier: MIT
// A scripted workload over a ledger: every kind of operation, each step atomic and repeatable.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <coffer/ledger/ledger.hpp>

namespace coffer::crash {

inline constexpr std::int64_t steps = 15;

/// A book on the VFS of a test, with the number of its steps that were acknowledged.
class ScriptedBook {
 public:
  ScriptedBook(std::string path, const char* vfs) : path_(std::move(path)), vfs_(vfs) {}

  [[nodiscard]] Status open() {
    storage::SqliteOptions options;
    options.vfs = vfs_;
    COFFER_TRY_ASSIGN(storage_, storage::open_sqlite(path_, options));
    LedgerOptions ledger_options;
    ledger_options.use_builder_thread = false;
    COFFER_TRY_ASSIGN(ledger_, Ledger::open(*storage_, clock_, ledger_options));
    return prepare();
  }
  /// As a process that dies: whatever the ledger still tries fails or not, nobody looks.
  void abandon() {
    ledger_.reset();
    storage_.reset();
  }
  [[nodiscard]] Status reopen() {
    Status closed = ledger_->close();
    abandon();
    COFFER_TRY(closed);
    return open();
  }
  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  [[nodiscard]] std::int64_t acknowledged() const { return acknowledged_; }

  /// Step `i`; may be repeated until it succeeds.
  [[nodiscard]] Status step(std::int64_t i) {
    clock_.advance(1'000'000'000);
    const std::string tag = std::to_string(i);
    const std::array<std::string, 4> keys{"a" + tag, "b" + tag, "h" + tag, "c" + tag};
    std::vector<Operation> operations;
    operations.push_back(
        {Transfer{keys[0], AccountId(1), AccountId(2), Amount(3), 0, false, {}, {}}, false});
    operations.push_back(
        {Transfer{keys[1], AccountId(1), AccountId(3), Amount(4), 0, false, {}, {}}, false});
    if (i % 3 == 0) {
      operations.push_back(
          {HoldDraft{keys[2], AccountId(2), Amount(2), Bucket::held, AccountId(3), {}, {}}, false});
    }
    std::vector<Outcome> outcomes(operations.size());
    COFFER_TRY(ledger_->execute(operations, BatchMode::atomic, outcomes));
    for (const Outcome& outcome : outcomes) {
      if (outcome.code != Code::ok) {
        return Error{outcome.code, describe(outcome)};
      }
    }
    if (i % 3 == 0) {
      COFFER_TRY(
          ledger_->capture({keys[3], HoldId(outcomes[2].id), Amount(1), {}, true, 0, {}, {}}));
    }
    if (i == steps / 2) {
      COFFER_TRY(reopen());
    }
    acknowledged_ = i + 1;
    return {};
  }

  /// What must hold whenever the book is open: whole steps, all that were acknowledged, exact sums.
  [[nodiscard]] std::string complaint() {
    const Result<VerifyReport> report = ledger_->verify({});
    if (!report) {
      return report.error().message;
    }
    const auto present = [this](const std::string& key) {
      return ledger_->find_transaction(key).has_value();
    };
    std::int64_t whole = 0;
    std::int64_t captured = 0;
    for (std::int64_t i = 0; i < steps; ++i) {
      const std::string tag = std::to_string(i);
      const bool has_first = present("a" + tag);
      if (has_first != present("b" + tag)) {
        return "step " + tag + " is half there";
      }
      const bool has_capture = present("c" + tag);
      captured += has_capture ? 1 : 0;
      whole += has_first ? 1 : 0;
      if (i < acknowledged_ && (!has_first || (i % 3 == 0 && !has_capture))) {
        return "step " + tag + " was acknowledged and is gone";
      }
      if (has_first && whole != i + 1) {
        return "step " + tag + " is there without its predecessor";
      }
    }
    const auto balance = ledger_->balance(AccountId(2));
    if (whole > 0 && (!balance || balance->posted != Amount(3 * whole - captured))) {
      return "account 2 does not have 3 a step less the captures";
    }
    return {};
  }

 private:
  [[nodiscard]] Status prepare() {
    COFFER_TRY(ledger_->register_asset({"USD", 2, AssetKind::fiat, {}, {}, {}}));
    for (const char* key : {"bank", "one", "two"}) {
      AccountDraft draft;
      draft.key = key;
      draft.asset = AssetId(1);
      draft.policy.minimum = std::nullopt;
      COFFER_TRY(ledger_->open_account(draft));
    }
    return {};
  }

  std::string path_;
  const char* vfs_;
  ManualClock clock_{Timestamp{1'700'000'000'000'000'000}};
  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;
  std::int64_t acknowledged_ = 0;
};

}  // namespace coffer::crash
