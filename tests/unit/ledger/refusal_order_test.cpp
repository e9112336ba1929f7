// SPDX-License-Identifier: MIT
// Of several reasons to refuse a transaction the first one of the documentation's list is told.
#include <coffer/ledger/ledger.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "book_fixture.hpp"

using namespace coffer;
using coffer::test::BookFixture;
using coffer::test::code_of;
using coffer::test::second_ns;

namespace {

struct OrderBook : BookFixture {
  AccountId bank = source("bank");

  void set(AccountId id, const Policy& policy) {
    REQUIRE(ledger->change_account({id, policy, std::nullopt}));
  }
  /// A draft that takes from the first account and gives to the second, credit first.
  Code draft(AccountId debit, AccountId credit, std::int64_t amount,
             std::vector<Condition> conditions = {}, Timestamp effective_at = {}) {
    const std::vector<Entry> entries{{credit, Side::credit, Amount(amount)},
                                     {debit, Side::debit, Amount(amount)}};
    Draft draft;
    draft.key = "d";
    draft.entries = entries;
    draft.conditions = conditions;
    draft.effective_at = effective_at;
    reasons = *ledger->check(draft);
    return code_of(ledger->post(draft));
  }
  bool is_listed(Code code) const {
    return std::any_of(reasons.begin(), reasons.end(),
                       [code](const Error& reason) { return reason.code == code; });
  }

  std::vector<Error> reasons;
};

}  // namespace

TEST_CASE("a closed account is told before a frozen one, wherever they stand") {
  OrderBook book;
  const AccountId frozen = book.account("frozen");
  const AccountId closed = book.account("closed");
  book.set(frozen, {Amount(0), {}, true, false});
  book.set(closed, {Amount(0), {}, false, true});
  CHECK(book.move("t1", frozen, closed, 1).code == Code::account_closed);
  CHECK(book.move("t2", closed, frozen, 1).code == Code::account_closed);
  CHECK(book.move("t2", closed, frozen, 1).subject == closed.value());
  CHECK(book.draft(frozen, closed, 1) == Code::account_closed);
  CHECK(book.draft(closed, frozen, 1) == Code::account_closed);
}

TEST_CASE("too little money is told before too much, wherever they stand") {
  OrderBook book;
  const AccountId poor = book.account("poor");
  const AccountId full = book.account("full", book.usd, {Amount(0), Amount(10), false, false});
  // A debit raises this one.
  AccountDraft draft;
  draft.key = "cash";
  draft.asset = book.usd;
  draft.normal_side = Side::debit;
  draft.policy = {Amount(0), Amount(10), false, false};
  const auto cash = book.ledger->open_account(draft);
  REQUIRE(cash);
  CHECK(book.draft(poor, full, 11) == Code::exceeds_balance);
  CHECK(book.move("t1", poor, full, 11).code == Code::exceeds_balance);
  AccountDraft till = draft;
  till.key = "till";
  till.policy.maximum.reset();
  const auto other = book.ledger->open_account(till);
  REQUIRE(other);
  // The debit would bring cash above its maximum, the credit the till below its minimum.
  CHECK(book.move("t2", *cash, *other, 11).code == Code::exceeds_balance);
  CHECK(book.move("t2", *cash, *other, 11).subject == other->value());
}

TEST_CASE(
    "an account that is missing is told before anything else, also when a condition names it") {
  OrderBook book;
  const AccountId user = book.account("user");
  CHECK(book.draft(user, book.bank, 1, {{AccountId(99), Amount(0)}}) == Code::account_not_found);
  book.set(user, {Amount(0), {}, true, false});
  CHECK(book.draft(user, book.bank, 1, {{AccountId(99), Amount(0)}}) == Code::account_not_found);
}

TEST_CASE("a transaction that is not balanced is told before sums that are too large") {
  OrderBook book;
  const AccountId user = book.account("user");
  const Amount half = Amount::from_limbs({0, 0, 0, 1ULL << 62U});
  const std::vector<Entry> entries{{book.bank, Side::debit, half},
                                   {user, Side::credit, half},
                                   {book.bank, Side::debit, half},
                                   {user, Side::credit, Amount(1)}};
  Draft draft;
  draft.key = "d";
  draft.entries = entries;
  CHECK(code_of(book.ledger->post(draft)) == Code::unbalanced);
  const std::vector<Entry> balanced{{book.bank, Side::debit, half},
                                    {user, Side::credit, half},
                                    {book.bank, Side::debit, half},
                                    {user, Side::credit, half}};
  draft.entries = balanced;
  CHECK(code_of(book.ledger->post(draft)) == Code::amount_overflow);
}

TEST_CASE("all reasons against a draft include sums that are too large") {
  OrderBook book;
  const AccountId one = book.account("one");
  const AccountId two = book.account("two");
  const AccountId three = book.account("three");
  const AccountId four = book.account("four");
  const Amount half = Amount::from_limbs({0, 0, 0, 1ULL << 62U});
  const std::vector<Entry> entries{{one, Side::debit, half},
                                   {three, Side::credit, half},
                                   {two, Side::debit, half},
                                   {four, Side::credit, half}};
  Draft draft;
  draft.key = "d";
  draft.entries = entries;
  book.reasons = *book.ledger->check(draft);
  CHECK(book.is_listed(Code::amount_overflow));
  CHECK(book.is_listed(Code::exceeds_balance));
}

TEST_CASE("all reasons against a draft include a value date in the future") {
  OrderBook book;
  const AccountId user = book.account("user");
  const Timestamp tomorrow{book.clock.now().ns + second_ns};
  CHECK(book.draft(user, book.bank, 1, {}, tomorrow) == Code::effective_in_future);
  CHECK(book.is_listed(Code::effective_in_future));
  CHECK(book.is_listed(Code::exceeds_balance));
}
