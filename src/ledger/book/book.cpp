// SPDX-License-Identifier: MIT
// The life of a batch in the writer's memory: time, groups, undo, seal.
#include "ledger/book/book.hpp"

#include <algorithm>

#include "ledger/record_bytes.hpp"

namespace coffer::ledger {

namespace {

template <class Row>
void remove_keys(KeyTable& table, const std::vector<Row>& rows, std::size_t first) {
  for (std::size_t i = first; i < rows.size(); ++i) {
    table.remove(KeyTable::hash_of(rows[i].key), rows[i].id);
  }
}

}  // namespace

void Book::begin(Batch& batch, Timestamp now) {
  batch_ = &batch;
  last_time_ = std::max(last_time_, now.ns - 1);
}

Timestamp Book::next_time() {
  ++last_time_;
  if (!due_.empty() && due_.begin()->first <= last_time_) {
    expire_due();
  }
  return Timestamp{last_time_};
}

void Book::touch(std::int64_t id, AccountSlot& slot) {
  if (!groups_.empty()) {
    const AccountExtra* extra = slots_.extra(id);
    slot_undo_.push_back(
        {id, slot, extra == nullptr ? std::nullopt : std::optional<AccountExtra>(*extra)});
  }
}

void Book::touch_hold(std::int64_t id) {
  if (!groups_.empty()) {
    const auto found = holds_.find(id);
    hold_undo_.push_back(
        {id, found == holds_.end() ? std::nullopt : std::optional<OpenHold>(found->second)});
  }
  batch_->touched_holds.push_back(id);
}

Book::RowCounts Book::row_counts() const {
  const Batch& batch = *batch_;
  return {batch.assets.size(),         batch.accounts.size(),      batch.account_changes.size(),
          batch.transactions.size(),   batch.entries.size(),       batch.holds.size(),
          batch.hold_events.size(),    batch.wallets.size(),       batch.reconciliations.size(),
          batch.notes.size(),          batch.touched_holds.size(), batch.events.size(),
          batch.crypto_wallets.size(), batch.wallet_records.size()};
}

void Book::begin_group() {
  groups_.push_back({slot_undo_.size(), hold_undo_.size(), newest_, row_counts()});
}

void Book::keep_group() noexcept {
  groups_.pop_back();
  if (groups_.empty()) {
    slot_undo_.clear();
    hold_undo_.clear();
  }
}

void Book::undo_group() {
  const GroupMark mark = groups_.back();
  groups_.pop_back();
  undo_slots(mark.slots);
  undo_holds(mark.holds);
  undo_rows(mark.rows);
  newest_ = mark.last;
}

void Book::undo_slots(std::size_t first) {
  while (slot_undo_.size() > first) {
    const SlotUndo& undo = slot_undo_.back();
    AccountSlot& slot = slots_.at(undo.id);
    if (!undo.slot.is_loaded) {
      // The account was opened in this group: nothing may tell of it any more.
      slots_.clear_dirty(undo.id, slot);
    }
    // A head row that is written once too often does no harm; the marks are counted, so they stay.
    const bool is_dirty = slot.is_dirty;
    slot = undo.slot;
    slot.is_dirty = is_dirty;
    if (undo.extra) {
      slots_.make_extra(undo.id) = *undo.extra;
    } else {
      slots_.erase_extra(undo.id);
    }
    slot_undo_.pop_back();
  }
}

void Book::undo_holds(std::size_t first) {
  while (hold_undo_.size() > first) {
    const HoldUndo& undo = hold_undo_.back();
    const auto found = holds_.find(undo.id);
    if (found != holds_.end()) {
      due_.erase({found->second.expires_at, undo.id});
      holds_.erase(found);
    }
    if (undo.hold) {
      holds_[undo.id] = *undo.hold;
      if (undo.hold->expires_at != 0) {
        due_.insert({undo.hold->expires_at, undo.id});
      }
    }
    hold_undo_.pop_back();
  }
}

void Book::undo_rows(const RowCounts& rows) {
  Batch& batch = *batch_;
  remove_keys(batch.keys, batch.transactions, rows.transactions);
  remove_keys(batch.account_keys, batch.accounts, rows.accounts);
  remove_keys(batch.hold_keys, batch.holds, rows.holds);
  for (std::size_t i = batch.assets.size(); i > rows.assets; --i) {
    assets_.pop_back();
  }
  batch.assets.resize(rows.assets);
  batch.accounts.resize(rows.accounts);
  batch.account_changes.resize(rows.account_changes);
  batch.transactions.resize(rows.transactions);
  batch.entries.resize(rows.entries);
  batch.holds.resize(rows.holds);
  batch.hold_events.resize(rows.hold_events);
  batch.wallets.resize(rows.wallets);
  batch.reconciliations.resize(rows.reconciliations);
  batch.notes.resize(rows.notes);
  batch.crypto_wallets.resize(rows.crypto_wallets);
  batch.wallet_records.resize(rows.wallet_records);
  batch.touched_holds.resize(rows.touched_holds);
  batch.events.resize(rows.events);
}

void Book::seal(Batch& batch, std::int64_t epoch, bool flush_all_heads) {
  std::size_t entry = 0;
  for (const storage::TransactionRow& row : batch.transactions) {
    const std::size_t first = entry;
    while (entry < batch.entries.size() && batch.entries[entry].transaction == row.id) {
      ++entry;
    }
    index_.add(row, std::span(batch.entries).subspan(first, entry - first));
  }
  std::sort(batch.touched_holds.begin(), batch.touched_holds.end());
  batch.touched_holds.erase(std::unique(batch.touched_holds.begin(), batch.touched_holds.end()),
                            batch.touched_holds.end());
  for (const std::int64_t id : batch.touched_holds) {
    const OpenHold* hold = open_hold(id);
    if (hold == nullptr) {
      batch.closed_holds.push_back(id);
    } else {
      batch.open_holds.push_back({id, hold->account, static_cast<std::int64_t>(hold->bucket),
                                  hold->remaining, hold->expires_at});
    }
  }
  flush_heads(batch, flush_all_heads);
  ++newest_.id;
  newest_.epoch = epoch;
  newest_.recorded_at = ++last_time_;
  batch.commit = newest_;
  hash(batch);
  batch_ = nullptr;
  in_flight_.push_back(&batch);
}

void Book::hash(Batch& batch) {
  ChainHasher hasher(chain_, batch.commit);
  const auto add_all = [&hasher](auto& rows) {
    for (auto& row : rows) {
      row.checksum = hasher.add(row);
    }
  };
  add_all(batch.assets);
  add_all(batch.accounts);
  add_all(batch.account_changes);
  for (storage::TransactionRow& row : batch.transactions) {
    row.checksum = hasher.add_transaction(row);
  }
  add_all(batch.entries);
  add_all(batch.holds);
  add_all(batch.hold_events);
  add_all(batch.wallets);
  add_all(batch.reconciliations);
  add_all(batch.notes);
  add_all(batch.crypto_wallets);
  add_all(batch.wallet_records);
  chain_ = hasher.finish();
  batch.commit_hash.assign(chain_.begin(), chain_.end());
  batch.commit.hash = batch.commit_hash;
  batch.commit.checksum = record_checksum(batch.commit);
}

void Book::flush_heads(Batch& batch, bool all) {
  // One head per sixteen transactions keeps the table near the journal at a small price; single
  // deposits save up, so that most of their commits write no head at all.
  constexpr std::int64_t heads_min = 32;
  flush_credit_ += static_cast<std::int64_t>(batch.transactions.size()) / 16 + 1;
  std::int64_t most = 0;
  if (all) {
    most = slots_.dirty();
  } else if (flush_credit_ >= heads_min) {
    most = flush_credit_;
  }
  if (most == 0) {
    return;
  }
  flush_credit_ = 0;
  slots_.sweep_dirty(most, [&batch](std::int64_t id, const AccountSlot& slot) {
    batch.heads.push_back({id, slot.balance, slot.last_transaction});
  });
}

Result<bool> Book::mark_all_heads() {
  constexpr std::int64_t accounts_max = 50'000;
  if (newest_.last_account > accounts_max) {
    return false;
  }
  for (std::int64_t id = 1; id <= newest_.last_account; ++id) {
    COFFER_TRY_ASSIGN(AccountSlot * slot, account(id));
    if (slot != nullptr) {
      slots_.mark_dirty(id, *slot);
    }
  }
  return true;
}

void Book::committed(const Batch& batch) {
  in_flight_.erase(std::find(in_flight_.begin(), in_flight_.end(), &batch));
}

const storage::TransactionRow* Book::pending_transaction(std::int64_t id) const {
  const auto in = [id](const Batch& batch) -> const storage::TransactionRow* {
    if (batch.transactions.empty() || id < batch.transactions.front().id ||
        id > batch.transactions.back().id) {
      return nullptr;
    }
    return &batch.transactions[static_cast<std::size_t>(id - batch.transactions.front().id)];
  };
  if (batch_ != nullptr) {
    if (const auto* row = in(*batch_)) {
      return row;
    }
  }
  for (const Batch* pending : in_flight_) {
    if (const auto* row = in(*pending)) {
      return row;
    }
  }
  return nullptr;
}

std::string_view Book::pending_key(std::int64_t id) const {
  const storage::TransactionRow* row = pending_transaction(id);
  return row == nullptr ? std::string_view() : row->key;
}

Result<std::int64_t> Book::find_key(std::string_view key) {
  const std::int64_t here = batch_->keys.find(
      KeyTable::hash_of(key), [this, key](std::int64_t id) { return pending_key(id) == key; });
  if (here != 0) {
    return here;
  }
  return index_.find_key(key);
}

const storage::AssetRow* Book::asset(std::int64_t id) const {
  if (id < 1 || id > static_cast<std::int64_t>(assets_.size())) {
    return nullptr;
  }
  return &assets_[static_cast<std::size_t>(id - 1)].first;
}

const storage::AssetRow* Book::asset(std::string_view code) const {
  for (const auto& [row, texts] : assets_) {
    if (row.code == code) {
      return &row;
    }
  }
  return nullptr;
}

void Book::add_asset(const storage::AssetRow& row) {
  auto& [kept, texts] = assets_.emplace_back(
      row, std::array<std::string, 4>{std::string(row.code), std::string(row.network),
                                      std::string(row.contract), std::string(row.symbol)});
  kept.code = texts[0];
  kept.network = texts[1];
  kept.contract = texts[2];
  kept.symbol = texts[3];
}

}  // namespace coffer::ledger
