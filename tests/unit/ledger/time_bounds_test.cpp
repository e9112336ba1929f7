// SPDX-License-Identifier: MIT
// Clocks that are absurd, and a newest commit whose time is: no time of recording overflows.
#include "ledger/time_bounds.hpp"

#include <limits>

#include <doctest/doctest.h>
#include <coffer/storage/rows_ledger.hpp>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;

namespace {

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

/// Closes the book and adds a commit as damage could have made it.
void add_commit(BookFixture& book, std::int64_t recorded_at) {
  const auto head = book.ledger->chain_head();
  REQUIRE(head);
  REQUIRE(book.ledger->close());
  storage::CommitRow commit;
  commit.id = head->commit.value() + 2;  // closing was a commit
  commit.recorded_at = recorded_at;
  const auto unit = book.storage->begin();
  REQUIRE(unit);
  REQUIRE((*unit)->append(commit));
  REQUIRE((*unit)->commit());
}

}  // namespace

TEST_CASE("a clock that says the last moment there is, or the first, overflows no time") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  SUBCASE("the last: it counts as the year 2200") {
    book.clock.set(Timestamp{int64_max});
    CHECK(book.move("d1", bank, user, 1).recorded_at.ns == 7'258'118'400'000'000'000);
  }
  SUBCASE("the first: time goes on from the last commit") {
    book.clock.set(Timestamp{int64_min});
    CHECK(book.move("d1", bank, user, 1).recorded_at.ns > 1'700'000'000'000'000'000);
  }
  const std::int64_t first = book.ledger->find_transaction("d1")->recorded_at.ns;
  const std::int64_t second = book.move("d2", bank, user, 1).recorded_at.ns;
  CHECK(second > first);
  CHECK(second < first + 10);
  REQUIRE(book.ledger->close());
  LedgerOptions options;
  options.rebuild_index = true;
  book.open(options);
  CHECK(book.move("d3", bank, user, 1).recorded_at.ns > second);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("a newest commit from beyond any clock is refused by name instead of counted on") {
  BookFixture book;
  LedgerOptions options;
  options.use_builder_thread = false;
  SUBCASE("the last moment there is") { add_commit(book, int64_max); }
  SUBCASE("the first one that is too late") { add_commit(book, 8'411'039'904'606'846'977); }
  SUBCASE("also when the index is to be built again") {
    add_commit(book, int64_max);
    options.rebuild_index = true;
  }
  const auto opened = Ledger::open(*book.storage, book.clock, options);
  REQUIRE(!opened);
  CHECK(opened.error().code == Code::storage_corrupt);
  CHECK(opened.error().message.find("recorded_at") != std::string::npos);
}

TEST_CASE("the last time that is believed still has room after it") {
  BookFixture book;
  add_commit(book, ledger::recorded_at_max);
  book.open();
  CHECK(book.ledger->chain_head()->recorded_at.ns == 8'411'039'904'606'846'977);
}
