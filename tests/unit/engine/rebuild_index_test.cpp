// SPDX-License-Identifier: MIT
// A damaged index is told with what to do, and building it again loses nothing.
#include <coffer/engine/engine.hpp>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

/// Enough that an orderly close leaves an index; a short tail stays in the journal alone.
constexpr int deposits = 3000;

void alter(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(sqlite3_changes(database) > 0);
  sqlite3_close(database);
}

std::string key_of(int number) { return "deposit-" + std::to_string(number); }

/// A closed book in which ada has 3000 deposits of one cent.
void make_book(const std::string& path) {
  const auto engine = Engine::open(path);
  REQUIRE(engine);
  const auto created = (*engine)->wallets().create({"ada", "USD", {}});
  REQUIRE(created);
  std::vector<std::string> keys;
  for (int i = 0; i < deposits; ++i) {
    keys.push_back(key_of(i));
  }
  std::vector<WalletOperation> operations;
  for (const std::string& key : keys) {
    operations.emplace_back(Deposit{created->wallet.id, Amount(1), key});
  }
  std::vector<Outcome> outcomes(operations.size());
  REQUIRE((*engine)->wallets().execute(operations, BatchMode::independent, outcomes));
  REQUIRE((*engine)->close());
}

Result<std::unique_ptr<Engine>> open_rebuilding(const std::string& path) {
  EngineOptions options;
  options.ledger.rebuild_index = true;
  return Engine::open(path, options);
}

/// How many lines ada's history has, counted from the newest to the oldest.
Result<int> lines_of_ada(Engine& engine) {
  COFFER_TRY_ASSIGN(const Wallet wallet, engine.wallets().find("ada", "USD"));
  HistoryQuery query;
  query.account = wallet.account;
  query.limit = 1000;
  int lines = 0;
  for (bool has_more = true; has_more;) {
    COFFER_TRY_ASSIGN(const HistoryPage page, engine.ledger().history(query));
    lines += static_cast<int>(page.lines.size());
    query.after = page.next;
    has_more = page.has_more;
  }
  return lines;
}

/// Every key is known, every line of the history is there, and the books verify.
void check_whole(Engine& engine) {
  const auto wallet = engine.wallets().find("ada", "USD");
  REQUIRE(wallet);
  for (int i = 0; i < deposits; i += 100) {
    const auto again = engine.wallets().deposit(wallet->id, "0.01", key_of(i));
    REQUIRE(again);
    CHECK(again->existed);
  }
  const auto lines = lines_of_ada(engine);
  REQUIRE(lines);
  CHECK(*lines == deposits);
  CHECK(engine.ledger().verify({}));
}

TEST_CASE("an index block that was cut is told with the way to build the index again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_book(path);
  alter(path, "DELETE FROM index_blocks");

  {
    const auto engine = Engine::open(path);
    const auto lines = engine ? lines_of_ada(**engine) : Result<int>(engine.error());
    REQUIRE(!lines);
    CHECK(lines.error().code == Code::storage_corrupt);
    CHECK(lines.error().message.find("coffer rebuild-index") != std::string::npos);
  }

  const auto rebuilt = open_rebuilding(path);
  REQUIRE(rebuilt);
  check_whole(**rebuilt);
  REQUIRE((*rebuilt)->close());
  const auto later = Engine::open(path);
  REQUIRE(later);
  check_whole(**later);
}

TEST_CASE("a manifest that was altered does not keep the index from being built again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_book(path);
  alter(path, "UPDATE index_segments SET seed = seed + 1, id = id + 4611686018427387904");

  const auto refused = Engine::open(path);
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::storage_corrupt);
  CHECK(refused.error().message.find("coffer rebuild-index") != std::string::npos);
  const auto rebuilt = open_rebuilding(path);
  REQUIRE(rebuilt);
  check_whole(**rebuilt);
}

TEST_CASE("a reader that follows goes on while the index is built again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_book(path);
  EngineOptions options;
  options.ledger.is_read_only = true;
  const auto reader = Engine::open(path, options);
  REQUIRE(reader);
  REQUIRE(lines_of_ada(**reader));

  const auto rebuilt = open_rebuilding(path);
  REQUIRE(rebuilt);
  CHECK(*lines_of_ada(**reader) == deposits);
  REQUIRE((*rebuilt)->close());
  CHECK(*lines_of_ada(**reader) == deposits);
  CHECK((*reader)->ledger().verify({}));
}

TEST_CASE("a reader may not build the index again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_book(path);
  EngineOptions options;
  options.ledger.is_read_only = true;
  options.ledger.rebuild_index = true;
  const auto refused = Engine::open(path, options);
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::invalid_argument);
}

}  // namespace
