// SPDX-License-Identifier: MIT
// Opening, sharing and closing a book through the engine.
#include <coffer/engine/engine.hpp>

#include <doctest/doctest.h>

#include "support/temporary_folder.hpp"

using namespace coffer;

TEST_CASE("a book in memory starts empty and takes a deposit") {
  const auto engine = Engine::in_memory();
  REQUIRE(engine);
  const auto created = (*engine)->wallets().create({"ada", "USD", {}});
  REQUIRE(created);
  CHECK((*engine)->wallets().deposit(created->wallet.id, "12.50", "first"));
  CHECK((*engine)->wallets().balance(created->wallet.id)->available == Amount(1250));
  CHECK((*engine)->ledger().statistics()->transactions == 1);
}

TEST_CASE("a file that is opened again has what was written, and says so after a clean close") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  {
    const auto engine = Engine::open(path);
    REQUIRE(engine);
    const auto created = (*engine)->wallets().create({"ada", "EUR", {}});
    REQUIRE(created);
    REQUIRE((*engine)->wallets().deposit(created->wallet.id, "7", "first"));
    CHECK((*engine)->close());
    CHECK((*engine)->close());
  }
  const auto engine = Engine::open(path);
  REQUIRE(engine);
  const auto wallet = (*engine)->wallets().find("ada", "EUR");
  REQUIRE(wallet);
  CHECK((*engine)->wallets().balance(wallet->id)->posted == Amount(700));
  CHECK((*engine)->ledger().verify({}));
}

TEST_CASE("after close writes are refused") {
  const auto engine = Engine::in_memory();
  REQUIRE(engine);
  const auto created = (*engine)->wallets().create({"ada", "USD", {}});
  REQUIRE(created);
  REQUIRE((*engine)->close());
  const auto refused = (*engine)->wallets().deposit(created->wallet.id, "1", "late");
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::closed);
}

TEST_CASE("a book opened read-only answers and refuses to write") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  const auto writer = Engine::open(path);
  REQUIRE(writer);
  const auto created = (*writer)->wallets().create({"ada", "USD", {}});
  REQUIRE(created);
  REQUIRE((*writer)->wallets().deposit(created->wallet.id, "5", "first"));

  EngineOptions options;
  options.ledger.is_read_only = true;
  const auto reader = Engine::open(path, options);
  REQUIRE(reader);
  CHECK((*reader)->wallets().balance(created->wallet.id)->posted == Amount(500));
  const auto refused = (*reader)->wallets().deposit(created->wallet.id, "1", "other");
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::not_permitted);
}

TEST_CASE("open names what is wrong with its arguments") {
  CHECK(Engine::open("").error() == Error{Code::invalid_argument, "path: is empty"});
  CHECK(Engine::open(std::unique_ptr<storage::Storage>()).error() ==
        Error{Code::null_argument, "storage: is null"});
  EngineOptions options;
  options.tolerances.push_back({"USD", Amount(-1)});
  CHECK(Engine::in_memory(options).error() ==
        Error{Code::invalid_argument, "tolerances: that of USD is negative"});
  CHECK(Engine::open("/nowhere/at/all/book.db").error().code == Code::storage_cannot_open);
}

TEST_CASE("a second engine on the same file is refused while the first one writes") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  const auto first = Engine::open(path);
  REQUIRE(first);
  const auto second = Engine::open(path);
  REQUIRE(!second);
  CHECK(second.error().code == Code::storage_busy);
  REQUIRE((*first)->close());
  CHECK(Engine::open(path));
}

TEST_CASE("an injected clock gives every record its time") {
  ManualClock clock(Timestamp{1'767'225'600'000'000'000});
  EngineOptions options;
  options.clock = &clock;
  const auto engine = Engine::in_memory(options);
  REQUIRE(engine);
  const auto created = (*engine)->wallets().create({"ada", "USD", {}});
  REQUIRE(created);
  REQUIRE((*engine)->wallets().deposit(created->wallet.id, "1", "first"));
  clock.advance(5'000'000'000);
  const auto receipt = (*engine)->wallets().deposit(created->wallet.id, "1", "second");
  REQUIRE(receipt);
  CHECK(receipt->recorded_at == Timestamp{1'767'225'605'000'000'000});
}
