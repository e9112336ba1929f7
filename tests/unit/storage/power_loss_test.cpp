// SPDX-License-Identifier: MIT
// Cutting the power, filling the disk and failing syncs at every operation of a small workload.
#include <coffer/storage/storage.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

namespace {

using coffer::Amount;
using coffer::Code;
using coffer::Fault;
using coffer::FaultEffect;
using coffer::FaultVfs;
using coffer::Kept;
using coffer::Status;
using coffer::storage::HeadRow;
using coffer::storage::Storage;
using coffer::storage::TransactionRow;

constexpr std::int64_t commits = 8;
constexpr std::int64_t rows_per_commit = 40;

/// One commit: forty transactions, and a head that counts them.
Status commit_once(Storage& storage, std::int64_t number) {
  COFFER_TRY_ASSIGN(const auto unit, storage.begin());
  std::vector<TransactionRow> rows(static_cast<std::size_t>(rows_per_commit));
  std::int64_t id = (number - 1) * rows_per_commit;
  for (TransactionRow& row : rows) {
    row.id = ++id;
    row.key = "some key of a length that is usual in practice";
    row.amount = Amount(number);
  }
  COFFER_TRY(unit->append(std::span<const TransactionRow>(rows)));
  COFFER_TRY(unit->put(HeadRow{1, Amount(id), id}));
  return unit->commit();
}

struct Run {
  std::int64_t acknowledged = 0;
  std::vector<Code> errors;
};

/// Does the workload until something fails, then closes. Every third commit moves the log.
Run work(const std::string& path, const char* vfs, bool goes_on) {
  Run run;
  coffer::storage::SqliteOptions options;
  options.vfs = vfs;
  const auto storage = coffer::storage::open_sqlite(path, options);
  if (!storage) {
    run.errors.push_back(storage.error().code);
    return run;
  }
  for (std::int64_t number = 1; number <= commits;) {
    const Status committed = commit_once(**storage, number);
    if (!committed) {
      run.errors.push_back(committed.error().code);
      if (!goes_on || run.errors.size() > 3) {
        break;
      }
      continue;
    }
    run.acknowledged = number++;
    if (number % 3 == 0) {
      (void)(*storage)->maintain();
    }
  }
  return run;
}

/// How many whole commits there are; -1 when one is half there.
std::int64_t whole_commits(const std::string& path, const char* vfs) {
  coffer::storage::SqliteOptions options;
  options.vfs = vfs;
  const auto storage = coffer::storage::open_sqlite(path, options);
  REQUIRE_MESSAGE(storage, (storage ? "" : storage.error().message));
  const auto reader = (*storage)->snapshot();
  REQUIRE(reader);
  std::int64_t count = 0;
  std::int64_t last = 0;
  REQUIRE((*reader)->scan<TransactionRow>({}, [&](const TransactionRow& row) {
    ++count;
    last = row.id;
    return row.amount == Amount((row.id - 1) / rows_per_commit + 1);
  }));
  std::int64_t head = 0;
  REQUIRE((*reader)->find<HeadRow>(1, [&](const HeadRow& row) { head = row.last_transaction; }));
  return count == last && count == head && count % rows_per_commit == 0 ? count / rows_per_commit
                                                                        : -1;
}

std::int64_t operations_of_workload() {
  const coffer::TemporaryFolder folder;
  FaultVfs vfs("coffer-count");
  vfs.plan({});
  CHECK(work(folder.file("book"), vfs.name(), false).acknowledged == commits);
  return vfs.operations();
}

}  // namespace

TEST_CASE("a power cut at any operation loses no acknowledged commit and leaves none half done") {
  const std::int64_t operations = operations_of_workload();
  std::int64_t cuts = 0;
  FaultVfs vfs("coffer-power");
  for (std::int64_t at = 1; at <= operations; ++at) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const coffer::TemporaryFolder folder;
      const Kept kept = seed == 0 ? Kept::none : seed == 1 ? Kept::all : Kept::some;
      vfs.plan(
          Fault{at, FaultEffect::power_cut, true, kept, seed + static_cast<std::uint64_t>(at)});
      const Run run = work(folder.file("book"), vfs.name(), false);
      cuts += vfs.has_happened() ? 1 : 0;
      vfs.restart();
      INFO("operation " << at << " of " << operations << ", seed " << seed);
      const std::int64_t found = whole_commits(folder.file("book"), vfs.name());
      CHECK(found >= run.acknowledged);
      CHECK(found <= run.acknowledged + 1);
      vfs.restart();
    }
  }
  MESSAGE("power cuts tried: " << cuts);
  CHECK(cuts > 150);
}

TEST_CASE("a disk that fills up refuses the commit, and a later one goes through") {
  const std::int64_t operations = operations_of_workload();
  FaultVfs vfs("coffer-full");
  std::int64_t refused = 0;
  for (std::int64_t at = 1; at <= operations; ++at) {
    const coffer::TemporaryFolder folder;
    vfs.plan(Fault{at, FaultEffect::disk_full, false, Kept::all, 1});
    const Run run = work(folder.file("book"), vfs.name(), true);
    INFO("operation " << at);
    CHECK(std::all_of(run.errors.begin(), run.errors.end(),
                      [](Code code) { return code == Code::storage_full; }));
    refused += static_cast<std::int64_t>(run.errors.size());
    vfs.plan({});
    CHECK(whole_commits(folder.file("book"), vfs.name()) == run.acknowledged);
    vfs.restart();
  }
  MESSAGE("commits or openings refused: " << refused);
  CHECK(refused > 20);
}

TEST_CASE("after a failing sync the storage stops until it is opened again") {
  const std::int64_t operations = operations_of_workload();
  FaultVfs vfs("coffer-sync");
  std::int64_t failed = 0;
  for (std::int64_t at = 1; at <= operations; ++at) {
    for (const Kept kept : {Kept::none, Kept::all}) {
      const coffer::TemporaryFolder folder;
      vfs.plan(Fault{at, FaultEffect::sync_error, false, kept, 1});
      const Run run = work(folder.file("book"), vfs.name(), true);
      INFO("operation " << at);
      CHECK(std::all_of(run.errors.begin(), run.errors.end(),
                        [](Code code) { return code == Code::storage_io; }));
      failed += run.errors.empty() ? 0 : 1;
      vfs.restart();
      const std::int64_t found = whole_commits(folder.file("book"), vfs.name());
      CHECK(found >= run.acknowledged);
      CHECK(found <= run.acknowledged + 1);
      vfs.restart();
    }
  }
  MESSAGE("failing syncs that reached the caller: " << failed);
  CHECK(failed > 5);
}
