// SPDX-License-Identifier: MIT
// Tests of balances, present and past, against rows written by hand.
#include "ledger/query/questions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ledger/query/journal_reads.hpp"
#include "query_fixture.hpp"

using namespace coffer;
using namespace coffer_test;

TEST_CASE("balance_of splits the posted balance into what open holds reserve") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(1'000));
  journal.hold("h1", book.ann, Amount(100), 0);
  journal.hold("h2", book.ann, Amount(20), 1);
  journal.hold("h3", book.ann, Amount(3), 2);
  journal.hold("h4", book.ann, Amount(400), 0, 5'000);
  journal.commit();
  auto view = book.view();
  const auto before = ledger::balance_of(view, AccountId(book.ann), Timestamp{4'999});
  REQUIRE(before);
  CHECK(before->posted == Amount(1'000));
  CHECK(before->held == Amount(500));
  CHECK(before->pending == Amount(20));
  CHECK(before->frozen == Amount(3));
  CHECK(before->available == Amount(477));
  CHECK(before->last_transaction == TransactionId(1));
  const auto after = ledger::balance_of(view, AccountId(book.ann), Timestamp{5'000});
  CHECK(after->held == Amount(100));
  CHECK(after->available == Amount(877));
  CHECK(ledger::balance_of(view, AccountId(book.cash), Timestamp{1})->posted == Amount(1'000));
}

TEST_CASE("a frozen account shows its available part as frozen but not its debt") {
  SmallBook book;
  book.journal.transfer("t1", book.cash, book.ann, Amount(70));
  book.journal.hold("h1", book.ann, Amount(20), 2);
  book.journal.change(book.ann, 4);
  const std::int64_t bob = book.journal.account("bob-usd", book.usd, Side::credit, "bob");
  book.journal.transfer("t2", bob, book.cash, Amount(5));
  book.journal.change(bob, 4);
  book.journal.commit();
  auto view = book.view();
  const auto balance = ledger::balance_of(view, AccountId(book.ann), Timestamp{9'000});
  CHECK(balance->posted == Amount(70));
  CHECK(balance->available == Amount(0));
  CHECK(balance->frozen == Amount(70));
  const auto debt = ledger::balance_of(view, AccountId(bob), Timestamp{9'000});
  CHECK(debt->available == Amount(-5));
  CHECK(debt->frozen == Amount(0));
}

TEST_CASE("an account that nothing touched has balance zero") {
  SmallBook book;
  book.journal.commit();
  auto view = book.view();
  const auto balance = ledger::balance_of(view, AccountId(book.ann), Timestamp{9'000});
  CHECK(balance->posted == Amount(0));
  CHECK_FALSE(balance->last_transaction);
  CHECK(ledger::balance_of(view, AccountId(9), Timestamp{}).error().code ==
        Code::account_not_found);
  CHECK(ledger::balance_as_of(view, AccountId(9), far_future, TimeAxis::recorded).error().code ==
        Code::account_not_found);
}

TEST_CASE("first_transaction_from finds the border at every nanosecond") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.commit();
  std::vector<std::int64_t> times;
  std::mt19937_64 random(5);
  for (int commit = 0; commit < 12; ++commit) {
    const int count = static_cast<int>(random() % 9);
    for (int i = 0; i < count; ++i) {
      times.push_back(journal.time);
      journal.transfer("t" + std::to_string(times.size()), book.cash, book.ann, Amount(1));
      journal.time += static_cast<std::int64_t>(random() % 3 == 0 ? random() % 5 : 0);
    }
    journal.commit();
    journal.time += static_cast<std::int64_t>(random() % 7);
  }
  auto view = book.view();
  for (std::int64_t time = 1'990; time < journal.time + 10; ++time) {
    const auto expected = std::lower_bound(times.begin(), times.end(), time) - times.begin() + 1;
    const auto found = ledger::first_transaction_from(view.reader(), Timestamp{time});
    REQUIRE(found);
    REQUIRE(*found == expected);
  }
}

TEST_CASE("balance_as_of a recorded time counts everything recorded up to it") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(100));
  const Timestamp first{journal.time - 1};
  journal.commit();
  journal.transfer("t2", book.ann, book.cash, Amount(30));
  const Timestamp second{journal.time - 1};
  journal.commit();
  auto view = book.view();
  const auto as_of = [&](std::int64_t ns) {
    return *ledger::balance_as_of(view, AccountId(book.ann), Timestamp{ns}, TimeAxis::recorded);
  };
  CHECK(as_of(0) == Amount(0));
  CHECK(as_of(first.ns - 1) == Amount(0));
  CHECK(as_of(first.ns) == Amount(100));
  CHECK(as_of(second.ns - 1) == Amount(100));
  CHECK(as_of(second.ns) == Amount(70));
  CHECK(as_of(far_future.ns) == Amount(70));
}

TEST_CASE("balances as of any time on both axes are what a naive sum gives") {
  Book book;
  JournalBuilder& journal = book.journal;
  const std::int64_t usd = journal.asset("USD");
  std::vector<std::int64_t> accounts;
  for (int i = 0; i < 4; ++i) {
    accounts.push_back(
        journal.account("k" + std::to_string(i), usd, i % 2 == 0 ? Side::credit : Side::debit));
  }
  journal.time = 5'000;
  struct Change {
    std::int64_t account;
    Side side;
    std::int64_t amount;
    std::int64_t recorded_at;
    std::int64_t effective_at;
  };
  std::vector<Change> changes;
  std::mt19937_64 random(11);
  for (int i = 0; i < 400; ++i) {
    const std::int64_t effective_at =
        random() % 3 == 0 ? 4'900 + static_cast<std::int64_t>(random() % 100) +
                                static_cast<std::int64_t>(random() % 2) * (journal.time - 5'000)
                          : 0;
    const std::int64_t counts_at = effective_at == 0 ? journal.time : effective_at;
    const std::size_t debit = random() % 4;
    const std::size_t credit = (debit + 1 + random() % 3) % 4;
    const auto amount = static_cast<std::int64_t>(1 + random() % 100);
    const std::string key = "t" + std::to_string(i);
    changes.push_back({accounts[debit], Side::debit, amount, journal.time, counts_at});
    changes.push_back({accounts[credit], Side::credit, amount, journal.time, counts_at});
    if (random() % 4 == 0) {
      changes.push_back({accounts[debit], Side::credit, 7, journal.time, counts_at});
      changes.push_back({accounts[credit], Side::debit, 7, journal.time, counts_at});
      journal.post(key,
                   {{AccountId(accounts[debit]), Side::debit, Amount(amount)},
                    {AccountId(accounts[credit]), Side::credit, Amount(amount)},
                    {AccountId(accounts[debit]), Side::credit, Amount(7)},
                    {AccountId(accounts[credit]), Side::debit, Amount(7)}},
                   {0, effective_at, {}});
    } else {
      journal.transfer(key, accounts[debit], accounts[credit], Amount(amount),
                       {0, effective_at, {}});
    }
    if (random() % 5 == 0) {
      journal.commit();
    }
  }
  journal.commit();
  auto view = book.view();
  for (int round = 0; round < 300; ++round) {
    const std::int64_t account = accounts[random() % 4];
    const std::int64_t time = 4'890 + static_cast<std::int64_t>(random() % 620);
    for (const TimeAxis axis : {TimeAxis::recorded, TimeAxis::effective}) {
      std::int64_t expected = 0;
      for (const Change& change : changes) {
        const std::int64_t at =
            axis == TimeAxis::recorded ? change.recorded_at : change.effective_at;
        if (change.account == account && at <= time) {
          const bool rises = (change.side == Side::credit) == (account % 2 == 1);
          expected += rises ? change.amount : -change.amount;
        }
      }
      const auto found = ledger::balance_as_of(view, AccountId(account), Timestamp{time}, axis);
      REQUIRE(found);
      REQUIRE(*found == Amount(expected));
    }
  }
}

TEST_CASE("balance as of an effective time finds few backdated ones among many") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.time = 10'000;
  for (int i = 0; i < 2'000; ++i) {
    // Every tenth counts long before it is recorded, and only one of these counts before 1000.
    const std::int64_t effective_at = i == 700 ? 900 : i % 10 == 0 ? 5'000 : 0;
    journal.transfer("t" + std::to_string(i), book.cash, book.ann, Amount(1),
                     {0, effective_at, {}});
  }
  journal.commit();
  auto view = book.view();
  const auto as_of = [&](std::int64_t ns) {
    return *ledger::balance_as_of(view, AccountId(book.ann), Timestamp{ns}, TimeAxis::effective);
  };
  CHECK(as_of(899) == Amount(0));
  CHECK(as_of(900) == Amount(1));
  CHECK(as_of(4'999) == Amount(1));
  CHECK(as_of(5'000) == Amount(200));
  CHECK(as_of(far_future.ns) == Amount(2'000));
}
