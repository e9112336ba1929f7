// SPDX-License-Identifier: MIT
// Tests of histories: their lines, pages, cursors and filters.
#include "ledger/query/questions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "query_fixture.hpp"

using namespace coffer;
using namespace coffer_test;

namespace {

std::vector<std::int64_t> ids_of(const HistoryPage& page) {
  std::vector<std::int64_t> ids;
  for (const HistoryLine& line : page.lines) {
    ids.push_back(line.transaction.value());
  }
  return ids;
}

/// All lines of an account, read page by page.
std::vector<HistoryLine> all_pages(ledger::IndexView& view, HistoryQuery query) {
  std::vector<HistoryLine> lines;
  for (;;) {
    const auto page = ledger::history(view, query);
    REQUIRE(page);
    lines.insert(lines.end(), page->lines.begin(), page->lines.end());
    if (!page->has_more) {
      return lines;
    }
    query.after = page->next;
  }
}

HistoryQuery history_of(std::int64_t account) {
  HistoryQuery query;
  query.account = AccountId(account);
  return query;
}

}  // namespace

TEST_CASE("a history line carries the balance before and after and the other side") {
  SmallBook book;
  book.journal.transfer("t1", book.cash, book.ann, Amount(100), {256 * 7, 1'500, "invoice 9"});
  book.journal.transfer("t2", book.ann, book.cash, Amount(30));
  book.journal.commit();
  auto view = book.view();
  const auto page = ledger::history(view, history_of(book.ann));
  REQUIRE(page);
  REQUIRE(page->lines.size() == 2);
  CHECK_FALSE(page->has_more);
  const HistoryLine& newest = page->lines[0];
  CHECK(newest.transaction == TransactionId(2));
  CHECK(newest.key == "t2");
  CHECK(newest.side == Side::debit);
  CHECK(newest.change == Amount(-30));
  CHECK(newest.balance_before == Amount(100));
  CHECK(newest.balance_after == Amount(70));
  CHECK(newest.effective_at == newest.recorded_at);
  const HistoryLine& oldest = page->lines[1];
  CHECK(oldest.code == 7);
  CHECK(oldest.kind == TransactionKind::posting);
  CHECK(oldest.counterparty == AccountId(book.cash));
  CHECK(oldest.amount == Amount(100));
  CHECK(oldest.change == Amount(100));
  CHECK(oldest.balance_before == Amount(0));
  CHECK(oldest.effective_at == Timestamp{1'500});
  CHECK(oldest.reference == "invoice 9");
}

TEST_CASE("pages of every size give every line once, in both directions") {
  SmallBook book;
  const std::int64_t fee = book.journal.account("fee", book.usd);
  for (int i = 0; i < 23; ++i) {
    const std::string key = "t" + std::to_string(i);
    if (i % 4 == 3) {
      book.journal.post(key, {{AccountId(book.ann), Side::credit, Amount(10)},
                              {AccountId(book.cash), Side::debit, Amount(16)},
                              {AccountId(book.ann), Side::credit, Amount(5)},
                              {AccountId(book.ann), Side::debit, Amount(2)},
                              {AccountId(fee), Side::credit, Amount(3)}});
    } else if (i % 4 == 1) {
      book.journal.transfer(key, book.cash, fee, Amount(1));
    } else {
      book.journal.transfer(key, book.cash, book.ann, Amount(1));
    }
  }
  book.journal.commit();
  auto view = book.view();
  HistoryQuery query = history_of(book.ann);
  query.is_oldest_first = true;
  query.limit = 1000;
  const std::vector<HistoryLine> whole = all_pages(view, query);
  REQUIRE(whole.size() == 12 + 5 * 3);
  for (std::size_t i = 1; i < whole.size(); ++i) {
    CHECK(whole[i].balance_before == whole[i - 1].balance_after);
  }
  for (const bool is_oldest_first : {true, false}) {
    for (std::uint32_t limit = 1; limit < 30; ++limit) {
      query.is_oldest_first = is_oldest_first;
      query.limit = limit;
      std::vector<HistoryLine> paged = all_pages(view, query);
      if (!is_oldest_first) {
        std::reverse(paged.begin(), paged.end());
      }
      REQUIRE(paged.size() == whole.size());
      for (std::size_t i = 0; i < whole.size(); ++i) {
        REQUIRE(paged[i].transaction == whole[i].transaction);
        REQUIRE(paged[i].balance_after == whole[i].balance_after);
      }
    }
  }
}

TEST_CASE("an unfiltered page says whether there is one more line") {
  SmallBook book;
  for (int i = 0; i < 3; ++i) {
    book.journal.transfer("t" + std::to_string(i), book.cash, book.ann, Amount(1));
  }
  book.journal.commit();
  auto view = book.view();
  HistoryQuery query = history_of(book.ann);
  query.limit = 2;
  CHECK(ledger::history(view, query)->has_more);
  query.limit = 3;
  CHECK_FALSE(ledger::history(view, query)->has_more);
}

TEST_CASE("a cursor stays right while the book grows") {
  SmallBook book;
  for (int i = 0; i < 4; ++i) {
    book.journal.transfer("t" + std::to_string(i), book.cash, book.ann, Amount(1));
  }
  book.journal.commit();
  HistoryQuery query = history_of(book.ann);
  query.limit = 2;
  {
    auto view = book.view();
    const auto page = ledger::history(view, query);
    CHECK(ids_of(*page) == std::vector<std::int64_t>{4, 3});
    query.after = page->next;
  }
  book.journal.transfer("t9", book.cash, book.ann, Amount(1));
  book.journal.commit();
  auto view = book.view();
  CHECK(ids_of(*ledger::history(view, query)) == std::vector<std::int64_t>{2, 1});
  // Oldest first, the end of the history is a place to wait at.
  query.is_oldest_first = true;
  query.after = Cursor{TransactionId(5), 0};
  CHECK(ledger::history(view, query)->lines.empty());
  CHECK(ledger::history(view, query)->next.transaction == TransactionId(5));
}

TEST_CASE("history filters by status: taken back, or still standing") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(100));
  journal.transfer("t2", book.cash, book.ann, Amount(30));
  journal.transfer("r1", book.ann, book.cash, Amount(100), {1, 0, {}});
  journal.note(3, 1);
  journal.commit();
  auto view = book.view();
  using Ids = std::vector<std::int64_t>;
  HistoryQuery query = history_of(book.ann);
  query.is_reversed = true;
  CHECK(ids_of(*ledger::history(view, query)) == Ids{1});
  query.is_reversed = false;
  CHECK(ids_of(*ledger::history(view, query)) == Ids{3, 2});
}

TEST_CASE("history filters by side, kind, code, reference, amount and time") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(100), {0, 0, "a"});
  journal.transfer("t2", book.ann, book.cash, Amount(30), {256 * 5 + 3, 0, "b"});
  const Timestamp third{journal.time};
  journal.transfer("t3", book.cash, book.ann, Amount(50), {256 * 5, 0, "a"});
  const Timestamp fourth{journal.time};
  journal.transfer("t4", book.ann, book.cash, Amount(7), {1, 0, {}});
  journal.commit();
  auto view = book.view();
  using Ids = std::vector<std::int64_t>;
  const auto ids = [&view](const HistoryQuery& query) {
    const auto page = ledger::history(view, query);
    REQUIRE(page);
    CHECK_FALSE(page->has_more);
    return ids_of(*page);
  };
  HistoryQuery query = history_of(book.ann);
  query.side = Side::debit;
  CHECK(ids(query) == Ids{4, 2});
  query = history_of(book.ann);
  query.kind = TransactionKind::correction;
  CHECK(ids(query) == Ids{2});
  query = history_of(book.ann);
  query.code = 5;
  CHECK(ids(query) == Ids{3, 2});
  query = history_of(book.ann);
  query.reference = "a";
  CHECK(ids(query) == Ids{3, 1});
  query = history_of(book.ann);
  query.amount_min = Amount(30);
  query.amount_max = Amount(50);
  CHECK(ids(query) == Ids{3, 2});
  query = history_of(book.ann);
  query.recorded_from = third;
  CHECK(ids(query) == Ids{4, 3});
  query.recorded_to = fourth;
  CHECK(ids(query) == Ids{3});
  query.is_oldest_first = true;
  CHECK(ids(query) == Ids{3});
  query.recorded_from = fourth;
  CHECK(ids(query).empty());
}

TEST_CASE("a filter that hardly ever matches costs a bounded call and a cursor") {
  SmallBook book;
  for (int i = 1; i <= 45'000; ++i) {
    book.journal.transfer("t" + std::to_string(i), book.cash, book.ann, Amount(1),
                          {0, 0, i == 2 ? "needle" : ""});
  }
  book.journal.commit();
  auto view = book.view();
  HistoryQuery query = history_of(book.ann);
  query.reference = "needle";
  const auto first = ledger::history(view, query);
  CHECK(first->lines.empty());
  CHECK(first->has_more);
  CHECK(first->next.transaction == TransactionId(25'001));
  query.after = first->next;
  const auto second = ledger::history(view, query);
  CHECK(second->lines.empty());
  CHECK(second->has_more);
  query.after = second->next;
  const auto third = ledger::history(view, query);
  CHECK(ids_of(*third) == std::vector<std::int64_t>{2});
  CHECK_FALSE(third->has_more);
  query = history_of(book.ann);
  query.reference = "needle";
  query.is_oldest_first = true;
  CHECK(all_pages(view, query).size() == 1);
}

TEST_CASE("history refuses an unknown account and a limit out of range") {
  SmallBook book;
  book.journal.commit();
  auto view = book.view();
  HistoryQuery query = history_of(77);
  query.limit = 0;
  CHECK(ledger::history(view, query).error().code == Code::account_not_found);
  query.account = AccountId(book.ann);
  CHECK(ledger::history(view, query).error().code == Code::out_of_range);
  query.limit = 1001;
  CHECK(ledger::history(view, query).error().code == Code::out_of_range);
}
