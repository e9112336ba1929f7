// SPDX-License-Identifier: MIT
// The defects of the wallet demo that concern its traditional half: here, each must not happen.
// Its defects 6 (coins sent before the commit), 8 (differences looked for from the books' side
// alone) and 12 (readers race with the confirmations) belong to its chain half, which sends and
// follows transactions on chains; coffer has none so far.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

constexpr Timestamp at(std::int64_t seconds) {
  return Timestamp{new_year_2026_ns + seconds * second_ns};
}

}  // namespace

TEST_CASE("demo defect 1: a withdrawal of a negative or zero amount is refused and adds nothing") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  book.deposit(wallet, "50", "in");
  for (const std::string_view amount : {"-100", "-0.01", "0", "0.00", "-0"}) {
    const auto refused = book.wallets().withdraw(wallet, amount, "out");
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::amount_not_positive);
  }
  CHECK(book.balance(wallet) == "50.00");
  CHECK(book.wallets().transactions({.wallet = wallet})->lines.size() == 1);
}

TEST_CASE("demo defect 2: a malformed amount is an error and books no zero deposit") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  for (const std::string_view amount : {"", "abc", "12abc", "1.2.3", " 5", "5 ", "+5", "0x10"}) {
    const auto refused = book.wallets().deposit(wallet, amount, "in");
    REQUIRE(!refused);
    CHECK(refused.error().code == Code::amount_syntax);
  }
  CHECK(book.wallets().transactions({.wallet = wallet})->lines.empty());
}

TEST_CASE("demo defect 3: parallel deposits with one hash credit once") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  std::atomic<int> fresh{0};
  std::atomic<int> repeated{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const auto receipt = book.wallets().deposit(wallet, "100", "bd893a76");
      fresh += receipt && !receipt->existed ? 1 : 0;
      repeated += receipt && receipt->existed ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(fresh == 1);
  CHECK(repeated == 15);
  CHECK(book.balance(wallet) == "100.00");
}

TEST_CASE("demo defect 4: one hash may stand in two wallets and in both directions") {
  WalletBook book;
  const WalletId ada = book.wallet("ada", "USD");
  const WalletId bob = book.wallet("bob", "USD");
  Wallets& wallets = book.wallets();
  CHECK(wallets.deposit(ada, "100", "bd893a76"));
  CHECK(wallets.deposit(bob, "70", "bd893a76"));
  CHECK(wallets.withdraw(ada, "10", "bd893a76"));
  CHECK(wallets.transfer({ada, bob, Amount(3000), "bd893a76", {}, {}}));
  CHECK(book.balance(ada) == "60.00");
  CHECK(book.balance(bob) == "100.00");
}

TEST_CASE("demo defect 5: an external balance above the books is a mismatch") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  book.deposit(wallet, "100", "in");
  book.clock.advance(second_ns);
  const auto record = book.engine->reconciler().run(
      {.wallet = wallet, .start_at = at(0), .end_at = at(1), .external_balance = Amount(15000)});
  REQUIRE(record);
  CHECK(record->status == ReconciliationStatus::mismatch);
  CHECK(record->difference == Amount(5000));
}

TEST_CASE("demo defect 7: a fraction is moved exactly and never cut off") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  book.deposit(wallet, "0.5", "in");
  CHECK(book.balance(wallet) == "0.50");
  REQUIRE(book.wallets().withdraw(wallet, "0.5", "out"));
  const auto page = book.wallets().transactions({.wallet = wallet});
  REQUIRE(page);
  CHECK(page->lines.at(0).amount == Amount(50));
  CHECK(book.balance(wallet) == "0.00");
  // 2^53 + 1 cents: no 64-bit binary fraction holds it.
  book.deposit(wallet, "90071992547409.93", "large");
  CHECK(book.balance(wallet) == "90071992547409.93");
  CHECK(book.wallets().deposit(wallet, "0.003", "third").error().code ==
        Code::amount_too_many_places);
}

TEST_CASE("demo defect 9: a transaction on the border of two ranges is in exactly one of them") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  book.clock.set(at(10));
  book.deposit(wallet, "1", "a");
  book.deposit(wallet, "2", "b");
  book.clock.set(at(20));
  const Timestamp border = book.wallets().transactions({.wallet = wallet})->lines.at(0).recorded_at;
  Reconciler& reconciler = book.engine->reconciler();
  const auto first = reconciler.run(
      {.wallet = wallet, .start_at = at(0), .end_at = border, .external_balance = Amount(100)});
  const auto second = reconciler.run(
      {.wallet = wallet, .start_at = border, .end_at = at(20), .external_balance = Amount(300)});
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->status == ReconciliationStatus::matched);
  CHECK(second->status == ReconciliationStatus::matched);
  CHECK(reconciler.detail(first->id, 10)->lines.lines.size() == 1);
  CHECK(reconciler.detail(second->id, 10)->lines.lines.size() == 1);
  CHECK(reconciler.detail(second->id, 10)->opening_balance == Amount(100));
}

TEST_CASE("demo defect 9: times of recording are never equal, so the last before a start is one") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  for (int i = 0; i < 5; ++i) {
    book.deposit(wallet, "1", std::to_string(i));
  }
  const auto page = book.wallets().transactions({.wallet = wallet, .is_oldest_first = true});
  REQUIRE(page);
  for (std::size_t i = 1; i < page->lines.size(); ++i) {
    CHECK(page->lines[i - 1].recorded_at < page->lines[i].recorded_at);
  }
}

TEST_CASE("demo defect 10: reconciliation of a traditional wallet works from the engine on") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  book.clock.advance(second_ns);
  const auto record =
      book.engine->reconciler().run({.wallet = wallet, .start_at = at(0), .end_at = at(1)});
  REQUIRE(record);
  CHECK(record->status == ReconciliationStatus::matched);
  CHECK(book.engine->reconciler().detail(record->id, 10)->lines.lines.empty());
}

TEST_CASE("demo defect 11: the second page is not the first one again") {
  WalletBook book;
  const WalletId wallet = book.wallet("20241222", "USD");
  for (int i = 1; i <= 12; ++i) {
    book.deposit(wallet, "1", std::to_string(i));
  }
  const auto first = book.wallets().transactions({.wallet = wallet}, 1, 10);
  const auto second = book.wallets().transactions({.wallet = wallet}, 2, 10);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->lines.size() == 10);
  REQUIRE(second->lines.size() == 2);
  CHECK(second->lines[0].reference == "2");
  CHECK(second->lines[1].reference == "1");
}
