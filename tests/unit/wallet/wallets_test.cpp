// SPDX-License-Identifier: MIT
// Moving money: deposit, withdraw, transfer, exchange, freeze; repeats and refusals.
#include <coffer/wallet/wallets.hpp>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

struct Two {
  WalletBook book;
  WalletId ada = book.wallet("ada", "USD");
  WalletId bob = book.wallet("bob", "USD");
};

}  // namespace

TEST_CASE("deposit and withdraw move the balance and the books stay balanced") {
  Two two;
  Wallets& wallets = two.book.wallets();
  const auto paid_in = wallets.deposit(two.ada, "100", "in");
  REQUIRE(paid_in);
  CHECK(!paid_in->existed);
  CHECK(wallets.withdraw(two.ada, "49.99", "out"));
  CHECK(two.book.balance(two.ada) == "50.01");
  const auto cash = two.book.engine->ledger().find_account("clearing:cash:1");
  REQUIRE(cash);
  CHECK(cash->purpose == "cash");
  CHECK(two.book.engine->ledger().balance(cash->id)->posted == Amount(5001));
  CHECK(two.book.engine->ledger().verify({}));
}

TEST_CASE("the same reference with the same content gives the first result again") {
  Two two;
  Wallets& wallets = two.book.wallets();
  const auto first = wallets.deposit(two.ada, "5", "once", "salary");
  const auto again = wallets.deposit(two.ada, "5.00", "once", "salary");
  REQUIRE(first);
  REQUIRE(again);
  CHECK(again->existed);
  CHECK(again->transaction == first->transaction);
  CHECK(again->recorded_at == first->recorded_at);
  CHECK(two.book.balance(two.ada) == "5.00");
}

TEST_CASE("the same reference with other content is already processed") {
  Two two;
  Wallets& wallets = two.book.wallets();
  REQUIRE(wallets.deposit(two.ada, "5", "once"));
  const auto other = wallets.deposit(two.ada, "6", "once");
  REQUIRE(!other);
  CHECK(other.error() == Error{Code::exists_with_different_amount,
                               "transaction already processed: reference 'once' was used for "
                               "transaction 1, which has a different amount"});
  CHECK(wallets.deposit(two.ada, "5", "once", "with a description").error() ==
        Error{Code::exists_with_different_reference,
              "transaction already processed: reference 'once' was used for transaction 1, which "
              "has a different description, rate or rounding"});
  CHECK(two.book.balance(two.ada) == "5.00");
}

TEST_CASE("a reference too long for a key is hashed and still compared whole") {
  Two two;
  Wallets& wallets = two.book.wallets();
  const std::string reference(256, 'r');
  REQUIRE(wallets.deposit(two.ada, "5", reference));
  CHECK(wallets.deposit(two.ada, "5", reference)->existed);
  const auto page = wallets.transactions({.wallet = two.ada});
  REQUIRE(page);
  CHECK(page->lines.at(0).reference == reference);
  CHECK(wallets.deposit(two.ada, "5", reference + "r").error() ==
        Error{Code::text_too_long, "reference: has 257 bytes, 256 are allowed"});
  CHECK(wallets.deposit(two.ada, "5", "").error() ==
        Error{Code::key_required, "reference: is empty"});
  CHECK(wallets.deposit(two.ada, "5", "\xc3").error().code == Code::invalid_utf8);
}

TEST_CASE("an amount text that is not an amount is named with the documents' words") {
  Two two;
  Wallets& wallets = two.book.wallets();
  const auto code_of = [&](std::string_view amount) {
    const auto refused = wallets.deposit(two.ada, amount, "x");
    REQUIRE(!refused);
    CHECK(refused.error().message.substr(0, 22) == "invalid deposit amount");
    return refused.error().code;
  };
  CHECK(code_of("") == Code::amount_syntax);
  CHECK(code_of("1e3") == Code::amount_syntax);
  CHECK(code_of("1,000") == Code::amount_syntax);
  CHECK(code_of("NaN") == Code::amount_syntax);
  CHECK(code_of("0.001") == Code::amount_too_many_places);
  CHECK(code_of("0") == Code::amount_not_positive);
  CHECK(code_of("-100") == Code::amount_not_positive);
  CHECK(code_of(std::string(90, '9')) == Code::amount_overflow);
  CHECK(two.book.balance(two.ada) == "0.00");
}

TEST_CASE("a withdrawal beyond the balance says what there is") {
  Two two;
  two.book.deposit(two.ada, "50", "in");
  const auto refused = two.book.wallets().withdraw(two.ada, "80", "out");
  REQUIRE(!refused);
  CHECK(refused.error() ==
        Error{Code::insufficient_balance,
              "insufficient balance: wallet 1 has 50.00 USD available, 80.00 asked for"});
  CHECK(two.book.balance(two.ada) == "50.00");
  CHECK(two.book.wallets().withdraw(two.ada, "50", "out"));
}

TEST_CASE("held money can't be withdrawn and shows in its bucket") {
  Two two;
  two.book.deposit(two.ada, "50", "in");
  const AccountId account = two.book.wallets().find(two.ada)->account;
  REQUIRE(
      two.book.engine->ledger().reserve({"card", account, Amount(2000), Bucket::held, {}, {}, {}}));
  CHECK(two.book.wallets().withdraw(two.ada, "30.01", "out").error().code ==
        Code::insufficient_balance);
  const auto balance = two.book.wallets().balance(two.ada);
  REQUIRE(balance);
  CHECK(balance->posted == Amount(5000));
  CHECK(balance->available == Amount(3000));
  CHECK(balance->held == Amount(2000));
}

TEST_CASE("a transfer moves money between two wallets of one currency") {
  Two two;
  Wallets& wallets = two.book.wallets();
  two.book.deposit(two.ada, "50", "in");
  REQUIRE(wallets.transfer({two.ada, two.bob, Amount(2000), "gift", "for lunch", {}}));
  CHECK(two.book.balance(two.ada) == "30.00");
  CHECK(two.book.balance(two.bob) == "20.00");
  CHECK(wallets.transfer({two.ada, two.bob, Amount(2000), "gift", "for lunch", {}})->existed);
  CHECK(wallets.transfer({two.ada, two.ada, Amount(1), "self", {}, {}}).error().code ==
        Code::same_account);
  const WalletId euro = two.book.wallet("bob", "EUR");
  CHECK(wallets.transfer({two.ada, euro, Amount(1), "mixed", {}, {}}).error() ==
        Error{Code::asset_mismatch, "wallet 3: is of another currency; use an exchange"});
  CHECK(wallets.transfer({two.ada, WalletId(9), Amount(1), "lost", {}, {}}).error().code ==
        Code::wallet_not_found);
  CHECK(wallets.transfer({two.ada, two.bob, Amount(3001), "more", {}, {}}).error().code ==
        Code::insufficient_balance);
}

TEST_CASE("an exchange is one transaction of two currencies at a stated rounding") {
  Two two;
  Wallets& wallets = two.book.wallets();
  const WalletId yen = two.book.wallet("ada", "JPY");
  two.book.deposit(two.ada, "10.01", "in");
  WalletExchange exchange{.from = two.ada,
                          .to = yen,
                          .amount = Amount(1001),
                          .rate = Rate::parse("150.55").value(),
                          .rounding = Rounding::down,
                          .reference = "change"};
  const auto done = wallets.exchange(exchange);
  REQUIRE(done);
  CHECK(done->received == Amount(1507));
  CHECK(two.book.balance(two.ada) == "0.00");
  CHECK(two.book.balance(yen) == "1507");
  const auto transaction = two.book.engine->ledger().find_transaction(done->receipt.transaction);
  REQUIRE(transaction);
  CHECK(transaction->entries.size() == 4);
  CHECK(transaction->metadata == R"({"rate":"150.55","rounding":"down"})");
  CHECK(two.book.engine->ledger().verify({}));

  CHECK(wallets.exchange(exchange)->receipt.existed);
  exchange.rounding = Rounding::up;
  CHECK(wallets.exchange(exchange).error().code == Code::exists_with_different_entries);
}

TEST_CASE("an exchange that would give nothing is refused") {
  Two two;
  const WalletId yen = two.book.wallet("ada", "JPY");
  two.book.deposit(two.ada, "1", "in");
  const auto refused = two.book.wallets().exchange({.from = two.ada,
                                                    .to = yen,
                                                    .amount = Amount(1),
                                                    .rate = Rate::parse("0.5").value(),
                                                    .reference = "dust"});
  REQUIRE(!refused);
  CHECK(refused.error() ==
        Error{Code::amount_not_positive,
              "invalid exchange amount: nothing would be received at this rate"});
  CHECK(two.book.wallets()
            .exchange({.from = two.ada, .to = two.bob, .amount = Amount(1), .reference = "same"})
            .error()
            .code == Code::asset_mismatch);
}

TEST_CASE("a frozen wallet moves neither way until it is thawed") {
  Two two;
  Wallets& wallets = two.book.wallets();
  two.book.deposit(two.ada, "50", "in");
  REQUIRE(wallets.freeze(two.ada, "case 17"));
  REQUIRE(wallets.freeze(two.ada, "case 17"));
  CHECK(*wallets.is_frozen(two.ada));
  CHECK(wallets.withdraw(two.ada, "1", "out").error() ==
        Error{Code::wallet_frozen, "wallet 1: it is frozen"});
  CHECK(wallets.deposit(two.ada, "1", "in 2").error().code == Code::wallet_frozen);
  CHECK(wallets.transfer({two.ada, two.bob, Amount(1), "gift", {}, {}}).error().code ==
        Code::wallet_frozen);
  CHECK(wallets.balance(two.ada)->frozen == Amount(5000));
  const AccountId account = wallets.find(two.ada)->account;
  CHECK(two.book.engine->ledger().find_account(account)->metadata == "case 17");
  REQUIRE(wallets.thaw(two.ada, "case 17 closed"));
  CHECK(!*wallets.is_frozen(two.ada));
  CHECK(wallets.withdraw(two.ada, "1", "out"));
  CHECK(wallets.freeze(WalletId(9), "none").error().code == Code::wallet_not_found);
}

TEST_CASE("a value date may lie in the past but not in the future") {
  Two two;
  two.book.clock.advance(second_ns);
  Deposit deposit{.wallet = two.ada, .amount = Amount(100), .reference = "late"};
  deposit.effective_at = Timestamp{new_year_2026_ns - 86'400 * second_ns};
  REQUIRE(two.book.wallets().deposit(deposit));
  CHECK(two.book.wallets().transactions({.wallet = two.ada})->lines.at(0).effective_at ==
        deposit.effective_at);
  deposit.reference = "early";
  deposit.effective_at = Timestamp{new_year_2026_ns + 60 * second_ns};
  CHECK(two.book.wallets().deposit(deposit).error().code == Code::effective_in_future);
}

TEST_CASE("money questions about a wallet that is not there say so") {
  WalletBook book;
  CHECK(book.wallets().deposit(WalletId(1), "1", "x").error() ==
        Error{Code::wallet_not_found, "wallet 1: not found"});
  CHECK(book.wallets().balance(WalletId(1)).error().code == Code::wallet_not_found);
  CHECK(book.wallets().is_frozen(WalletId(0)).error().code == Code::wallet_not_found);
}

TEST_CASE("a wallet with a limit or closed says which of the two refuses the deposit") {
  Two two;
  Ledger& ledger = two.book.engine->ledger();
  const AccountId account = two.book.wallets().find(two.ada)->account;
  PolicyChange change;
  change.account = account;
  change.policy.maximum = Amount(1000);
  REQUIRE(ledger.change_account(change));
  CHECK(two.book.wallets().deposit(two.ada, "10.01", "much").error() ==
        Error{Code::exceeds_limit, "wallet 1: the balance would rise above its maximum"});
  change.policy.is_closed = true;
  REQUIRE(ledger.change_account(change));
  CHECK(two.book.wallets().deposit(two.ada, "1", "late").error() ==
        Error{Code::account_closed, "wallet 1: it is closed"});
  CHECK(two.book.wallets().freeze(two.ada, "too late").error().code == Code::account_closed);
}

TEST_CASE("a balance beyond 256 bits is refused") {
  Two two;
  Deposit deposit{.wallet = two.ada, .amount = Amount::max(), .reference = "all"};
  REQUIRE(two.book.wallets().deposit(deposit));
  deposit.reference = "more";
  deposit.amount = Amount(1);
  CHECK(two.book.wallets().deposit(deposit).error().code == Code::amount_overflow);
}
