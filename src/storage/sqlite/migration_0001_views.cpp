// SPDX-License-Identifier: MIT
// Migration 1, third part: what an auditor reads in the sqlite3 shell.
#include <cstddef>
#include <string>
#include <string_view>

#include "storage/sqlite/migrations.hpp"

namespace coffer::storage::sqlite {

namespace {

// $decimal(amount): made by text alone, so that it is exact for amounts of any size: the digits are
// padded with zeros on the left to one more than the scale, then cut before the last `scale`.
constexpr std::string_view decimal = R"sql(iif($ LIKE '-%', '-', '') || (
      SELECT substr(p, 1, length(p) - scale) || iif(scale = 0, '', '.' || substr(p, -scale))
      FROM (SELECT substr(hex(zeroblob(19)), 1, max(0, scale + 1 - length(ltrim($, '-'))))
                   || ltrim($, '-') AS p)))sql";

// $time(nanoseconds): the moment in ISO 8601.
constexpr std::string_view time = R"sql(strftime('%Y-%m-%dT%H:%M:%S', $ / 1000000000, 'unixepoch')
      || format('.%09dZ', $ % 1000000000))sql";

/// `script` with `name(column)` written out as `expression`, whose $ is the column.
std::string written_out(std::string script, std::string_view name, std::string_view expression) {
  for (std::size_t at = 0; (at = script.find(name, at)) != std::string::npos;) {
    const std::size_t column = at + name.size();
    const std::size_t end = script.find(')', column);
    std::string text;
    for (const char letter : expression) {
      text += letter == '$' ? script.substr(column, end - column) : std::string(1, letter);
    }
    script.replace(at, end + 1 - at, text);
    at += text.size();
  }
  return script;
}

// A balance before is balance after minus the change. SQLite has no integers beyond 64 bits, so it
// is worked out on five groups of 18 digits, carrying from group to group.
constexpr const char* views = R"sql(
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

CREATE VIEW wallet_transaction AS
SELECT id,
    $time(recorded_at) AS created_at,
    $time(recorded_at) AS updated_at,
    wallet_id, iif(is_rise, 'deposit', 'withdraw') AS type,
    $decimal(change) AS amount,
    $decimal(before) AS balance_before,
    $decimal(after) AS balance_after,
    'completed' AS status, tx_hash, description
FROM (
  SELECT *, CASE WHEN typeof(small_before) = 'integer' THEN CAST(small_before AS TEXT)
    ELSE (
      WITH given (x, y, xs, ys) AS (
        SELECT substr(hex(zeroblob(45)) || ltrim(after, '-'), -90),
               substr(hex(zeroblob(45)) || change, -90),
               iif(after LIKE '-%', -1, 1), iif(is_rise, -1, 1)
      ), raw AS (
        SELECT 1000000000000000000 AS base,
               xs * CAST(substr(x, 73, 18) AS INT) + ys * CAST(substr(y, 73, 18) AS INT) AS r0,
               xs * CAST(substr(x, 55, 18) AS INT) + ys * CAST(substr(y, 55, 18) AS INT) AS r1,
               xs * CAST(substr(x, 37, 18) AS INT) + ys * CAST(substr(y, 37, 18) AS INT) AS r2,
               xs * CAST(substr(x, 19, 18) AS INT) + ys * CAST(substr(y, 19, 18) AS INT) AS r3,
               xs * CAST(substr(x, 1, 18) AS INT) + ys * CAST(substr(y, 1, 18) AS INT) AS r4
        FROM given
      ), c1 AS (SELECT *, r1 + (r0 / base - (r0 % base < 0)) AS s1 FROM raw
      ), c2 AS (SELECT *, r2 + (s1 / base - (s1 % base < 0)) AS s2 FROM c1
      ), c3 AS (SELECT *, r3 + (s2 / base - (s2 % base < 0)) AS s3 FROM c2
      ), c4 AS (SELECT *, r4 + (s3 / base - (s3 % base < 0)) AS s4 FROM c3
      ), turned AS (
        SELECT base, iif(s4 < 0, '-', '') AS sign, iif(s4 < 0, -s4, s4) AS t4,
               iif(s4 < 0, -1, 1) * ((s3 % base + base) % base) AS t3,
               iif(s4 < 0, -1, 1) * ((s2 % base + base) % base) AS t2,
               iif(s4 < 0, -1, 1) * ((s1 % base + base) % base) AS t1,
               iif(s4 < 0, -1, 1) * ((r0 % base + base) % base) AS t0
        FROM c4
      ), d1 AS (SELECT *, t1 + (t0 / base - (t0 % base < 0)) AS u1 FROM turned
      ), d2 AS (SELECT *, t2 + (u1 / base - (u1 % base < 0)) AS u2 FROM d1
      ), d3 AS (SELECT *, t3 + (u2 / base - (u2 % base < 0)) AS u3 FROM d2
      ), d4 AS (SELECT *, t4 + (u3 / base - (u3 % base < 0)) AS u4 FROM d3
      )
      SELECT sign || coalesce(nullif(ltrim(format('%018d%018d%018d%018d%018d', u4,
               (u3 % base + base) % base, (u2 % base + base) % base,
               (u1 % base + base) % base, (t0 % base + base) % base), '0'), ''), '0')
      FROM d4) END AS before
  FROM (
    SELECT l.transaction_id AS id, l.recorded_at, w.id AS wallet_id, a.scale,
           -- A wallet's key is the reference with the wallet and the direction before it.
           coalesce(nullif(l.reference, ''), l.key) AS tx_hash,
           l.side = c.normal_side AS is_rise,
           CAST(l.amount AS TEXT) AS change, CAST(l.balance_after AS TEXT) AS after,
           -- Not an integer, but real, where 64 bits do not hold it.
           CASE WHEN typeof(l.amount) = 'integer' AND typeof(l.balance_after) = 'integer'
             THEN l.balance_after - iif(l.side = c.normal_side, l.amount, -l.amount)
           END AS small_before,
           coalesce(n.description, '') AS description
    FROM wallets w
    JOIN assets a ON a.id = w.asset
    JOIN accounts c ON c.id = w.account
    JOIN account_leg l ON l.account = w.account
    LEFT JOIN notes n ON n.transaction_id = l.transaction_id
  )
);

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
  static const std::string script =
      written_out(written_out(views, "$decimal(", decimal), "$time(", time);
  return script.c_str();
}

}  // namespace

const char* const migration_0001_views = all_views();

}  // namespace coffer::storage::sqlite
