// SPDX-License-Identifier: MIT
// Tests of outcomes in words.
#include <coffer/ledger/operation.hpp>

#include <doctest/doctest.h>

using coffer::Code;
using coffer::describe;
using coffer::Outcome;

namespace {

Outcome failure(Code code, std::int64_t subject) {
  Outcome outcome;
  outcome.code = code;
  outcome.subject = subject;
  return outcome;
}

}  // namespace

TEST_CASE("describe names the account, hold or entry that a failure is about") {
  CHECK(describe(failure(Code::exceeds_balance, 17)) ==
        "account 17: the available balance would fall below its minimum");
  CHECK(describe(failure(Code::hold_not_open, 3)) ==
        "hold 3: it was released, fully captured or has expired");
  CHECK(describe(failure(Code::amount_not_positive, 2)) ==
        "entry 2: the amount must be greater than zero");
  CHECK(describe(failure(Code::already_reversed, 9)) ==
        "the transaction was reversed before, by transaction 9");
}

TEST_CASE("describe leaves out a subject that there is none of") {
  CHECK(describe(failure(Code::exceeds_balance, 0)) ==
        "the available balance would fall below its minimum");
  CHECK(describe(failure(Code::key_required, 5)) == "the idempotency key is empty");
}

TEST_CASE("describe names the field in which a repeated key differs") {
  CHECK(describe(failure(Code::exists_with_different_amount, 12)) ==
        "the key was used before, for id 12, with a different amount");
  CHECK(describe(failure(Code::exists_with_different_effective_at, 0)) ==
        "the key was used before with a different effective at");
}

TEST_CASE("describe falls back to the words of the code") {
  CHECK(describe(failure(Code::storage_full, 0)) == "storage full");
}

TEST_CASE("describe tells a new result from a first result given again") {
  Outcome outcome;
  outcome.id = 4;
  CHECK(describe(outcome) == "done: id 4");
  outcome.existed = true;
  CHECK(describe(outcome) == "was there already: id 4");
}
