// SPDX-License-Identifier: MIT
// How fast the SQLite backend takes transactions, beside bare rows in plain C, commit by commit.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "bench_support.hpp"
#include "floors.h"

namespace {

using coffer::Amount;
using coffer::storage::Storage;
using coffer::storage::TransactionRow;

constexpr std::size_t rows_per_commit = 8190;

/// Time of the processor that this thread used: says the same on a busy machine.
double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Times {
  std::vector<double> wall;
  std::vector<double> processor;

  template <class Work>
  void measure(const Work& work) {
    const coffer::bench::Stopwatch watch;
    const double before = processor_seconds();
    work();
    processor.push_back(processor_seconds() - before);
    wall.push_back(watch.seconds());
  }
};

struct Batch {
  std::string keys;
  std::vector<TransactionRow> rows;

  void fill(std::int64_t first, std::uint64_t& random) {
    rows.assign(rows_per_commit, TransactionRow{});
    keys.resize(rows_per_commit * 32);
    for (char& byte : keys) {
      byte = "0123456789abcdef"[coffer::bench::next_random(random) & 15U];
    }
    for (std::size_t i = 0; i < rows_per_commit; ++i) {
      TransactionRow& row = rows[i];
      row.id = first + static_cast<std::int64_t>(i);
      row.key = std::string_view(keys).substr(i * 32, 32);
      row.kind = 7 * 256;
      row.debit = static_cast<std::int64_t>(coffer::bench::next_random(random) % 10'000) + 1;
      row.credit = static_cast<std::int64_t>(coffer::bench::next_random(random) % 10'000) + 1;
      row.amount = Amount(static_cast<std::int64_t>(coffer::bench::next_random(random) % 1000) + 1);
      row.debit_after = Amount(static_cast<std::int64_t>(coffer::bench::next_random(random) >> 40));
      row.credit_after = Amount(-5'000'000);
      row.recorded_at = 1'764'000'000'000'000'000 + row.id;
    }
  }
};

void append(Storage& storage, const Batch& batch) {
  auto unit = storage.begin();
  coffer::bench::require(unit, "begin");
  coffer::bench::require((*unit)->append(std::span<const TransactionRow>(batch.rows)), "append");
  coffer::bench::require((*unit)->commit(), "commit");
}

void print(const char* name, const Times& times) {
  const double rows = static_cast<double>(rows_per_commit) / 1000.0;
  std::printf(
      "%-12s %6.0f k rows/s   commit p50 %.1f ms, slowest %.1f ms   processor %.2f us/row\n", name,
      rows / coffer::bench::median(times.wall), coffer::bench::median(times.wall) * 1000,
      coffer::bench::quantile(times.wall, 1) * 1000,
      coffer::bench::median(times.processor) * 1000 / rows);
}

}  // namespace

int main(int count, char** arguments) {
  const int commits = count > 1 ? std::atoi(arguments[1]) : 60;
  const coffer::bench::Scratch scratch(count > 2 ? arguments[2] : "/tmp");
  const auto storage = coffer::storage::open_sqlite(scratch.file("book"), {});
  coffer::bench::require(storage, "open");
  floor_db* const bare = floor_open_bare(scratch.file("bare").c_str());
  std::uint64_t random = 42;
  std::uint64_t floor_random = 42;
  Times ours;
  Times floor;
  Batch batch;
  for (int commit = 0; commit < commits && bare != nullptr; ++commit) {
    batch.fill(1 + commit * static_cast<std::int64_t>(rows_per_commit), random);
    ours.measure([&] { append(**storage, batch); });
    floor.measure([&] { (void)floor_commit(bare, rows_per_commit, &floor_random); });
  }
  floor_close(bare);
  print("transactions", ours);
  print("bare rows", floor);
  std::printf("ratio        %.2f by time, %.2f by processor\n",
              coffer::bench::median(floor.wall) / coffer::bench::median(ours.wall),
              coffer::bench::median(floor.processor) / coffer::bench::median(ours.processor));
  return 0;
}
