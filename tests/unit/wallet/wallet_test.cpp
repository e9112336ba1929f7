// SPDX-License-Identifier: MIT
// Creating, finding and listing wallets; their history in the words of wallets.
#include <coffer/wallet/wallet.hpp>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

std::string types_of(const std::vector<WalletTransaction>& lines) {
  std::string text;
  for (const WalletTransaction& line : lines) {
    text.append(text.empty() ? "" : " ").append(name_of(line.type));
  }
  return text;
}

/// ada: USD +100, -30, 20 to bob, 10 changed into EUR; ids 1..4 of the journal.
struct Busy {
  Busy() {
    book.deposit(ada, "100", "pay-in");
    REQUIRE(book.wallets().withdraw(ada, "30", "pay-out", "rent"));
    REQUIRE(book.wallets().transfer({ada, bob, Amount(2000), "gift", {}, {}}));
    REQUIRE(book.wallets().exchange(
        {ada, euro, Amount(1000), Rate::parse("0.9").value(), Rounding::down, "change", {}, {}}));
  }
  WalletBook book;
  WalletId ada = book.wallet("ada", "USD");
  WalletId bob = book.wallet("bob", "USD");
  WalletId euro = book.wallet("ada", "EUR");
};

}  // namespace

TEST_CASE("create registers a built-in currency on first use") {
  WalletBook book;
  const auto created = book.wallets().create({"20241222", "USD", "main"});
  REQUIRE(created);
  CHECK(!created->existed);
  CHECK(created->wallet.id == WalletId(1));
  CHECK(created->wallet.user == "20241222");
  CHECK(created->wallet.asset.code == "USD");
  CHECK(created->wallet.asset.scale == 2);
  CHECK(created->wallet.kind == WalletKind::traditional);
  CHECK(created->wallet.label == "main");
  CHECK(created->wallet.recorded_at.ns >= new_year_2026_ns);
}

TEST_CASE("a user has one wallet per currency and a repeat gives the first") {
  WalletBook book;
  const auto first = book.wallets().create({"ada", "USD", "main"});
  const auto again = book.wallets().create({"ada", "USD", "other label"});
  const auto euro = book.wallets().create({"ada", "EUR", {}});
  REQUIRE(first);
  REQUIRE(again);
  REQUIRE(euro);
  CHECK(again->existed);
  CHECK(again->wallet.id == first->wallet.id);
  CHECK(again->wallet.label == "main");
  CHECK(euro->wallet.id != first->wallet.id);
}

TEST_CASE("create names the field that is wrong") {
  WalletBook book;
  CHECK(book.wallets().create({"", "USD", {}}).error() ==
        Error{Code::invalid_argument, "user: is empty"});
  CHECK(book.wallets().create({"ada", "", {}}).error() ==
        Error{Code::invalid_argument, "currency: is empty"});
  CHECK(book.wallets().create({std::string(129, 'u'), "USD", {}}).error() ==
        Error{Code::text_too_long, "user: has 129 bytes, 128 are allowed"});
  CHECK(book.wallets().create({"ada", "usd", {}}).error() ==
        Error{Code::asset_not_found, "currency: 'usd' is neither registered nor built in"});
  CHECK(book.wallets().create({"\xff", "USD", {}}).error().code == Code::invalid_utf8);
  CHECK(book.wallets().create({std::string(128, 'u'), "USD", {}}));
}

TEST_CASE("an asset that the host registered may be a wallet's currency") {
  WalletBook book;
  REQUIRE(book.engine->ledger().register_asset({"POINTS", 0, AssetKind::fiat, {}, {}, {}}));
  const WalletId points = book.wallet("ada", "POINTS");
  book.deposit(points, "250", "bonus");
  CHECK(book.balance(points) == "250");
}

TEST_CASE("a wallet is found by id and by user and currency") {
  WalletBook book;
  const WalletId id = book.wallet("ada", "USD");
  CHECK(book.wallets().find(id)->user == "ada");
  CHECK(book.wallets().find("ada", "USD")->id == id);
  CHECK(book.wallets().find(WalletId(99)).error() ==
        Error{Code::wallet_not_found, "wallet 99: not found"});
  CHECK(book.wallets().find("ada", "EUR").error().code == Code::asset_not_found);
  book.wallet("bob", "EUR");
  CHECK(book.wallets().find("ada", "EUR").error() ==
        Error{Code::wallet_not_found, "user 'ada': has no EUR wallet"});
}

TEST_CASE("a user's wallets are listed page by page") {
  WalletBook book;
  const WalletId dollar = book.wallet("ada", "USD");
  const WalletId other = book.wallet("bob", "EUR");
  const WalletId euro = book.wallet("ada", "EUR");
  const WalletId franc = book.wallet("ada", "CHF");
  const auto first = book.wallets().list("ada", {}, 2);
  REQUIRE(first);
  REQUIRE(first->size() == 2);
  CHECK((*first)[0].id == dollar);
  CHECK((*first)[1].id == euro);
  const auto second = book.wallets().list("ada", (*first)[1].id, 2);
  REQUIRE(second);
  REQUIRE(second->size() == 1);
  CHECK((*second)[0].id == franc);
  CHECK((*second)[0].asset.code == "CHF");
  const auto all = book.wallets().list("", {}, 10);
  REQUIRE(all);
  CHECK(all->size() == 4);
  CHECK((*all)[1].id == other);
  CHECK(book.wallets().list("nobody", {}, 10)->empty());
  CHECK(book.wallets().list("ada", {}, 0).error().code == Code::out_of_range);
  CHECK(book.wallets().list("ada", other, 5).error().code == Code::wallet_not_found);
}

TEST_CASE("transactions come newest first with the balance before and after each") {
  Busy busy;
  const auto page = busy.book.wallets().transactions({.wallet = busy.ada});
  REQUIRE(page);
  CHECK(types_of(page->lines) == "exchange_out transfer_out withdraw deposit");
  CHECK(!page->has_more);
  const WalletTransaction& withdrawal = page->lines[2];
  CHECK(withdrawal.amount == Amount(3000));
  CHECK(withdrawal.balance_before == Amount(10000));
  CHECK(withdrawal.balance_after == Amount(7000));
  CHECK(withdrawal.reference == "pay-out");
  CHECK(withdrawal.description == "rent");
  CHECK(!withdrawal.is_incoming);
  CHECK(page->lines[3].is_incoming);
  CHECK(page->lines[3].description.empty());
}

TEST_CASE("transactions are filtered by type, reference, amount and time") {
  Busy busy;
  const auto find = [&busy](WalletQuery query) {
    const auto page = busy.book.wallets().transactions(query);
    REQUIRE(page);
    return types_of(page->lines);
  };
  CHECK(find({.wallet = busy.ada, .type = WalletTransactionType::withdraw}) == "withdraw");
  CHECK(find({.wallet = busy.bob, .type = WalletTransactionType::transfer_in}) == "transfer_in");
  CHECK(find({.wallet = busy.bob, .type = WalletTransactionType::transfer_out}).empty());
  CHECK(find({.wallet = busy.euro, .type = WalletTransactionType::exchange_in}) == "exchange_in");
  CHECK(find({.wallet = busy.ada, .reference = "gift"}) == "transfer_out");
  CHECK(find({.wallet = busy.ada, .amount_min = Amount(2000), .amount_max = Amount(3000)}) ==
        "transfer_out withdraw");
  CHECK(find({.wallet = busy.ada, .recorded_to = Timestamp{new_year_2026_ns}}).empty());
}

TEST_CASE("what is posted to a wallet's account by way of the ledger is shown as other") {
  Busy busy;
  REQUIRE(busy.book.engine->ledger().reverse({"undo", TransactionId(2), 0, {}, {}, "by mistake"}));
  const auto page =
      busy.book.wallets().transactions({.wallet = busy.ada, .type = WalletTransactionType::other});
  REQUIRE(page);
  REQUIRE(page->lines.size() == 1);
  CHECK(page->lines[0].is_incoming);
  CHECK(page->lines[0].amount == Amount(3000));
  CHECK(page->lines[0].description == "by mistake");
}

TEST_CASE("a cursor continues where the page before ended, whatever came meanwhile") {
  Busy busy;
  const auto first = busy.book.wallets().transactions({.wallet = busy.ada, .limit = 2});
  REQUIRE(first);
  CHECK(first->has_more);
  busy.book.deposit(busy.ada, "1", "meanwhile");
  const auto second =
      busy.book.wallets().transactions({.wallet = busy.ada, .after = first->next, .limit = 2});
  REQUIRE(second);
  CHECK(types_of(second->lines) == "withdraw deposit");
  CHECK(!second->has_more);
  CHECK(busy.book.wallets().transactions({.wallet = busy.ada, .limit = 0}).error().code ==
        Code::out_of_range);
  CHECK(busy.book.wallets().transactions({.wallet = WalletId(9)}).error().code ==
        Code::wallet_not_found);
}

TEST_CASE("a page by number says how many lines there are in all") {
  WalletBook book;
  const WalletId wallet = book.wallet("ada", "USD");
  for (int i = 1; i <= 12; ++i) {
    book.deposit(wallet, std::to_string(i), "r" + std::to_string(i));
  }
  const auto second = book.wallets().transactions({.wallet = wallet}, 2, 5);
  REQUIRE(second);
  CHECK(second->total == 12);
  CHECK(second->page == 2);
  CHECK(second->page_size == 5);
  REQUIRE(second->lines.size() == 5);
  CHECK(second->lines[0].reference == "r7");
  CHECK(second->lines[4].reference == "r3");
  CHECK(book.wallets().transactions({.wallet = wallet}, 3, 5)->lines.size() == 2);
  CHECK(book.wallets().transactions({.wallet = wallet}, 4, 5)->lines.empty());
  CHECK(book.wallets().transactions({.wallet = wallet}, 0, 5).error().code == Code::out_of_range);
  CHECK(book.wallets().transactions({.wallet = wallet}, 1, 1001).error().code ==
        Code::out_of_range);
  CHECK(book.wallets()
            .transactions({.wallet = wallet}, 9'000'000'000'000'000'000, 1000)
            .error()
            .code == Code::out_of_range);
}
