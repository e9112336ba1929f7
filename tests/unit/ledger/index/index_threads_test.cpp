// SPDX-License-Identifier: MIT
// Many readers beside the writer and its builder: every view is whole and exact.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "unit/ledger/index/index_fixture.hpp"

namespace coffer::ledger {
namespace {

// What transaction `id` is, so that readers know it without asking the writer.
std::int64_t debit_of(std::int64_t id) { return id % 3 + 1; }
std::int64_t credit_of(std::int64_t id) { return id % 11 + 4; }
std::int64_t effective_of(std::int64_t id) { return id % 5 == 0 ? id % 97 + 1 : 0; }
bool touches(std::int64_t id, std::int64_t account) {
  return debit_of(id) == account || credit_of(id) == account;
}

/// Counts what a reader finds wrong in one view.
int errors_in(HistoryIndex& index, std::mt19937_64& random) {
  auto opened = index.view();
  if (!opened) {
    return 1;
  }
  IndexView& view = **opened;
  const std::int64_t last = view.last_transaction();
  int errors = 0;
  const auto id = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(last + 20)) + 1;
  const auto found = view.find_key(IndexFixture::key_of(id));
  errors += found && *found == (id <= last ? id : 0) ? 0 : 1;
  const auto account = static_cast<std::int64_t>(random() % 15) + 1;
  const bool is_backward = random() % 2 == 0;
  std::int64_t expected = is_backward ? std::min(id, last) : id;
  int left = 60;
  const Status scanned = view.scan_account(account, id, is_backward, [&](std::int64_t visited) {
    while (!touches(expected, account) && expected != visited) {
      expected += is_backward ? -1 : 1;
    }
    errors += visited == expected && visited <= last ? 0 : 1;
    expected += is_backward ? -1 : 1;
    return --left > 0;
  });
  errors += scanned ? 0 : 1;
  std::int64_t time_before = 0;
  left = 20;
  const Status timed =
      view.scan_effective(account, 0, false, [&](std::int64_t time, std::int64_t visited) {
        errors += time == effective_of(visited) && time >= time_before &&
                          touches(visited, account) && visited <= last
                      ? 0
                      : 1;
        time_before = time;
        return --left > 0;
      });
  errors += timed ? 0 : 1;
  return errors;
}

void run(storage::Storage& storage, storage::Storage& read_storage, std::int64_t batches) {
  IndexOptions options;
  options.seal_after = 200;
  std::vector<std::string> keys;
  std::int64_t first = 1;
  options.pending_key = [&](std::int64_t id) -> std::string_view {
    const auto place = static_cast<std::size_t>(id - first);
    return id >= first && place < keys.size() ? std::string_view(keys[place]) : std::string_view();
  };
  REQUIRE(storage.acquire_writer(storage::Takeover::refuse, 0));
  auto index = HistoryIndex::load(storage, options);
  auto follower = HistoryIndex::load(read_storage, options);
  REQUIRE((index && follower));
  std::atomic<bool> is_over{false};
  std::atomic<int> errors{0};
  std::vector<std::thread> readers;
  for (unsigned i = 0; i < 3; ++i) {
    readers.emplace_back([&, i] {
      std::mt19937_64 random(i);
      while (!is_over.load()) {
        errors += errors_in(i == 2 ? **follower : **index, random);
      }
    });
  }
  for (std::int64_t batch = 0; batch < batches; ++batch) {
    keys.clear();
    std::vector<storage::TransactionRow> rows;
    for (std::int64_t id = first; id < first + 50; ++id) {
      keys.push_back(IndexFixture::key_of(id));
    }
    for (std::int64_t id = first; id < first + 50; ++id) {
      storage::TransactionRow row;
      row.id = id;
      row.key = keys[static_cast<std::size_t>(id - first)];
      row.debit = debit_of(id);
      row.credit = credit_of(id);
      row.amount = Amount(1);
      row.effective_at = effective_of(id);
      errors += (*index)->find_key(row.key).value_or(-1) == 0 ? 0 : 1;
      rows.push_back(row);
    }
    for (const storage::TransactionRow& row : rows) {
      (*index)->add(row, {});
    }
    auto unit = storage.begin();
    REQUIRE(unit);
    REQUIRE((*unit)->append(std::span<const storage::TransactionRow>(rows)));
    REQUIRE((*index)->write_due(**unit, 12));
    REQUIRE((*index)->commit(**unit, first + 49));
    first += 50;
    errors +=
        (*index)->find_key(IndexFixture::key_of(first - 50)).value_or(-1) == first - 50 ? 0 : 1;
    errors += (*index)->last_of_account(debit_of(first - 1)).value_or(-1) == first - 1 ? 0 : 1;
  }
  is_over = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  CHECK(errors.load() == 0);
  index->reset();
  storage.release_writer();
}

}  // namespace

TEST_CASE("readers beside the writer see whole states of a memory storage") {
  const auto storage = storage::make_memory_storage();
  run(*storage, *storage, 150);
}

TEST_CASE("readers and followers beside the writer see whole states of an SQLite file") {
  const TemporaryBook book;
  const auto storage = book.open();
  const auto read_storage = book.open(true);
  run(*storage, *read_storage, 150);
}

}  // namespace coffer::ledger
