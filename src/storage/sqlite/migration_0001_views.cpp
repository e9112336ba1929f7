// SPDX-License-Identifier: MIT
// Migration 1, third part: what an auditor reads in the sqlite3 shell.
#include <string>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/views.hpp"

namespace coffer::storage::sqlite {

namespace {

constexpr const char* views_before = R"sql(
-- Every leg of every transaction: those of two entries are whole in their row.
CREATE VIEW account_leg AS
  SELECT id AS transaction_id, debit AS account, 1 AS side, amount, debit_after AS balance_after,
         recorded_at, key, reference
  FROM transactions WHERE entry_count IS NULL
  UNION ALL
  SELECT id, credit, 0, amount, credit_after, recorded_at, key, reference
  FROM transactions WHERE entry_count IS NULL
  UNION ALL
  SELECT transaction_id, account, side, entries.amount, balance_after, recorded_at, key, reference
  FROM entries JOIN transactions ON transactions.id = entries.transaction_id;

-- The newest balance of each account: its head, or what came after it. Heads of a book that was
-- closed in good order are current, and the journal need not be read.
CREATE VIEW account_balance AS
WITH unread (first) AS (
  SELECT coalesce((SELECT iif(is_clean = 1, 9223372036854775807, 0) FROM book), 0)
), candidate (account, transaction_id, balance) AS (
  SELECT account, last_transaction, balance FROM heads
  UNION ALL
  SELECT debit, max(id), debit_after FROM transactions
  WHERE id > (SELECT first FROM unread) AND entry_count IS NULL GROUP BY debit
  UNION ALL
  SELECT credit, max(id), credit_after FROM transactions
  WHERE id > (SELECT first FROM unread) AND entry_count IS NULL GROUP BY credit
  UNION ALL
  SELECT account, transaction_id, balance_after FROM (
    SELECT account, transaction_id, balance_after, max(id) FROM entries
    WHERE id > (SELECT first FROM unread) GROUP BY account)
)
SELECT account, max(transaction_id) AS transaction_id, balance FROM candidate GROUP BY account;

CREATE VIEW wallet AS
SELECT id,
    $time(created_ns) AS created_at,
    $time(updated_ns) AS updated_at,
    user_id, currency,
    $decimal(balance) AS balance
FROM (
  SELECT w.id, w.recorded_at AS created_ns, coalesce(t.recorded_at, w.recorded_at) AS updated_ns,
         w.user AS user_id, a.code AS currency, a.scale,
         CAST(coalesce(b.balance, 0) AS TEXT) AS balance
  FROM wallets w
  JOIN assets a ON a.id = w.asset
  LEFT JOIN account_balance b ON b.account = w.account
  LEFT JOIN transactions t ON t.id = b.transaction_id
);

)sql";

constexpr const char* views_after = R"sql(

CREATE VIEW reconciliation AS
SELECT id,
    $time(recorded_at) AS created_at,
    $time(recorded_at) AS updated_at,
    wallet_id,
    $time(start_at) AS start_time,
    $time(end_at) AS end_time,
    $decimal(system) AS system_balance,
    $decimal(outside) AS external_balance,
    $decimal(gap) AS difference,
    $decimal(allowed) AS tolerance,
    iif(status = 1, 'matched', 'mismatch') AS status,
    notes
FROM (
  SELECT r.id, r.recorded_at, r.wallet AS wallet_id, r.start_at, r.end_at, a.scale, r.status,
         coalesce(r.notes, '') AS notes, CAST(r.system_balance AS TEXT) AS system,
         CAST(r.external_balance AS TEXT) AS outside, CAST(r.difference AS TEXT) AS gap,
         CAST(r.tolerance AS TEXT) AS allowed
  FROM reconciliations r
  JOIN wallets w ON w.id = r.wallet
  JOIN assets a ON a.id = w.asset
);
)sql";

const char* all_views() noexcept {
  static const std::string script = with_decimals_and_times(views_before) +
                                    wallet_transaction_view("l.transaction_id", "") +
                                    with_decimals_and_times(views_after);
  return script.c_str();
}

}  // namespace

const char* const migration_0001_views = all_views();

}  // namespace coffer::storage::sqlite
