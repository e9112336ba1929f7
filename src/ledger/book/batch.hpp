// SPDX-License-Identifier: MIT
// Batch: the rows that one commit will write, gathered in memory while they are decided.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/event.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/book/key_table.hpp"

namespace coffer::ledger {

/// Texts in the rows are views of the callers' memory: a caller waits until its batch is durable,
/// so nothing is copied on the hot path.
struct Batch {
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
  std::vector<storage::CryptoWalletRow> crypto_wallets;
  std::vector<storage::WalletRecordRow> wallet_records;

  std::vector<storage::HeadRow> heads;
  std::vector<std::int64_t> touched_holds;  ///< their open_holds rows are rewritten or removed
  std::vector<storage::OpenHoldRow> open_holds;
  std::vector<std::int64_t> closed_holds;

  std::deque<std::string> texts;  ///< what rows view and no caller holds
  KeyTable keys;                  ///< of `transactions`: a key twice in one batch
  KeyTable account_keys;          ///< of `accounts`
  KeyTable hold_keys;             ///< of `holds`
  std::vector<Event> events;
  storage::CommitRow commit;
  std::string commit_hash;

  [[nodiscard]] bool is_empty() const noexcept {
    return assets.empty() && accounts.empty() && account_changes.empty() && transactions.empty() &&
           holds.empty() && hold_events.empty() && wallets.empty() && reconciliations.empty() &&
           crypto_wallets.empty() && wallet_records.empty();
  }
  /// Forgets everything but the memory.
  void clear() noexcept;
  /// Appends all rows, in the order of the audit chain, then the derived ones.
  [[nodiscard]] Status write(storage::UnitOfWork& unit) const;
};

}  // namespace coffer::ledger
