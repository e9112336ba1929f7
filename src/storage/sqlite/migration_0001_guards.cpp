// SPDX-License-Identifier: MIT
// Migration 1, second part: the triggers that keep append-only tables append-only.
#include "storage/sqlite/migrations.hpp"

namespace coffer::storage::sqlite {

// For whoever opens the file with another program. The insert triggers are there because INSERT OR
// REPLACE removes the old row without asking a delete trigger. The engine's own connection has
// triggers switched off: it has no statement that they would refuse, and they would cost it time.
const char* const migration_0001_guards = R"sql(
CREATE TRIGGER commits_refuse_update BEFORE UPDATE ON commits
BEGIN SELECT RAISE (ABORT, 'commits: rows are only ever appended'); END;
CREATE TRIGGER commits_refuse_delete BEFORE DELETE ON commits
BEGIN SELECT RAISE (ABORT, 'commits: rows are only ever appended'); END;
CREATE TRIGGER commits_refuse_replace BEFORE INSERT ON commits
WHEN EXISTS (SELECT 1 FROM commits WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'commits: rows are only ever appended'); END;

CREATE TRIGGER assets_refuse_update BEFORE UPDATE ON assets
BEGIN SELECT RAISE (ABORT, 'assets: rows are only ever appended'); END;
CREATE TRIGGER assets_refuse_delete BEFORE DELETE ON assets
BEGIN SELECT RAISE (ABORT, 'assets: rows are only ever appended'); END;
CREATE TRIGGER assets_refuse_replace BEFORE INSERT ON assets
WHEN EXISTS (SELECT 1 FROM assets WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'assets: rows are only ever appended'); END;

CREATE TRIGGER accounts_refuse_update BEFORE UPDATE ON accounts
BEGIN SELECT RAISE (ABORT, 'accounts: rows are only ever appended'); END;
CREATE TRIGGER accounts_refuse_delete BEFORE DELETE ON accounts
BEGIN SELECT RAISE (ABORT, 'accounts: rows are only ever appended'); END;
CREATE TRIGGER accounts_refuse_replace BEFORE INSERT ON accounts
WHEN EXISTS (SELECT 1 FROM accounts WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'accounts: rows are only ever appended'); END;

CREATE TRIGGER account_changes_refuse_update BEFORE UPDATE ON account_changes
BEGIN SELECT RAISE (ABORT, 'account_changes: rows are only ever appended'); END;
CREATE TRIGGER account_changes_refuse_delete BEFORE DELETE ON account_changes
BEGIN SELECT RAISE (ABORT, 'account_changes: rows are only ever appended'); END;
CREATE TRIGGER account_changes_refuse_replace BEFORE INSERT ON account_changes
WHEN EXISTS (SELECT 1 FROM account_changes WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'account_changes: rows are only ever appended'); END;

CREATE TRIGGER transactions_refuse_update BEFORE UPDATE ON transactions
BEGIN SELECT RAISE (ABORT, 'transactions: rows are only ever appended'); END;
CREATE TRIGGER transactions_refuse_delete BEFORE DELETE ON transactions
BEGIN SELECT RAISE (ABORT, 'transactions: rows are only ever appended'); END;
CREATE TRIGGER transactions_refuse_replace BEFORE INSERT ON transactions
WHEN EXISTS (SELECT 1 FROM transactions WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'transactions: rows are only ever appended'); END;

CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE (ABORT, 'entries: rows are only ever appended'); END;
CREATE TRIGGER entries_refuse_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE (ABORT, 'entries: rows are only ever appended'); END;
CREATE TRIGGER entries_refuse_replace BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'entries: rows are only ever appended'); END;

CREATE TRIGGER notes_refuse_update BEFORE UPDATE ON notes
BEGIN SELECT RAISE (ABORT, 'notes: rows are only ever appended'); END;
CREATE TRIGGER notes_refuse_delete BEFORE DELETE ON notes
BEGIN SELECT RAISE (ABORT, 'notes: rows are only ever appended'); END;
CREATE TRIGGER notes_refuse_replace BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM notes WHERE transaction_id = NEW.transaction_id)
BEGIN SELECT RAISE (ABORT, 'notes: rows are only ever appended'); END;

CREATE TRIGGER holds_refuse_update BEFORE UPDATE ON holds
BEGIN SELECT RAISE (ABORT, 'holds: rows are only ever appended'); END;
CREATE TRIGGER holds_refuse_delete BEFORE DELETE ON holds
BEGIN SELECT RAISE (ABORT, 'holds: rows are only ever appended'); END;
CREATE TRIGGER holds_refuse_replace BEFORE INSERT ON holds
WHEN EXISTS (SELECT 1 FROM holds WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'holds: rows are only ever appended'); END;

CREATE TRIGGER hold_events_refuse_update BEFORE UPDATE ON hold_events
BEGIN SELECT RAISE (ABORT, 'hold_events: rows are only ever appended'); END;
CREATE TRIGGER hold_events_refuse_delete BEFORE DELETE ON hold_events
BEGIN SELECT RAISE (ABORT, 'hold_events: rows are only ever appended'); END;
CREATE TRIGGER hold_events_refuse_replace BEFORE INSERT ON hold_events
WHEN EXISTS (SELECT 1 FROM hold_events WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'hold_events: rows are only ever appended'); END;

CREATE TRIGGER wallets_refuse_update BEFORE UPDATE ON wallets
BEGIN SELECT RAISE (ABORT, 'wallets: rows are only ever appended'); END;
CREATE TRIGGER wallets_refuse_delete BEFORE DELETE ON wallets
BEGIN SELECT RAISE (ABORT, 'wallets: rows are only ever appended'); END;
CREATE TRIGGER wallets_refuse_replace BEFORE INSERT ON wallets
WHEN EXISTS (SELECT 1 FROM wallets WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'wallets: rows are only ever appended'); END;

CREATE TRIGGER reconciliations_refuse_update BEFORE UPDATE ON reconciliations
BEGIN SELECT RAISE (ABORT, 'reconciliations: rows are only ever appended'); END;
CREATE TRIGGER reconciliations_refuse_delete BEFORE DELETE ON reconciliations
BEGIN SELECT RAISE (ABORT, 'reconciliations: rows are only ever appended'); END;
CREATE TRIGGER reconciliations_refuse_replace BEFORE INSERT ON reconciliations
WHEN EXISTS (SELECT 1 FROM reconciliations WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'reconciliations: rows are only ever appended'); END;
)sql";

}  // namespace coffer::storage::sqlite
