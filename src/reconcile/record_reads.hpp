// SPDX-License-Identifier: MIT
// Reading reconciliation records and the wallets that they are about, from one snapshot.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <coffer/core/result.hpp>
#include <coffer/reconcile/reconciliation.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::reconcile {

/// What a reconciliation has to know of a wallet.
struct Subject {
  WalletId wallet;
  AccountId account;
  std::string asset_code;
  Timestamp created_at;
};

/// Fails with `wallet_not_found`.
[[nodiscard]] Result<Subject> find_subject(storage::Reader& reader, WalletId wallet);

[[nodiscard]] Reconciliation record_of(const storage::ReconciliationRow& row);

/// Visits a wallet's records, newest first, older than `before` (none: all), until told to stop.
[[nodiscard]] Status visit_records(
    storage::Reader& reader, WalletId wallet, ReconciliationId before,
    const std::function<bool(const storage::ReconciliationRow&)>& visit);

}  // namespace coffer::reconcile
