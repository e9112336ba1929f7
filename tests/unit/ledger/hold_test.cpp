// SPDX-License-Identifier: MIT
// Holds: reserve, capture in parts, release, and expiry at an exact time.
#include <coffer/ledger/hold.hpp>

#include <doctest/doctest.h>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;
using coffer::test::code_of;
using coffer::test::second_ns;

namespace {

struct HoldFixture : BookFixture {
  HoldFixture() : bank(source("bank")), user(account("user")), shop(account("shop")) {
    REQUIRE(move("fill", bank, user, 1000).code == Code::ok);
  }
  Result<Outcome> reserve(std::string_view key, std::int64_t amount, Timestamp expires_at = {}) {
    return ledger->reserve({key, user, Amount(amount), Bucket::held, shop, expires_at, {}});
  }

  AccountId bank;
  AccountId user;
  AccountId shop;
};

}  // namespace

TEST_CASE("a hold lowers what is available and leaves what is posted") {
  HoldFixture book;
  REQUIRE(book.reserve("h1", 300));
  const Balance balance = book.balance(book.user);
  CHECK(balance.posted == Amount(1000));
  CHECK(balance.held == Amount(300));
  CHECK(balance.available == Amount(700));
  CHECK(book.move("t", book.user, book.bank, 701).code == Code::exceeds_balance);
  CHECK(code_of(book.reserve("h2", 701)) == Code::exceeds_balance);
  CHECK(book.reserve("h1", 300)->existed);
  CHECK(code_of(book.reserve("h1", 301)) == Code::exists_with_different_amount);
  CHECK(code_of(book.reserve("h1", 300, Timestamp{book.clock.now().ns + second_ns})) ==
        Code::exists_with_different_expiry);
}

TEST_CASE("a hold can be captured several times, up to what is left") {
  HoldFixture book;
  const HoldId hold(book.reserve("h1", 300)->id);
  REQUIRE(book.ledger->capture({"c1", hold, Amount(100), {}, false, 0, {}, {}}));
  REQUIRE(book.ledger->capture({"c2", hold, Amount(150), {}, false, 0, {}, {}}));
  CHECK(code_of(book.ledger->capture({"c3", hold, Amount(51), {}, false, 0, {}, {}})) ==
        Code::exceeds_hold);
  CHECK(book.balance(book.shop).posted == Amount(250));
  CHECK(book.balance(book.user).held == Amount(50));
  REQUIRE(book.ledger->capture({"c4", hold, {}, {}, false, 0, {}, {}}));
  CHECK(book.balance(book.shop).posted == Amount(300));
  CHECK(book.ledger->find_hold(hold)->state == HoldState::captured);
  CHECK(code_of(book.ledger->capture({"c5", hold, {}, {}, false, 0, {}, {}})) ==
        Code::hold_not_open);
  const auto again = book.ledger->capture({"c1", hold, Amount(100), {}, false, 0, {}, {}});
  REQUIRE(again);
  CHECK(again->existed);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("a final capture releases the rest") {
  HoldFixture book;
  const HoldId hold(book.reserve("h1", 300)->id);
  REQUIRE(book.ledger->capture({"c1", hold, Amount(120), {}, true, 0, {}, {}}));
  CHECK(book.balance(book.user).available == Amount(880));
  CHECK(book.balance(book.user).held == Amount(0));
  CHECK(book.ledger->open_holds(book.user)->empty());
  CHECK(book.ledger->verify({}));
}

TEST_CASE("a capture that is repeated asks for what it did, or is refused") {
  HoldFixture book;
  const HoldId hold(book.reserve("h1", 300)->id);
  const auto capture = [&](std::string_view key, std::optional<Amount> amount, bool is_final) {
    return book.ledger->capture({key, hold, amount, {}, is_final, 0, {}, {}});
  };
  REQUIRE(capture("part", Amount(100), false));
  CHECK(capture("part", Amount(100), false)->existed);
  // All that was left were 300; and nothing was given back.
  CHECK(code_of(capture("part", {}, false)) == Code::exists_with_different_amount);
  CHECK(code_of(capture("part", Amount(100), true)) == Code::exists_with_different_amount);
  REQUIRE(capture("last", Amount(150), true));
  CHECK(capture("last", Amount(150), true)->existed);
  CHECK(code_of(capture("last", {}, true)) == Code::exists_with_different_amount);
  book.ledger.reset();
  book.open();
  CHECK(code_of(capture("part", {}, false)) == Code::exists_with_different_amount);
  CHECK(capture("last", Amount(150), true)->existed);
  CHECK(book.balance(book.user).available == Amount(750));
}

TEST_CASE("a capture of all that is left is the same again with the amount or without") {
  HoldFixture book;
  const HoldId hold(book.reserve("h1", 300)->id);
  const auto capture = [&](std::string_view key, std::optional<Amount> amount, bool is_final) {
    return book.ledger->capture({key, hold, amount, {}, is_final, 0, {}, {}});
  };
  REQUIRE(capture("part", Amount(100), false));
  REQUIRE(capture("rest", {}, false));
  for (const bool is_final : {false, true}) {
    CHECK(capture("rest", {}, is_final)->existed);
    CHECK(capture("rest", Amount(200), is_final)->existed);
  }
  CHECK(code_of(capture("part", {}, false)) == Code::exists_with_different_amount);
}

TEST_CASE("a released hold gives the money back and can't be released twice") {
  HoldFixture book;
  const HoldId hold(book.reserve("h1", 300)->id);
  REQUIRE(book.ledger->release(hold));
  CHECK(book.balance(book.user).available == Amount(1000));
  CHECK(code_of(book.ledger->release(hold)) == Code::hold_not_open);
  CHECK(code_of(book.ledger->release(HoldId(9))) == Code::hold_not_found);
}

TEST_CASE("a hold is over at its exact time of expiry, not a nanosecond before") {
  HoldFixture book;
  const Timestamp end{book.clock.now().ns + 60 * second_ns};
  const HoldId hold(book.reserve("h1", 1000, end)->id);
  book.clock.set(Timestamp{end.ns - 1});
  CHECK(book.balance(book.user).available == Amount(0));
  CHECK(book.ledger->find_hold(hold)->state == HoldState::open);
  book.clock.set(end);
  CHECK(book.balance(book.user).available == Amount(1000));
  CHECK(book.ledger->find_hold(hold)->state == HoldState::expired);
  // Nobody has journaled the expiry yet; the money can be spent all the same.
  CHECK(book.move("t", book.user, book.bank, 1000).code == Code::ok);
  CHECK(code_of(book.ledger->capture({"c", hold, {}, {}, false, 0, {}, {}})) ==
        Code::hold_not_open);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("a hold that expires while the book is closed is over when it opens") {
  HoldFixture book;
  REQUIRE(book.reserve("h1", 1000, Timestamp{book.clock.now().ns + second_ns}));
  REQUIRE(book.ledger->close());
  book.clock.advance(2 * second_ns);
  book.open();
  CHECK(book.move("t", book.user, book.bank, 1000).code == Code::ok);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("expiries can be journaled on demand") {
  HoldFixture book;
  REQUIRE(book.reserve("h1", 10, Timestamp{book.clock.now().ns + second_ns}));
  REQUIRE(book.reserve("h2", 10, Timestamp{book.clock.now().ns + second_ns}));
  REQUIRE(book.reserve("h3", 10));
  REQUIRE(book.ledger->close());
  book.clock.advance(2 * second_ns);
  book.open();
  CHECK(book.ledger->expire_due_holds().value() == 2);
  CHECK(book.ledger->expire_due_holds().value() == 0);
  CHECK(book.ledger->open_holds(book.user)->size() == 1);
  CHECK(book.ledger->statistics()->expired_holds == 2);
}

TEST_CASE("each bucket of a balance counts its own holds") {
  HoldFixture book;
  REQUIRE(book.ledger->reserve({"p", book.user, Amount(100), Bucket::pending, {}, {}, {}}));
  REQUIRE(book.ledger->reserve({"f", book.user, Amount(50), Bucket::frozen, {}, {}, {}}));
  const Balance balance = book.balance(book.user);
  CHECK(balance.pending == Amount(100));
  CHECK(balance.frozen == Amount(50));
  CHECK(balance.available == Amount(850));
  REQUIRE(book.ledger->change_account({book.user, {Amount(0), {}, true, false}, {}}));
  CHECK(book.balance(book.user).frozen == Amount(900));
  CHECK(book.balance(book.user).available == Amount(0));
}

TEST_CASE("bad holds and captures are refused with the reason") {
  HoldFixture book;
  const auto refused = [&](auto change) {
    HoldDraft draft{"x", book.user, Amount(1), Bucket::held, book.shop, {}, {}};
    change(draft);
    return code_of(book.ledger->reserve(draft));
  };
  const AccountId euro = book.account("euro", book.asset("EUR", 2), {});
  CHECK(refused([](HoldDraft& d) { d.key = ""; }) == Code::key_required);
  CHECK(refused([](HoldDraft& d) { d.amount = Amount(0); }) == Code::amount_not_positive);
  CHECK(refused([](HoldDraft& d) { d.account = AccountId(77); }) == Code::account_not_found);
  CHECK(refused([&](HoldDraft& d) { d.destination = book.user; }) == Code::same_account);
  CHECK(refused([&](HoldDraft& d) { d.destination = euro; }) == Code::asset_mismatch);
  CHECK(refused([&](HoldDraft& d) { d.expires_at = book.clock.now(); }) == Code::invalid_argument);
  REQUIRE(book.ledger->reserve({"open", book.user, Amount(5), Bucket::held, {}, {}, {}}));
  CHECK(code_of(book.ledger->capture({"c", HoldId(1), {}, {}, false, 0, {}, {}})) ==
        Code::invalid_argument);
  CHECK(code_of(book.ledger->capture({"c", HoldId(1), Amount(0), book.shop, false, 0, {}, {}})) ==
        Code::amount_not_positive);
  CHECK(code_of(book.ledger->capture({"c", HoldId(8), {}, book.shop, false, 0, {}, {}})) ==
        Code::hold_not_found);
  CHECK(code_of(book.ledger->capture({"fill", HoldId(1), {}, book.shop, false, 0, {}, {}})) ==
        Code::exists_with_different_kind);
}

TEST_CASE("holds whose sum does not fit 256 bits are refused") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId other = book.source("other");
  const Amount half = Amount::from_limbs({0, 0, 0, 1ULL << 62U});
  Transfer transfer;
  transfer.key = "t";
  transfer.debit = other;
  transfer.credit = bank;
  transfer.amount = half;
  REQUIRE(book.transfer(transfer).code == Code::ok);
  HoldDraft draft;
  draft.key = "h1";
  draft.account = bank;
  draft.amount = half;
  REQUIRE(book.ledger->reserve(draft));
  draft.key = "h2";
  CHECK(code_of(book.ledger->reserve(draft)) == Code::amount_overflow);
  CHECK(book.balance(bank).available == Amount(0));
  CHECK(book.ledger->verify({}).has_value());
}

TEST_CASE("a posting after which the available balance would not fit 256 bits is refused") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId other = book.source("other");
  const Amount half = Amount::from_limbs({0, 0, 0, 1ULL << 62U});
  HoldDraft draft;
  draft.key = "h";
  draft.account = bank;
  draft.amount = half;
  REQUIRE(book.ledger->reserve(draft));
  Transfer transfer;
  transfer.key = "t1";
  transfer.debit = bank;
  transfer.credit = other;
  transfer.amount = half;
  REQUIRE(book.transfer(transfer).code == Code::ok);
  // Posted is -2^254 and available -2^255, the least that fits.
  transfer.key = "t2";
  transfer.amount = Amount(1);
  CHECK(book.transfer(transfer).code == Code::amount_overflow);
  CHECK(book.balance(bank).available == Amount::min());
  CHECK(book.ledger->verify({}).has_value());
}
