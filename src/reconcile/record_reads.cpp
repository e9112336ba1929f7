// SPDX-License-Identifier: MIT
// Reading reconciliation records: scans of the index by wallet.
#include "reconcile/record_reads.hpp"

#include <coffer/storage/rows_ledger.hpp>

namespace coffer::reconcile {

using storage::Cell;
using storage::ReconciliationRow;

Result<Subject> find_subject(storage::Reader& reader, WalletId wallet) {
  Subject subject;
  std::int64_t asset = 0;
  COFFER_TRY_ASSIGN(const bool exists, reader.find<storage::WalletRow>(
                                           wallet.value(), [&](const storage::WalletRow& row) {
                                             subject.wallet = wallet;
                                             subject.account = AccountId(row.account);
                                             subject.created_at = Timestamp{row.recorded_at};
                                             asset = row.asset;
                                           }));
  if (!exists) {
    return Error{Code::wallet_not_found,
                 "wallet " + std::to_string(wallet.value()) + ": not found"};
  }
  COFFER_TRY(reader.find<storage::AssetRow>(
      asset, [&subject](const storage::AssetRow& row) { subject.asset_code = row.code; }));
  return subject;
}

Reconciliation record_of(const ReconciliationRow& row) {
  Reconciliation record;
  record.id = ReconciliationId(row.id);
  record.wallet = WalletId(row.wallet);
  record.start_at = Timestamp{row.start_at};
  record.end_at = Timestamp{row.end_at};
  record.system_balance = row.system_balance;
  record.external_balance = row.external_balance;
  record.difference = row.difference;
  record.tolerance = row.tolerance;
  record.status = row.status == 1 ? ReconciliationStatus::matched : ReconciliationStatus::mismatch;
  record.notes = row.notes;
  record.recorded_at = Timestamp{row.recorded_at};
  return record;
}

Status visit_records(storage::Reader& reader, WalletId wallet, ReconciliationId before,
                     const std::function<bool(const ReconciliationRow&)>& visit) {
  const Cell equal = Cell::of(wallet.value());
  const Cell to = Cell::of(before.value());
  storage::ScanQuery query;
  query.index = ReconciliationRow::by_wallet;
  query.equal = std::span(&equal, 1);
  if (before) {
    query.to = std::span(&to, 1);
  }
  query.is_backward = true;
  return reader.scan<ReconciliationRow>(query, visit);
}

}  // namespace coffer::reconcile
