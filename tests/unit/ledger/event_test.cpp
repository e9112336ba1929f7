// SPDX-License-Identifier: MIT
// Events arrive in commit order, after the commit, and only for what happened or was refused.
#include <coffer/ledger/event.hpp>

#include <vector>

#include <doctest/doctest.h>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;
using coffer::test::second_ns;

namespace {

struct Recorder final : EventSink {
  void on_event(const Event& event) noexcept override { events.push_back(event); }
  std::vector<Event> events;
};

}  // namespace

TEST_CASE("the sink hears of postings, holds, expiries and refusals") {
  Recorder recorder;
  BookFixture book;
  REQUIRE(book.ledger->close());
  LedgerOptions options;
  options.events = &recorder;
  book.open(options);
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("a", bank, user, 10).code == Code::ok);
  REQUIRE(book.ledger->reserve(
      {"h", user, Amount(10), Bucket::held, {}, Timestamp{book.clock.now().ns + second_ns}, {}}));
  CHECK(book.move("b", user, bank, 1).code == Code::exceeds_balance);
  CHECK(book.move("a", bank, user, 10).existed);
  book.clock.advance(second_ns);
  CHECK(book.move("c", user, bank, 1).code == Code::ok);
  std::vector<EventKind> kinds;
  for (const Event& event : recorder.events) {
    kinds.push_back(event.kind);
  }
  CHECK(kinds == std::vector<EventKind>{EventKind::account_opened, EventKind::account_opened,
                                        EventKind::posted, EventKind::held, EventKind::rejected,
                                        EventKind::expired, EventKind::posted});
  CHECK(recorder.events[4].code == Code::exceeds_balance);
  CHECK(recorder.events[4].subject == user.value());
  CHECK(book.ledger->statistics()->rejected == 1);
  CHECK(book.ledger->statistics()->repeated == 1);
}
