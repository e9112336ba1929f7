// SPDX-License-Identifier: MIT
// Stored records: history, pages, detail, and the range that a record is about.
#include <coffer/reconcile/reconciliation.hpp>

#include <array>

#include "support/wallet_book.hpp"

namespace {

using namespace coffer;

constexpr Timestamp at(std::int64_t seconds) {
  return Timestamp{new_year_2026_ns + seconds * second_ns};
}

/// Deposits of 10.00 at the seconds 10, 20 and 30 after the new year; now is second 100.
struct Deposited {
  Deposited() {
    for (int second = 10; second <= 30; second += 10) {
      book.clock.set(at(second));
      book.deposit(wallet, "10", "at " + std::to_string(second));
    }
    book.clock.set(at(100));
  }
  Reconciliation run(std::int64_t from, std::int64_t to, std::int64_t external) {
    const auto record = book.engine->reconciler().run({.wallet = wallet,
                                                       .start_at = at(from),
                                                       .end_at = at(to),
                                                       .external_balance = Amount(external)});
    REQUIRE(record);
    return *record;
  }
  WalletBook book;
  WalletId wallet = book.wallet("ada", "USD");
};

}  // namespace

TEST_CASE("a record is found again as it was returned") {
  Deposited books;
  const Reconciliation record = books.run(0, 25, 2005);
  const auto found = books.book.engine->reconciler().find(record.id);
  REQUIRE(found);
  CHECK(found->wallet == books.wallet);
  CHECK(found->start_at == at(0));
  CHECK(found->end_at == at(25));
  CHECK(found->system_balance == Amount(2000));
  CHECK(found->external_balance == Amount(2005));
  CHECK(found->difference == Amount(5));
  CHECK(found->status == ReconciliationStatus::mismatch);
  CHECK(found->recorded_at == record.recorded_at);
  CHECK(books.book.engine->reconciler().find(ReconciliationId(9)).error() ==
        Error{Code::reconciliation_not_found, "reconciliation 9: not found"});
}

TEST_CASE("history comes newest first, page by page, by cursor and by number") {
  Deposited books;
  for (int end = 11; end <= 15; ++end) {
    books.run(0, end, 1000);
  }
  const Reconciler& reconciler = books.book.engine->reconciler();
  const auto first = reconciler.history({.wallet = books.wallet, .limit = 2});
  REQUIRE(first);
  REQUIRE(first->records.size() == 2);
  CHECK(first->records[0].end_at == at(15));
  CHECK(first->records[1].end_at == at(14));
  CHECK(first->has_more);
  const auto last = reconciler.history({.wallet = books.wallet, .before = first->next, .limit = 3});
  REQUIRE(last);
  REQUIRE(last->records.size() == 3);
  CHECK(last->records[2].end_at == at(11));
  CHECK(!last->has_more);
  const auto numbered = reconciler.history(books.wallet, 2, 2);
  REQUIRE(numbered);
  CHECK(numbered->total == 5);
  REQUIRE(numbered->records.size() == 2);
  CHECK(numbered->records[0].end_at == at(13));
  CHECK(reconciler.history(books.wallet, 0, 2).error().code == Code::out_of_range);
  CHECK(reconciler.history(books.wallet, 1, 0).error().code == Code::out_of_range);
  CHECK(reconciler.history({.wallet = WalletId(9)}).error().code == Code::wallet_not_found);
  CHECK(reconciler.history({.wallet = books.wallet, .limit = 1001}).error().code ==
        Code::out_of_range);
}

TEST_CASE("a matched record with a difference is still listed among the differences") {
  Deposited books;
  books.run(0, 15, 1000);
  const auto tolerated = books.book.engine->reconciler().run({.wallet = books.wallet,
                                                              .start_at = at(15),
                                                              .end_at = at(25),
                                                              .external_balance = Amount(1999),
                                                              .tolerance = Amount(1)});
  REQUIRE(tolerated);
  CHECK(tolerated->status == ReconciliationStatus::matched);
  const auto page =
      books.book.engine->reconciler().history({.wallet = books.wallet, .only_differences = true});
  REQUIRE(page);
  REQUIRE(page->records.size() == 1);
  CHECK(page->records[0].id == tolerated->id);
  CHECK(page->records[0].difference == Amount(-1));
}

TEST_CASE("detail shows how opening and transactions add up to the system balance") {
  Deposited books;
  const Reconciliation record = books.run(15, 35, 3000);
  const auto detail = books.book.engine->reconciler().detail(record.id, 1);
  REQUIRE(detail);
  CHECK(detail->opening_balance == Amount(1000));
  CHECK(detail->turnover == Amount(2000));
  REQUIRE(detail->lines.lines.size() == 1);
  CHECK(detail->lines.lines[0].reference == "at 20");
  CHECK(detail->lines.has_more);
  const auto whole = books.book.engine->reconciler().detail(record.id, 10);
  REQUIRE(whole);
  Amount sum = whole->opening_balance;
  for (const HistoryLine& line : whole->lines.lines) {
    REQUIRE(add_checked(sum, line.change, &sum));
  }
  CHECK(sum == record.system_balance);
  CHECK(books.book.engine->reconciler().detail(ReconciliationId(9), 1).error().code ==
        Code::reconciliation_not_found);
  CHECK(books.book.engine->reconciler().detail(record.id, 0).error().code == Code::out_of_range);
}

TEST_CASE("both states have a name") {
  CHECK(name_of(ReconciliationStatus::matched) == "matched");
  CHECK(name_of(ReconciliationStatus::mismatch) == "mismatch");
}
