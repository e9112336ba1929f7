// SPDX-License-Identifier: MIT
// Conformance: the writer's role, many commits, and books that outlive the process.
#include <array>
#include <deque>
#include <string>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "storage/conformance/cases.hpp"
#include "storage/conformance/sample_rows.hpp"

namespace coffer::storage::conformance {
namespace {

void one_writer_at_a_time(Trial& trial) {
  Storage& storage = trial.storage();
  storage.release_writer();
  trial.expect_ok(storage.acquire_writer(Takeover::refuse, 0), "the first writer");
  trial.expect_code(storage.acquire_writer(Takeover::refuse, 0), Code::storage_busy,
                    "a second writer");
  trial.expect_code(storage.acquire_writer(Takeover::wait, 1'000'000), Code::storage_busy,
                    "a second writer that waits a millisecond");
  trial.expect_ok(storage.acquire_writer(Takeover::take_over, 0), "a writer that takes over");
  storage.release_writer();
  storage.release_writer();
  trial.expect_ok(storage.acquire_writer(Takeover::wait, 0), "a writer after both have left");
  storage.release_writer();
}

void many_commits_add_up(Trial& trial) {
  Seeded random(7);
  std::int64_t next = 1;
  for (int commit = 0; commit < 100; ++commit) {
    SampleRows rows(TransactionRow::schema());
    const std::size_t count = random.below(40);
    for (std::size_t i = 0; i < count; ++i) {
      rows.add(next++, &random);
    }
    auto unit = trial.begin();
    trial.expect_ok(unit->append_any(rows.schema(), rows.data(), rows.size()), "append");
    trial.expect_ok(unit->put(HeadRow{1, Amount(next), next}), "put");
    trial.expect_ok(unit->commit(), "commit");
  }
  trial.expect_ok(trial.storage().maintain(), "maintain");
  std::int64_t expected = 1;
  trial.expect_ok(trial.snapshot()->scan<TransactionRow>({},
                                                         [&](const TransactionRow& row) {
                                                           trial.expect_equal(row.id, expected++,
                                                                              "id in order");
                                                           return true;
                                                         }),
                  "scan");
  trial.expect_equal(expected, next, "rows of all commits");
}

void a_storage_describes_itself(Trial& trial) {
  trial.expect(!trial.storage().description().empty(), "the description is empty");
}

void committed_rows_outlive_the_storage(Trial& trial) {
  Seeded random(8);
  std::deque<SampleRows> tables;
  for (const Schema* schema : all_schemas()) {
    tables.emplace_back(*schema);
    for (std::int64_t key = 1; key <= 40; ++key) {
      tables.back().add(key, &random);
    }
    auto unit = trial.begin();
    trial.expect_ok(unit->append_any(*schema, tables.back().data(), 30), "append");
    trial.expect_ok(unit->commit(), "commit");
    unit.reset();
    unit = trial.begin();
    trial.expect_ok(unit->append_any(*schema, tables.back().row(30), 10), "append");
    unit.reset();
  }
  trial.reopen();
  const auto reader = trial.snapshot();
  for (const SampleRows& rows : tables) {
    std::size_t at = 0;
    trial.expect_ok(reader->scan_any(rows.schema(), {},
                                     [&](const void* row) {
                                       trial.expect(
                                           difference(rows.schema(), row, rows.row(at)).empty(),
                                           std::string(rows.schema().table) + ": a row changed");
                                       return ++at < rows.size();
                                     }),
                    "scan");
    trial.expect_equal(static_cast<std::int64_t>(at), 30,
                       std::string(rows.schema().table) + ": rows after opening again");
  }
}

void a_backup_needs_a_path(Trial& trial) {
  std::int64_t reports = 0;
  const Status status = trial.storage().backup({}, [&](std::int64_t, std::int64_t) {
    ++reports;
    return true;
  });
  // Where a backend has no files it says so, and where it has some, "" is none.
  trial.expect(!status, "backup to a path without a name");
  trial.expect_equal(reports, 0, "reports of progress");
}

constexpr std::array cases = {
    Case{"there is one writer at a time, and it can be replaced", one_writer_at_a_time},
    Case{"many commits of any size add up", many_commits_add_up},
    Case{"a storage describes itself", a_storage_describes_itself},
    Case{"a backup needs a path", a_backup_needs_a_path},
    Case{"committed rows outlive the storage, others do not", committed_rows_outlive_the_storage,
         true},
};

}  // namespace

std::span<const Case> storage_cases() noexcept { return cases; }

}  // namespace coffer::storage::conformance
