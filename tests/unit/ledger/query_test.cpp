// SPDX-License-Identifier: MIT
// Tests of the questions to the books, against rows written by hand.
#include "ledger/query/questions.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "ledger/query/journal_reads.hpp"
#include "support/journal_builder.hpp"
#include "support/scanning_index_view.hpp"

namespace {

using namespace coffer;
using namespace coffer_test;

constexpr Timestamp far_future{std::numeric_limits<std::int64_t>::max()};

struct Book {
  std::unique_ptr<storage::Storage> storage = storage::make_memory_storage();
  JournalBuilder journal{*storage};

  ScanningIndexView view() {
    auto snapshot = storage->snapshot();
    REQUIRE(snapshot);
    return ScanningIndexView(std::move(*snapshot));
  }
};

/// Two accounts of one asset; account 1 is the bank's cash, account 2 is what it owes ann.
struct SmallBook : Book {
  std::int64_t usd = journal.asset("USD");
  std::int64_t cash = journal.account("cash", usd, Side::debit, "bank");
  std::int64_t ann = journal.account("ann-usd", usd, Side::credit, "ann", 1);
};

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

TEST_CASE("find_account gives the opening row and the newest policy") {
  SmallBook book;
  book.journal.change(book.ann, 1 | 2 | 4, Amount(-500), Amount(9'000), "{\"tier\":2}");
  book.journal.commit();
  auto view = book.view();
  const auto account = ledger::find_account(view, AccountId(book.ann));
  REQUIRE(account);
  CHECK(account->key == "ann-usd");
  CHECK(account->owner == "ann");
  CHECK(account->asset == AssetId(1));
  CHECK(account->purpose == "trading");
  CHECK(account->normal_side == Side::credit);
  CHECK(account->policy.minimum == Amount(-500));
  CHECK(account->policy.maximum == Amount(9'000));
  CHECK(account->policy.is_frozen);
  CHECK_FALSE(account->policy.is_closed);
  CHECK(account->metadata == "{\"tier\":2}");
  const auto by_key = ledger::find_account(view, "cash");
  REQUIRE(by_key);
  CHECK(by_key->id == AccountId(book.cash));
  CHECK(by_key->normal_side == Side::debit);
  CHECK_FALSE(by_key->policy.minimum.has_value());
}

TEST_CASE("find_account refuses ids and keys that are not there") {
  SmallBook book;
  book.journal.commit();
  auto view = book.view();
  CHECK(ledger::find_account(view, AccountId(3)).error().code == Code::account_not_found);
  CHECK(ledger::find_account(view, AccountId(0)).error().code == Code::account_not_found);
  CHECK(ledger::find_account(view, "nobody").error().code == Code::account_not_found);
}

TEST_CASE("list_accounts gives an owner's accounts in id order whatever their assets") {
  Book book;
  const std::int64_t usd = book.journal.asset("USD");
  const std::int64_t eur = book.journal.asset("EUR");
  for (int i = 0; i < 10; ++i) {
    book.journal.account("k" + std::to_string(i), i % 2 == 0 ? eur : usd, Side::credit,
                         i == 5 ? "bob" : "ann");
  }
  book.journal.commit();
  auto view = book.view();
  const auto ids = [](const Result<std::vector<Account>>& accounts) {
    REQUIRE(accounts);
    std::vector<std::int64_t> out;
    for (const Account& account : *accounts) {
      out.push_back(account.id.value());
    }
    return out;
  };
  using Ids = std::vector<std::int64_t>;
  CHECK(ids(ledger::list_accounts(view, "ann", AccountId(), 4)) == Ids{1, 2, 3, 4});
  CHECK(ids(ledger::list_accounts(view, "ann", AccountId(4), 4)) == Ids{5, 7, 8, 9});
  CHECK(ids(ledger::list_accounts(view, "ann", AccountId(9), 4)) == Ids{10});
  CHECK(ids(ledger::list_accounts(view, "bob", AccountId(), 4)) == Ids{6});
  CHECK(ids(ledger::list_accounts(view, "eve", AccountId(), 4)).empty());
  CHECK(ids(ledger::list_accounts(view, "", AccountId(7), 2)) == Ids{8, 9});
  CHECK(ledger::list_accounts(view, "ann", AccountId(), 0).error().code == Code::out_of_range);
  CHECK(ledger::list_accounts(view, "ann", AccountId(), 1001).error().code == Code::out_of_range);
}

TEST_CASE("assets are found by code and id and listed in order of registration") {
  Book book;
  book.journal.asset("USD", 2);
  book.journal.asset("BTC", 8);
  book.journal.commit();
  auto view = book.view();
  CHECK(ledger::find_asset(view, "BTC")->id == AssetId(2));
  CHECK(ledger::find_asset(view, AssetId(2))->asset.scale == 8);
  CHECK(ledger::find_asset(view, "EUR").error().code == Code::asset_not_found);
  CHECK(ledger::find_asset(view, AssetId(3)).error().code == Code::asset_not_found);
  const auto assets = ledger::list_assets(view);
  REQUIRE(assets->size() == 2);
  CHECK((*assets)[0].asset.code == "USD");
}

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

TEST_CASE("find_transaction gives the legs, the note and the links of a reversal") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(100), {256 * 9, 1'500, "r"});
  journal.note(1, 0, 0, "rent", "{}");
  journal.transfer("t2", book.ann, book.cash, Amount(100), {1, 0, {}});
  journal.note(2, 1);
  journal.post("t3", {{AccountId(book.ann), Side::credit, Amount(3)},
                      {AccountId(book.cash), Side::debit, Amount(2)},
                      {AccountId(book.cash), Side::debit, Amount(1)}});
  journal.commit();
  auto view = book.view();
  const auto first = ledger::find_transaction(view, TransactionId(1));
  REQUIRE(first);
  CHECK(first->key == "t1");
  CHECK(first->code == 9);
  const std::vector<PostedEntry> legs{
      {AccountId(book.cash), Side::debit, Amount(100), Amount(100)},
      {AccountId(book.ann), Side::credit, Amount(100), Amount(100)}};
  CHECK(first->entries == legs);
  CHECK(first->effective_at == Timestamp{1'500});
  CHECK(first->reference == "r");
  CHECK(first->description == "rent");
  CHECK(first->metadata == "{}");
  CHECK(first->reversed_by == TransactionId(2));
  CHECK_FALSE(first->reverses);
  const auto second = ledger::find_transaction(view, "t2");
  REQUIRE(second);
  CHECK(second->kind == TransactionKind::reversal);
  CHECK(second->reverses == TransactionId(1));
  CHECK_FALSE(second->reversed_by);
  CHECK(second->effective_at == second->recorded_at);
  const auto third = ledger::find_transaction(view, TransactionId(3));
  const std::vector<PostedEntry> more_legs{
      {AccountId(book.ann), Side::credit, Amount(3), Amount(3)},
      {AccountId(book.cash), Side::debit, Amount(2), Amount(2)},
      {AccountId(book.cash), Side::debit, Amount(1), Amount(3)}};
  CHECK(third->entries == more_legs);
  CHECK(ledger::find_transaction(view, "t9").error().code == Code::transaction_not_found);
  CHECK(ledger::find_transaction(view, TransactionId(4)).error().code ==
        Code::transaction_not_found);
}

TEST_CASE("a hold is open, captured, released or expired as of the moment asked for") {
  SmallBook book;
  JournalBuilder& journal = book.journal;
  journal.transfer("t1", book.cash, book.ann, Amount(1'000));
  const std::int64_t open = journal.hold("h1", book.ann, Amount(100), 1, 5'000, book.cash);
  const std::int64_t part = journal.hold("h2", book.ann, Amount(100));
  journal.capture("c1", part, book.cash, Amount(60));
  const std::int64_t whole = journal.hold("h3", book.ann, Amount(10));
  journal.capture("c2", whole, book.cash, Amount(4));
  journal.capture("c3", whole, book.cash, Amount(6));
  const std::int64_t released = journal.hold("h4", book.ann, Amount(10));
  journal.capture("c4", released, book.cash, Amount(4));
  journal.hold_event(released, 1, Amount(6));
  const std::int64_t expired = journal.hold("h5", book.ann, Amount(10), 0, 2'050);
  journal.hold_event(expired, 2, Amount(10));
  journal.commit();
  auto view = book.view();
  const auto at = [&view](std::int64_t id, std::int64_t now) {
    const auto hold = ledger::find_hold(view, HoldId(id), Timestamp{now});
    REQUIRE(hold);
    return *hold;
  };
  CHECK(at(open, 4'999).state == HoldState::open);
  CHECK(at(open, 4'999).remaining == Amount(100));
  CHECK(at(open, 4'999).bucket == Bucket::pending);
  CHECK(at(open, 4'999).destination == AccountId(book.cash));
  CHECK(at(open, 5'000).state == HoldState::expired);
  CHECK(at(open, 5'000).remaining == Amount(0));
  CHECK(at(part, 5'000).state == HoldState::open);
  CHECK(at(part, 5'000).remaining == Amount(40));
  CHECK(at(part, 5'000).captured == Amount(60));
  CHECK(at(whole, 5'000).state == HoldState::captured);
  CHECK(at(whole, 5'000).captured == Amount(10));
  CHECK(at(released, 5'000).state == HoldState::released);
  CHECK(at(released, 5'000).captured == Amount(4));
  CHECK(at(expired, 5'000).state == HoldState::expired);
  CHECK(at(expired, 5'000).amount == Amount(10));
  CHECK(ledger::find_hold(view, HoldId(9), Timestamp{}).error().code == Code::hold_not_found);

  const auto open_at = [&](std::int64_t now) {
    const auto holds = ledger::open_holds(view, AccountId(book.ann), Timestamp{now});
    REQUIRE(holds);
    std::vector<std::int64_t> ids;
    for (const Hold& hold : *holds) {
      ids.push_back(hold.id.value());
    }
    return ids;
  };
  CHECK(open_at(4'999) == std::vector<std::int64_t>{open, part});
  CHECK(open_at(5'000) == std::vector<std::int64_t>{part});
  CHECK(ledger::open_holds(view, AccountId(9), Timestamp{}).error().code ==
        Code::account_not_found);
}

TEST_CASE("totals add an owner's accounts per asset in credit direction") {
  Book book;
  JournalBuilder& journal = book.journal;
  const std::int64_t usd = journal.asset("USD");
  const std::int64_t btc = journal.asset("BTC", 8);
  const std::int64_t bank_usd = journal.account("b1", usd, Side::debit, "bank");
  const std::int64_t bank_btc = journal.account("b2", btc, Side::debit, "bank");
  const std::int64_t trading = journal.account("a1", usd);
  const std::int64_t coins = journal.account("a2", btc);
  const std::int64_t savings = journal.account("a3", usd);
  const std::int64_t loan = journal.account("a4", usd, Side::debit);
  journal.transfer("t1", bank_usd, trading, Amount(100));
  journal.transfer("t2", bank_btc, coins, Amount(5));
  journal.transfer("t3", bank_usd, savings, Amount(30));
  journal.transfer("t4", loan, bank_usd, Amount(20));
  journal.hold("h1", trading, Amount(10));
  journal.commit();
  auto view = book.view();
  const auto totals = ledger::totals(view, "ann", Timestamp{9'000});
  REQUIRE(totals);
  REQUIRE(totals->size() == 2);
  CHECK((*totals)[0].asset == AssetId(usd));
  CHECK((*totals)[0].balance.posted == Amount(110));
  CHECK((*totals)[0].balance.held == Amount(10));
  CHECK((*totals)[0].balance.available == Amount(100));
  CHECK((*totals)[0].balance.last_transaction == TransactionId(4));
  CHECK((*totals)[0].accounts == 3);
  CHECK((*totals)[1].balance.posted == Amount(5));
  CHECK((*totals)[1].accounts == 1);
  CHECK(ledger::totals(view, "eve", Timestamp{})->empty());
}

TEST_CASE("chain_head is the newest commit, or the book's beginning") {
  Book book;
  {
    auto view = book.view();
    const auto head = ledger::chain_head(view.reader());
    REQUIRE(head);
    CHECK_FALSE(head->commit);
    CHECK(head->hash == book.journal.chain());
  }
  book.journal.asset("USD");
  book.journal.commit();
  book.journal.asset("EUR");
  book.journal.commit();
  auto view = book.view();
  const auto head = ledger::chain_head(view.reader());
  REQUIRE(head);
  CHECK(head->commit == CommitId(2));
  CHECK(head->hash == book.journal.chain());
}
