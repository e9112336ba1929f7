// SPDX-License-Identifier: MIT
// Posting through Ledger: what is accepted, what is refused and why, and that nothing is half done.
#include <coffer/ledger/ledger.hpp>

#include <array>
#include <string>

#include <doctest/doctest.h>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;
using coffer::test::code_of;
using coffer::test::second_ns;

TEST_CASE("a transfer moves money from the debit to the credit account") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const Outcome outcome = book.move("d1", bank, user, 100);
  CHECK(outcome.code == Code::ok);
  CHECK(outcome.id == 1);
  CHECK(book.balance(user).posted == Amount(100));
  CHECK(book.balance(bank).posted == Amount(-100));
  CHECK(book.balance(user).last_transaction == TransactionId(1));
}

TEST_CASE("a debit-normal account rises with a debit") {
  BookFixture book;
  AccountDraft draft;
  draft.key = "cash";
  draft.asset = book.usd;
  draft.normal_side = Side::debit;
  const auto cash = book.ledger->open_account(draft);
  REQUIRE(cash);
  const AccountId user = book.account("user");
  CHECK(book.move("d1", *cash, user, 100).code == Code::ok);
  CHECK(book.balance(*cash).posted == Amount(100));
  CHECK(book.balance(user).posted == Amount(100));
  CHECK(book.move("d2", user, *cash, 101).code == Code::exceeds_balance);
}

TEST_CASE("the same key with the same content answers with the first result for ever") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const Outcome first = book.move("d1", bank, user, 100);
  book.clock.advance(3600 * second_ns);
  REQUIRE(book.ledger->close());
  book.open();
  const Outcome again = book.move("d1", bank, user, 100);
  CHECK(again.code == Code::ok);
  CHECK(again.existed);
  CHECK(again.id == first.id);
  CHECK(again.recorded_at == first.recorded_at);
  CHECK(book.balance(user).posted == Amount(100));
}

TEST_CASE("the same key with other content is refused by the name of the difference") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const AccountId other = book.account("other");
  Transfer item;
  item.key = "d1";
  item.debit = bank;
  item.credit = user;
  item.amount = Amount(100);
  item.reference = "invoice 1";
  REQUIRE(book.transfer(item).code == Code::ok);
  const auto changed = [&](auto change) {
    Transfer next = item;
    change(next);
    return book.transfer(next).code;
  };
  CHECK(changed([&](Transfer& t) { t.credit = other; }) == Code::exists_with_different_account);
  CHECK(changed([](Transfer& t) { t.amount = Amount(101); }) == Code::exists_with_different_amount);
  CHECK(changed([](Transfer& t) { t.code = 9; }) == Code::exists_with_different_kind);
  CHECK(changed([](Transfer& t) { t.reference = "invoice 2"; }) ==
        Code::exists_with_different_reference);
  CHECK(changed([](Transfer& t) { t.effective_at = Timestamp{5}; }) ==
        Code::exists_with_different_effective_at);
  CHECK(book.balance(user).posted == Amount(100));
}

TEST_CASE("a key that is used twice in one batch counts once") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  std::array<Transfer, 3> items;
  items[0] = {"k", bank, user, Amount(5), 0, false, {}, {}};
  items[1] = items[0];
  items[2] = {"k", bank, user, Amount(6), 0, false, {}, {}};
  std::array<Outcome, 3> outcomes;
  REQUIRE(book.ledger->post(items, BatchMode::independent, outcomes));
  CHECK(outcomes[0].code == Code::ok);
  CHECK(outcomes[1].existed);
  CHECK(outcomes[2].code == Code::exists_with_different_amount);
  CHECK(book.balance(user).posted == Amount(5));
}

TEST_CASE("bad transfers are refused with the reason") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const AccountId euro = book.account("euro", book.asset("EUR", 2), {});
  const std::string long_key(129, 'k');
  const std::string long_reference(257, 'r');
  const auto refused = [&](auto change) {
    Transfer item{"x", bank, user, Amount(1), 0, false, {}, {}};
    change(item);
    return book.transfer(item).code;
  };
  CHECK(refused([](Transfer& t) { t.key = ""; }) == Code::key_required);
  CHECK(refused([&](Transfer& t) { t.key = long_key; }) == Code::key_too_long);
  CHECK(refused([](Transfer& t) { t.key = "\xff"; }) == Code::invalid_utf8);
  CHECK(refused([&](Transfer& t) { t.reference = long_reference; }) == Code::text_too_long);
  CHECK(refused([](Transfer& t) { t.amount = Amount(0); }) == Code::amount_not_positive);
  CHECK(refused([](Transfer& t) { t.amount = Amount(-100); }) == Code::amount_not_positive);
  CHECK(refused([&](Transfer& t) { t.credit = bank; }) == Code::same_account);
  CHECK(refused([](Transfer& t) { t.credit = AccountId(99); }) == Code::account_not_found);
  CHECK(refused([](Transfer& t) { t.debit = AccountId(-1); }) == Code::account_not_found);
  CHECK(refused([&](Transfer& t) { t.credit = euro; }) == Code::asset_mismatch);
  CHECK(refused([&](Transfer& t) {
          t.effective_at = Timestamp{book.clock.now().ns + second_ns};
        }) == Code::effective_in_future);
  CHECK(refused([&](Transfer& t) {
          t.debit = user;
          t.credit = bank;
        }) == Code::exceeds_balance);
  CHECK(refused([](Transfer& t) { t.amount = Amount::max(); }) == Code::ok);
  CHECK(refused([](Transfer& t) {
          t.key = "y";
          t.amount = Amount::max();
        }) == Code::amount_overflow);
  CHECK(book.ledger->statistics()->transactions == 1);
}

TEST_CASE("amounts of the full 256 bits survive the storage") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  Transfer item{"max", bank, user, Amount::max(), 0, false, {}, {}};
  REQUIRE(book.transfer(item).code == Code::ok);
  REQUIRE(book.ledger->close());
  book.open();
  CHECK(book.balance(user).posted == Amount::max());
}

TEST_CASE("bounds are honoured, and an overdraft limit is a negative minimum") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user", book.usd, {Amount(-50), Amount(200), false, false});
  CHECK(book.move("a", user, bank, 50).code == Code::ok);
  CHECK(book.move("b", user, bank, 1).code == Code::exceeds_balance);
  CHECK(book.move("c", bank, user, 250).code == Code::ok);
  CHECK(book.move("d", bank, user, 1).code == Code::exceeds_limit);
}

TEST_CASE("a draft of several assets is one transaction and balances in each") {
  BookFixture book;
  const AssetId eur = book.asset("EUR", 2);
  const AccountId usd_user = book.account("usd-user");
  const AccountId usd_desk = book.source("usd-desk");
  const AccountId eur_user = book.account("eur-user", eur, {});
  const AccountId eur_desk = book.account("eur-desk", eur, {std::nullopt, {}, false, false});
  REQUIRE(book.move("fill", usd_desk, usd_user, 1000).code == Code::ok);
  const std::array<Entry, 4> entries{Entry{usd_user, Side::debit, Amount(110)},
                                     {usd_desk, Side::credit, Amount(110)},
                                     {eur_desk, Side::debit, Amount(100)},
                                     {eur_user, Side::credit, Amount(100)}};
  Draft draft;
  draft.key = "exchange";
  draft.entries = entries;
  draft.description = "110 USD for 100 EUR";
  const auto outcome = book.ledger->post(draft);
  REQUIRE(outcome);
  CHECK(book.balance(usd_user).posted == Amount(890));
  CHECK(book.balance(eur_user).posted == Amount(100));
  const auto stored = book.ledger->find_transaction("exchange");
  REQUIRE(stored);
  CHECK(stored->entries.size() == 4);
  CHECK(stored->description == "110 USD for 100 EUR");
  CHECK(book.ledger->post(draft)->existed);
  const std::array<Entry, 2> crossed{Entry{usd_user, Side::debit, Amount(1)},
                                     {eur_user, Side::credit, Amount(1)}};
  draft.key = "crossed";
  draft.entries = crossed;
  CHECK(code_of(book.ledger->post(draft)) == Code::unbalanced);
}

TEST_CASE("bad drafts are refused, and check lists every reason") {
  BookFixture book;
  const AccountId user = book.account("user");
  const AccountId other = book.account("other");
  Draft draft;
  draft.key = "x";
  CHECK(code_of(book.ledger->post(draft)) == Code::no_entries);
  const std::vector<Entry> many(entries_max + 1, Entry{user, Side::debit, Amount(1)});
  draft.entries = many;
  CHECK(code_of(book.ledger->post(draft)) == Code::too_many_entries);
  const std::array<Entry, 2> bad{Entry{user, Side::debit, Amount(7)},
                                 {AccountId(77), Side::credit, Amount(5)}};
  draft.key = "";
  draft.entries = bad;
  const std::array<Condition, 1> conditions{Condition{other, Amount(1)}};
  draft.conditions = conditions;
  const auto reasons = book.ledger->check(draft);
  REQUIRE(reasons);
  std::vector<Code> codes;
  for (const Error& reason : *reasons) {
    codes.push_back(reason.code);
  }
  CHECK(codes == std::vector<Code>{Code::key_required, Code::account_not_found, Code::unbalanced,
                                   Code::exceeds_balance, Code::condition_not_met});
  // Counted as in all other messages, so that one entry has one name.
  CHECK((*reasons)[1].message == "entry 2: account 77 does not exist");
  CHECK((*reasons)[4].message == "condition 1: account 2 has less available");
}

TEST_CASE("a condition on a balance decides with the transaction") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("fill", bank, user, 100).code == Code::ok);
  const std::array<Entry, 2> entries{Entry{user, Side::debit, Amount(10)},
                                     {bank, Side::credit, Amount(10)}};
  std::array<Condition, 1> conditions{Condition{user, Amount(101)}};
  Draft draft;
  draft.key = "only-if";
  draft.entries = entries;
  draft.conditions = conditions;
  CHECK(code_of(book.ledger->post(draft)) == Code::condition_not_met);
  conditions[0].least_available = Amount(100);
  CHECK(code_of(book.ledger->post(draft)) == Code::ok);
}

TEST_CASE("an atomic batch happens whole or not at all, and names the culprit") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  std::array<Transfer, 3> items;
  items[0] = {"a", bank, user, Amount(5), 0, false, {}, {}};
  items[1] = {"b", user, bank, Amount(6), 0, false, {}, {}};
  items[2] = {"c", bank, user, Amount(7), 0, false, {}, {}};
  std::array<Outcome, 3> outcomes;
  REQUIRE(book.ledger->post(items, BatchMode::atomic, outcomes));
  CHECK(outcomes[0].code == Code::group_failed);
  CHECK(outcomes[1].code == Code::exceeds_balance);
  CHECK(outcomes[2].code == Code::group_failed);
  CHECK(outcomes[0].subject == 1);
  CHECK(book.balance(user).posted == Amount(0));
  // A refused key is free: the same item alone posts.
  CHECK(book.move("a", bank, user, 5).code == Code::ok);
  CHECK(book.ledger->verify({}));
}

TEST_CASE("linked items stand or fall together inside an independent batch") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  std::array<Transfer, 4> items;
  items[0] = {"a", bank, user, Amount(5), 0, true, {}, {}};
  items[1] = {"b", user, bank, Amount(6), 0, false, {}, {}};
  items[2] = {"c", bank, user, Amount(7), 0, true, {}, {}};
  items[3] = {"d", user, bank, Amount(7), 0, false, {}, {}};
  std::array<Outcome, 4> outcomes;
  REQUIRE(book.ledger->post(items, BatchMode::independent, outcomes));
  CHECK(outcomes[0].code == Code::group_failed);
  CHECK(outcomes[1].code == Code::exceeds_balance);
  CHECK(outcomes[2].code == Code::ok);
  CHECK(outcomes[3].code == Code::ok);
}

TEST_CASE("a transfer's own link counts among operations of other kinds too") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const std::array<Operation, 2> operations{
      Operation{Transfer{"a", bank, user, Amount(5), 0, true, {}, {}}, false},
      Operation{HoldDraft{"h", user, Amount(6), Bucket::held, {}, {}, {}}, false}};
  std::array<Outcome, 2> outcomes;
  REQUIRE(book.ledger->execute(operations, BatchMode::independent, outcomes));
  CHECK(outcomes[0].code == Code::group_failed);
  CHECK(outcomes[1].code == Code::exceeds_balance);
  CHECK(book.balance(user).posted == Amount(0));
}

TEST_CASE("a batch may stop at its first failure") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  std::array<Transfer, 3> items;
  items[0] = {"a", bank, user, Amount(5), 0, false, {}, {}};
  items[1] = {"b", user, bank, Amount(6), 0, false, {}, {}};
  items[2] = {"c", bank, user, Amount(7), 0, false, {}, {}};
  std::array<Outcome, 3> outcomes;
  REQUIRE(book.ledger->post(items, BatchMode::stop_at_failure, outcomes));
  CHECK(outcomes[0].code == Code::ok);
  CHECK(outcomes[1].code == Code::exceeds_balance);
  CHECK(outcomes[2].code == Code::not_attempted);
  CHECK(book.balance(user).posted == Amount(5));
}

TEST_CASE("a dry run says what would happen and leaves no trace") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const std::array<Operation, 2> operations{
      Operation{Transfer{"a", bank, user, Amount(5), 0, false, {}, {}}, false},
      {HoldDraft{"h", user, Amount(5), Bucket::held, {}, {}, {}}, false}};
  std::array<Outcome, 2> outcomes;
  REQUIRE(book.ledger->dry_run(operations, BatchMode::atomic, outcomes));
  CHECK(outcomes[0].code == Code::ok);
  CHECK(outcomes[1].code == Code::ok);
  CHECK(book.balance(user).posted == Amount(0));
  CHECK(book.ledger->statistics()->transactions == 0);
  CHECK(book.move("a", bank, user, 9).code == Code::ok);
}

TEST_CASE("a reversal undoes a transaction once and both are linked") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  const Outcome paid = book.move("d1", bank, user, 100);
  const auto undone =
      book.ledger->reverse({"r1", TransactionId(paid.id), 0, {}, {}, "entered twice"});
  REQUIRE(undone);
  CHECK(book.balance(user).posted == Amount(0));
  CHECK(book.ledger->find_transaction(TransactionId(paid.id))->reversed_by ==
        TransactionId(undone->id));
  CHECK(book.ledger->find_transaction(TransactionId(undone->id))->reverses ==
        TransactionId(paid.id));
  CHECK(book.ledger->reverse({"r1", TransactionId(paid.id), 0, {}, {}, "entered twice"})->existed);
  CHECK(code_of(book.ledger->reverse({"r2", TransactionId(paid.id), 0, {}, {}, {}})) ==
        Code::already_reversed);
  CHECK(code_of(book.ledger->reverse({"r3", TransactionId(undone->id), 0, {}, {}, {}})) ==
        Code::not_reversible);
  CHECK(code_of(book.ledger->reverse({"r4", TransactionId(99), 0, {}, {}, {}})) ==
        Code::transaction_not_found);
}

TEST_CASE("a closed ledger answers closed and a read-only one refuses to write") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("d1", bank, user, 1).code == Code::ok);
  REQUIRE(book.ledger->close());
  Outcome outcome;
  const Transfer item{"d2", bank, user, Amount(1), 0, false, {}, {}};
  CHECK(book.ledger->post({&item, 1}, BatchMode::independent, {&outcome, 1}).error().code ==
        Code::closed);
  LedgerOptions options;
  options.is_read_only = true;
  book.open(options);
  CHECK(book.balance(user).posted == Amount(1));
  CHECK(book.ledger->post({&item, 1}, BatchMode::independent, {&outcome, 1}).error().code ==
        Code::not_permitted);
}

TEST_CASE("an orderly close catches up on heads that a killed writer left behind") {
  BookFixture book;
  const AccountId bank = book.source("bank");
  const AccountId user = book.account("user");
  REQUIRE(book.move("a", bank, user, 5).code == Code::ok);
  REQUIRE(book.ledger->close());
  book.open();
  REQUIRE(book.move("b", bank, user, 5).code == Code::ok);
  // The next writer takes over from one that never closes.
  std::unique_ptr<Ledger> killed = std::move(book.ledger);
  LedgerOptions options;
  options.takeover = storage::Takeover::take_over;
  book.open(options);
  REQUIRE(book.ledger->close());
  CHECK(book.ledger->verify({}));
}
