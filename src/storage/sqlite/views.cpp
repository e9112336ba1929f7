// SPDX-License-Identifier: MIT
// Decimals and times in plain SQL, and the view of wallets' transactions made with them.
#include "storage/sqlite/views.hpp"

#include <cstddef>

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
constexpr std::string_view wallet_transaction = R"sql(CREATE VIEW wallet_transaction AS
SELECT id,
    $time(recorded_at) AS created_at,
    $time(recorded_at) AS updated_at,
    wallet_id, iif(is_rise, 'deposit', 'withdraw') AS type,
    $decimal(change) AS amount,
    $decimal(before) AS balance_before,
    $decimal(after) AS balance_after,
    'completed' AS status, tx_hash, description$further
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
    SELECT $id AS id, l.recorded_at, w.id AS wallet_id, a.scale,
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
);)sql";

std::string replaced(std::string script, std::string_view mark, std::string_view text) {
  script.replace(script.find(mark), mark.size(), text);
  return script;
}

}  // namespace

std::string with_decimals_and_times(std::string script) {
  return written_out(written_out(std::move(script), "$decimal(", decimal), "$time(", time);
}

std::string wallet_transaction_view(std::string_view id, std::string_view further) {
  return with_decimals_and_times(
      replaced(replaced(std::string(wallet_transaction), "$id", id), "$further", further));
}

}  // namespace coffer::storage::sqlite
