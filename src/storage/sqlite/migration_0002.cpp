// SPDX-License-Identifier: MIT
// Migration 2: crypto wallets, and the records of where they come from and what became of them.
#include "storage/sqlite/migrations.hpp"

namespace coffer::storage::sqlite {

// Two tables only, because each table and index costs a page in every book. So everything that
// happens to sources, jobs and wallets is one kind of record; the views take it apart again.
const char* const migration_0002_crypto_wallets = R"sql(
ALTER TABLE commits ADD COLUMN last_crypto_wallet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commits ADD COLUMN last_wallet_record INTEGER NOT NULL DEFAULT 0;

CREATE TABLE crypto_wallets (
  id INTEGER PRIMARY KEY,
  user TEXT,
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  source INTEGER REFERENCES wallet_records (id),
  address_index INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 6),
  job INTEGER REFERENCES wallet_records (id),
  key TEXT,
  label TEXT,
  extra TEXT,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX crypto_wallets_by_user ON crypto_wallets (user, network) WHERE user IS NOT NULL;
CREATE INDEX crypto_wallets_by_address ON crypto_wallets (address);
CREATE UNIQUE INDEX crypto_wallets_by_source ON crypto_wallets (source, address_index)
  WHERE source IS NOT NULL;

CREATE TABLE wallet_records (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 8),
  subject INTEGER NOT NULL,
  position INTEGER NOT NULL,
  status INTEGER,
  key TEXT,
  actor TEXT,
  data BLOB NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX wallet_records_by_subject ON wallet_records (kind, subject, position);
CREATE UNIQUE INDEX wallet_records_by_key ON wallet_records (kind, key) WHERE key IS NOT NULL;

CREATE TRIGGER crypto_wallets_refuse_update BEFORE UPDATE ON crypto_wallets
BEGIN SELECT RAISE (ABORT, 'crypto_wallets: rows are only ever appended'); END;
CREATE TRIGGER crypto_wallets_refuse_delete BEFORE DELETE ON crypto_wallets
BEGIN SELECT RAISE (ABORT, 'crypto_wallets: rows are only ever appended'); END;
CREATE TRIGGER crypto_wallets_refuse_replace BEFORE INSERT ON crypto_wallets
WHEN EXISTS (SELECT 1 FROM crypto_wallets WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'crypto_wallets: rows are only ever appended'); END;

CREATE TRIGGER wallet_records_refuse_update BEFORE UPDATE ON wallet_records
BEGIN SELECT RAISE (ABORT, 'wallet_records: rows are only ever appended'); END;
CREATE TRIGGER wallet_records_refuse_delete BEFORE DELETE ON wallet_records
BEGIN SELECT RAISE (ABORT, 'wallet_records: rows are only ever appended'); END;
CREATE TRIGGER wallet_records_refuse_replace BEFORE INSERT ON wallet_records
WHEN EXISTS (SELECT 1 FROM wallet_records WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'wallet_records: rows are only ever appended'); END;
)sql";

}  // namespace coffer::storage::sqlite
