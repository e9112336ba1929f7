// SPDX-License-Identifier: MIT
// A job that is killed at any moment goes on where its commits ended, and makes nothing twice.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <string>

#include "support/crypto_wallet_book.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

/// Rows of users u0, u1 ...; every tenth one is wrong.
class NumberedRows final : public WalletRowReader {
 public:
  explicit NumberedRows(std::int64_t count) : count_(count) {}
  Result<bool> next(Item& item) override {
    if (at_ == count_) {
      return false;
    }
    item = Item{};
    user_ = at_ % 10 == 9 ? std::string() : "u" + std::to_string(at_);
    item.row.user = user_;
    ++at_;
    return true;
  }

 private:
  std::int64_t count_;
  std::int64_t at_ = 0;
  std::string user_;
};

/// Submits the job, or goes on with it, and runs it to its end.
[[noreturn]] void work(const std::string& path, AddressSourceId source, const std::string& key,
                       std::int64_t rows) {
  auto storage = storage::open_sqlite(path, {});
  if (!storage) {
    _exit(2);
  }
  const auto ledger = Ledger::open(**storage, system_clock(), {});
  if (!ledger) {
    _exit(3);
  }
  CryptoWallets wallets(**ledger);
  WalletJobDraft draft;
  draft.key = key;
  draft.sources = std::span(&source, 1);
  NumberedRows reader(rows);
  const auto job = wallets.submit(draft, reader);
  WalletRun options;
  options.rows_max = 37;
  while (job) {
    const auto state = wallets.run(job->id, options);
    if (!state || state->state != WalletJobState::ready) {
      _exit(state ? 0 : 4);
    }
  }
  _exit(5);
}

/// True when the worker came to its end before it was killed.
bool kill_a_worker(const std::string& path, AddressSourceId source, const std::string& key,
                   std::int64_t rows, int killed, std::mt19937_64& random) {
  const pid_t child = fork();
  if (child == 0) {
    work(path, source, key, rows);
  }
  // Longer from kill to kill, so that a busy machine comes to an end too.
  usleep(static_cast<useconds_t>(5'000 + random() % 80'000) +
         static_cast<useconds_t>(killed) * 1'000);
  kill(child, SIGKILL);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  if (WIFEXITED(status)) {
    REQUIRE(WEXITSTATUS(status) == 0);
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a job killed at any moment goes on and gives each row one wallet and each index once") {
  const char* wanted = std::getenv("COFFER_KILLS");
  const int kills = wanted == nullptr ? 12 : std::atoi(wanted);
  constexpr std::int64_t rows = 1500;
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  AddressSourceId source;
  {
    CryptoWalletBook book({}, std::move(storage::open_sqlite(path, {})).value());
    source = book.source("btc", "bitcoin");
    REQUIRE(book.ledger->close());
  }
  std::mt19937_64 random(11);
  std::int64_t made = 0;
  int killed = 0;
  for (int jobs = 0; killed < kills; ++jobs) {
    const std::string key = "job-" + std::to_string(jobs);
    // Each job is rolled back at its end, so that the next one finds its users free.
    bool is_over = false;
    while (!is_over) {
      is_over = kill_a_worker(path, source, key, rows, killed, random);
      killed += is_over ? 0 : 1;
      CryptoWalletBook book({}, std::move(storage::open_sqlite(path, {})).value());
      book.verify();
      const auto known = book.wallets->find_source(source);
      REQUIRE(known);
      const auto job = book.wallets->find_job(key);
      REQUIRE((job || job.error().code == Code::not_found));
      const std::int64_t created = job ? job->created : 0;
      CHECK(known->next_index == static_cast<std::uint64_t>(made + created));
      if (job && job->state == WalletJobState::completed) {
        CHECK(job->done == rows);
        CHECK(job->failed == rows / 10);
        CHECK(created == rows - rows / 10);
        made += created;
        REQUIRE(book.wallets->roll_back(job->id, "test"));
        is_over = true;  // also when the worker was killed between its last commit and its end
      }
      REQUIRE(book.ledger->close());
    }
  }
  CryptoWalletBook book({}, std::move(storage::open_sqlite(path, {})).value());
  std::set<std::string> addresses;
  for (CryptoWalletId after; addresses.size() < static_cast<std::size_t>(made);) {
    const auto page = book.wallets->list({}, after, 1000);
    REQUIRE(page);
    REQUIRE(!page->empty());
    for (const CryptoWallet& wallet : *page) {
      CHECK(wallet.address_index == addresses.size());
      addresses.insert(wallet.address);
    }
    after = page->back().id;
  }
  MESSAGE("kills: ", killed, ", wallets: ", made);
}
