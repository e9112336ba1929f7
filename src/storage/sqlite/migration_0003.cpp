// SPDX-License-Identifier: MIT
// Migration 3: a checksum in each appended row, so that verification names the one that was
// altered.
#include "storage/sqlite/migrations.hpp"

namespace coffer::storage::sqlite {

// Rows that are there already stay as they are, append-only, and keep being covered by the hash of
// their commit alone. The next writer notes in the book where its rows begin.
const char* const migration_0003_checksums = R"sql(
ALTER TABLE book ADD COLUMN checksums_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commits ADD COLUMN checksum INTEGER;
ALTER TABLE assets ADD COLUMN checksum INTEGER;
ALTER TABLE accounts ADD COLUMN checksum INTEGER;
ALTER TABLE account_changes ADD COLUMN checksum INTEGER;
ALTER TABLE transactions ADD COLUMN checksum INTEGER;
ALTER TABLE entries ADD COLUMN checksum INTEGER;
ALTER TABLE notes ADD COLUMN checksum INTEGER;
ALTER TABLE holds ADD COLUMN checksum INTEGER;
ALTER TABLE hold_events ADD COLUMN checksum INTEGER;
ALTER TABLE wallets ADD COLUMN checksum INTEGER;
ALTER TABLE reconciliations ADD COLUMN checksum INTEGER;
ALTER TABLE crypto_wallets ADD COLUMN checksum INTEGER;
ALTER TABLE wallet_records ADD COLUMN checksum INTEGER;
)sql";

}  // namespace coffer::storage::sqlite
