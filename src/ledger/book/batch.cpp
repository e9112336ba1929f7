// SPDX-License-Identifier: MIT
// Writes a batch's rows into a unit of work, kind by kind.
#include "ledger/book/batch.hpp"

#include <algorithm>

namespace coffer::ledger {

void Batch::clear() noexcept {
  assets.clear();
  accounts.clear();
  account_changes.clear();
  transactions.clear();
  entries.clear();
  holds.clear();
  hold_events.clear();
  wallets.clear();
  reconciliations.clear();
  notes.clear();
  crypto_wallets.clear();
  wallet_records.clear();
  heads.clear();
  touched_holds.clear();
  open_holds.clear();
  closed_holds.clear();
  texts.clear();
  keys.clear();
  account_keys.clear();
  hold_keys.clear();
  events.clear();
  commit = {};
  commit_hash.clear();
}

namespace {

template <storage::Row R>
Status append_all(storage::UnitOfWork& unit, const std::vector<R>& rows) {
  return rows.empty() ? Status{} : unit.append(std::span<const R>(rows));
}

}  // namespace

Status Batch::write(storage::UnitOfWork& unit) const {
  COFFER_TRY(append_all(unit, assets));
  COFFER_TRY(append_all(unit, accounts));
  COFFER_TRY(append_all(unit, account_changes));
  COFFER_TRY(append_all(unit, transactions));
  COFFER_TRY(append_all(unit, entries));
  COFFER_TRY(append_all(unit, notes));
  COFFER_TRY(append_all(unit, holds));
  COFFER_TRY(append_all(unit, hold_events));
  COFFER_TRY(append_all(unit, wallets));
  COFFER_TRY(append_all(unit, reconciliations));
  COFFER_TRY(append_all(unit, crypto_wallets));
  COFFER_TRY(append_all(unit, wallet_records));
  COFFER_TRY(unit.append(commit));
  if (!heads.empty()) {
    COFFER_TRY(unit.put(std::span<const storage::HeadRow>(heads)));
  }
  if (!open_holds.empty()) {
    COFFER_TRY(unit.put(std::span<const storage::OpenHoldRow>(open_holds)));
  }
  for (const std::int64_t hold : closed_holds) {
    COFFER_TRY(unit.destroy<storage::OpenHoldRow>(hold, hold));
  }
  return {};
}

}  // namespace coffer::ledger
