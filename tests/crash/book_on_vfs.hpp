// SPDX-License-Identifier: MIT
// A book on the VFS of a test, and the script that is played on it: steps, acknowledged one by one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <coffer/ledger/ledger.hpp>

namespace coffer::crash {

class BookOnVfs {
 public:
  BookOnVfs(std::string path, const char* vfs) : path_(std::move(path)), vfs_(vfs) {}
  virtual ~BookOnVfs() = default;
  BookOnVfs(const BookOnVfs&) = delete;
  BookOnVfs& operator=(const BookOnVfs&) = delete;

  /// How many steps the script has.
  [[nodiscard]] virtual std::int64_t steps() const = 0;
  /// What must hold whenever the book is open: whole steps, all that were acknowledged, exact sums.
  /// Empty when it does.
  [[nodiscard]] virtual std::string complaint() = 0;
  /// Opens the book after a fault, as somebody would who only knows what the errors say.
  [[nodiscard]] virtual Status open_to_look() { return open(); }

  [[nodiscard]] Status open() {
    storage::SqliteOptions options;
    options.vfs = vfs_;
    options.durability = durability;
    COFFER_TRY_ASSIGN(storage_, storage::open_sqlite(path_, options));
    COFFER_TRY_ASSIGN(ledger_, Ledger::open(*storage_, clock_, ledger_options()));
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
  /// Opens the book, plays the steps that are not acknowledged yet, and closes.
  [[nodiscard]] Status run() {
    is_playing_ = true;
    Status opened = open();
    is_playing_ = false;
    COFFER_TRY(opened);
    while (acknowledged_ < steps()) {
      COFFER_TRY(play_next());
    }
    return ledger_->close();
  }
  /// Plays one step; may be repeated until it succeeds.
  [[nodiscard]] Status play_next() {
    clock_.advance(1'000'000'000);
    COFFER_TRY(step(acknowledged_));
    ++acknowledged_;
    return {};
  }
  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  [[nodiscard]] std::int64_t acknowledged() const { return acknowledged_; }
  /// A host that lost acknowledged steps, as `Durability::normal` allows, goes on from what it has.
  void go_back_to(std::int64_t step) { acknowledged_ = std::min(acknowledged_, step); }

  storage::Durability durability = storage::Durability::full;

 protected:
  virtual Status prepare() = 0;
  virtual Status step(std::int64_t i) = 0;
  [[nodiscard]] virtual LedgerOptions ledger_options() const {
    LedgerOptions options;
    options.use_builder_thread = false;
    return options;
  }

  /// While `run` opens the book, not while somebody looks.
  [[nodiscard]] bool is_playing() const { return is_playing_; }
  [[nodiscard]] Clock& clock() { return clock_; }

  /// Executes operations that stand or fall together.
  [[nodiscard]] Result<std::vector<Outcome>> all_or_none(const std::vector<Operation>& operations) {
    std::vector<Outcome> outcomes(operations.size());
    COFFER_TRY(ledger_->execute(operations, BatchMode::atomic, outcomes));
    for (const Outcome& outcome : outcomes) {
      if (outcome.code != Code::ok && outcome.code != Code::group_failed) {
        return Error{outcome.code, describe(outcome)};
      }
    }
    return outcomes;
  }
  [[nodiscard]] Status open_accounts(std::initializer_list<const char*> keys) {
    COFFER_TRY(ledger_->register_asset({"USD", 2, AssetKind::fiat, {}, {}, {}}));
    for (const char* key : keys) {
      AccountDraft draft;
      draft.key = key;
      draft.asset = AssetId(1);
      draft.policy.minimum = std::nullopt;
      COFFER_TRY(ledger_->open_account(draft));
    }
    return {};
  }

 private:
  std::string path_;
  const char* vfs_;
  ManualClock clock_{Timestamp{1'700'000'000'000'000'000}};
  std::unique_ptr<storage::Storage> storage_;
  std::unique_ptr<Ledger> ledger_;
  std::int64_t acknowledged_ = 0;
  bool is_playing_ = false;
};

}  // namespace coffer::crash
