// SPDX-License-Identifier: MIT
// Conformance: scans of every index, against a model that looks at every row.
#include <array>
#include <string>
#include <vector>

#include <coffer/storage/contract.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "storage/conformance/cases.hpp"
#include "storage/conformance/sample_rows.hpp"

namespace coffer::storage::conformance {
namespace {

/// A query with bounds taken from rows that are there, so that borders are hit often.
struct DrawnQuery {
  std::vector<Cell> equal;
  std::vector<Cell> from;
  std::vector<Cell> to;
  ScanQuery query;
};

std::vector<Cell> cells_of(const SampleRows& rows, const PathColumns& path, std::size_t first,
                           std::size_t count, std::size_t row) {
  std::vector<Cell> cells;
  for (std::size_t i = first; i < first + count; ++i) {
    cells.push_back(cell_of(rows.schema(), rows.row(row), path.positions[i]));
  }
  return cells;
}

void draw(const SampleRows& rows, std::size_t index, Seeded* random, DrawnQuery* drawn) {
  const PathColumns path = path_columns(rows.schema(), index);
  const std::size_t fixed = random->below(path.count + 1);
  const std::size_t left = path.count - fixed;
  drawn->equal = cells_of(rows, path, 0, fixed, random->below(rows.size()));
  drawn->from = cells_of(rows, path, fixed, random->below(left + 1), random->below(rows.size()));
  drawn->to = cells_of(rows, path, fixed, random->below(left + 1), random->below(rows.size()));
  ScanQuery& query = drawn->query;
  query.index = static_cast<std::uint8_t>(index);
  query.equal = drawn->equal;
  query.from = drawn->from;
  query.to = drawn->to;
  query.is_from_exclusive = random->below(2) == 1;
  query.is_to_inclusive = random->below(2) == 1;
  query.is_backward = random->below(2) == 1;
  query.limit = random->below(3) == 0 ? static_cast<std::int64_t>(random->below(5)) : -1;
}

std::string describe(const Schema& schema, const ScanQuery& query) {
  return std::string(schema.table) + ", index " + std::to_string(query.index) + ", equal " +
         std::to_string(query.equal.size()) + ", from " + std::to_string(query.from.size()) +
         (query.is_from_exclusive ? " exclusive" : "") + ", to " + std::to_string(query.to.size()) +
         (query.is_to_inclusive ? " inclusive" : "") + (query.is_backward ? ", backward" : "") +
         ", limit " + std::to_string(query.limit);
}

void expect_scan(Trial& trial, Reader& reader, const SampleRows& rows, const ScanQuery& query) {
  const Schema& schema = rows.schema();
  const std::vector<std::size_t> expected = rows.visited_by(query);
  std::size_t at = 0;
  const std::string name = describe(schema, query);
  trial.expect_ok(reader.scan_any(schema, query,
                                  [&](const void* row) {
                                    if (at < expected.size()) {
                                      const std::string column =
                                          difference(schema, row, rows.row(expected[at]));
                                      trial.expect(column.empty(), name + ": row " +
                                                                       std::to_string(at) +
                                                                       " is not the expected one");
                                    }
                                    ++at;
                                    return true;
                                  }),
                  name);
  trial.expect_equal(static_cast<std::int64_t>(at), static_cast<std::int64_t>(expected.size()),
                     name + ": number of rows");
}

void fill(Trial& trial, SampleRows* rows, Seeded* random) {
  for (std::int64_t key = 1; key <= 60; ++key) {
    rows->add(key * 3, random);
  }
  auto unit = trial.begin();
  trial.expect_ok(unit->append_any(rows->schema(), rows->data(), rows->size()), "append");
  trial.expect_ok(unit->commit(), "commit");
}

void every_index_is_ordered(Trial& trial) {
  Seeded random(3);
  for (const Schema* schema : all_schemas()) {
    SampleRows rows(*schema);
    fill(trial, &rows, &random);
    const auto reader = trial.snapshot();
    for (std::size_t index = 0; index <= schema->indexes.size(); ++index) {
      for (int i = 0; i < 60; ++i) {
        DrawnQuery drawn;
        draw(rows, index, &random, &drawn);
        expect_scan(trial, *reader, rows, drawn.query);
      }
    }
  }
}

void a_unit_scans_its_own_rows(Trial& trial) {
  Seeded random(4);
  SampleRows rows(HoldRow::schema());
  fill(trial, &rows, &random);
  auto unit = trial.begin();
  for (std::int64_t key = 1; key <= 60; ++key) {
    rows.add(key * 3 + 1, &random);
    trial.expect_ok(unit->append_any(rows.schema(), rows.row(rows.size() - 1), 1), "append");
  }
  for (std::size_t index = 0; index <= rows.schema().indexes.size(); ++index) {
    for (int i = 0; i < 30; ++i) {
      DrawnQuery drawn;
      draw(rows, index, &random, &drawn);
      expect_scan(trial, *unit, rows, drawn.query);
    }
  }
}

void absent_values_stand_in_no_index(Trial& trial) {
  auto unit = trial.begin();
  for (std::int64_t id = 1; id <= 4; ++id) {
    NoteRow note;
    note.transaction = id;
    note.reverses = id % 2 == 0 ? id - 1 : 0;
    trial.expect_ok(unit->append(note), "append");
  }
  ScanQuery all;
  all.index = NoteRow::by_reverses;
  std::string seen;
  trial.expect_ok(unit->scan<NoteRow>(all,
                                      [&](const NoteRow& row) {
                                        seen += std::to_string(row.transaction) + " ";
                                        return true;
                                      }),
                  "scan");
  trial.expect_equal(seen, "2 4 ", "rows in the index of an optional column");
}

void a_visitor_may_stop_and_read(Trial& trial) {
  Seeded random(5);
  SampleRows rows(HoldRow::schema());
  fill(trial, &rows, &random);
  const auto reader = trial.snapshot();
  std::int64_t outer = 0;
  std::int64_t inner = 0;
  trial.expect_ok(
      reader->scan<HoldRow>(
          {},
          [&](const HoldRow& row) {
            ++outer;
            const std::string key(row.key);
            trial.expect_ok(
                reader->scan<HoldRow>({}, [&](const HoldRow&) { return ++inner % 10 != 0; }),
                "scan within a scan");
            trial.expect_ok(reader->find<HoldRow>(9, [](const HoldRow&) {}), "find within a scan");
            trial.expect_equal(row.key, key, "the row after reading within");
            return outer < 4;
          }),
      "scan");
  trial.expect_equal(outer, 4, "rows until the visitor stopped");
  trial.expect_equal(inner, 40, "rows of the scans within");
}

void wrong_queries_are_refused(Trial& trial) {
  const auto reader = trial.snapshot();
  const auto visit = [](const void*) { return true; };
  const std::array<Cell, 3> cells = {Cell::of(1), Cell::of(2), Cell::of(3)};
  const Cell text = Cell::of_text("x");
  ScanQuery query;
  query.index = 9;
  trial.expect_code(reader->scan_any(HoldRow::schema(), query, visit), Code::invalid_argument,
                    "an index that is not there");
  query = {};
  query.equal = cells;
  trial.expect_code(reader->scan_any(HoldRow::schema(), query, visit), Code::invalid_argument,
                    "more values than columns");
  query = {};
  query.from = std::span(&text, 1);
  trial.expect_code(reader->scan_any(HoldRow::schema(), query, visit), Code::invalid_argument,
                    "a text for an integer");
  query = {};
  query.limit = -2;
  trial.expect_code(reader->scan_any(HoldRow::schema(), query, visit), Code::invalid_argument,
                    "a negative limit");
}

constexpr std::array cases = {
    Case{"scans of every index visit the right rows in the right order", every_index_is_ordered},
    Case{"scans in a unit of work see its own rows in their places", a_unit_scans_its_own_rows},
    Case{"rows whose indexed optional value is absent are not in that index",
         absent_values_stand_in_no_index},
    Case{"a visitor may stop a scan and may read while it runs", a_visitor_may_stop_and_read},
    Case{"a query of the wrong shape is invalid_argument", wrong_queries_are_refused},
};

}  // namespace

std::span<const Case> scan_cases() noexcept { return cases; }

}  // namespace coffer::storage::conformance
