// SPDX-License-Identifier: MIT
// Bulk calls: a result per item, one commit, and the three ways to treat a failure.
#include <coffer/wallet/wallet_operation.hpp>

#include <array>
#include <string>
#include <vector>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

struct Three {
  WalletBook book;
  WalletId ada = book.wallet("ada", "USD");
  WalletId bob = book.wallet("bob", "USD");
  WalletId euro = book.wallet("ada", "EUR");
};

std::vector<Outcome> execute(Three& three, const std::vector<WalletOperation>& operations,
                             BatchMode mode) {
  std::vector<Outcome> outcomes(operations.size());
  REQUIRE(three.book.wallets().execute(operations, mode, outcomes));
  return outcomes;
}

}  // namespace

TEST_CASE("a bulk call of mixed operations takes one commit") {
  Three three;
  three.book.deposit(three.ada, "1", "opens the cash account");
  three.book.deposit(three.euro, "1", "opens the cash account");
  REQUIRE(three.book.wallets().exchange({.from = three.ada,
                                         .to = three.euro,
                                         .amount = Amount(1),
                                         .reference = "opens the exchange accounts"}));
  const std::int64_t commits = three.book.engine->ledger().statistics()->commits;
  const auto outcomes = execute(
      three,
      {Deposit{.wallet = three.ada, .amount = Amount(10000), .reference = "a"},
       Withdrawal{.wallet = three.ada, .amount = Amount(2000), .reference = "a"},
       WalletTransfer{.from = three.ada, .to = three.bob, .amount = Amount(500), .reference = "a"},
       WalletExchange{.from = three.ada,
                      .to = three.euro,
                      .amount = Amount(1000),
                      .rate = Rate::parse("0.5").value(),
                      .reference = "a"},
       WalletDraft{.user = "eve", .currency = "USD"}},
      BatchMode::independent);
  for (const Outcome& outcome : outcomes) {
    CHECK(outcome.code == Code::ok);
  }
  CHECK(three.book.engine->ledger().statistics()->commits == commits + 1);
  CHECK(three.book.balance(three.ada) == "65.99");
  CHECK(three.book.balance(three.bob) == "5.00");
  CHECK(three.book.balance(three.euro) == "6.01");
  CHECK(three.book.wallets().find(WalletId(outcomes[4].id))->user == "eve");
}

TEST_CASE("independent items fail one by one") {
  Three three;
  const auto outcomes =
      execute(three,
              {Deposit{.wallet = three.ada, .amount = Amount(100), .reference = "a"},
               Deposit{.wallet = WalletId(77), .amount = Amount(100), .reference = "b"},
               Withdrawal{.wallet = three.ada, .amount = Amount(101), .reference = "c"},
               Deposit{.wallet = three.ada, .amount = Amount(0), .reference = "d"},
               Deposit{.wallet = three.ada, .amount = Amount(5), .reference = ""},
               Deposit{.wallet = three.ada, .amount = Amount(100), .reference = "a"},
               Deposit{.wallet = three.ada, .amount = Amount(99), .reference = "a"},
               WalletDraft{.user = "ada", .currency = "USD"}},
              BatchMode::independent);
  CHECK(outcomes[0].code == Code::ok);
  CHECK(outcomes[1].code == Code::wallet_not_found);
  CHECK(outcomes[1].subject == 77);
  CHECK(outcomes[2].code == Code::insufficient_balance);
  CHECK(outcomes[2].subject == three.ada.value());
  CHECK(outcomes[3].code == Code::amount_not_positive);
  CHECK(outcomes[4].code == Code::key_required);
  CHECK(outcomes[5].code == Code::ok);
  CHECK(outcomes[5].existed);
  CHECK(outcomes[5].id == outcomes[0].id);
  CHECK(outcomes[6].code == Code::exists_with_different_amount);
  CHECK(outcomes[7].existed);
  CHECK(outcomes[7].id == three.ada.value());
  CHECK(three.book.balance(three.ada) == "1.00");
}

TEST_CASE("an atomic call does everything or nothing") {
  Three three;
  const std::vector<WalletOperation> refused_by_wallets{
      Deposit{.wallet = three.ada, .amount = Amount(100), .reference = "a"},
      Deposit{.wallet = WalletId(77), .amount = Amount(100), .reference = "b"}};
  const auto first = execute(three, refused_by_wallets, BatchMode::atomic);
  CHECK(first[0].code == Code::group_failed);
  CHECK(first[1].code == Code::wallet_not_found);
  const std::vector<WalletOperation> refused_by_ledger{
      Deposit{.wallet = three.ada, .amount = Amount(100), .reference = "a"},
      Withdrawal{.wallet = three.ada, .amount = Amount(500), .reference = "b"}};
  const auto second = execute(three, refused_by_ledger, BatchMode::atomic);
  CHECK(second[0].code == Code::group_failed);
  CHECK(second[1].code == Code::insufficient_balance);
  CHECK(three.book.balance(three.ada) == "0.00");
}

TEST_CASE("a call that stops at the first failure keeps what came before it") {
  Three three;
  const Deposit good{.wallet = three.ada, .amount = Amount(100), .reference = "a"};
  const Deposit unknown{.wallet = WalletId(77), .amount = Amount(100), .reference = "b"};
  const Withdrawal too_much{.wallet = three.ada, .amount = Amount(500), .reference = "c"};
  const Deposit late{.wallet = three.ada, .amount = Amount(100), .reference = "d"};
  const auto first = execute(three, {good, unknown, late}, BatchMode::stop_at_failure);
  CHECK(first[0].code == Code::ok);
  CHECK(first[1].code == Code::wallet_not_found);
  CHECK(first[2].code == Code::not_attempted);
  const auto second = execute(three, {good, too_much, unknown, late}, BatchMode::stop_at_failure);
  CHECK(second[0].existed);
  CHECK(second[1].code == Code::insufficient_balance);
  CHECK(second[2].code == Code::not_attempted);
  CHECK(second[3].code == Code::not_attempted);
  CHECK(three.book.balance(three.ada) == "1.00");
}

TEST_CASE("a bulk call needs an outcome per operation") {
  Three three;
  const std::array<WalletOperation, 1> operations{
      Deposit{.wallet = three.ada, .amount = Amount(1), .reference = "a"}};
  CHECK(three.book.wallets().execute(operations, BatchMode::independent, {}).error().code ==
        Code::invalid_argument);
}

TEST_CASE("a refused item is told by the wallet, field or account that it is about") {
  Three three;
  three.book.deposit(three.bob, "1", "opens the cash account");
  REQUIRE(three.book.wallets().freeze(three.ada, "asked for"));
  PolicyChange closed;
  closed.account = three.book.wallets().find(three.euro)->account;
  closed.policy.is_closed = true;
  REQUIRE(three.book.engine->ledger().change_account(closed));
  const auto outcomes = execute(
      three,
      {WalletTransfer{.from = three.bob, .to = WalletId(77), .amount = Amount(1), .reference = "a"},
       WalletTransfer{.from = three.bob, .to = three.bob, .amount = Amount(1), .reference = "a"},
       WalletTransfer{.from = three.bob, .to = three.euro, .amount = Amount(1), .reference = "a"},
       Deposit{.wallet = three.bob, .amount = Amount(0), .reference = "a"},
       Deposit{.wallet = three.bob, .amount = Amount(1), .reference = ""},
       Deposit{.wallet = three.bob, .amount = Amount(1), .reference = std::string(257, 'r')},
       Deposit{.wallet = three.ada, .amount = Amount(1), .reference = "a"},
       Deposit{.wallet = three.euro, .amount = Amount(1), .reference = "a"},
       Withdrawal{.wallet = three.bob, .amount = Amount(101), .reference = "a"},
       Deposit{.wallet = three.bob, .amount = Amount::max(), .reference = "a"},
       WalletDraft{.user = "", .currency = "USD"}, WalletDraft{.user = "eve", .currency = ""},
       WalletDraft{.user = "eve", .currency = "MOON"}},
      BatchMode::independent);
  std::vector<std::string> told;
  for (const Outcome& outcome : outcomes) {
    told.push_back(describe(outcome));
  }
  CHECK(told == std::vector<std::string>{
                    "wallet 77: there is no such wallet",
                    "debit and credit name the same account",
                    "the account is of another asset than the other entries",
                    "the amount must be greater than zero",
                    "reference: it is empty, and it must name the item for ever",
                    "reference: it is longer than 256 bytes",
                    "wallet 1: it is frozen",
                    "account 3: it is closed",
                    "wallet 2: insufficient balance",
                    "account 4: the balance would not fit 256 bits",
                    "user: it is empty",
                    "currency: it is empty",
                    "the asset is not registered",
                });
}

TEST_CASE("an account of the clearing is not told as a wallet of the same number") {
  Three three;
  REQUIRE(three.book.wallets().deposit(
      {.wallet = three.ada, .amount = Amount::max(), .reference = "all"}));
  CHECK(three.book.wallets()
            .deposit({.wallet = three.bob, .amount = Amount(1), .reference = "more"})
            .error() ==
        Error{Code::amount_overflow, "account 4: the balance would not fit 256 bits"});
}
