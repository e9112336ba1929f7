// SPDX-License-Identifier: MIT
// Verification of books that no honest writer would make: their hashes fit, what they say does not.
#include <coffer/ledger/verify.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include <coffer/ledger/ledger.hpp>

#include "support/journal_builder.hpp"

namespace {

using namespace coffer;
using namespace coffer_test;

/// A bank's cash (1), ann (2, no overdraft), bob (3), a token account (4); 100.00 at ann.
struct SmallBook {
  std::unique_ptr<storage::Storage> storage = storage::make_memory_storage();
  JournalBuilder journal{*storage};
  PendingRows& rows = journal.rows;

  SmallBook() {
    const std::int64_t usd = journal.asset("USD");
    const std::int64_t btc = journal.asset("BTC", 8);
    journal.account("cash", usd, Side::debit, "bank");
    journal.account("ann", usd, Side::credit, "ann", 1);
    journal.account("bob", usd, Side::credit, "bob", 2, {}, Amount(50'000));
    journal.account("coins", btc);
    journal.transfer("t1", 1, 2, Amount(10'000));
    journal.commit();
  }

  Result<VerifyReport> verify(const VerifyOptions& options = {}) {
    return verify_book(*storage, options);
  }
  /// What verification says after the pending rows are committed.
  std::string verdict() {
    journal.commit();
    const auto report = verify();
    if (report) {
      return "right";
    }
    CHECK(report.error().code == Code::integrity_failure);
    return report.error().message;
  }
};

const std::string fits = "; the hash of commit 2 fits, so it was committed like this";

}  // namespace

TEST_CASE("a whole book is right and is counted") {
  SmallBook book;
  book.journal.post("t2", {{AccountId(2), Side::debit, Amount(30)},
                           {AccountId(3), Side::credit, Amount(20)},
                           {AccountId(3), Side::credit, Amount(10)}});
  const std::int64_t hold = book.journal.hold("h1", 2, Amount(500), 0, 9'000, 3);
  book.journal.capture("c1", hold, 3, Amount(200));
  book.journal.transfer("t4", 1, 2, Amount(10));
  book.journal.wallet("ann", 1, 2);
  book.journal.reconciliation(1, Amount(5), Amount(7));
  CHECK(book.verdict() == "right");
  const auto report = book.verify();
  REQUIRE(report);
  CHECK(report->head.commit == CommitId(2));
  CHECK(report->head.hash == book.journal.chain());
  CHECK(report->commits == 2);
  CHECK(report->transactions == 4);
  CHECK(report->entries == 9);
  CHECK(report->accounts == 4);
  CHECK(report->holds == 1);
}

TEST_CASE("a new ledger without transactions is right") {
  auto storage = storage::make_memory_storage();
  ManualClock clock(Timestamp{1'000});
  const auto ledger = Ledger::open(*storage, clock, {});
  REQUIRE(ledger);
  const auto report = verify_book(*storage, {});
  REQUIRE_MESSAGE(report, report.error().message);
  CHECK(report->transactions == 0);
}

TEST_CASE("a storage without a book is no book") {
  auto storage = storage::make_memory_storage();
  CHECK(verify_book(*storage, {}).error().message == "book 1: missing");
}

TEST_CASE("a balance after that the entries do not give is named") {
  SmallBook book;
  book.journal.transfer("t2", 2, 3, Amount(10));
  book.rows.transactions.back().debit_after = Amount(100);
  CHECK(book.verdict() == "transactions 2: debit_after is 100, the entries give 9990" + fits);
}

TEST_CASE("the balance after each entry is checked as well as the one after all") {
  const std::vector<Entry> entries{{AccountId(2), Side::debit, Amount(30)},
                                   {AccountId(3), Side::credit, Amount(20)},
                                   {AccountId(3), Side::credit, Amount(10)}};
  SmallBook book;
  book.journal.post("t2", entries);
  book.rows.entries[1].balance_after = Amount(30);
  CHECK(book.verdict() == "entries 2: balance_after is 30, the entries give 20" + fits);
  SmallBook other;
  other.journal.post("t2", entries);
  other.rows.transactions.back().credit_after = Amount(20);
  CHECK(other.verdict() == "transactions 2: credit_after is 20, the entries give 30" + fits);
}

TEST_CASE("a transaction that creates money is named with the asset") {
  SmallBook book;
  book.journal.post(
      "t2", {{AccountId(2), Side::debit, Amount(30)}, {AccountId(3), Side::credit, Amount(31)}});
  CHECK(book.verdict() ==
        "transactions 2: in asset 1 the entries debit sum is 30, the credit sum is 31" + fits);
  SmallBook mixed;
  mixed.journal.transfer("t2", 4, 3, Amount(1));
  CHECK(mixed.verdict() == "transactions 2: debit and credit are of different assets" + fits);
}

TEST_CASE("bounds hold after every transaction, with what is reserved") {
  SmallBook book;
  book.journal.transfer("t2", 2, 1, Amount(10'001));
  CHECK(book.verdict() == "transactions 2: account 2: available is -1, the minimum is 0" + fits);
  SmallBook held;
  held.journal.hold("h1", 2, Amount(9'000));
  held.journal.transfer("t2", 2, 1, Amount(1'001));
  CHECK(held.verdict() == "transactions 2: account 2: available is -1, the minimum is 0" + fits);
  SmallBook high;
  high.journal.transfer("t2", 1, 3, Amount(50'001));
  CHECK(high.verdict() ==
        "transactions 2: account 3: balance is 50001, the maximum is 50000" + fits);
}

TEST_CASE("frozen and closed accounts do not move") {
  SmallBook book;
  book.journal.change(3, 4);
  book.journal.transfer("t2", 2, 3, Amount(1));
  CHECK(book.verdict() == "transactions 2: account 3 was frozen or closed then" + fits);
  SmallBook full;
  full.journal.change(2, 8);
  CHECK(full.verdict() == "account_changes 5: closes account 2, which was not empty" + fits);
}

TEST_CASE("amounts are positive, times grow and effective times are not in the future") {
  SmallBook zero;
  zero.journal.transfer("t2", 1, 2, Amount(0));
  CHECK(zero.verdict() == "transactions 2: amount is 0, it must be greater than 0" + fits);
  SmallBook early;
  early.journal.transfer("t2", 1, 2, Amount(1));
  early.rows.transactions.back().recorded_at = 2'000;
  CHECK(early.verdict() ==
        "transactions 2: recorded_at is 2000, its commit's time is after 2007 and up to 2009" +
            fits);
  SmallBook late;
  late.journal.transfer("t2", 1, 2, Amount(1), {0, 9'999, {}});
  CHECK(late.verdict() == "transactions 2: effective_at is 9999, recorded_at is 2008" + fits);
}

TEST_CASE("a hold takes no more than is available and gives back no more than it has") {
  SmallBook book;
  book.journal.hold("h1", 2, Amount(10'001));
  CHECK(book.verdict() ==
        "holds 1: amount is 10001, which leaves -1 of account 2, less than its "
        "minimum" +
            fits);
  SmallBook twice;
  twice.journal.hold("h1", 2, Amount(10));
  twice.journal.hold_event(1, 1, Amount(10));
  twice.journal.hold_event(1, 1, Amount(10));
  CHECK(twice.verdict() == "hold_events 2: hold 1 was not open" + fits);
  SmallBook early;
  early.journal.hold("h1", 2, Amount(10), 0, 9'000);
  early.journal.hold_event(1, 2, Amount(10));
  CHECK(early.verdict() == "hold_events 1: kind is 2 at 2009, the hold expires at 9000" + fits);
}

TEST_CASE("a capture moves what its hold event says, from the hold's account") {
  SmallBook book;
  book.journal.hold("h1", 2, Amount(10));
  book.journal.capture("c1", 1, 3, Amount(4));
  book.rows.hold_events.back().amount = Amount(5);
  CHECK(book.verdict() == "hold_events 1: amount is 5, the transaction moved 4" + fits);
  SmallBook silent;
  silent.journal.transfer("c1", 2, 3, Amount(4), {2, 0, {}});
  CHECK(silent.verdict() == "transactions 2: kind is 2, its note names hold 0" + fits);
}

TEST_CASE("a reversal is the opposite of one transaction, once") {
  SmallBook book;
  book.journal.transfer("r1", 2, 1, Amount(10'000), {1, 0, {}});
  book.journal.note(2, 1);
  CHECK(book.verdict() == "right");
  book.journal.transfer("t3", 1, 2, Amount(10'000));
  book.journal.commit();
  book.journal.transfer("r2", 2, 1, Amount(10'000), {1, 0, {}});
  book.journal.note(4, 1);
  CHECK(book.verdict() ==
        "notes 4: reverses 1, which transaction 2 has reversed before; the hash "
        "of commit 4 fits, so it was committed like this");
  SmallBook other;
  other.journal.transfer("r1", 2, 1, Amount(9'999), {1, 0, {}});
  other.journal.note(2, 1);
  CHECK(other.verdict() == "notes 2: reverses 1, whose entries are not the opposite" + fits);
}

TEST_CASE("a reconciliation's difference is external less system") {
  SmallBook book;
  book.journal.wallet("ann", 1, 2);
  book.journal.reconciliation(1, Amount(5), Amount(7));
  book.rows.reconciliations.back().difference = Amount(-2);
  CHECK(book.verdict() == "reconciliations 1: difference is -2, the balances give 2" + fits);
}

TEST_CASE("a wallet's account exists, has its asset and no other wallet") {
  SmallBook book;
  book.journal.wallet("ann", 2, 2);
  CHECK(book.verdict() == "wallets 1: asset is 2, its account has 1" + fits);
}

TEST_CASE("a gap in the ids is named") {
  SmallBook book;
  book.journal.transfer("t2", 1, 2, Amount(1));
  book.journal.transfer("t3", 1, 2, Amount(1));
  book.rows.transactions.erase(book.rows.transactions.begin());
  CHECK(book.verdict() == "transactions 2: missing" + fits);
}

TEST_CASE("heads and open holds are held against the journal") {
  SmallBook book;
  book.journal.hold("h1", 2, Amount(10));
  book.journal.commit();
  const auto put = [&book](const auto& row) {
    auto unit = book.storage->begin();
    REQUIRE(unit);
    REQUIRE((*unit)->put(row));
    REQUIRE((*unit)->commit());
    const auto report = book.verify();
    return report ? std::string("right") : report.error().message;
  };
  CHECK(put(storage::HeadRow{2, Amount(9), 1}) == "heads 2: balance is 9, the journal gives 10000");
  CHECK(put(storage::HeadRow{2, Amount(0), 0}) == "right");
  CHECK(put(storage::OpenHoldRow{1, 2, 0, Amount(11), 0}) ==
        "open_holds 1: remaining is 11, the journal gives 10");
  CHECK(put(storage::OpenHoldRow{1, 2, 0, Amount(10), 0}) == "right");
  CHECK(put(storage::OpenHoldRow{7, 2, 0, Amount(10), 0}) ==
        "open_holds 7: the journal has no such open hold");
}

TEST_CASE("an earlier head proves that history was neither rewritten nor cut off") {
  SmallBook book;
  const auto early = book.verify();
  REQUIRE(early);
  VerifyOptions options;
  options.expected = early->head;
  book.journal.transfer("t2", 1, 2, Amount(1));
  book.journal.commit();
  CHECK(book.verify(options));
  options.expected->hash[0] ^= 1U;
  CHECK(book.verify(options).error().message.find("commits 1: its hash is ") == 0);
  options.expected = book.verify()->head;
  options.expected->commit = CommitId(9);
  CHECK(book.verify(options).error().message ==
        "commits 3: missing, the head kept outside is of commit 9: the tail was cut off");
}

TEST_CASE("verification reports its progress and stops when told to") {
  SmallBook book;
  for (int i = 0; i < 9'000; ++i) {
    book.journal.transfer("p" + std::to_string(i), 1, 2, Amount(1));
  }
  book.journal.commit();
  std::vector<std::int64_t> seen;
  VerifyOptions options;
  options.progress = [&seen](std::int64_t done, std::int64_t total) {
    CHECK(total == 9'001);
    seen.push_back(done);
    return true;
  };
  CHECK(book.verify(options));
  CHECK(seen == std::vector<std::int64_t>{1, 4'097, 8'193, 9'001, 9'001});
  options.progress = [](std::int64_t done, std::int64_t) { return done < 4'000; };
  CHECK(book.verify(options).error().code == Code::cancelled);
}
