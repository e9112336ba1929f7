// SPDX-License-Identifier: MIT
// Migration 1, first part: the tables.
#include "storage/sqlite/migrations.hpp"

namespace coffer::storage::sqlite {

// Names and types are those of the schemas; a test compares. An amount is INTEGER when it fits 64
// bits and decimal TEXT otherwise, so its column is ANY. A column that may be NULL is one whose
// value is mostly absent. References are for readers and for PRAGMA foreign_key_check: the engine
// has looked them up already, and does not pay twice.
const char* const migration_0001_tables = R"sql(
CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  is_clean INTEGER NOT NULL CHECK (is_clean IN (0, 1)),
  created_at INTEGER NOT NULL,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE commits (
  id INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  last_asset INTEGER NOT NULL,
  last_account INTEGER NOT NULL,
  last_account_change INTEGER NOT NULL,
  last_transaction INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  last_hold INTEGER NOT NULL,
  last_hold_event INTEGER NOT NULL,
  last_wallet INTEGER NOT NULL,
  last_reconciliation INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE assets (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  scale INTEGER NOT NULL CHECK (scale BETWEEN 0 AND 36),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  network TEXT,
  contract TEXT,
  symbol TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  owner TEXT NOT NULL,
  asset INTEGER NOT NULL REFERENCES assets (id),
  purpose TEXT,
  normal_side INTEGER NOT NULL CHECK (normal_side IN (0, 1)),
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE account_changes (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  flags INTEGER NOT NULL CHECK (flags BETWEEN 0 AND 15),
  minimum ANY NOT NULL CHECK (typeof(minimum) IN ('integer', 'text')),
  maximum ANY NOT NULL CHECK (typeof(maximum) IN ('integer', 'text')),
  metadata TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE transactions (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  kind INTEGER NOT NULL,
  debit INTEGER NOT NULL REFERENCES accounts (id),
  credit INTEGER NOT NULL REFERENCES accounts (id),
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text')),
  debit_after ANY NOT NULL CHECK (typeof(debit_after) IN ('integer', 'text')),
  credit_after ANY NOT NULL CHECK (typeof(credit_after) IN ('integer', 'text')),
  recorded_at INTEGER NOT NULL,
  effective_at INTEGER,
  entry_count INTEGER,
  reference TEXT
) STRICT;

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  transaction_id INTEGER NOT NULL REFERENCES transactions (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  side INTEGER NOT NULL CHECK (side IN (0, 1)),
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text')),
  balance_after ANY NOT NULL CHECK (typeof(balance_after) IN ('integer', 'text'))
) STRICT;

CREATE TABLE notes (
  transaction_id INTEGER PRIMARY KEY REFERENCES transactions (id),
  reverses INTEGER REFERENCES transactions (id),
  hold INTEGER REFERENCES holds (id),
  description TEXT,
  metadata TEXT
) STRICT;

CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  account INTEGER NOT NULL REFERENCES accounts (id),
  bucket INTEGER NOT NULL CHECK (bucket IN (0, 1, 2)),
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text')),
  destination INTEGER REFERENCES accounts (id),
  expires_at INTEGER,
  recorded_at INTEGER NOT NULL,
  reference TEXT
) STRICT;

CREATE TABLE hold_events (
  id INTEGER PRIMARY KEY,
  hold INTEGER NOT NULL REFERENCES holds (id),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
  amount ANY NOT NULL CHECK (typeof(amount) IN ('integer', 'text')),
  transaction_id INTEGER REFERENCES transactions (id),
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE wallets (
  id INTEGER PRIMARY KEY,
  user TEXT NOT NULL,
  asset INTEGER NOT NULL REFERENCES assets (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  label TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reconciliations (
  id INTEGER PRIMARY KEY,
  wallet INTEGER NOT NULL REFERENCES wallets (id),
  start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL,
  system_balance ANY NOT NULL CHECK (typeof(system_balance) IN ('integer', 'text')),
  external_balance ANY NOT NULL CHECK (typeof(external_balance) IN ('integer', 'text')),
  difference ANY NOT NULL CHECK (typeof(difference) IN ('integer', 'text')),
  tolerance ANY NOT NULL CHECK (typeof(tolerance) IN ('integer', 'text')),
  status INTEGER NOT NULL CHECK (status IN (1, 2)),
  notes TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;

-- Derived from the tables above; the engine can build these again.
CREATE TABLE heads (
  account INTEGER PRIMARY KEY,
  balance ANY NOT NULL CHECK (typeof(balance) IN ('integer', 'text')),
  last_transaction INTEGER NOT NULL
) STRICT;

CREATE TABLE open_holds (
  hold INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  bucket INTEGER NOT NULL CHECK (bucket IN (0, 1, 2)),
  remaining ANY NOT NULL CHECK (typeof(remaining) IN ('integer', 'text')),
  expires_at INTEGER
) STRICT;

CREATE TABLE index_segments (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  level INTEGER NOT NULL,
  first_transaction INTEGER NOT NULL,
  last_transaction INTEGER NOT NULL,
  first_block INTEGER NOT NULL,
  block_count INTEGER NOT NULL,
  first_filter INTEGER NOT NULL,
  filter_count INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE index_blocks (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
)sql";

}  // namespace coffer::storage::sqlite
