// SPDX-License-Identifier: MIT
// Reading a large book: sizes, opening after a close and after a kill, pages, past balances, keys.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include <coffer/engine/engine.hpp>

#include "bench_support.hpp"

namespace {

using namespace coffer;
using namespace coffer::bench;

constexpr std::int64_t accounts = 10'000;
constexpr std::size_t batch_size = 8190;
AccountId hot;  // the account of a wallet that is on one side of every second transfer

std::unique_ptr<Engine> open_engine(const std::string& path) {
  auto engine = Engine::open(path);
  require(engine, "Engine::open");
  return std::move(engine).value();
}

/// Resident memory of this process now, in MB.
long resident_mb() {
  std::ifstream status("/proc/self/statm");
  long pages = 0;
  long resident = 0;
  status >> pages >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024) / 1024;
}

/// Every second transfer credits the hot account, so that it has a long history.
void fill(Ledger& ledger, std::int64_t transfers, std::uint64_t seed) {
  std::uint64_t random = seed;
  TransferBatch batch;
  for (std::int64_t done = 0; done < transfers; done += static_cast<std::int64_t>(batch_size)) {
    batch.fill(batch_size, accounts, random);
    for (std::size_t i = 0; i < batch.transfers.size(); i += 2) {
      batch.transfers[i].credit = hot;
    }
    require(ledger.post(batch.transfers, BatchMode::independent, batch.outcomes), "post");
  }
}

/// Microseconds per call: the median of `times` calls, after a few to warm up.
double microseconds(int times, const std::function<void(int)>& call) {
  std::vector<double> taken;
  for (int i = -20; i < times; ++i) {
    const Stopwatch watch;
    call(i < 0 ? -i : i);
    if (i >= 0) {
      taken.push_back(watch.seconds() * 1e6);
    }
  }
  return median(taken);
}

double open_ms(const std::string& path) {
  const Stopwatch watch;
  const std::unique_ptr<Engine> engine = open_engine(path);
  const double ms = watch.seconds() * 1e3;
  return ms;
}

/// A writer that is killed in the middle of its work, after at least `transfers` more.
void kill_a_writer(const std::string& path, std::int64_t transfers) {
  const pid_t child = fork();
  if (child == 0) {
    const std::unique_ptr<Engine> engine = open_engine(path);
    fill(engine->ledger(), transfers, 77);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
}

void read_pages(Ledger& ledger, std::int64_t transfers) {
  const auto page_at = [&](std::int64_t transaction) {
    return microseconds(200, [&](int i) {
      HistoryQuery query;
      query.account = hot;
      query.after = transaction == 0 ? Cursor{} : Cursor{TransactionId(transaction - 100 * i), 0};
      const auto page = ledger.history(query);
      require(page, "history");
      if (page->lines.size() != 50) {
        std::fprintf(stderr, "a page of %zu lines\n", page->lines.size());
      }
    });
  };
  std::printf("  page of 50: first %.0f us, middle %.0f us, deep (line %lld) %.0f us\n", page_at(0),
              page_at(transfers / 2), static_cast<long long>(transfers / 2 - transfers / 20),
              page_at(transfers / 10));
}

void read_points(Ledger& ledger, std::int64_t transfers) {
  std::uint64_t random = 5;
  std::vector<std::string> keys;
  std::vector<Timestamp> times;
  for (int i = 0; i < 256; ++i) {
    const auto id =
        static_cast<std::int64_t>(1 + next_random(random) % static_cast<std::uint64_t>(transfers));
    const auto transaction = ledger.find_transaction(TransactionId(id));
    require(transaction, "find_transaction");
    keys.push_back(transaction->key);
    times.push_back(transaction->recorded_at);
  }
  const double hit = microseconds(256, [&](int i) {
    require(ledger.find_transaction(keys[static_cast<std::size_t>(i)]), "find by key");
  });
  const double miss = microseconds(256, [&](int i) {
    if (ledger.find_transaction("absent-" + std::to_string(i))) {
      std::exit(1);
    }
  });
  const auto as_of = [&](AccountId account) {
    return microseconds(256, [&, account](int i) {
      require(ledger.balance_as_of(account, times[static_cast<std::size_t>(i)], TimeAxis::recorded),
              "balance_as_of");
    });
  };
  const double balance =
      microseconds(256, [&](int i) { require(ledger.balance(AccountId(2 + i)), "balance"); });
  std::printf(
      "  key found %.0f us, absent %.0f us; balance %.0f us; as of a past time %.0f us (hot "
      "account %.0f us)\n",
      hit, miss, balance, as_of(AccountId(4321)), as_of(hot));
}

/// 64 ranges that lie anywhere in the whole time of a book's hot wallet.
std::vector<ReconciliationRequest> ranges(Engine& engine, WalletId wallet, std::int64_t transfers) {
  const auto at = [&](std::int64_t id) {
    const auto transaction = engine.ledger().find_transaction(TransactionId(id));
    require(transaction, "find_transaction");
    return transaction->recorded_at;
  };
  std::vector<ReconciliationRequest> requests(64);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto start = static_cast<std::int64_t>(i + 1) * transfers / 66;
    requests[i].wallet = wallet;
    requests[i].start_at = at(start);
    requests[i].end_at = at(start + transfers / 66);
  }
  return requests;
}

/// Microseconds for one of 64 that are stored with one commit.
double reconcile(Engine& engine, const std::vector<ReconciliationRequest>& requests) {
  std::vector<ReconciliationOutcome> outcomes(requests.size());
  return microseconds(10,
                      [&](int) {
                        require(engine.reconciler().run(requests, outcomes), "reconcile");
                        for (const ReconciliationOutcome& outcome : outcomes) {
                          require(outcome.status, "reconcile");
                        }
                      }) /
         static_cast<double>(requests.size());
}

/// A book with few transfers beside the one with all of them, both opened from their files, in
/// turns.
void reconcile_both(Engine& small, std::int64_t few, Engine& large, std::int64_t transfers) {
  const auto wallet = [](Engine& engine) {
    const auto found = engine.wallets().create({"hot", "USD"});
    require(found, "find the wallet");
    return found->wallet.id;
  };
  const auto early = ranges(small, wallet(small), few);
  const auto late = ranges(large, wallet(large), transfers);
  std::vector<double> with_few;
  std::vector<double> with_all;
  std::vector<double> ratios;
  for (int i = 0; i < 16; ++i) {
    with_few.push_back(reconcile(small, early));
    with_all.push_back(reconcile(large, late));
    ratios.push_back(with_all.back() / with_few.back());
  }
  std::printf(
      "  a range reconciled and stored, one of 64: %.0f us, with %lld behind %.0f us, ratio %.2f "
      "(%.2f .. %.2f)\n",
      median(with_all), static_cast<long long>(few), median(with_few), median(ratios),
      quantile(ratios, 0), quantile(ratios, 1));
}

/// A book with a hot wallet and this many transfers, closed.
void make_book(const std::string& path, std::int64_t transfers) {
  const std::unique_ptr<Engine> engine = open_engine(path);
  open_accounts(engine->ledger(), accounts);
  const auto wallet = engine->wallets().create({"hot", "USD"});
  require(wallet, "create a wallet");
  hot = wallet->wallet.account;
  fill(engine->ledger(), transfers, 3);
  std::printf("%lld transfers: resident %ld MB while writing\n", static_cast<long long>(transfers),
              resident_mb());
  require(engine->close(), "close");
}

void measure(const std::string& folder, std::int64_t transfers) {
  const Scratch scratch(folder);
  const std::string path = scratch.file("book.db");
  std::unique_ptr<Engine> engine = open_engine(path);
  require(engine->close(), "close");
  engine.reset();
  std::printf("an empty book: %ju bytes\n",
              static_cast<std::uintmax_t>(std::filesystem::file_size(path)));
  constexpr auto few = static_cast<std::int64_t>(2 * batch_size);
  make_book(scratch.file("few.db"), few);
  make_book(path, transfers);
  std::printf(
      "  file %.1f bytes a transfer\n",
      static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(transfers));
  std::vector<double> clean;
  for (int i = 0; i < 5; ++i) {
    clean.push_back(open_ms(path));
  }
  std::vector<double> killed;
  for (int i = 0; i < 5; ++i) {
    kill_a_writer(path, 60'000 + 7'000 * i);
    killed.push_back(open_ms(path));
  }
  std::printf("  open after a close %.0f ms (slowest %.0f), after kill -9 %.0f ms (slowest %.0f)\n",
              median(clean), quantile(clean, 1), median(killed), quantile(killed, 1));
  engine = open_engine(path);
  read_pages(engine->ledger(), transfers);
  read_points(engine->ledger(), transfers);
  const std::unique_ptr<Engine> small = open_engine(scratch.file("few.db"));
  reconcile_both(*small, few, *engine, transfers);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  const std::int64_t transfers = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
  measure(folder, transfers);
  return 0;
}
