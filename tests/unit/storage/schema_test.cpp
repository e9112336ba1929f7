// SPDX-License-Identifier: MIT
// Schemas: every kind has one, and cells reach the members that they name.
#include <coffer/storage/schema.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>

#include <coffer/storage/rows_ledger.hpp>

#include "storage/sqlite/row_codec.hpp"

using coffer::Amount;
using coffer::storage::all_schemas;
using coffer::storage::Cell;
using coffer::storage::cell_of;
using coffer::storage::Column;
using coffer::storage::Index;
using coffer::storage::RowKind;
using coffer::storage::Schema;
using coffer::storage::schema_of;
using coffer::storage::TransactionRow;

TEST_CASE("every row kind has a schema, in the order of the kinds") {
  REQUIRE(all_schemas().size() == 18);
  std::uint8_t kind = 1;
  std::set<std::string> tables;
  for (const Schema* schema : all_schemas()) {
    CHECK(static_cast<std::uint8_t>(schema->kind) == kind);
    CHECK(&schema_of(static_cast<RowKind>(kind)) == schema);
    CHECK(tables.insert(std::string(schema->table)).second);
    ++kind;
  }
}

TEST_CASE("a schema's columns lie within its struct without overlapping") {
  for (const Schema* schema : all_schemas()) {
    INFO(std::string(schema->table));
    CHECK(schema->row_size % 8 == 0);
    CHECK(schema->row_size <= coffer::storage::sqlite::row_size_max);
    CHECK(schema->columns.size() <= 32);
    std::size_t end = 0;
    for (const Column& column : schema->columns) {
      CHECK(column.offset == end);
      end += column.type == coffer::storage::CellType::integer  ? 8
             : column.type == coffer::storage::CellType::amount ? 32
                                                                : 16;
    }
    CHECK(end == schema->row_size);
  }
}

TEST_CASE("indexes never hold amounts, and only append-only kinds have unique ones") {
  for (const Schema* schema : all_schemas()) {
    INFO(std::string(schema->table));
    for (const Index& index : schema->indexes) {
      for (const std::uint8_t position : index.columns) {
        CHECK(schema->columns[position].type != coffer::storage::CellType::amount);
      }
      CHECK((!index.is_unique || schema->is_append_only));
    }
  }
}

TEST_CASE("cells read and write the members that they name") {
  TransactionRow row;
  row.id = 7;
  row.key = "abc";
  row.amount = Amount(-3);
  const Schema& schema = TransactionRow::schema();
  CHECK(schema.columns[1].name == "key");
  CHECK(cell_of(schema, &row, 0).integer == 7);
  CHECK(cell_of(schema, &row, 1).bytes == "abc");
  CHECK(cell_of(schema, &row, 5).amount == Amount(-3));
  set_cell(schema, &row, 1, Cell::of_text("xyz"));
  set_cell(schema, &row, 3, Cell::of(99));
  CHECK(row.key == "xyz");
  CHECK(row.debit == 99);
}
