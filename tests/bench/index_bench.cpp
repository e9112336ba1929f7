// SPDX-License-Identifier: MIT
// What the ledger's derived index costs by itself: nanoseconds per call, memory, bytes, stalls.
#include <malloc.h>
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <coffer/storage/storage.hpp>

#include "bench_support.hpp"
#include "ledger/index/history_index.hpp"

namespace {

using coffer::bench::next_random;
using coffer::bench::quantile;
using coffer::bench::Stopwatch;
using coffer::ledger::HistoryIndex;
using coffer::ledger::IndexOptions;
using coffer::storage::TransactionRow;

/// Time that this thread computed, which others' load on the machine changes less than wall time.
double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * 4096 / 1e6;
}

template <class T>
T checked(coffer::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}
void checked(const coffer::Status& status) {
  if (!status) {
    std::fprintf(stderr, "%s\n", status.error().message.c_str());
    std::exit(1);
  }
}

struct Settings {
  std::int64_t transactions = 1'000'000;
  std::int64_t accounts = 10'000;
  std::int64_t batch = 8190;
  bool use_builder_thread = true;
  std::string path;
};

/// Rows with random keys of 16..64 bytes.
struct Rows {
  std::string keys;
  std::vector<TransactionRow> rows;

  void fill(std::int64_t first, std::int64_t count, std::int64_t accounts, std::uint64_t& random) {
    keys.clear();
    keys.reserve(static_cast<std::size_t>(count) * 64);
    rows.clear();
    for (std::int64_t i = 0; i < count; ++i) {
      const std::size_t start = keys.size();
      const std::size_t length = 16 + next_random(random) % 49;
      while (keys.size() < start + length) {
        keys.push_back(static_cast<char>('a' + next_random(random) % 26));
      }
      TransactionRow row;
      row.id = first + i;
      row.key = std::string_view(keys.data() + start, length);
      row.kind = 1;
      row.debit =
          1 + static_cast<std::int64_t>(next_random(random) % static_cast<std::uint64_t>(accounts));
      row.credit = row.debit % accounts + 1;
      row.amount = coffer::Amount(1000);
      row.debit_after = coffer::Amount(1'000'000);
      row.credit_after = coffer::Amount(1'000'000);
      row.recorded_at = 1'700'000'000'000'000'000 + row.id;
      rows.push_back(row);
    }
  }
};

struct Times {
  double find = 0;
  double add = 0;
  double write = 0;
  double write_max = 0;
  std::vector<double> batches;
};

class IndexBench {
 public:
  explicit IndexBench(const Settings& settings) : settings_(settings) {
    coffer::storage::SqliteOptions options;
    options.durability = coffer::storage::Durability::normal;
    storage_ = checked(coffer::storage::open_sqlite(settings.path, options));
    checked(storage_->acquire_writer(coffer::storage::Takeover::refuse, 0));
    load();
  }
  ~IndexBench() {
    index_.reset();
    storage_->release_writer();
  }

  void fill() {
    std::int64_t next_report = settings_.transactions / 10;
    for (std::int64_t id = 1; id <= settings_.transactions; id += settings_.batch) {
      post(id);
      if (id + settings_.batch > next_report) {
        report(id + settings_.batch - 1);
        next_report += settings_.transactions / 10;
      }
    }
  }
  void read() {
    auto view = checked(index_->view());
    const std::int64_t last = view->last_transaction();
    measure("a page of 50, middle", 2000, [&](std::uint64_t& random) {
      int left = 50;
      checked(view->scan_account(1 + pick(random, settings_.accounts), last / 2, true,
                                 [&left](std::int64_t) { return --left > 0; }));
    });
    measure("key hit in a view", 2000, [&](std::uint64_t& random) {
      std::string key;
      checked(view->reader().find<TransactionRow>(
          1 + pick(random, last), [&key](const TransactionRow& row) { key = row.key; }));
      checked(view->find_key(key));
    });
    measure("key miss in a view", 2000, [&](std::uint64_t& random) {
      checked(view->find_key("missing" + std::to_string(next_random(random))));
    });
    measure("open a view", 2000, [&](std::uint64_t&) { checked(index_->view()); });
    measure("newest of an account", 2000, [&](std::uint64_t& random) {
      checked(index_->last_of_account(1 + pick(random, settings_.accounts)));
    });
  }
  void reopen(const char* name) {
    index_.reset();
    const Stopwatch watch;
    const double start = thread_seconds();
    load();
    std::printf("%-28s %10.1f ms, %8.1f ms computed\n", name, watch.seconds() * 1e3,
                (thread_seconds() - start) * 1e3);
  }
  void close_in_order() {
    const Stopwatch watch;
    auto unit = checked(storage_->begin());
    checked(index_->write_all(*unit));
    checked(index_->commit(*unit, checked(index_->view())->last_transaction()));
    std::printf("%-28s %10.1f ms\n", "orderly close", watch.seconds() * 1e3);
  }

 private:
  void load() {
    IndexOptions options;
    options.use_builder_thread = settings_.use_builder_thread;
    options.pending_key = [this](std::int64_t id) {
      const auto first = rows_.rows.empty() ? id : rows_.rows.front().id;
      const auto place = static_cast<std::size_t>(id - first);
      return id >= first && place < rows_.rows.size() ? rows_.rows[place].key : std::string_view();
    };
    index_ = checked(HistoryIndex::load(*storage_, options));
  }
  static std::int64_t pick(std::uint64_t& random, std::int64_t limit) {
    return static_cast<std::int64_t>(next_random(random) % static_cast<std::uint64_t>(limit));
  }
  template <class Call>
  void measure(const char* name, int count, Call&& call) {
    std::uint64_t random = 99;
    call(random);
    const Stopwatch watch;
    const double start = thread_seconds();
    for (int i = 0; i < count; ++i) {
      call(random);
    }
    std::printf("%-28s %10.2f us, %8.2f us computed\n", name, watch.seconds() * 1e6 / count,
                (thread_seconds() - start) * 1e6 / count);
  }

  void post(std::int64_t first) {
    rows_.fill(first, settings_.batch, settings_.accounts, random_);
    const Stopwatch watch;
    double start = thread_seconds();
    for (const TransactionRow& row : rows_.rows) {
      if (checked(index_->find_key(row.key)) != 0) {
        std::fprintf(stderr, "found a key that is not there\n");
        std::exit(1);
      }
    }
    times_.find += thread_seconds() - start;
    start = thread_seconds();
    for (const TransactionRow& row : rows_.rows) {
      index_->add(row, {});
    }
    times_.add += thread_seconds() - start;
    auto unit = checked(storage_->begin());
    checked(unit->append(std::span<const TransactionRow>(rows_.rows)));
    start = thread_seconds();
    checked(index_->write_due(*unit, settings_.batch / 32 + 4));
    const double write = thread_seconds() - start;
    times_.write += write;
    times_.write_max = std::max(times_.write_max, write);
    checked(index_->commit(*unit, rows_.rows.back().id));
    times_.batches.push_back(watch.seconds());
    count_ += settings_.batch;
  }
  void report(std::int64_t last) {
    const double scale = 1e9 / static_cast<double>(count_);
    std::printf(
        "%9lld  find miss %6.0f  add %5.0f  write_due %5.0f ns/tx (most %5.1f ms)  batch "
        "p50 %6.2f p99 %6.2f p100 %6.2f ms  resident %6.1f MB\n",
        static_cast<long long>(last), times_.find * scale, times_.add * scale, times_.write * scale,
        times_.write_max * 1e3, quantile(times_.batches, 0.5) * 1e3,
        quantile(times_.batches, 0.99) * 1e3, quantile(times_.batches, 1) * 1e3,
        resident_megabytes());
    std::fflush(stdout);
    times_ = Times{};
    count_ = 0;
  }

  Settings settings_;
  std::unique_ptr<coffer::storage::Storage> storage_;
  std::unique_ptr<HistoryIndex> index_;
  std::uint64_t random_ = 1;
  Rows rows_;
  Times times_;
  std::int64_t count_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  if (argc > 1) {
    settings.transactions = std::atoll(argv[1]);
  }
  if (argc > 2) {
    settings.accounts = std::atoll(argv[2]);
  }
  if (argc > 3) {
    settings.batch = std::atoll(argv[3]);
  }
  if (argc > 4) {
    settings.use_builder_thread = std::string(argv[4]) == "thread";
  }
  const auto folder = std::filesystem::temp_directory_path() /
                      ("coffer-index-bench-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  settings.path = (folder / "book.db").string();
  {
    IndexBench bench(settings);
    bench.fill();
    bench.reopen("load, tail in the journal");
    bench.read();
    bench.close_in_order();
    bench.reopen("load after an orderly close");
    std::printf("%-28s %10.1f bytes/tx\n", "file",
                static_cast<double>(std::filesystem::file_size(settings.path)) /
                    static_cast<double>(settings.transactions));
  }
  std::filesystem::remove_all(folder);
}
