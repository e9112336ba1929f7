// SPDX-License-Identifier: MIT
// Scripts over a book of thousands of transactions: its index is sealed, merged and built again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <coffer/storage/rows_derived.hpp>

#include "book_on_vfs.hpp"
#include "ledger/index/block_cache.hpp"

namespace coffer::crash {

/// Each step posts a batch; what it does to the index shows in `highest_level`.
class ScriptedIndex final : public BookOnVfs {
 public:
  struct Script {
    std::vector<std::int64_t> batches;  ///< transfers of each step
    std::int64_t before = 0;            ///< transfers that the book has from the beginning
    bool reopens_each = false;          ///< an orderly close after each step but the last
    bool rebuilds = false;              ///< every opening of the script builds the index again
    /// Counts the openings after a fault that had to build the index again because an error said
    /// so.
    std::int64_t* rebuilt_on_demand = nullptr;
  };

  ScriptedIndex(std::string path, const char* vfs, Script script)
      : BookOnVfs(std::move(path), vfs), script_(std::move(script)) {}

  [[nodiscard]] std::int64_t steps() const override {
    return static_cast<std::int64_t>(script_.batches.size());
  }

  [[nodiscard]] Status open_to_look() override {
    Status opened = open();
    return opened || !asks_for_rebuild(opened.error()) ? opened : open_rebuilding();
  }

  [[nodiscard]] std::string complaint() override {
    auto report = ledger().verify({});
    if (!report && asks_for_rebuild(report.error())) {
      if (const Status opened = open_rebuilding(); !opened) {
        return opened.error().message;
      }
      report = ledger().verify({});
    }
    if (!report) {
      return report.error().message;
    }
    // Batches are whole: the count is that of the acknowledged ones, or of one more.
    const auto statistics = ledger().statistics();
    std::int64_t expected = script_.before;
    std::int64_t next = 0;
    for (; next < acknowledged(); ++next) {
      expected += script_.batches[static_cast<std::size_t>(next)];
    }
    const std::int64_t more = next < steps() ? script_.batches[static_cast<std::size_t>(next)] : 0;
    if (!statistics ||
        (statistics->transactions != expected && statistics->transactions != expected + more)) {
      return "the book has another number of transactions than was acknowledged";
    }
    for (std::int64_t id = 1; id <= statistics->transactions; id += 97) {
      const auto found = ledger().find_transaction(key_of(id));
      if (!found || found->id.value() != id) {
        return "the key of transaction " + std::to_string(id) + " is not found";
      }
    }
    const auto balance = ledger().balance(AccountId(2));
    return balance && balance->posted == Amount(statistics->transactions)
               ? std::string()
               : "the balance is not the number of transactions";
  }

  /// The highest level of the segments in the index; -1: none.
  [[nodiscard]] std::int64_t highest_level() {
    std::int64_t level = -1;
    const auto reader = ledger().storage().snapshot();
    if (reader) {
      static_cast<void>((*reader)->scan<storage::IndexSegmentRow>(
          {}, [&level](const storage::IndexSegmentRow& row) {
            level = std::max(level, row.item_count > 0 ? row.level : -1);
            return true;
          }));
    }
    return level;
  }

 protected:
  Status prepare() override { return open_accounts({"bank", "one"}); }

  [[nodiscard]] LedgerOptions ledger_options() const override {
    LedgerOptions options = BookOnVfs::ledger_options();
    options.rebuild_index = (script_.rebuilds && is_playing()) || is_rebuilding_;
    return options;
  }

  Status step(std::int64_t i) override {
    std::int64_t first = script_.before + 1;
    for (std::int64_t earlier = 0; earlier < i; ++earlier) {
      first += script_.batches[static_cast<std::size_t>(earlier)];
    }
    const std::int64_t count = script_.batches[static_cast<std::size_t>(i)];
    std::vector<std::string> keys;
    for (std::int64_t id = first; id < first + count; ++id) {
      keys.push_back(key_of(id));
    }
    std::vector<Transfer> transfers;
    for (const std::string& key : keys) {
      transfers.push_back({key, AccountId(1), AccountId(2), Amount(1), 0, false, {}, {}});
    }
    std::vector<Outcome> outcomes(transfers.size());
    COFFER_TRY(ledger().post(transfers, BatchMode::atomic, outcomes));
    if (outcomes.front().code != Code::ok) {
      return Error{outcomes.front().code, describe(outcomes.front())};
    }
    return script_.reopens_each && i + 1 < steps() ? reopen() : Status{};
  }

 private:
  [[nodiscard]] static std::string key_of(std::int64_t id) {
    return "transfer-" + std::to_string(id);
  }

  /// Only where the script is about a damaged index; any other one must never ask for it.
  [[nodiscard]] bool asks_for_rebuild(const Error& error) const {
    return script_.rebuilt_on_demand != nullptr &&
           error.message.find(ledger::rebuild_hint) != std::string::npos;
  }
  [[nodiscard]] Status open_rebuilding() {
    ++*script_.rebuilt_on_demand;
    abandon();
    is_rebuilding_ = true;
    Status opened = open();
    is_rebuilding_ = false;
    return opened;
  }

  Script script_;
  bool is_rebuilding_ = false;
};

/// Plays `script` into `folder` without any fault, for others to begin with. With `is_killed` the
/// files are as a process leaves them that dies before it can close.
[[nodiscard]] inline Status make_base(const std::string& folder,
                                      const ScriptedIndex::Script& script, bool is_killed) {
  namespace fs = std::filesystem;
  const std::string played = folder + "/played.db";
  ScriptedIndex book(played, nullptr, script);
  COFFER_TRY(book.open());
  while (book.acknowledged() < book.steps()) {
    COFFER_TRY(book.play_next());
  }
  if (!is_killed) {
    COFFER_TRY(book.ledger().close());
    book.abandon();
  }
  for (const char* suffix : {"", "-wal"}) {
    if (fs::exists(played + suffix)) {
      fs::copy_file(played + suffix, folder + "/book.db" + suffix);
    }
  }
  book.abandon();
  return {};
}

/// Copies the files of a base into another folder.
inline void copy_base(const std::string& from, const std::string& to) {
  namespace fs = std::filesystem;
  for (const char* suffix : {"", "-wal"}) {
    if (fs::exists(from + "/book.db" + suffix)) {
      fs::copy_file(from + "/book.db" + suffix, to + "/book.db" + suffix);
    }
  }
}

}  // namespace coffer::crash
