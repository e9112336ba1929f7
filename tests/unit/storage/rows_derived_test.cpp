// SPDX-License-Identifier: MIT
// Derived rows: they may be overwritten and destroyed, and their indexes have the numbers they say.
#include <coffer/storage/rows_derived.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace coffer::storage;

TEST_CASE("derived rows are not append-only") {
  for (const Schema* schema : {&HeadRow::schema(), &OpenHoldRow::schema(),
                               &IndexSegmentRow::schema(), &IndexBlockRow::schema()}) {
    INFO(std::string(schema->table));
    CHECK_FALSE(schema->is_append_only);
    CHECK(schema->key_columns == 1);
  }
}

TEST_CASE("the numbers of the derived rows' indexes name the indexes that they say") {
  CHECK(OpenHoldRow::schema().indexes[OpenHoldRow::by_account - 1U].name ==
        "open_holds_by_account");
  CHECK(OpenHoldRow::schema().indexes[OpenHoldRow::by_expiry - 1U].name == "open_holds_by_expiry");
  CHECK(IndexSegmentRow::schema().indexes[IndexSegmentRow::by_kind - 1U].name ==
        "index_segments_by_kind");
}
