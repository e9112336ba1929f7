// SPDX-License-Identifier: MIT
// Migration 4: each row of the view wallet_transaction has an id of its own.
#include <string>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/views.hpp"

namespace coffer::storage::sqlite {

namespace {

// Two wallets of one transfer are two rows, so the id is the transaction's and the leg's place in
// it (1 to 4096), side by side: 170001 and 170002 are of transaction 17.
constexpr const char* legs = R"sql(
DROP VIEW wallet_transaction;
DROP VIEW account_leg;

-- Every leg of every transaction: those of two entries are whole in their row, debit first.
CREATE VIEW account_leg AS
  SELECT id AS transaction_id, 1 AS place, debit AS account, 1 AS side, amount,
         debit_after AS balance_after, recorded_at, key, reference
  FROM transactions WHERE entry_count IS NULL
  UNION ALL
  SELECT id, 2, credit, 0, amount, credit_after, recorded_at, key, reference
  FROM transactions WHERE entry_count IS NULL
  UNION ALL
  SELECT transaction_id, entries.id + 1 - (
           SELECT min(f.id) FROM entries f WHERE f.transaction_id = entries.transaction_id),
         account, side, entries.amount, balance_after, recorded_at, key, reference
  FROM entries JOIN transactions ON transactions.id = entries.transaction_id;

)sql";

const char* all_views() noexcept {
  static const std::string script =
      legs + wallet_transaction_view("l.transaction_id * 10000 + l.place",
                                     ", id / 10000 AS transaction_id");
  return script.c_str();
}

}  // namespace

const char* const migration_0004_wallet_transaction = all_views();

}  // namespace coffer::storage::sqlite
