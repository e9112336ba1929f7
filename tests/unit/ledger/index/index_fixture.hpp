// SPDX-License-Identifier: MIT
// IndexFixture: a journal written through the index, beside naive maps of what it must find.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <coffer/storage/storage.hpp>

#include "ledger/index/history_index.hpp"
#include "support/temporary_folder.hpp"

namespace coffer::ledger {

/// Everything that was ever committed, in the simplest form.
struct NaiveIndex {
  std::map<std::string, std::int64_t> keys;
  std::map<std::int64_t, std::set<std::int64_t>> accounts;
  std::map<std::int64_t, std::set<std::pair<std::int64_t, std::int64_t>>> effective;
  std::int64_t last = 0;

  std::vector<std::int64_t> history(std::int64_t account, std::int64_t from, bool is_backward,
                                    std::size_t limit, std::int64_t until) const {
    std::vector<std::int64_t> ids;
    const auto found = accounts.find(account);
    if (found != accounts.end()) {
      for (const std::int64_t id : found->second) {
        if (id <= until && (is_backward ? id <= from : id >= from)) {
          ids.push_back(id);
        }
      }
    }
    return first_of(std::move(ids), is_backward, limit);
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> times(std::int64_t account, std::int64_t from,
                                                           bool is_backward, std::size_t limit,
                                                           std::int64_t until) const {
    std::vector<std::pair<std::int64_t, std::int64_t>> items;
    const auto found = effective.find(account);
    if (found != effective.end()) {
      for (const auto& item : found->second) {
        if (item.second <= until && (is_backward ? item.first <= from : item.first >= from)) {
          items.push_back(item);
        }
      }
    }
    return first_of(std::move(items), is_backward, limit);
  }

 private:
  template <class T>
  static std::vector<T> first_of(std::vector<T> items, bool is_backward, std::size_t limit) {
    if (is_backward) {
      std::reverse(items.begin(), items.end());
    }
    items.resize(std::min(items.size(), limit));
    return items;
  }
};

/// What random transactions look like.
struct Workload {
  std::int64_t accounts = 20;
  int effective_percent = 20;
  int entries_percent = 10;
  int hot_percent = 30;  ///< of the transactions touch account 1
};

/// One writer over a storage. Ends the test when the storage or the index fails.
class IndexFixture {
 public:
  IndexFixture(storage::Storage& storage, IndexOptions options, std::uint64_t seed)
      : storage_(storage), options_(std::move(options)), random_(seed) {
    options_.pending_key = [this](std::int64_t id) -> std::string_view {
      const auto found = pending_.find(id);
      return found == pending_.end() ? std::string_view() : std::string_view(found->second);
    };
    REQUIRE(storage_.acquire_writer(storage::Takeover::refuse, 0).has_value());
    load();
  }
  ~IndexFixture() {
    index_.reset();
    storage_.release_writer();
  }

  void load() {
    index_.reset();
    pending_.clear();
    auto loaded = HistoryIndex::load(storage_, options_);
    REQUIRE_MESSAGE(loaded.has_value(), loaded.error().message);
    index_ = std::move(loaded).value();
  }
  [[nodiscard]] HistoryIndex& index() { return *index_; }
  [[nodiscard]] const NaiveIndex& naive() const { return naive_; }
  [[nodiscard]] std::mt19937_64& random() { return random_; }
  [[nodiscard]] std::int64_t pick(std::int64_t first, std::int64_t last) {
    return std::uniform_int_distribution<std::int64_t>(first, last)(random_);
  }
  [[nodiscard]] static std::string key_of(std::int64_t id) { return "key-" + std::to_string(id); }

  /// Adds transactions, and checks that the writer itself finds what is not committed yet.
  void prepare(std::int64_t count, const Workload& workload) {
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t id = naive_.last + static_cast<std::int64_t>(rows_.size()) + 1;
      add(id, workload);
    }
  }
  void commit(std::int64_t blocks_max) {
    auto unit = begin_unit();
    require(index_->write_due(*unit, blocks_max));
    finish(*unit);
  }
  void close_in_order() {
    auto unit = begin_unit();
    require(index_->write_all(*unit));
    finish(*unit);
  }
  /// What a failed commit leaves: nothing in the storage, and an index that is loaded again.
  void fail_commit(std::int64_t blocks_max) {
    {
      auto unit = begin_unit();
      require(index_->write_due(*unit, blocks_max));
      unit->rollback();
    }
    rows_.clear();
    entries_.clear();
    keys_.clear();
    load();
  }

  /// Compares a few random questions to a view with the naive answers.
  void check(IndexView& view, int questions, std::int64_t accounts) {
    const std::int64_t until = view.last_transaction();
    for (int i = 0; i < questions; ++i) {
      check_key(view, pick(1, naive_.last + 5), until);
      const std::int64_t account = pick(0, 2) == 0 ? 1 : pick(1, accounts + 1);
      check_history(view, account, pick(0, naive_.last + 3), pick(0, 1) == 1,
                    static_cast<std::size_t>(pick(1, 70)), until);
      check_times(view, account, pick(-5, 1005), pick(0, 1) == 1,
                  static_cast<std::size_t>(pick(1, 40)), until);
    }
  }
  /// Compares whole histories.
  void check_all(IndexView& view, std::int64_t accounts) {
    const std::int64_t until = view.last_transaction();
    for (std::int64_t account = 1; account <= accounts + 1; ++account) {
      check_history(view, account, 0, false, 1U << 30U, until);
      check_history(view, account, INT64_MAX, true, 1U << 30U, until);
      check_times(view, account, INT64_MIN, false, 1U << 30U, until);
      check_times(view, account, INT64_MAX, true, 1U << 30U, until);
    }
  }
  /// Every block belongs to a segment, or to a range that is announced as garbage; and segments
  /// have all of theirs.
  void check_blocks() {
    auto reader = storage_.snapshot();
    REQUIRE_MESSAGE(reader.has_value(), reader.error().message);
    std::set<std::int64_t> expected;
    int wrong = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> garbage;
    require((*reader)->scan<storage::IndexSegmentRow>(
        storage::ScanQuery{}, [&](const storage::IndexSegmentRow& row) {
          for (const auto& [first, count] : {std::pair(row.first_block, row.block_count),
                                             std::pair(row.first_filter, row.filter_count)}) {
            if (row.kind == 3) {
              garbage.emplace_back(first, count);
            }
            for (std::int64_t i = 0; row.kind < 3 && i < count; ++i) {
              expected.insert(first + i);
            }
          }
          return true;
        }));
    require((*reader)->scan<storage::IndexBlockRow>(
        storage::ScanQuery{}, [&](const storage::IndexBlockRow& row) {
          const bool is_garbage =
              std::any_of(garbage.begin(), garbage.end(), [&row](const auto& range) {
                return row.id >= range.first && row.id < range.first + range.second;
              });
          const bool is_owned = expected.erase(row.id) == 1;
          wrong += is_owned != is_garbage ? 0 : 1;
          return true;
        }));
    CHECK(wrong == 0);
    CHECK(expected.empty());
  }
  void check_writer(int questions, std::int64_t accounts) {
    for (int i = 0; i < questions; ++i) {
      const std::int64_t id = pick(1, naive_.last + static_cast<std::int64_t>(rows_.size()) + 3);
      const auto found = index_->find_key(key_of(id));
      REQUIRE_MESSAGE(found.has_value(), found.error().message);
      CHECK(*found ==
            (id <= naive_.last + static_cast<std::int64_t>(rows_.size()) ? id : std::int64_t{0}));
      const std::int64_t account = pick(1, accounts + 1);
      const auto newest = index_->last_of_account(account);
      REQUIRE_MESSAGE(newest.has_value(), newest.error().message);
      CHECK(*newest == newest_of(account));
    }
  }

 private:
  void add(std::int64_t id, const Workload& workload) {
    keys_.push_back(key_of(id));
    storage::TransactionRow row;
    row.id = id;
    row.key = keys_.back();
    row.kind = 1;
    row.debit = pick(0, 99) < workload.hot_percent ? 1 : pick(1, workload.accounts);
    row.credit = row.debit % workload.accounts + 1;
    row.amount = Amount(5);
    row.recorded_at = id;
    if (pick(0, 99) < workload.effective_percent) {
      row.effective_at = pick(1, 1000);
    }
    std::vector<storage::EntryRow> entries;
    if (pick(0, 99) < workload.entries_percent) {
      row.entry_count = pick(1, 5);
      for (std::int64_t i = 0; i < row.entry_count; ++i) {
        entries.push_back({++last_entry_, id, pick(1, workload.accounts), 0, Amount(1), Amount(1)});
      }
    }
    pending_[id] = keys_.back();
    index_->add(row, entries);
    rows_.push_back(row);
    entries_.insert(entries_.end(), entries.begin(), entries.end());
  }
  [[nodiscard]] std::unique_ptr<storage::UnitOfWork> begin_unit() {
    auto unit = storage_.begin();
    REQUIRE_MESSAGE(unit.has_value(), unit.error().message);
    require((*unit)->append(std::span<const storage::TransactionRow>(rows_)));
    require((*unit)->append(std::span<const storage::EntryRow>(entries_)));
    return std::move(unit).value();
  }
  void finish(storage::UnitOfWork& unit) {
    const std::int64_t last = naive_.last + static_cast<std::int64_t>(rows_.size());
    require(index_->commit(unit, last));
    for (const storage::TransactionRow& row : rows_) {
      naive_.keys[std::string(row.key)] = row.id;
      list(row, row.debit);
      list(row, row.credit);
      for (const storage::EntryRow& entry : entries_) {
        if (entry.transaction == row.id) {
          list(row, entry.account);
        }
      }
      pending_.erase(row.id);
    }
    naive_.last = last;
    rows_.clear();
    entries_.clear();
    keys_.clear();
  }
  void list(const storage::TransactionRow& row, std::int64_t account) {
    naive_.accounts[account].insert(row.id);
    if (row.effective_at != 0) {
      naive_.effective[account].insert({row.effective_at, row.id});
    }
  }
  [[nodiscard]] std::int64_t newest_of(std::int64_t account) const {
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
      const bool is_in_entries =
          std::any_of(entries_.begin(), entries_.end(), [&](const storage::EntryRow& entry) {
            return entry.transaction == row->id && entry.account == account;
          });
      if (row->debit == account || row->credit == account || is_in_entries) {
        return row->id;
      }
    }
    const auto found = naive_.accounts.find(account);
    return found == naive_.accounts.end() ? 0 : *found->second.rbegin();
  }
  static void require(const Status& status) {
    REQUIRE_MESSAGE(status.has_value(), status.error().message);
  }
  void check_key(IndexView& view, std::int64_t id, std::int64_t until) const {
    const auto found = view.find_key(key_of(id));
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    CHECK(*found == (id <= until ? id : std::int64_t{0}));
  }
  void check_history(IndexView& view, std::int64_t account, std::int64_t from, bool is_backward,
                     std::size_t limit, std::int64_t until) const {
    std::vector<std::int64_t> ids;
    require(view.scan_account(account, from, is_backward, [&](std::int64_t id) {
      ids.push_back(id);
      return ids.size() < limit;
    }));
    CHECK(ids == naive_.history(account, from, is_backward, limit, until));
  }
  void check_times(IndexView& view, std::int64_t account, std::int64_t from, bool is_backward,
                   std::size_t limit, std::int64_t until) const {
    std::vector<std::pair<std::int64_t, std::int64_t>> items;
    require(
        view.scan_effective(account, from, is_backward, [&](std::int64_t time, std::int64_t id) {
          items.emplace_back(time, id);
          return items.size() < limit;
        }));
    CHECK(items == naive_.times(account, from, is_backward, limit, until));
  }

  storage::Storage& storage_;
  IndexOptions options_;
  std::mt19937_64 random_;
  std::unique_ptr<HistoryIndex> index_;
  NaiveIndex naive_;
  std::map<std::int64_t, std::string> pending_;

  // The batch that is being prepared.
  std::deque<std::string> keys_;
  std::vector<storage::TransactionRow> rows_;
  std::vector<storage::EntryRow> entries_;
  std::int64_t last_entry_ = 0;
};

[[nodiscard]] inline std::unique_ptr<IndexView> view_of(HistoryIndex& index) {
  auto view = index.view();
  REQUIRE_MESSAGE(view.has_value(), view.error().message);
  return std::move(view).value();
}

/// An SQLite file that is removed at the end.
class TemporaryBook {
 public:
  [[nodiscard]] std::unique_ptr<storage::Storage> open(bool is_read_only = false) const {
    storage::SqliteOptions options;
    options.is_read_only = is_read_only;
    options.durability = storage::Durability::off;
    auto opened = storage::open_sqlite(folder_.file("book.db"), options);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    return std::move(opened).value();
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace coffer::ledger
