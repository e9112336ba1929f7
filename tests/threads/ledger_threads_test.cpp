// SPDX-License-Identifier: MIT
// Many threads and processes at one book: exactly one effect, and never half a commit.
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <coffer/ledger/ledger.hpp>

namespace {

using namespace coffer;

/// A book in a new SQLite file with accounts 1 (no bound) and 2.. (no overdraft) in USD.
class Fixture {
 public:
  explicit Fixture(int accounts) {
    static std::atomic<int> count{0};
    path = (std::filesystem::temp_directory_path() /
            ("coffer-threads-" + std::to_string(getpid()) + "-" + std::to_string(count++) + ".db"))
               .string();
    open();
    REQUIRE(ledger->register_asset({"USD", 2, AssetKind::fiat, {}, {}, "$"}));
    for (int i = 1; i <= accounts; ++i) {
      const std::string key = "account-" + std::to_string(i);
      AccountDraft draft;
      draft.key = key;
      draft.owner = key;
      draft.asset = AssetId(1);
      draft.policy.minimum = i == 1 ? std::nullopt : std::optional<Amount>(Amount(0));
      REQUIRE(ledger->open_account(draft));
    }
  }
  ~Fixture() {
    ledger.reset();
    storage.reset();
    for (const char* suffix : {"", "-wal", "-shm", "-writer"}) {
      std::error_code ignored;
      std::filesystem::remove(path + suffix, ignored);
    }
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  void open() {
    auto opened = storage::open_sqlite(path, {});
    REQUIRE(opened);
    storage = std::move(opened).value();
    auto book = Ledger::open(*storage, system_clock(), {});
    REQUIRE(book);
    ledger = std::move(book).value();
  }

  std::string path;
  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<Ledger> ledger;
};

Outcome post_one(Ledger& ledger, std::string_view key, std::int64_t debit, std::int64_t credit,
                 std::int64_t amount) {
  Transfer transfer;
  transfer.key = key;
  transfer.debit = AccountId(debit);
  transfer.credit = AccountId(credit);
  transfer.amount = Amount(amount);
  Outcome outcome;
  const Status status = ledger.post({&transfer, 1}, BatchMode::independent, {&outcome, 1});
  if (!status) {
    outcome.code = status.error().code;
  }
  return outcome;
}

template <class Work>
void in_threads(int count, Work&& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&work, i] { work(i); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

/// Runs `work` in a process of its own; its answer is the exit code.
template <class Work>
int in_process(Work&& work) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(work());
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

}  // namespace

TEST_CASE("sixteen threads with one key post once") {
  Fixture book(2);
  std::atomic<int> fresh{0};
  std::atomic<int> repeated{0};
  for (int round = 0; round < 20; ++round) {
    const std::string key = "deposit-" + std::to_string(round);
    in_threads(16, [&](int) {
      const Outcome outcome = post_one(*book.ledger, key, 1, 2, 100);
      fresh += outcome.code == Code::ok && !outcome.existed ? 1 : 0;
      repeated += outcome.code == Code::ok && outcome.existed ? 1 : 0;
    });
  }
  CHECK(fresh == 20);
  CHECK(repeated == 20 * 15);
  CHECK(book.ledger->balance(AccountId(2))->posted == Amount(20 * 100));
}

TEST_CASE("callers that a full group left over are answered too") {
  // Two such batches make a group full, so that most callers come too late for the one that they
  // found gathering.
  constexpr std::size_t batch = 2100;
  Fixture book(2);
  std::atomic<std::size_t> posted{0};
  in_threads(6, [&](int thread) {
    std::vector<std::string> keys(batch);
    std::vector<Transfer> transfers(batch);
    std::vector<Outcome> outcomes(batch);
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < batch; ++i) {
        keys[i] = std::to_string(thread) + "/" + std::to_string(round) + "/" + std::to_string(i);
        transfers[i].key = keys[i];
        transfers[i].debit = AccountId(1);
        transfers[i].credit = AccountId(2);
        transfers[i].amount = Amount(1);
      }
      const Status status = book.ledger->post(transfers, BatchMode::independent, outcomes);
      for (const Outcome& outcome : outcomes) {
        posted += status && outcome.code == Code::ok && !outcome.existed ? 1U : 0U;
      }
    }
  });
  CHECK(posted == 6 * 3 * batch);
  CHECK(book.ledger->balance(AccountId(2))->posted == Amount(6 * 3 * batch));
}

TEST_CASE("threads that empty one account together never overdraw it") {
  Fixture book(2);
  REQUIRE(post_one(*book.ledger, "fill", 1, 2, 100).code == Code::ok);
  std::atomic<int> paid{0};
  std::atomic<int> refused{0};
  in_threads(8, [&](int thread) {
    for (int i = 0; i < 25; ++i) {
      const std::string key = std::to_string(thread) + "/" + std::to_string(i);
      const Code code = post_one(*book.ledger, key, 2, 1, 1).code;
      paid += code == Code::ok ? 1 : 0;
      refused += code == Code::exceeds_balance ? 1 : 0;
    }
  });
  CHECK(paid == 100);
  CHECK(refused == 100);
  CHECK(book.ledger->balance(AccountId(2))->posted == Amount(0));
  CHECK(book.ledger->verify({}));
}

TEST_CASE("readers beside writers see balances that sum to zero") {
  Fixture book(8);
  std::atomic<bool> stop{false};
  std::atomic<int> looks{0};
  std::thread reader([&] {
    do {  // at least once, however late its turn comes
      // One view per total: an owner has one account here, so the sum over owners needs a snapshot.
      Amount posted = book.ledger->balance(AccountId(2))->posted;
      CHECK(!posted.is_negative());
      const auto page =
          book.ledger->history({AccountId(2), false, {}, 20, {}, {}, {}, {}, {}, {}, {}, {}});
      REQUIRE(page);
      for (const HistoryLine& line : page->lines) {
        Amount after;
        REQUIRE(add_checked(line.balance_before, line.change, &after));
        CHECK(after == line.balance_after);
      }
      ++looks;
    } while (!stop);
  });
  in_threads(4, [&](int thread) {
    for (int i = 0; i < 60; ++i) {
      const std::string key = "t" + std::to_string(thread) + "/" + std::to_string(i);
      REQUIRE(post_one(*book.ledger, key, 1, 2 + (thread + i) % 7, 5).code == Code::ok);
    }
  });
  stop = true;
  reader.join();
  CHECK(looks > 0);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("a second writing process is refused and a reading one is welcome") {
  Fixture book(2);
  REQUIRE(post_one(*book.ledger, "first", 1, 2, 700).code == Code::ok);
  CHECK(in_process([&] {
          const auto storage = storage::open_sqlite(book.path, {});
          if (!storage) {
            return 2;
          }
          const auto writer = Ledger::open(**storage, system_clock(), {});
          return writer ? 3 : (writer.error().code == Code::storage_busy ? 0 : 4);
        }) == 0);
  CHECK(in_process([&] {
          storage::SqliteOptions options;
          options.is_read_only = true;
          const auto storage = storage::open_sqlite(book.path, options);
          if (!storage) {
            return 2;
          }
          LedgerOptions read_only;
          read_only.is_read_only = true;
          const auto reader = Ledger::open(**storage, system_clock(), read_only);
          if (!reader) {
            return 3;
          }
          const auto balance = (*reader)->balance(AccountId(2));
          return balance && balance->posted == Amount(700) ? 0 : 4;
        }) == 0);
}

TEST_CASE("a reading process follows the writer and sees only whole commits") {
  Fixture book(3);
  int ready[2];
  int posted[2];
  REQUIRE(pipe(ready) == 0);
  REQUIRE(pipe(posted) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(posted[1]);
    storage::SqliteOptions options;
    options.is_read_only = true;
    const auto storage = storage::open_sqlite(book.path, options);
    LedgerOptions read_only;
    read_only.is_read_only = true;
    const auto reader = Ledger::open(**storage, system_clock(), read_only);
    if (!reader || write(ready[1], "r", 1) != 1) {
      _exit(2);
    }
    // Each commit moves 3 to account 2 and 3 to account 3 together, as one atomic batch. The pipe
    // is closed when all are posted; a look that begins after that sees them all.
    for (pollfd over{posted[0], POLLIN, 0};;) {
      const bool is_over = poll(&over, 1, 0) == 1;
      const auto last = (*reader)->statistics()->transactions;
      if (last % 2 != 0) {
        _exit(3);
      }
      if (is_over) {
        const auto balance = (*reader)->balance(AccountId(3));
        _exit(last == 400 && balance && balance->posted == Amount(600) ? 0 : 4);
      }
    }
  }
  close(posted[0]);
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  for (int i = 0; i < 200; ++i) {
    const std::string first = "a" + std::to_string(i);
    const std::string second = "b" + std::to_string(i);
    std::array<Transfer, 2> pair;
    pair[0] = {first, AccountId(1), AccountId(2), Amount(3), 0, false, {}, {}};
    pair[1] = {second, AccountId(1), AccountId(3), Amount(3), 0, false, {}, {}};
    std::array<Outcome, 2> outcomes;
    REQUIRE(book.ledger->post(pair, BatchMode::atomic, outcomes));
  }
  close(posted[1]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  close(ready[0]);
  close(ready[1]);
}

TEST_CASE("a writer that was replaced can't commit any more") {
  Fixture book(2);
  REQUIRE(post_one(*book.ledger, "before", 1, 2, 10).code == Code::ok);
  auto storage = storage::open_sqlite(book.path, {});
  REQUIRE(storage);
  LedgerOptions options;
  options.takeover = storage::Takeover::take_over;
  auto successor = Ledger::open(**storage, system_clock(), options);
  REQUIRE(successor);
  CHECK(post_one(*book.ledger, "late", 1, 2, 10).code == Code::storage_fenced);
  CHECK(post_one(**successor, "next", 1, 2, 10).code == Code::ok);
  CHECK(post_one(*book.ledger, "later", 1, 2, 10).code == Code::storage_fenced);
  CHECK((*successor)->balance(AccountId(2))->posted == Amount(20));
  CHECK((*successor)->verify({}));
}
