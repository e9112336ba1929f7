// SPDX-License-Identifier: MIT
// The checks that every backend shares: which calls are wrong, and what is said about them.
#include <coffer/storage/contract.hpp>

#include <doctest/doctest.h>

#include <array>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>

using namespace coffer::storage;
using coffer::Amount;
using coffer::Code;

TEST_CASE("an access path is the index's columns and then the key") {
  const PathColumns path = path_columns(ReconciliationRow::schema(), ReconciliationRow::by_range);
  REQUIRE(path.count == 4);
  CHECK(ReconciliationRow::schema().columns[path.positions[0]].name == "wallet");
  CHECK(ReconciliationRow::schema().columns[path.positions[3]].name == "id");
  CHECK(path_columns(HeadRow::schema(), 0).count == 1);
}

TEST_CASE("a row whose optional value is absent is not in that value's index") {
  NoteRow note;
  CHECK_FALSE(is_in_index(NoteRow::schema(), NoteRow::by_reverses, &note));
  note.reverses = 3;
  CHECK(is_in_index(NoteRow::schema(), NoteRow::by_reverses, &note));
}

TEST_CASE("wrong keys and queries are told by table and column") {
  const std::array<Cell, 2> two = {Cell::of(1), Cell::of(2)};
  const Cell text = Cell::of_text("x");
  CHECK(check_key(HeadRow::schema(), two).error().message ==
        "heads: a key needs 1 value(s), not 2");
  CHECK(check_key(HeadRow::schema(), std::span(&text, 1)).error().message ==
        "heads: the value for column account has another type");
  ScanQuery query;
  query.index = 3;
  CHECK(check_scan(HoldRow::schema(), query).error().message == "holds: there is no index 3");
  query.index = 2;
  CHECK(check_scan(HoldRow::schema(), query));
}

TEST_CASE("what is only ever appended can't be put, replaced or destroyed") {
  CHECK(check_put(TransactionRow::schema()).error().code == Code::not_permitted);
  CHECK(check_replace(TransactionRow::schema()).error().code == Code::not_permitted);
  CHECK(check_destroy(TransactionRow::schema()).error().code == Code::not_permitted);
  CHECK(check_put(HeadRow::schema()));
  CHECK(check_replace(HeadRow::schema()).error().message ==
        "heads: has no version to compare; use put instead of replace");
  CHECK(check_destroy(IndexBlockRow::schema()));
}

TEST_CASE("conflicts name the row") {
  const HeadRow head{17, Amount(1), 1};
  CHECK(row_name(HeadRow::schema(), &head) == "heads, account 17");
  CHECK(exists_error(HeadRow::schema(), &head).code == Code::storage_conflict);
  const BookRow book;
  CHECK(version_error(BookRow::schema(), &book, 4).message ==
        "book, id 1: its version is no longer 4, or it is not there");
}
