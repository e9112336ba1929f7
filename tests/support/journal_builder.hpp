// SPDX-License-Identifier: MIT
// Writes a book's rows by hand, right by default and bendable before each commit, so that readers
// and the verifier are tested with books that no writer would make.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>
#include <coffer/transaction/draft.hpp>

#include "ledger/chain.hpp"
#include "ledger/record_bytes.hpp"

namespace coffer_test {

namespace storage = coffer::storage;
using coffer::Amount;
using coffer::Entry;
using coffer::Side;

/// The rows of the commit that is being made; change them before `commit` to forge a book whose
/// hashes are right all the same.
struct PendingRows {
  std::vector<storage::AssetRow> assets;
  std::vector<storage::AccountRow> accounts;
  std::vector<storage::AccountChangeRow> account_changes;
  std::vector<storage::TransactionRow> transactions;
  std::vector<storage::EntryRow> entries;
  std::vector<storage::HoldRow> holds;
  std::vector<storage::HoldEventRow> hold_events;
  std::vector<storage::WalletRow> wallets;
  std::vector<storage::ReconciliationRow> reconciliations;
  std::vector<storage::NoteRow> notes;
};

struct Extras {
  std::int64_t kind = 0;  ///< as in the row: kind and 256 x code
  std::int64_t effective_at = 0;
  std::string_view reference;
};

class JournalBuilder {
 public:
  explicit JournalBuilder(storage::Storage& storage) : storage_(storage) {
    book_.version = 1;
    book_.epoch = 1;
    book_.checksums_from = 1;
    book_.created_at = 1'000;
    book_.name = "b00c";
    REQUIRE(storage_.acquire_writer(storage::Takeover::refuse, 0));
    auto unit = storage_.begin();
    REQUIRE(unit);
    REQUIRE((*unit)->append(book_));
    REQUIRE((*unit)->commit());
    chain_ = coffer::ledger::genesis_hash(book_);
  }

  PendingRows rows;
  storage::CommitRow last;    ///< ids given out so far; `recorded_at` is the commit's own
  std::int64_t time = 2'000;  ///< of the next record
  bool writes_heads = true;

  std::int64_t asset(std::string_view code, std::int64_t scale = 2) {
    rows.assets.push_back({++last.last_asset, keep(code), scale, 0, {}, {}, {}, time++});
    return last.last_asset;
  }

  std::int64_t account(std::string_view key, std::int64_t asset, Side normal_side = Side::credit,
                       std::string_view owner = "ann", std::int64_t flags = 0, Amount minimum = {},
                       Amount maximum = {}) {
    const std::int64_t id = ++last.last_account;
    rows.accounts.push_back({id, keep(key), keep(owner), asset, "trading",
                             static_cast<std::int64_t>(normal_side), time});
    normal_sides_[id] = normal_side;
    change(id, flags, minimum, maximum);
    return id;
  }

  void change(std::int64_t account, std::int64_t flags, Amount minimum = {}, Amount maximum = {},
              std::string_view metadata = {}) {
    rows.account_changes.push_back(
        {++last.last_account_change, account, flags, minimum, maximum, keep(metadata), time++});
  }

  std::int64_t transfer(std::string_view key, std::int64_t debit, std::int64_t credit,
                        Amount amount, const Extras& extras = {}) {
    const std::int64_t id = ++last.last_transaction;
    const Amount debit_after = move(debit, Side::debit, amount, id);
    const Amount credit_after = move(credit, Side::credit, amount, id);
    rows.transactions.push_back({id, keep(key), extras.kind, debit, credit, amount, debit_after,
                                 credit_after, time++, extras.effective_at, 0,
                                 keep(extras.reference)});
    return id;
  }

  std::int64_t post(std::string_view key, const std::vector<Entry>& entries,
                    const Extras& extras = {}) {
    const std::int64_t id = ++last.last_transaction;
    for (const Entry& entry : entries) {
      const Amount after = move(entry.account.value(), entry.side, entry.amount, id);
      rows.entries.push_back({++last.last_entry, id, entry.account.value(),
                              static_cast<std::int64_t>(entry.side), entry.amount, after});
    }
    const Entry& debit = first_of(entries, Side::debit);
    const Entry& credit = first_of(entries, Side::credit);
    rows.transactions.push_back(
        {id, keep(key), extras.kind, debit.account.value(), credit.account.value(), debit.amount,
         balances_[debit.account.value()], balances_[credit.account.value()], time++,
         extras.effective_at, static_cast<std::int64_t>(entries.size()), keep(extras.reference)});
    return id;
  }

  void note(std::int64_t transaction, std::int64_t reverses, std::int64_t hold = 0,
            std::string_view description = {}, std::string_view metadata = {}) {
    rows.notes.push_back({transaction, reverses, hold, keep(description), keep(metadata)});
  }

  std::int64_t hold(std::string_view key, std::int64_t account, Amount amount,
                    std::int64_t bucket = 0, std::int64_t expires_at = 0,
                    std::int64_t destination = 0) {
    const std::int64_t id = ++last.last_hold;
    rows.holds.push_back(
        {id, keep(key), account, bucket, amount, destination, expires_at, time++, {}});
    open_holds_[id] = {id, account, bucket, amount, expires_at};
    touched_holds_.insert(id);
    return id;
  }

  void hold_event(std::int64_t hold, std::int64_t kind, Amount amount,
                  std::int64_t transaction = 0) {
    const std::int64_t at = kind == 0 ? time - 1 : time++;
    rows.hold_events.push_back({++last.last_hold_event, hold, kind, amount, transaction, at});
    Amount& remaining = open_holds_[hold].remaining;
    static_cast<void>(subtract_checked(remaining, amount, &remaining));
    touched_holds_.insert(hold);
  }

  std::int64_t capture(std::string_view key, std::int64_t hold, std::int64_t destination,
                       Amount amount) {
    const std::int64_t id =
        transfer(key, open_holds_.at(hold).account, destination, amount, {2, 0, {}});
    note(id, 0, hold);
    hold_event(hold, 0, amount, id);
    return id;
  }

  std::int64_t wallet(std::string_view user, std::int64_t asset, std::int64_t account) {
    rows.wallets.push_back({++last.last_wallet, keep(user), asset, account, 0, "main", time++});
    return last.last_wallet;
  }

  void reconciliation(std::int64_t wallet, Amount system, Amount external) {
    Amount difference;
    static_cast<void>(subtract_checked(external, system, &difference));
    rows.reconciliations.push_back({++last.last_reconciliation, wallet, 1, 2, system, external,
                                    difference, Amount(0), difference.is_zero() ? 1 : 2, "n",
                                    time++});
  }

  void commit() {
    ++last.id;
    last.epoch = book_.epoch;
    last.recorded_at = time++;
    hash();
    last.hash = hash_;
    last.checksum = coffer::ledger::record_checksum(last);
    auto unit = storage_.begin();
    REQUIRE(unit);
    write(**unit);
    const coffer::Status done = (*unit)->commit();
    REQUIRE_MESSAGE(done, done.error().message);
    rows = {};
    touched_accounts_.clear();
    touched_holds_.clear();
  }

  [[nodiscard]] Amount balance(std::int64_t account) { return balances_[account]; }
  [[nodiscard]] const coffer::ledger::ChainHash& chain() const { return chain_; }
  /// Kept until the builder ends.
  std::string_view keep(std::string_view text) { return texts_.emplace_back(text); }

 private:
  static const Entry& first_of(const std::vector<Entry>& entries, Side side) {
    return *std::find_if(entries.begin(), entries.end(),
                         [side](const Entry& entry) { return entry.side == side; });
  }

  Amount move(std::int64_t account, Side side, const Amount& amount, std::int64_t transaction) {
    Amount& balance = balances_[account];
    static_cast<void>(side == normal_sides_[account] ? add_checked(balance, amount, &balance)
                                                     : subtract_checked(balance, amount, &balance));
    touched_accounts_[account] = transaction;
    return balance;
  }

  void hash() {
    coffer::ledger::ChainHasher hasher(chain_, last);
    const auto add_all = [&hasher](auto& kind) {
      for (auto& row : kind) {
        row.checksum = hasher.add(row);
      }
    };
    add_all(rows.assets);
    add_all(rows.accounts);
    add_all(rows.account_changes);
    add_all(rows.transactions);
    add_all(rows.entries);
    add_all(rows.holds);
    add_all(rows.hold_events);
    add_all(rows.wallets);
    add_all(rows.reconciliations);
    add_all(rows.notes);
    chain_ = hasher.finish();
    hash_.assign(chain_.begin(), chain_.end());
  }

  template <storage::Row R>
  static void append(storage::UnitOfWork& unit, const std::vector<R>& kind) {
    if (!kind.empty()) {
      const coffer::Status done = unit.append(std::span<const R>(kind));
      REQUIRE_MESSAGE(done, done.error().message);
    }
  }

  void write(storage::UnitOfWork& unit) {
    append(unit, rows.assets);
    append(unit, rows.accounts);
    append(unit, rows.account_changes);
    append(unit, rows.transactions);
    append(unit, rows.entries);
    append(unit, rows.holds);
    append(unit, rows.hold_events);
    append(unit, rows.wallets);
    append(unit, rows.reconciliations);
    append(unit, rows.notes);
    REQUIRE(unit.append(last));
    if (writes_heads) {
      for (const auto& [account, transaction] : touched_accounts_) {
        REQUIRE(unit.put(storage::HeadRow{account, balances_[account], transaction}));
      }
    }
    for (const std::int64_t hold : touched_holds_) {
      const storage::OpenHoldRow& row = open_holds_.at(hold);
      REQUIRE((row.remaining.is_zero() ? unit.destroy<storage::OpenHoldRow>(hold, hold)
                                       : unit.put(row)));
    }
  }

  storage::Storage& storage_;
  storage::BookRow book_;
  coffer::ledger::ChainHash chain_{};
  std::string hash_;
  std::deque<std::string> texts_;
  std::map<std::int64_t, Side> normal_sides_;
  std::map<std::int64_t, Amount> balances_;
  std::map<std::int64_t, std::int64_t> touched_accounts_;
  std::map<std::int64_t, storage::OpenHoldRow> open_holds_;
  std::set<std::int64_t> touched_holds_;
};

}  // namespace coffer_test
