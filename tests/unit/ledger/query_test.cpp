// SPDX-License-Identifier: MIT
// Tests of the questions for accounts, assets, transactions, holds, totals and the chain.
#include "ledger/query/questions.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ledger/query/journal_reads.hpp"
#include "query_fixture.hpp"

using namespace coffer;
using namespace coffer_test;

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
