// SPDX-License-Identifier: MIT
// Conformance: what is written comes back, value by value, in every kind of row.
#include <array>
#include <string>

#include <coffer/storage/contract.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "storage/conformance/cases.hpp"
#include "storage/conformance/sample_rows.hpp"

namespace coffer::storage::conformance {
namespace {

void expect_found(Trial& trial, Reader& reader, const SampleRows& rows, std::size_t i) {
  const Schema& schema = rows.schema();
  const Cell key = cell_of(schema, rows.row(i), 0);
  const std::string name = row_name(schema, rows.row(i));
  const auto found = reader.find_any(schema, std::span(&key, 1), [&](const void* row) {
    const std::string column = difference(schema, row, rows.row(i));
    trial.expect(column.empty(), name + ": column " + column + " came back changed");
    return true;
  });
  trial.expect_ok(found, name);
  trial.expect(found && *found, name + ": expected the row, found none");
}

void every_kind_comes_back(Trial& trial) {
  Seeded random(1);
  for (const Schema* schema : all_schemas()) {
    SampleRows rows(*schema);
    for (std::int64_t key = 1; key <= 200; ++key) {
      rows.add(key, &random);
    }
    auto unit = trial.begin();
    trial.expect_ok(unit->append_any(*schema, rows.data(), rows.size()), "append");
    for (std::size_t i = 0; i < rows.size(); i += 50) {
      expect_found(trial, *unit, rows, i);
    }
    trial.expect_ok(unit->commit(), "commit");
    unit.reset();
    const auto reader = trial.snapshot();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      expect_found(trial, *reader, rows, i);
    }
  }
}

void single_rows_come_back_like_many(Trial& trial) {
  Seeded random(2);
  for (const std::size_t count : {1U, 2U, 15U, 16U, 17U, 31U, 33U}) {
    SampleRows rows(TransactionRow::schema());
    const auto first = static_cast<std::int64_t>(count * 1000);
    for (std::int64_t key = first; key < first + static_cast<std::int64_t>(count); ++key) {
      rows.add(key, &random);
    }
    auto unit = trial.begin();
    trial.expect_ok(unit->append_any(rows.schema(), rows.data(), rows.size()), "append");
    trial.expect_ok(unit->commit(), "commit");
    unit.reset();
    const auto reader = trial.snapshot();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      expect_found(trial, *reader, rows, i);
    }
  }
}

void amounts_of_any_size_come_back(Trial& trial) {
  auto unit = trial.begin();
  for (std::size_t i = 0; i < 8; ++i) {
    HeadRow head;
    head.account = static_cast<std::int64_t>(i) + 1;
    head.balance = awkward_amount(i);
    trial.expect_ok(unit->put(head), "put");
  }
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  const auto reader = trial.snapshot();
  for (std::size_t i = 0; i < 8; ++i) {
    const auto found =
        reader->find<HeadRow>(static_cast<std::int64_t>(i) + 1, [&](const HeadRow& head) {
          trial.expect_equal(to_integer_text(head.balance), to_integer_text(awkward_amount(i)),
                             "balance");
        });
    trial.expect(found && *found, "heads: expected the row, found none");
  }
}

void long_texts_and_blobs_come_back(Trial& trial) {
  std::string bytes(70'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(i * 7 % 251);
  }
  const std::string text(4096, 'm');
  auto unit = trial.begin();
  trial.expect_ok(unit->append(IndexBlockRow{1, bytes}), "append of 70000 bytes");
  trial.expect_ok(unit->append(IndexBlockRow{2, {}}), "append of no bytes");
  NoteRow note;
  note.transaction = 1;
  note.metadata = text;
  trial.expect_ok(unit->append(note), "append of 4096 characters");
  trial.expect_ok(unit->commit(), "commit");
  unit.reset();
  const auto reader = trial.snapshot();
  trial.expect_ok(
      reader->find<IndexBlockRow>(
          1, [&](const IndexBlockRow& row) { trial.expect(row.data == bytes, "data"); }),
      "find 1");
  trial.expect_ok(
      reader->find<IndexBlockRow>(
          2, [&](const IndexBlockRow& row) { trial.expect(row.data.empty(), "empty data"); }),
      "find 2");
  trial.expect_ok(
      reader->find<NoteRow>(
          1, [&](const NoteRow& row) { trial.expect_equal(row.metadata, text, "metadata"); }),
      "find note");
}

void rows_are_copied_when_written(Trial& trial) {
  std::string key = "before";
  auto unit = trial.begin();
  TransactionRow row;
  row.id = 1;
  row.key = key;
  trial.expect_ok(unit->append(row), "append");
  key = "behind";
  row.kind = 99;
  trial.expect_ok(unit->find<TransactionRow>(1,
                                             [&](const TransactionRow& found) {
                                               trial.expect_equal(found.key, "before", "key");
                                               trial.expect_equal(found.kind, 0, "kind");
                                             }),
                  "find");
  trial.expect_ok(unit->commit(), "commit");
}

void a_missing_row_is_no_error(Trial& trial) {
  const auto reader = trial.snapshot();
  for (const Schema* schema : all_schemas()) {
    const Cell key = Cell::of(7);
    const auto found = reader->find_any(*schema, std::span(&key, 1), [&](const void*) {
      trial.expect(false, "the visitor was called without a row");
      return true;
    });
    trial.expect_ok(found, "find");
    trial.expect(found && !*found, "find: expected none in an empty storage");
  }
}

void a_wrong_key_is_refused(Trial& trial) {
  const auto reader = trial.snapshot();
  const auto visit = [](const void*) { return true; };
  const std::array<Cell, 2> cells = {Cell::of(1), Cell::of(2)};
  const Cell text = Cell::of_text("1");
  const Schema& schema = TransactionRow::schema();
  trial.expect_code(reader->find_any(schema, {}, visit), Code::invalid_argument, "no value");
  trial.expect_code(reader->find_any(schema, cells, visit), Code::invalid_argument, "two values");
  trial.expect_code(reader->find_any(schema, std::span(&text, 1), visit), Code::invalid_argument,
                    "a text for an integer");
}

constexpr std::array cases = {
    Case{"rows of every kind come back as they were appended", every_kind_comes_back},
    Case{"rows appended one by one come back like rows appended together",
         single_rows_come_back_like_many},
    Case{"amounts up to 256 bits come back exactly", amounts_of_any_size_come_back},
    Case{"long texts and blobs come back byte by byte", long_texts_and_blobs_come_back},
    Case{"the caller's memory may change once a row is written", rows_are_copied_when_written},
    Case{"finding a row that is not there is no error", a_missing_row_is_no_error},
    Case{"a key of the wrong shape is invalid_argument", a_wrong_key_is_refused},
};

}  // namespace

std::span<const Case> row_cases() noexcept { return cases; }

}  // namespace coffer::storage::conformance
