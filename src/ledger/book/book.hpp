// SPDX-License-Identifier: MIT
// Book: the writer's memory of one book, where every rule is decided before anything is stored.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <coffer/core/asset.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/hold.hpp>
#include <coffer/ledger/operation.hpp>

#include "ledger/book/account_slots.hpp"
#include "ledger/book/batch.hpp"
#include "ledger/chain.hpp"
#include "ledger/index/history_index.hpp"

namespace coffer::ledger {

/// A hold of which something is left.
struct OpenHold {
  std::int64_t account = 0;
  Bucket bucket = Bucket::held;
  Amount remaining;
  std::int64_t destination = 0;
  std::int64_t expires_at = 0;
};

/// A transaction as the rows have it, with texts of its own.
struct StoredTransaction {
  storage::TransactionRow row;
  std::vector<storage::EntryRow> entries;
  storage::NoteRow note;
  std::deque<std::string> texts;
};

/// The state after everything decided so far, committed or on its way to the disk.
///
/// Threads: one at a time, under the writer's lock. After a failed commit the whole object is
/// thrown away and loaded again, so that there is no second way to undo.
class Book {
 public:
  /// Reads what a new writer needs of the newest commit; accounts are read when first used.
  [[nodiscard]] static Result<std::unique_ptr<Book>> load(storage::Storage& storage,
                                                          HistoryIndex& index, bool wants_events);

  // --- A batch's life.

  /// Begins deciding for `batch` at `now`; times given out from here on are at least `now`.
  void begin(Batch& batch, Timestamp now);
  /// Ends a section of decisions: the snapshot that loaded accounts is let go.
  void end() {
    loader_.reset();
    index_.release_snapshot();
  }
  /// Numbers the commit, hashes it, feeds the index and picks head rows to flush.
  void seal(Batch& batch, std::int64_t epoch, bool flush_all_heads);
  /// Marks every head row as outdated, after a writer that ended without closing the book left some
  /// behind. False, and nothing marked, when the book has too many accounts to read them all now.
  [[nodiscard]] Result<bool> mark_all_heads();
  /// `batch` is durable: its rows can be read from the storage now.
  void committed(const Batch& batch);

  // --- What the rules need (posting.cpp, holds.cpp, accounts.cpp).

  [[nodiscard]] Batch& batch() noexcept { return *batch_; }
  [[nodiscard]] bool wants_events() const noexcept { return wants_events_; }
  /// The next time of recording, strictly after all before. Holds that are over by then expire
  /// first.
  Timestamp next_time();
  [[nodiscard]] std::int64_t next_transaction() noexcept { return ++newest_.last_transaction; }
  [[nodiscard]] std::int64_t next_entry() noexcept { return ++newest_.last_entry; }
  [[nodiscard]] std::int64_t next_account() noexcept { return ++newest_.last_account; }
  [[nodiscard]] std::int64_t next_account_change() noexcept {
    return ++newest_.last_account_change;
  }
  [[nodiscard]] std::int64_t next_asset() noexcept { return ++newest_.last_asset; }
  [[nodiscard]] std::int64_t next_hold() noexcept { return ++newest_.last_hold; }
  [[nodiscard]] std::int64_t next_hold_event() noexcept { return ++newest_.last_hold_event; }
  [[nodiscard]] std::int64_t next_wallet() noexcept { return ++newest_.last_wallet; }
  [[nodiscard]] std::int64_t next_reconciliation() noexcept {
    return ++newest_.last_reconciliation;
  }
  [[nodiscard]] std::int64_t last_wallet() const noexcept { return newest_.last_wallet; }
  [[nodiscard]] std::int64_t next_crypto_wallet() noexcept { return ++newest_.last_crypto_wallet; }
  [[nodiscard]] std::int64_t next_wallet_record() noexcept { return ++newest_.last_wallet_record; }
  [[nodiscard]] std::int64_t last_crypto_wallet() const noexcept {
    return newest_.last_crypto_wallet;
  }
  [[nodiscard]] std::int64_t last_wallet_record() const noexcept {
    return newest_.last_wallet_record;
  }

  /// The slot of an account that exists; nullptr when it does not.
  [[nodiscard]] Result<AccountSlot*> account(std::int64_t id);
  /// Remembers `slot` as it is, so that a group that fails later can be undone. Before each change.
  void touch(std::int64_t id, AccountSlot& slot);
  [[nodiscard]] AccountSlots& slots() noexcept { return slots_; }

  /// Says that this transfer will be decided soon: a batch of thousands would else wait for memory
  /// at each of them.
  void expect(const Transfer& transfer) noexcept {
    index_.expect_key(transfer.key);
    slots_.prefetch(transfer.debit.value());
    slots_.prefetch(transfer.credit.value());
  }

  /// The transaction with this key, wherever it is; 0 when there is none.
  [[nodiscard]] Result<std::int64_t> find_key(std::string_view key);
  [[nodiscard]] Result<StoredTransaction> transaction(std::int64_t id);
  /// The transaction that reversed `id`; 0 when none did.
  [[nodiscard]] Result<std::int64_t> reversal_of(std::int64_t id);

  /// `given`, or the account's present metadata, kept by the batch.
  [[nodiscard]] Result<std::string_view> metadata_of(std::int64_t account,
                                                     const std::optional<std::string_view>& given);
  /// The wallet that an account belongs to; 0 when to none.
  [[nodiscard]] Result<std::int64_t> wallet_of(std::int64_t account);

  [[nodiscard]] const storage::AssetRow* asset(std::int64_t id) const;
  [[nodiscard]] const storage::AssetRow* asset(std::string_view code) const;
  void add_asset(const storage::AssetRow& row);

  [[nodiscard]] OpenHold* open_hold(std::int64_t id);
  void touch_hold(std::int64_t id);
  void add_open_hold(std::int64_t id, const OpenHold& hold);
  void set_remaining(std::int64_t id, OpenHold& hold, const Amount& remaining);
  void remove_open_hold(std::int64_t id);
  /// Expires what is over by the newest time given out, among the holds in memory; counts them.
  std::int64_t expire_due();
  /// The same for all holds of the book.
  [[nodiscard]] Result<std::int64_t> expire_all_due();

  /// The storage as of now, for rows that are looked up seldom. Valid until `end`.
  [[nodiscard]] Result<storage::Reader*> loader();
  /// Visits rows of a kind that are decided but not readable in the storage yet, newest batch
  /// first.
  template <class Rows, class Visit>
  bool any_pending(Rows Batch::*rows, Visit&& visit) const {
    if (batch_ != nullptr) {
      for (const auto& row : batch_->*rows) {
        if (visit(row)) {
          return true;
        }
      }
    }
    for (auto pending = in_flight_.rbegin(); pending != in_flight_.rend(); ++pending) {
      for (const auto& row : (*pending)->*rows) {
        if (visit(row)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The row of a kind with this key that is decided but not readable in the storage yet, or null.
  template <class Row>
  [[nodiscard]] const Row* pending_by_key(std::vector<Row> Batch::*rows, KeyTable Batch::*keys,
                                          std::string_view key) const {
    const std::uint64_t hash = KeyTable::hash_of(key);
    const auto in = [&](const Batch& batch) -> const Row* {
      const std::vector<Row>& all = batch.*rows;
      const auto row_of = [&all](std::int64_t id) -> const Row& {
        return all[static_cast<std::size_t>(id - all.front().id)];
      };
      const std::int64_t id =
          (batch.*keys).find(hash, [&](std::int64_t found) { return row_of(found).key == key; });
      return id == 0 ? nullptr : &row_of(id);
    };
    const Row* row = batch_ == nullptr ? nullptr : in(*batch_);
    for (auto pending = in_flight_.begin(); row == nullptr && pending != in_flight_.end();
         ++pending) {
      row = in(**pending);
    }
    return row;
  }

  // --- Groups: all or nothing within a batch.

  /// Starts remembering. Groups nest: a dry run is a group around the groups of its items.
  void begin_group();
  /// Keeps what was decided since the newest `begin_group`.
  void keep_group() noexcept;
  /// Forgets what was decided since the newest `begin_group`.
  void undo_group();

  [[nodiscard]] std::int64_t last_commit() const noexcept { return newest_.id; }
  [[nodiscard]] std::string_view pending_key(std::int64_t id) const;

 private:
  struct SlotUndo {
    std::int64_t id = 0;
    AccountSlot slot;
    std::optional<AccountExtra> extra;
  };
  struct HoldUndo {
    std::int64_t id = 0;
    std::optional<OpenHold> hold;
  };
  struct RowCounts {
    std::size_t assets = 0, accounts = 0, account_changes = 0, transactions = 0, entries = 0;
    std::size_t holds = 0, hold_events = 0, wallets = 0, reconciliations = 0, notes = 0;
    std::size_t touched_holds = 0, events = 0, crypto_wallets = 0, wallet_records = 0;
  };
  /// Where a group began.
  struct GroupMark {
    std::size_t slots = 0;
    std::size_t holds = 0;
    storage::CommitRow last;
    RowCounts rows;
  };

  Book(storage::Storage& storage, HistoryIndex& index, bool wants_events)
      : storage_(storage), index_(index), wants_events_(wants_events) {}
  [[nodiscard]] Status load_account(std::int64_t id, AccountSlot& slot, bool* exists);
  [[nodiscard]] Status load_policy(std::int64_t id, AccountSlot& slot);
  [[nodiscard]] Status load_balance(std::int64_t id, AccountSlot& slot);
  [[nodiscard]] Status load_holds(std::int64_t id, AccountSlot& slot);
  [[nodiscard]] Status load_commit();
  [[nodiscard]] Status load_assets();
  [[nodiscard]] const storage::TransactionRow* pending_transaction(std::int64_t id) const;
  [[nodiscard]] RowCounts row_counts() const;
  void undo_slots(std::size_t first);
  void undo_holds(std::size_t first);
  void undo_rows(const RowCounts& rows);
  void hash(Batch& batch);
  void flush_heads(Batch& batch, bool all);

  storage::Storage& storage_;
  HistoryIndex& index_;
  bool wants_events_;
  AccountSlots slots_;
  std::deque<std::pair<storage::AssetRow, std::array<std::string, 4>>> assets_;
  std::unordered_map<std::int64_t, OpenHold> holds_;
  std::set<std::pair<std::int64_t, std::int64_t>> due_;  ///< (expires_at, hold)
  storage::CommitRow newest_;                            ///< the newest ids, decided so far
  ChainHash chain_{};
  std::int64_t last_time_ = 0;
  std::int64_t flush_credit_ = 0;

  Batch* batch_ = nullptr;
  std::vector<const Batch*> in_flight_;
  std::unique_ptr<storage::Reader> loader_;

  std::vector<GroupMark> groups_;
  std::vector<SlotUndo> slot_undo_;
  std::vector<HoldUndo> hold_undo_;
};

}  // namespace coffer::ledger
