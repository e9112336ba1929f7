// SPDX-License-Identifier: MIT
// The ledger's rows: what is append-only, and which index has which number.
#include <coffer/storage/rows_ledger.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace coffer::storage;

namespace {

std::string index_name(const Schema& schema, std::uint8_t number) {
  return std::string(schema.indexes[number - 1U].name);
}

}  // namespace

TEST_CASE("only the book row may change, and it is compared by its version") {
  CHECK_FALSE(BookRow::schema().is_append_only);
  CHECK(BookRow::schema().columns[BookRow::schema().version_column].name == "version");
  for (const Schema* schema :
       {&CommitRow::schema(), &AssetRow::schema(), &AccountRow::schema(),
        &AccountChangeRow::schema(), &TransactionRow::schema(), &EntryRow::schema(),
        &NoteRow::schema(), &HoldRow::schema(), &HoldEventRow::schema()}) {
    INFO(std::string(schema->table));
    CHECK(schema->is_append_only);
  }
}

TEST_CASE("the numbers of the ledger's indexes name the indexes that they say") {
  CHECK(index_name(AssetRow::schema(), AssetRow::by_code) == "assets_by_code");
  CHECK(index_name(AccountRow::schema(), AccountRow::by_key) == "accounts_by_key");
  CHECK(index_name(AccountRow::schema(), AccountRow::by_owner) == "accounts_by_owner");
  CHECK(index_name(AccountChangeRow::schema(), AccountChangeRow::by_account) ==
        "account_changes_by_account");
  CHECK(index_name(EntryRow::schema(), EntryRow::by_transaction) == "entries_by_transaction");
  CHECK(index_name(NoteRow::schema(), NoteRow::by_reverses) == "notes_by_reverses");
  CHECK(index_name(HoldRow::schema(), HoldRow::by_key) == "holds_by_key");
  CHECK(index_name(HoldRow::schema(), HoldRow::by_account) == "holds_by_account");
  CHECK(index_name(HoldEventRow::schema(), HoldEventRow::by_hold) == "hold_events_by_hold");
}

TEST_CASE("transactions have no index, so that appending them touches one tree") {
  CHECK(TransactionRow::schema().indexes.empty());
}
