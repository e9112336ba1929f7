// SPDX-License-Identifier: MIT
// Writing: transfers in batches and one by one, each beside its floor in turns, as a ratio.
#include <sched.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>

#include "bench_support.hpp"
#include "floors.h"

namespace {

using namespace coffer;
using namespace coffer::bench;

struct Settings {
  std::string folder = ".";
  std::int64_t transfers = 1'000'000;
  std::int64_t accounts = 10'000;
  std::size_t batch = 8190;
  int threads = 2;
  bool is_one_core = false;
};

struct Book {
  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<Ledger> ledger;
};

Book open_book(const std::string& path, const Settings& settings) {
  Book book;
  auto storage = storage::open_sqlite(path, {});
  require(storage, "open_sqlite");
  book.storage = std::move(storage).value();
  LedgerOptions options;
  options.use_builder_thread = !settings.is_one_core;
  auto ledger = Ledger::open(*book.storage, system_clock(), options);
  require(ledger, "Ledger::open");
  book.ledger = std::move(ledger).value();
  return book;
}

/// Posts `batches` from `threads` callers at once; seconds for all of them.
double post_all(Ledger& ledger, std::vector<TransferBatch>& batches, int threads,
                std::vector<double>* latencies) {
  std::atomic<std::size_t> next{0};
  std::vector<std::vector<double>> taken(static_cast<std::size_t>(threads));
  const auto work = [&](std::vector<double>& mine) {
    for (std::size_t at = next++; at < batches.size(); at = next++) {
      const Stopwatch watch;
      require(ledger.post(batches[at].transfers, BatchMode::independent, batches[at].outcomes),
              "post");
      mine.push_back(watch.seconds());
    }
  };
  const Stopwatch watch;
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) {
    others.emplace_back(work, std::ref(taken[static_cast<std::size_t>(i)]));
  }
  work(taken[0]);
  for (std::thread& other : others) {
    other.join();
  }
  const double seconds = watch.seconds();
  if (latencies != nullptr) {
    for (const std::vector<double>& mine : taken) {
      latencies->insert(latencies->end(), mine.begin(), mine.end());
    }
  }
  return seconds;
}

void print_latency(const char* name, const std::vector<double>& seconds) {
  std::printf("  %-28s p50 %8.3f ms  p99 %8.3f ms  slowest %8.3f ms\n", name,
              1e3 * quantile(seconds, 0.5), 1e3 * quantile(seconds, 0.99),
              1e3 * quantile(seconds, 1));
}

/// Transfers in batches beside bare rows in batches of the same size, in turns.
void batches(const Settings& settings) {
  const Scratch scratch(settings.folder);
  Book book = open_book(scratch.file("ledger.db"), settings);
  open_accounts(*book.ledger, settings.accounts);
  floor_db* bare = floor_open_bare(scratch.file("bare.db").c_str());
  std::uint64_t random = 1;
  std::vector<double> ratios;
  std::vector<double> ledger_latency;
  std::vector<double> bare_latency;
  double ledger_seconds = 0;
  double bare_seconds = 0;
  const std::size_t per_round = std::max<std::size_t>(2, 81'900 / settings.batch);
  std::vector<TransferBatch> round(per_round);
  std::int64_t done = 0;
  while (done < settings.transfers) {
    for (TransferBatch& batch : round) {
      batch.fill(settings.batch, settings.accounts, random);
    }
    const double ours = post_all(*book.ledger, round, settings.threads, &ledger_latency);
    const Stopwatch watch;
    for (std::size_t i = 0; i < per_round; ++i) {
      const Stopwatch one;
      if (floor_commit(bare, static_cast<std::int64_t>(settings.batch), &random) != 0) {
        std::fprintf(stderr, "the floor failed\n");
        std::exit(1);
      }
      bare_latency.push_back(one.seconds());
    }
    const double floor = watch.seconds();
    ratios.push_back(floor / ours);
    ledger_seconds += ours;
    bare_seconds += floor;
    for (const TransferBatch& batch : round) {
      for (const Outcome& outcome : batch.outcomes) {
        if (outcome.code != Code::ok) {
          std::fprintf(stderr, "refused: %s\n", describe(outcome).c_str());
          std::exit(1);
        }
      }
    }
    done += static_cast<std::int64_t>(per_round * settings.batch);
  }
  floor_close(bare);
  const auto count = static_cast<double>(done);
  std::printf("transfers %lld, accounts %lld, batch %zu, threads %d%s\n",
              static_cast<long long>(done), static_cast<long long>(settings.accounts),
              settings.batch, settings.threads, settings.is_one_core ? ", one core" : "");
  std::printf(
      "  ledger %9.0f/s  bare rows %9.0f/s  ratio %.2f (median of %zu rounds; %.2f .. %.2f)\n",
      count / ledger_seconds, count / bare_seconds, median(ratios), ratios.size(),
      quantile(ratios, 0), quantile(ratios, 1));
  print_latency("ledger commit", ledger_latency);
  print_latency("bare commit", bare_latency);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  require(book.ledger->close(), "close");
  book.ledger.reset();
  book.storage.reset();
  std::printf(
      "  file %.1f bytes a transfer, peak memory of the process %ld MB (with the floor's cache)\n",
      static_cast<double>(std::filesystem::file_size(scratch.file("ledger.db"))) / count,
      usage.ru_maxrss / 1024);
}

/// One durable deposit at a time beside one bare row per commit; then many threads; then one
/// account.
void singles(const Settings& settings) {
  const Scratch scratch(settings.folder);
  Book book = open_book(scratch.file("ledger.db"), settings);
  open_accounts(*book.ledger, settings.accounts);
  floor_db* bare = floor_open_bare(scratch.file("bare.db").c_str());
  floor_db* deposit = floor_open_deposit(scratch.file("deposit.db").c_str(), settings.accounts);
  std::uint64_t random = 2;
  constexpr std::size_t per_round = 400;
  constexpr int many = 16;
  std::vector<double> to_bare;
  std::vector<double> to_deposit;
  std::vector<double> gain;
  std::vector<double> hot_gain;
  std::vector<double> rates;
  std::vector<TransferBatch> round(per_round);
  const auto fill = [&](std::int64_t accounts) {
    for (TransferBatch& one : round) {
      one.fill(1, accounts, random);
    }
  };
  const auto floor = [&](floor_db* db) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < per_round; ++i) {
      if (floor_commit(db, 1, &random) != 0) {
        std::exit(1);
      }
    }
    return watch.seconds();
  };
  for (int i = 0; i < 12; ++i) {
    fill(settings.accounts);
    const double ours = post_all(*book.ledger, round, 1, nullptr);
    to_bare.push_back(floor(bare) / ours);
    to_deposit.push_back(floor(deposit) / ours);
    fill(2);
    hot_gain.push_back(ours / post_all(*book.ledger, round, 1, nullptr));
    std::vector<TransferBatch> crowd(per_round * 8);
    for (TransferBatch& one : crowd) {
      one.fill(1, settings.accounts, random);
    }
    gain.push_back(8 * ours / post_all(*book.ledger, crowd, many, nullptr));
    rates.push_back(static_cast<double>(per_round) / ours);
  }
  floor_close(bare);
  floor_close(deposit);
  std::printf("one transfer per commit, one thread: %.0f/s\n", median(rates));
  std::printf("  to one bare row per commit %.2f, to floor (a) %.2f\n", median(to_bare),
              median(to_deposit));
  std::printf("  %d threads to one thread %.1f; two hot accounts to %lld accounts %.2f\n", many,
              median(gain), static_cast<long long>(settings.accounts), median(hot_gain));
}

void pin_to_one_core() {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(0, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) {
    std::fprintf(stderr, "sched_setaffinity failed\n");
  }
}

const char* const usage_text =
    "usage: coffer_bench_ledger_write batches|singles [--folder DIR] [--transfers N]\n"
    "       [--accounts N] [--batch N] [--threads N] [--one-core]\n";

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  for (int i = 2; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--one-core") {
      settings.is_one_core = true;
      continue;
    }
    if (i + 1 == argc) {
      std::fputs(usage_text, stderr);
      return 2;
    }
    const char* value = argv[++i];
    if (option == "--folder") {
      settings.folder = value;
    } else if (option == "--transfers") {
      settings.transfers = std::atoll(value);
    } else if (option == "--accounts") {
      settings.accounts = std::atoll(value);
    } else if (option == "--batch") {
      settings.batch = static_cast<std::size_t>(std::atoll(value));
    } else if (option == "--threads") {
      settings.threads = std::atoi(value);
    }
  }
  if (settings.is_one_core) {
    pin_to_one_core();
  }
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "batches") {
    batches(settings);
  } else if (command == "singles") {
    singles(settings);
  } else {
    std::fputs(usage_text, stderr);
    return 2;
  }
  return 0;
}
