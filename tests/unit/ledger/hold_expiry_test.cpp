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
