// SPDX-License-Identifier: MIT
// Accounts and assets: opened once, their policy changed with a trace, closed only when empty.
#include <coffer/ledger/account.hpp>

#include <string>

#include <doctest/doctest.h>

#include "book_fixture.hpp"
#include "support/journal_builder.hpp"

using namespace coffer;
using coffer::test::BookFixture;

namespace {

Code code_of(const Status& status) { return status ? Code::ok : status.error().code; }
template <class T>
Code code_of(const Result<T>& result) {
  return result ? Code::ok : result.error().code;
}

}  // namespace

TEST_CASE("an asset is registered once and its scale never changes") {
  BookFixture book;
  const Asset usd{"USD", 2, AssetKind::fiat, {}, {}, {}};
  CHECK(book.ledger->register_asset(usd).value() == book.usd);
  Asset other = usd;
  other.scale = 3;
  CHECK(code_of(book.ledger->register_asset(other)) == Code::asset_scale_fixed);
  other = usd;
  other.symbol = "$";
  CHECK(code_of(book.ledger->register_asset(other)) == Code::exists_with_different_asset);
  other.code = "us d";
  CHECK(code_of(book.ledger->register_asset(other)) == Code::invalid_argument);
  CHECK(book.ledger->find_asset("USD")->id == book.usd);
  CHECK(code_of(book.ledger->find_asset("XXX")) == Code::asset_not_found);
  CHECK(book.ledger->assets()->size() == 1);
}

TEST_CASE("a currency of ISO 4217 has the standard's places and is fiat") {
  BookFixture book;
  const auto said = [&book](const Asset& asset) {
    const auto id = book.ledger->register_asset(asset);
    return id ? "registered" : std::string(name_of(id.error().code)) + ": " + id.error().message;
  };
  CHECK(said({"EUR", 4, AssetKind::fiat, {}, {}, {}}) ==
        "invalid_argument: scale: EUR has 2 places by ISO 4217, not 4; another unit needs another "
        "code");
  CHECK(said({"JPY", 2, AssetKind::fiat, {}, {}, {}}) ==
        "invalid_argument: scale: JPY has 0 places by ISO 4217, not 2; another unit needs another "
        "code");
  CHECK(
      said({"EUR", 2, AssetKind::crypto, "ETH", {}, {}}) ==
      "invalid_argument: kind: EUR is a currency of ISO 4217, so it is fiat; a coin needs another "
      "code");
  CHECK(book.ledger->assets()->size() == 1);
  CHECK(said({"EUR", 2, AssetKind::fiat, {}, {}, {}}) == "registered");
  // The standard gives gold no places, and no currency is written so.
  CHECK(said({"XAU", 4, AssetKind::fiat, {}, {}, {}}) == "registered");
  CHECK(said({"EUR.4", 4, AssetKind::fiat, {}, {}, {}}) == "registered");
}

TEST_CASE("a book that has a currency in another scale from before keeps it") {
  const auto storage = storage::make_memory_storage();
  {
    coffer_test::JournalBuilder journal(*storage);
    journal.asset("EUR", 4);
    journal.commit();
    storage->release_writer();
  }
  const auto ledger = Ledger::open(*storage, system_clock(), {});
  REQUIRE_MESSAGE(ledger, ledger.error().message);
  CHECK((*ledger)->register_asset({"EUR", 4, AssetKind::fiat, {}, {}, {}}).value() == AssetId(1));
  CHECK(code_of((*ledger)->register_asset({"EUR", 2, AssetKind::fiat, {}, {}, {}})) ==
        Code::asset_scale_fixed);
}

TEST_CASE("an account key opens one account for ever") {
  BookFixture book;
  AccountDraft draft;
  draft.key = "a1";
  draft.owner = "alice";
  draft.asset = book.usd;
  draft.purpose = "trading";
  draft.metadata = "{\"tier\":1}";
  const auto first = book.ledger->open_account(draft);
  REQUIRE(first);
  REQUIRE(book.ledger->close());
  book.open();
  CHECK(book.ledger->open_account(draft).value() == *first);
  const auto changed = [&](auto change) {
    AccountDraft next = draft;
    change(next);
    return code_of(book.ledger->open_account(next));
  };
  const AssetId eur = book.asset("EUR", 2);
  CHECK(changed([&](AccountDraft& d) { d.asset = eur; }) == Code::exists_with_different_asset);
  CHECK(changed([](AccountDraft& d) { d.owner = "bob"; }) == Code::exists_with_different_owner);
  CHECK(changed([](AccountDraft& d) { d.normal_side = Side::debit; }) ==
        Code::exists_with_different_policy);
  CHECK(changed([](AccountDraft& d) { d.policy.minimum = Amount(-5); }) ==
        Code::exists_with_different_policy);
  CHECK(changed([](AccountDraft& d) { d.key = ""; }) == Code::key_required);
  CHECK(changed([](AccountDraft& d) {
          d.key = "a2";
          d.asset = AssetId(9);
        }) == Code::asset_not_found);
  CHECK(changed([](AccountDraft& d) {
          d.key = "a2";
          d.policy.minimum = Amount(5);
        }) == Code::invalid_bounds);
  const auto found = book.ledger->find_account("a1");
  REQUIRE(found);
  CHECK(found->owner == "alice");
  CHECK(found->purpose == "trading");
  CHECK(found->metadata == "{\"tier\":1}");
  CHECK(code_of(book.ledger->find_account("zz")) == Code::account_not_found);
}

TEST_CASE("a policy change binds at once and keeps metadata that it does not name") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.ledger->change_account({user, {Amount(0), Amount(10), false, false}, "vip"}));
  CHECK(book.move("a", bank, user, 11).code == Code::exceeds_limit);
  REQUIRE(book.move("b", bank, user, 10).code == Code::ok);
  REQUIRE(book.ledger->change_account({user, {Amount(0), {}, true, false}, {}}));
  CHECK(book.ledger->find_account(user)->metadata == "vip");
  CHECK(book.move("c", bank, user, 1).code == Code::account_frozen);
  CHECK(book.move("d", user, bank, 1).code == Code::account_frozen);
  REQUIRE(book.ledger->close());
  book.open();
  CHECK(book.move("e", user, bank, 1).code == Code::account_frozen);
  REQUIRE(book.ledger->change_account({user, {Amount(0), {}, false, false}, {}}));
  CHECK(book.move("f", user, bank, 1).code == Code::ok);
}

TEST_CASE("bounds that the present balance breaks are refused") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("a", bank, user, 100).code == Code::ok);
  CHECK(code_of(book.ledger->change_account({user, {Amount(101), {}, false, false}, {}})) ==
        Code::invalid_bounds);
  CHECK(code_of(book.ledger->change_account({user, {Amount(0), Amount(99), false, false}, {}})) ==
        Code::invalid_bounds);
  CHECK(code_of(book.ledger->change_account({user, {Amount(9), Amount(8), false, false}, {}})) ==
        Code::invalid_bounds);
  CHECK(code_of(book.ledger->change_account({AccountId(77), {}, {}})) == Code::account_not_found);
}

TEST_CASE("an account closes only when empty, and then for good") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("a", bank, user, 5).code == Code::ok);
  const PolicyChange close{user, {Amount(0), {}, false, true}, {}};
  CHECK(code_of(book.ledger->change_account(close)) == Code::account_not_empty);
  REQUIRE(book.move("b", user, bank, 5).code == Code::ok);
  REQUIRE(book.ledger->change_account(close));
  CHECK(book.move("c", bank, user, 5).code == Code::account_closed);
  CHECK(code_of(book.ledger->change_account({user, {}, {}})) == Code::account_closed);
}

TEST_CASE("an owner's accounts are listed page by page and summed per asset") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId first = book.account("one");
  const AccountId second = book.account("two");
  REQUIRE(book.move("a", bank, first, 5).code == Code::ok);
  REQUIRE(book.move("b", bank, second, 7).code == Code::ok);
  const auto page = book.ledger->accounts("owner", {}, 2);
  REQUIRE(page);
  CHECK(page->size() == 2);
  CHECK(book.ledger->accounts("owner", page->back().id, 2)->size() == 1);
  const auto totals = book.ledger->totals("owner");
  REQUIRE(totals);
  REQUIRE(totals->size() == 1);
  CHECK(totals->front().balance.posted == Amount(0));
  CHECK(totals->front().accounts == 3);
}

TEST_CASE("an account whose opening was taken back leaves nothing behind") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  AccountDraft draft;
  draft.key = "new";
  draft.asset = book.usd;
  const Operation opening{draft, false};
  Outcome outcome;
  REQUIRE(book.ledger->dry_run({&opening, 1}, BatchMode::independent, {&outcome, 1}));
  CHECK(outcome.code == Code::ok);
  // The second item names the account that the first one would have opened.
  Transfer transfer;
  transfer.key = "t";
  transfer.debit = AccountId(outcome.id);
  transfer.credit = bank;
  transfer.amount = Amount(1);
  const Operation items[] = {opening, {transfer, false}};
  Outcome outcomes[2];
  REQUIRE(book.ledger->execute(items, BatchMode::atomic, outcomes));
  CHECK(outcomes[1].code == Code::exceeds_balance);
  REQUIRE(book.ledger->close());
  book.ledger.reset();
  book.open();
  const auto report = book.ledger->verify({});
  INFO((report ? std::string() : report.error().message));
  CHECK(report.has_value());
}
