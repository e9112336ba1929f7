// SPDX-License-Identifier: MIT
// A writing process that is killed at any moment loses nothing that it acknowledged.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <coffer/ledger/ledger.hpp>

#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

struct OpenBook {
  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<Ledger> ledger;
};

OpenBook open_book(const std::string& path, storage::Durability durability) {
  OpenBook book;
  storage::SqliteOptions options;
  options.durability = durability;
  auto storage = storage::open_sqlite(path, options);
  if (!storage) {
    return book;
  }
  book.storage = std::move(storage).value();
  auto ledger = Ledger::open(*book.storage, system_clock(), {});
  if (ledger) {
    book.ledger = std::move(ledger).value();
  }
  return book;
}

/// The i-th atomic group: two transfers that belong together, and every third time a hold as well.
Status write_group(Ledger& ledger, std::int64_t i) {
  const std::string first = "a" + std::to_string(i);
  const std::string second = "b" + std::to_string(i);
  const std::string hold = "h" + std::to_string(i);
  std::vector<Operation> operations;
  operations.push_back(
      {Transfer{first, AccountId(1), AccountId(2), Amount(3), 0, false, {}, {}}, false});
  operations.push_back(
      {Transfer{second, AccountId(1), AccountId(3), Amount(4), 0, false, {}, {}}, false});
  if (i % 3 == 0) {
    operations.push_back(
        {HoldDraft{hold, AccountId(2), Amount(1), Bucket::held, {}, {}, {}}, false});
  }
  std::vector<Outcome> outcomes(operations.size());
  COFFER_TRY(ledger.execute(operations, BatchMode::atomic, outcomes));
  return outcomes[0].code == Code::ok ? Status{} : Error{outcomes[0].code, "refused"};
}

/// Writes groups from `first` on for ever, and says each that is durable through the pipe.
[[noreturn]] void write_for_ever(const std::string& path, storage::Durability durability,
                                 std::int64_t first, int acknowledged) {
  const OpenBook book = open_book(path, durability);
  if (!book.ledger) {
    _exit(2);
  }
  for (std::int64_t i = first;; ++i) {
    if (!write_group(*book.ledger, i) || write(acknowledged, &i, sizeof i) != sizeof i) {
      _exit(3);
    }
  }
}

/// Starts a writer, kills it after a random time, and returns the last group that it acknowledged.
/// Every other one is let come to work first, which on a busy machine may take longer than that.
std::int64_t kill_a_writer(const std::string& path, storage::Durability durability,
                           std::int64_t first, std::mt19937_64& random, bool must_work) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_for_ever(path, durability, first, ends[1]);
  }
  close(ends[1]);
  std::int64_t last = first - 1;
  if (must_work) {
    REQUIRE(read(ends[0], &last, sizeof last) == sizeof last);
  }
  usleep(static_cast<useconds_t>(20'000 + random() % 120'000));
  kill(child, SIGKILL);
  for (std::int64_t i = 0; read(ends[0], &i, sizeof i) == sizeof i;) {
    last = i;
  }
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return last;
}

/// How many writers are killed; the full run says more.
int kills_wanted() {
  const char* wanted = std::getenv("COFFER_KILLS");
  return wanted == nullptr ? 12 : std::atoi(wanted);
}

/// Kills one writer after the other on one book, and looks after each.
void kill_writers(storage::Durability durability, int kills) {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  {
    const OpenBook book = open_book(path, durability);
    REQUIRE(book.ledger);
    REQUIRE(book.ledger->register_asset({"USD", 2, AssetKind::fiat, {}, {}, {}}));
    for (const char* key : {"bank", "one", "two"}) {
      AccountDraft draft;
      draft.key = key;
      draft.asset = AssetId(1);
      draft.policy.minimum = std::nullopt;
      REQUIRE(book.ledger->open_account(draft));
    }
  }
  std::mt19937_64 random(7);
  std::int64_t next = 0;
  for (int i = 0; i < kills; ++i) {
    const std::int64_t last = kill_a_writer(path, durability, next, random, i % 2 == 0);
    const OpenBook book = open_book(path, durability);
    REQUIRE(book.ledger);
    const Result<VerifyReport> report = book.ledger->verify({});
    INFO((report ? std::string() : report.error().message));
    REQUIRE(report);
    // The group after the last acknowledged one may be there; nothing of a later one.
    const std::int64_t groups = book.ledger->statistics()->transactions / 2;
    CHECK(book.ledger->statistics()->transactions % 2 == 0);
    CHECK(groups >= last + 1);
    CHECK(groups <= last + 2);
    CHECK(book.ledger->balance(AccountId(2))->posted == Amount(3 * groups));
    CHECK(book.ledger->balance(AccountId(3))->posted == Amount(4 * groups));
    CHECK(book.ledger->statistics()->holds == (groups + 2) / 3);
    next = groups;
  }
  MESSAGE("kills: ", kills, ", groups written: ", next);
  CHECK(next >= kills / 2);
}

}  // namespace

TEST_CASE("a writer killed at any moment loses nothing that it acknowledged") {
  kill_writers(storage::Durability::full, kills_wanted());
}

TEST_CASE(
    "with normal durability a killed writer loses nothing either, since the system lives on") {
  kill_writers(storage::Durability::normal, (kills_wanted() + 2) / 3);
}
