// SPDX-License-Identifier: MIT
// The schemas of the ledger's rows: which member is which column.
#include <coffer/storage/rows_ledger.hpp>

#include <cstddef>

#include "storage/column.hpp"

namespace coffer::storage {
namespace {

constexpr Column book_columns[] = {
    integer("id", offsetof(BookRow, id)),
    integer("version", offsetof(BookRow, version)),
    integer("epoch", offsetof(BookRow, epoch)),
    integer("is_clean", offsetof(BookRow, is_clean)),
    integer("created_at", offsetof(BookRow, created_at)),
    text("name", offsetof(BookRow, name)),
    integer("checksums_from", offsetof(BookRow, checksums_from)),
};
constexpr Schema book_schema = {
    RowKind::book,  "book", book_columns, 1, {}, false, position(book_columns, "version"),
    sizeof(BookRow)};

}  // namespace

const Schema& BookRow::schema() { return book_schema; }

namespace {

constexpr Column commits_columns[] = {
    integer("id", offsetof(CommitRow, id)),
    integer("epoch", offsetof(CommitRow, epoch)),
    integer("recorded_at", offsetof(CommitRow, recorded_at)),
    integer("last_asset", offsetof(CommitRow, last_asset)),
    integer("last_account", offsetof(CommitRow, last_account)),
    integer("last_account_change", offsetof(CommitRow, last_account_change)),
    integer("last_transaction", offsetof(CommitRow, last_transaction)),
    integer("last_entry", offsetof(CommitRow, last_entry)),
    integer("last_hold", offsetof(CommitRow, last_hold)),
    integer("last_hold_event", offsetof(CommitRow, last_hold_event)),
    integer("last_wallet", offsetof(CommitRow, last_wallet)),
    integer("last_reconciliation", offsetof(CommitRow, last_reconciliation)),
    blob("hash", offsetof(CommitRow, hash)),
    integer("last_crypto_wallet", offsetof(CommitRow, last_crypto_wallet)),
    integer("last_wallet_record", offsetof(CommitRow, last_wallet_record)),
    integer("checksum", offsetof(CommitRow, checksum), Presence::optional),
};
constexpr Schema commits_schema = {RowKind::commit,
                                   "commits",
                                   commits_columns,
                                   1,
                                   {},
                                   true,
                                   0xff,
                                   sizeof(CommitRow),
                                   position(commits_columns, "checksum")};

}  // namespace

const Schema& CommitRow::schema() { return commits_schema; }

namespace {

constexpr Column assets_columns[] = {
    integer("id", offsetof(AssetRow, id)),
    text("code", offsetof(AssetRow, code)),
    integer("scale", offsetof(AssetRow, scale)),
    integer("kind", offsetof(AssetRow, kind)),
    text("network", offsetof(AssetRow, network), Presence::optional),
    text("contract", offsetof(AssetRow, contract), Presence::optional),
    text("symbol", offsetof(AssetRow, symbol), Presence::optional),
    integer("recorded_at", offsetof(AssetRow, recorded_at)),
    integer("checksum", offsetof(AssetRow, checksum), Presence::optional),
};
constexpr std::uint8_t assets_by_code_columns[] = {position(assets_columns, "code")};
constexpr Index assets_indexes[] = {
    {"assets_by_code", assets_by_code_columns, true},
};
constexpr Schema assets_schema = {RowKind::asset,
                                  "assets",
                                  assets_columns,
                                  1,
                                  assets_indexes,
                                  true,
                                  0xff,
                                  sizeof(AssetRow),
                                  position(assets_columns, "checksum")};

}  // namespace

const Schema& AssetRow::schema() { return assets_schema; }

namespace {

constexpr Column accounts_columns[] = {
    integer("id", offsetof(AccountRow, id)),
    text("key", offsetof(AccountRow, key)),
    text("owner", offsetof(AccountRow, owner)),
    integer("asset", offsetof(AccountRow, asset)),
    text("purpose", offsetof(AccountRow, purpose), Presence::optional),
    integer("normal_side", offsetof(AccountRow, normal_side)),
    integer("recorded_at", offsetof(AccountRow, recorded_at)),
    integer("checksum", offsetof(AccountRow, checksum), Presence::optional),
};
constexpr std::uint8_t accounts_by_key_columns[] = {position(accounts_columns, "key")};
constexpr std::uint8_t accounts_by_owner_columns[] = {position(accounts_columns, "owner"),
                                                      position(accounts_columns, "asset")};
constexpr Index accounts_indexes[] = {
    {"accounts_by_key", accounts_by_key_columns, true},
    {"accounts_by_owner", accounts_by_owner_columns, false},
};
constexpr Schema accounts_schema = {RowKind::account,
                                    "accounts",
                                    accounts_columns,
                                    1,
                                    accounts_indexes,
                                    true,
                                    0xff,
                                    sizeof(AccountRow),
                                    position(accounts_columns, "checksum")};

}  // namespace

const Schema& AccountRow::schema() { return accounts_schema; }

namespace {

constexpr Column account_changes_columns[] = {
    integer("id", offsetof(AccountChangeRow, id)),
    integer("account", offsetof(AccountChangeRow, account)),
    integer("flags", offsetof(AccountChangeRow, flags)),
    amount("minimum", offsetof(AccountChangeRow, minimum)),
    amount("maximum", offsetof(AccountChangeRow, maximum)),
    text("metadata", offsetof(AccountChangeRow, metadata), Presence::optional),
    integer("recorded_at", offsetof(AccountChangeRow, recorded_at)),
    integer("checksum", offsetof(AccountChangeRow, checksum), Presence::optional),
};
constexpr std::uint8_t account_changes_by_account_columns[] = {
    position(account_changes_columns, "account")};
constexpr Index account_changes_indexes[] = {
    {"account_changes_by_account", account_changes_by_account_columns, false},
};
constexpr Schema account_changes_schema = {RowKind::account_change,
                                           "account_changes",
                                           account_changes_columns,
                                           1,
                                           account_changes_indexes,
                                           true,
                                           0xff,
                                           sizeof(AccountChangeRow),
                                           position(account_changes_columns, "checksum")};

}  // namespace

const Schema& AccountChangeRow::schema() { return account_changes_schema; }

namespace {

constexpr Column transactions_columns[] = {
    integer("id", offsetof(TransactionRow, id)),
    text("key", offsetof(TransactionRow, key)),
    integer("kind", offsetof(TransactionRow, kind)),
    integer("debit", offsetof(TransactionRow, debit)),
    integer("credit", offsetof(TransactionRow, credit)),
    amount("amount", offsetof(TransactionRow, amount)),
    amount("debit_after", offsetof(TransactionRow, debit_after)),
    amount("credit_after", offsetof(TransactionRow, credit_after)),
    integer("recorded_at", offsetof(TransactionRow, recorded_at)),
    integer("effective_at", offsetof(TransactionRow, effective_at), Presence::optional),
    integer("entry_count", offsetof(TransactionRow, entry_count), Presence::optional),
    text("reference", offsetof(TransactionRow, reference), Presence::optional),
    integer("checksum", offsetof(TransactionRow, checksum), Presence::optional),
};
constexpr Schema transactions_schema = {RowKind::transaction,
                                        "transactions",
                                        transactions_columns,
                                        1,
                                        {},
                                        true,
                                        0xff,
                                        sizeof(TransactionRow),
                                        position(transactions_columns, "checksum")};

}  // namespace

const Schema& TransactionRow::schema() { return transactions_schema; }

namespace {

constexpr Column entries_columns[] = {
    integer("id", offsetof(EntryRow, id)),
    integer("transaction_id", offsetof(EntryRow, transaction)),
    integer("account", offsetof(EntryRow, account)),
    integer("side", offsetof(EntryRow, side)),
    amount("amount", offsetof(EntryRow, amount)),
    amount("balance_after", offsetof(EntryRow, balance_after)),
    integer("checksum", offsetof(EntryRow, checksum), Presence::optional),
};
constexpr std::uint8_t entries_by_transaction_columns[] = {
    position(entries_columns, "transaction_id")};
constexpr Index entries_indexes[] = {
    {"entries_by_transaction", entries_by_transaction_columns, false},
};
constexpr Schema entries_schema = {RowKind::entry,
                                   "entries",
                                   entries_columns,
                                   1,
                                   entries_indexes,
                                   true,
                                   0xff,
                                   sizeof(EntryRow),
                                   position(entries_columns, "checksum")};

}  // namespace

const Schema& EntryRow::schema() { return entries_schema; }

namespace {

constexpr Column notes_columns[] = {
    integer("transaction_id", offsetof(NoteRow, transaction)),
    integer("reverses", offsetof(NoteRow, reverses), Presence::optional),
    integer("hold", offsetof(NoteRow, hold), Presence::optional),
    text("description", offsetof(NoteRow, description), Presence::optional),
    text("metadata", offsetof(NoteRow, metadata), Presence::optional),
    integer("checksum", offsetof(NoteRow, checksum), Presence::optional),
};
constexpr std::uint8_t notes_by_reverses_columns[] = {position(notes_columns, "reverses")};
constexpr Index notes_indexes[] = {
    {"notes_by_reverses", notes_by_reverses_columns, false},
};
constexpr Schema notes_schema = {RowKind::note,
                                 "notes",
                                 notes_columns,
                                 1,
                                 notes_indexes,
                                 true,
                                 0xff,
                                 sizeof(NoteRow),
                                 position(notes_columns, "checksum")};

}  // namespace

const Schema& NoteRow::schema() { return notes_schema; }

namespace {

constexpr Column holds_columns[] = {
    integer("id", offsetof(HoldRow, id)),
    text("key", offsetof(HoldRow, key)),
    integer("account", offsetof(HoldRow, account)),
    integer("bucket", offsetof(HoldRow, bucket)),
    amount("amount", offsetof(HoldRow, amount)),
    integer("destination", offsetof(HoldRow, destination), Presence::optional),
    integer("expires_at", offsetof(HoldRow, expires_at), Presence::optional),
    integer("recorded_at", offsetof(HoldRow, recorded_at)),
    text("reference", offsetof(HoldRow, reference), Presence::optional),
    integer("checksum", offsetof(HoldRow, checksum), Presence::optional),
};
constexpr std::uint8_t holds_by_key_columns[] = {position(holds_columns, "key")};
constexpr std::uint8_t holds_by_account_columns[] = {position(holds_columns, "account")};
constexpr Index holds_indexes[] = {
    {"holds_by_key", holds_by_key_columns, true},
    {"holds_by_account", holds_by_account_columns, false},
};
constexpr Schema holds_schema = {RowKind::hold,
                                 "holds",
                                 holds_columns,
                                 1,
                                 holds_indexes,
                                 true,
                                 0xff,
                                 sizeof(HoldRow),
                                 position(holds_columns, "checksum")};

}  // namespace

const Schema& HoldRow::schema() { return holds_schema; }

namespace {

constexpr Column hold_events_columns[] = {
    integer("id", offsetof(HoldEventRow, id)),
    integer("hold", offsetof(HoldEventRow, hold)),
    integer("kind", offsetof(HoldEventRow, kind)),
    amount("amount", offsetof(HoldEventRow, amount)),
    integer("transaction_id", offsetof(HoldEventRow, transaction), Presence::optional),
    integer("recorded_at", offsetof(HoldEventRow, recorded_at)),
    integer("checksum", offsetof(HoldEventRow, checksum), Presence::optional),
};
constexpr std::uint8_t hold_events_by_hold_columns[] = {position(hold_events_columns, "hold")};
constexpr Index hold_events_indexes[] = {
    {"hold_events_by_hold", hold_events_by_hold_columns, false},
};
constexpr Schema hold_events_schema = {RowKind::hold_event,
                                       "hold_events",
                                       hold_events_columns,
                                       1,
                                       hold_events_indexes,
                                       true,
                                       0xff,
                                       sizeof(HoldEventRow),
                                       position(hold_events_columns, "checksum")};

}  // namespace

const Schema& HoldEventRow::schema() { return hold_events_schema; }

}  // namespace coffer::storage
