// SPDX-License-Identifier: MIT
// A reconciliation: what the books say of a wallet at a moment, against what an outside party says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/query.hpp>

namespace coffer {

/// Values are frozen: they stand in files. A record is written when it is complete, so none is ever
/// seen as pending.
enum class ReconciliationStatus : std::uint8_t { matched = 1, mismatch = 2 };

/// "matched" or "mismatch". Lifetime: static.
[[nodiscard]] std::string_view name_of(ReconciliationStatus status) noexcept;

/// How far an outside balance of an asset may lie from the books, in either direction, and still
/// match. In minor units, not negative.
struct AssetTolerance {
  std::string asset_code;
  Amount tolerance;
};

/// What to compare. The range is half-open: a transaction recorded at exactly `end_at` belongs to
/// the range that begins there, so adjacent ranges share nothing and miss nothing.
struct ReconciliationRequest {
  WalletId wallet = {};
  Timestamp start_at = {};               ///< inclusive
  Timestamp end_at = {};                 ///< exclusive; not later than now
  Amount external_balance = {};          ///< what the outside party says for the moment `end_at`
  std::optional<Amount> tolerance = {};  ///< none: the asset's
  std::string_view notes = {};           ///< at most 4096 bytes of UTF-8; read during the call only
};

/// A stored reconciliation. Amounts are in minor units of the wallet's asset.
struct Reconciliation {
  ReconciliationId id;
  WalletId wallet;
  Timestamp start_at;
  Timestamp end_at;
  Amount system_balance;    ///< what the books say for the moment `end_at`
  Amount external_balance;  ///< what the outside party says
  Amount difference;        ///< external - system; may differ from zero in a matched record
  Amount tolerance;
  ReconciliationStatus status = ReconciliationStatus::mismatch;
  std::string notes;
  Timestamp recorded_at;
};

/// One record of many, or why there is none.
struct ReconciliationOutcome {
  WalletId wallet;
  Status status;
  Reconciliation record;  ///< when `status` is good
};

/// Which records of a wallet; newest first.
struct ReconciliationQuery {
  WalletId wallet = {};
  ReconciliationId before = {};   ///< older than this one; none: from the newest
  std::uint32_t limit = 50;       ///< 1..1000
  bool only_differences = false;  ///< only records whose difference is not zero, matched or not
};

struct ReconciliationPage {
  std::vector<Reconciliation> records;
  ReconciliationId next;  ///< give it as `before` for the following page
  bool has_more = false;
};

/// A page by number, with the count of all records of the wallet.
struct ReconciliationNumberedPage {
  std::vector<Reconciliation> records;
  std::int64_t total = 0;
  std::int64_t page = 1;
  std::int64_t page_size = 10;
};

/// A record and how the books came to their balance: opening + the sum of the lines of the range
/// = the system balance.
struct ReconciliationDetail {
  Reconciliation record;
  Amount opening_balance;  ///< of the books, just before `start_at`
  Amount turnover;         ///< what the range changed, signed
  HistoryPage lines;       ///< the first page of the range, oldest first
};

/// An outside party that knows balances: a bank's interface, a chain, a statement.
///
/// Threads: called by the thread that reconciles, one call at a time.
class BalanceSource {
 public:
  virtual ~BalanceSource() = default;
  /// The balance of `wallet` when everything before `end_at` counts, in minor units of the asset
  /// with this code. Fails with `source_unavailable`; the message says why.
  [[nodiscard]] virtual Result<Amount> balance_at(WalletId wallet, std::string_view asset_code,
                                                  Timestamp end_at) = 0;
};

}  // namespace coffer
