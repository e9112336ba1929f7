// SPDX-License-Identifier: MIT
// Reconciler: compares the books with outside balances over time ranges, and keeps the results.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/reconcile/reconciliation.hpp>

namespace coffer {

/// One engine for every kind of wallet; only the source of the outside balance differs (R81).
///
/// The books' side is the balance as recorded before `end_at`: two look-ups by time, whatever the
/// number of transactions behind. All that was recorded before `end_at` is committed when it is
/// read, so a record never changes its truth later.
///
/// Threads: every member function may be called from any thread at any time.
class Reconciler {
 public:
  /// `ledger` outlives this object.
  explicit Reconciler(Ledger& ledger, std::vector<AssetTolerance> tolerances = {})
      : ledger_(&ledger), tolerances_(std::move(tolerances)) {}

  /// Compares and stores the result. A difference beyond the tolerance, in either direction, is a
  /// mismatch: that is a result, not a failure.
  ///
  /// Fails with `invalid_range` (`end_at` not after `start_at`, or in the future), `out_of_range`
  /// (negative tolerance), `text_too_long`, `invalid_utf8`, `wallet_not_found`, `amount_overflow`,
  /// `not_permitted` (read-only), `closed`, `storage_*`.
  [[nodiscard]] Result<Reconciliation> run(const ReconciliationRequest& request);
  /// Many wallets with one commit (R83); `outcomes[i]` belongs to `requests[i]` and fails by
  /// itself, as above. Fails as a whole with `invalid_argument` (sizes differ), `not_permitted`,
  /// `closed`, `storage_*`; then nothing was stored.
  [[nodiscard]] Status run(std::span<const ReconciliationRequest> requests,
                           std::span<ReconciliationOutcome> outcomes);
  /// Reconciles wallets from the end of their last record (R82), or from their creation when there
  /// is none, to `end_at`, against what `source` says. One commit. Fails as `run` of many;
  /// an outcome also with `source_unavailable`, while the others go on.
  [[nodiscard]] Status run_incremental(std::span<const WalletId> wallets, Timestamp end_at,
                                       BalanceSource& source,
                                       std::span<ReconciliationOutcome> outcomes);
  /// Fails with `reconciliation_not_found`.
  [[nodiscard]] Result<Reconciliation> find(ReconciliationId id) const;
  /// Newest first. Fails with `wallet_not_found`, `out_of_range` (limit).
  [[nodiscard]] Result<ReconciliationPage> history(const ReconciliationQuery& query) const;
  /// A page by number, counted from 1, newest first. Fails with `wallet_not_found`, `out_of_range`
  /// (`page` below 1, `page_size` outside 1..1000). Cost: walks all records of the wallet.
  [[nodiscard]] Result<ReconciliationNumberedPage> history(WalletId wallet, std::int64_t page,
                                                           std::int64_t page_size) const;
  /// The record with the first `limit` (1..1000) transactions of its range; further ones by
  /// `Ledger::history` from `lines.next`. Fails with `reconciliation_not_found`, `out_of_range`.
  [[nodiscard]] Result<ReconciliationDetail> detail(ReconciliationId id, std::uint32_t limit) const;

 private:
  Ledger* ledger_;
  std::vector<AssetTolerance> tolerances_;
};

}  // namespace coffer
