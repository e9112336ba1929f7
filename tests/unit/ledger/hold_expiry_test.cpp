// SPDX-License-Identifier: MIT
// Holds that end at the very nanosecond at which something else happens to them.
#include <coffer/ledger/ledger.hpp>

#include <doctest/doctest.h>

#include <string>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;
using coffer::test::code_of;
using coffer::test::second_ns;

namespace {

/// A book with 100 at `user`, of which 60 are held until `ahead_ns` after the present time.
struct HeldBook : BookFixture {
  AccountId bank = source("bank");
  AccountId user = account("user");
  HoldId hold;

  explicit HeldBook(std::int64_t ahead_ns) {
    REQUIRE(move("d1", bank, user, 100).code == Code::ok);
    clock.advance(second_ns);
    HoldDraft draft;
    draft.key = "h1";
    draft.account = user;
    draft.amount = Amount(60);
    draft.destination = bank;
    draft.expires_at = Timestamp{clock.now().ns + second_ns + ahead_ns};
    const auto outcome = ledger->reserve(draft);
    REQUIRE(outcome);
    hold = HoldId(outcome->id);
    clock.advance(second_ns);
  }

  std::string verdict() {
    const auto report = ledger->verify({});
    return report ? "right" : report.error().message;
  }
};

}  // namespace

TEST_CASE("a release around the nanosecond of expiry is whole or refused") {
  for (std::int64_t ahead = -2; ahead <= 6; ++ahead) {
    HeldBook book(ahead);
    const auto released = book.ledger->release(book.hold);
    CHECK(code_of(released) == (ahead <= 0 ? Code::hold_not_open : Code::ok));
    CHECK(book.balance(book.user).available == Amount(100));
    CHECK(book.verdict() == "right");
  }
}

TEST_CASE("a capture around the nanosecond of expiry is whole or refused") {
  for (const bool is_final : {false, true}) {
    for (std::int64_t ahead = -2; ahead <= 6; ++ahead) {
      HeldBook book(ahead);
      Capture capture;
      capture.key = "c1";
      capture.hold = book.hold;
      capture.amount = Amount(20);
      capture.is_final = is_final;
      const auto captured = book.ledger->capture(capture);
      CHECK(code_of(captured) == (ahead <= 0 ? Code::hold_not_open : Code::ok));
      CHECK(book.balance(book.user).posted == Amount(ahead <= 0 ? 100 : 80));
      CHECK(book.verdict() == "right");
    }
  }
}

TEST_CASE("a hold that ends while others are told to be over is over too") {
  // Each expiry takes a nanosecond of its own, so what comes after many of them comes later.
  constexpr int others = 5;
  for (std::int64_t ahead = 0; ahead <= others + 2; ++ahead) {
    HeldBook book(ahead);
    const Timestamp end = book.clock.now();
    book.clock.set(Timestamp{end.ns - second_ns / 2});
    for (int i = 0; i < others; ++i) {
      const std::string key = "other-" + std::to_string(i);
      HoldDraft draft;
      draft.key = key;
      draft.account = book.user;
      draft.amount = Amount(1);
      draft.expires_at = end;
      REQUIRE(book.ledger->reserve(draft));
    }
    book.clock.set(end);
    Capture capture;
    capture.key = "c1";
    capture.hold = book.hold;
    CHECK(code_of(book.ledger->capture(capture)) ==
          (ahead <= others ? Code::hold_not_open : Code::ok));
    CHECK(book.verdict() == "right");
  }
}

TEST_CASE("after a restart a hold that is over binds nobody, whoever looks at its account first") {
  HeldBook book(second_ns);
  const AccountId other = book.source("other");
  book.clock.advance(2 * second_ns);
  book.ledger.reset();
  book.open();
  const Entry entries[] = {{other, Side::debit, Amount(1)}, {book.bank, Side::credit, Amount(1)}};
  const Condition condition{book.user, Amount(100)};
  Draft draft;
  draft.key = "only if user has 100";
  draft.entries = entries;
  draft.conditions = {&condition, 1};
  CHECK(book.ledger->check(draft)->empty());
  book.ledger.reset();
  book.open();
  CHECK(code_of(book.ledger->post(draft)) == Code::ok);
  CHECK(book.verdict() == "right");
}

TEST_CASE("after a restart a capture from another account sees the destination's holds as over") {
  HeldBook book(0);
  // What is paid to cash at the bank lowers the cash when the source is a user's account.
  AccountDraft draft;
  draft.key = "cash";
  draft.asset = book.usd;
  draft.normal_side = Side::debit;
  const auto cash = book.ledger->open_account(draft);
  REQUIRE(cash);
  REQUIRE(book.move("d2", *cash, book.bank, 50).code == Code::ok);
  HoldDraft hold;
  hold.key = "all of the cash";
  hold.account = *cash;
  hold.amount = Amount(50);
  hold.expires_at = Timestamp{book.clock.now().ns + second_ns};
  REQUIRE(book.ledger->reserve(hold));
  hold.key = "payment";
  hold.account = book.user;
  hold.destination = *cash;
  hold.expires_at = {};
  const auto payment = book.ledger->reserve(hold);
  REQUIRE(payment);
  book.clock.advance(2 * second_ns);
  book.ledger.reset();
  book.open();
  Capture capture;
  capture.key = "c";
  capture.hold = HoldId(payment->id);
  CHECK(code_of(book.ledger->capture(capture)) == Code::ok);
  CHECK(book.balance(*cash).posted == Amount(0));
  CHECK(book.verdict() == "right");
}
