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

-- What an auditor reads: the state is that of the newest record.
CREATE VIEW crypto_wallet AS
SELECT w.id,
    strftime('%Y-%m-%dT%H:%M:%S', w.recorded_at / 1000000000, 'unixepoch')
      || format('.%09dZ', w.recorded_at % 1000000000) AS created_at,
    coalesce(w.user, '') AS user_id, w.network, w.address,
    replace(s.data ->> '$.path', '*', w.address_index) AS address_path,
    s.data ->> '$.key' AS key_name, hex(w.public_key) AS public_key,
    CASE w.kind WHEN 1 THEN 'hot' WHEN 2 THEN 'warm' WHEN 3 THEN 'cold' ELSE 'watch_only' END
      AS kind,
    CASE iif((SELECT status FROM wallet_records WHERE kind = 6 AND subject = w.job
              ORDER BY position DESC, id DESC LIMIT 1) IN (6, 7), 5,
             coalesce((SELECT status FROM wallet_records
                       WHERE kind = iif(w.status = 6, 8, 7)
                         AND subject = iif(w.status = 6, w.source, w.id)
                         AND position = iif(w.status = 6, w.id, 0)
                       ORDER BY id DESC LIMIT 1), w.status))
      WHEN 1 THEN 'pending' WHEN 2 THEN 'active' WHEN 3 THEN 'refused' WHEN 4 THEN 'frozen'
      WHEN 5 THEN 'retired' WHEN 6 THEN 'free' WHEN 7 THEN 'assigned' ELSE 'used' END AS status,
    coalesce(w.label, '') AS label, coalesce(w.extra, '') AS extra_data
FROM crypto_wallets w
LEFT JOIN (SELECT id, CAST(data AS TEXT) AS data FROM wallet_records WHERE kind = 1) s
  ON s.id = w.source;
)sql";

}  // namespace coffer::storage::sqlite
