// SPDX-License-Identifier: MIT
// Tests of outcomes in words.
#include <coffer/ledger/operation.hpp>

#include <string>

#include <doctest/doctest.h>

#include "book_fixture.hpp"

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

TEST_CASE("describe takes a negative id for no field where the code is about an id") {
  CHECK(describe(failure(Code::account_not_found, -10)).find("kind") == std::string::npos);
  CHECK(describe(failure(Code::hold_not_found, -14)).find("end_at") == std::string::npos);
}

TEST_CASE("describe leaves out a subject that there is none of") {
  CHECK(describe(failure(Code::exceeds_balance, 0)) ==
        "the available balance would fall below its minimum");
  CHECK(describe(failure(Code::key_required, 5)) == "the idempotency key is empty");
  CHECK(describe(failure(Code::amount_not_positive, 0)) == "the amount must be greater than zero");
  CHECK(describe(failure(Code::asset_not_found, 0)) == "the asset is not registered");
  CHECK(describe(failure(Code::asset_mismatch, 0)) ==
        "the account is of another asset than the other entries");
}

TEST_CASE("describe names the field in which a repeated key differs") {
  CHECK(describe(failure(Code::exists_with_different_amount, 12)) ==
        "the key was used before, for id 12, with a different amount");
  CHECK(describe(failure(Code::exists_with_different_effective_at, 0)) ==
        "the key was used before with a different effective_at");
  CHECK(describe(failure(Code::exists_with_different_entries, 2)) ==
        "the key was used before, for id 2, with different entries");
  CHECK(describe(failure(Code::exists_with_different_reference, 2)) ==
        "the key was used before, for id 2, with a different reference, description or metadata");
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

namespace {

using namespace coffer;

std::string said(const Result<Outcome>& outcome) {
  return outcome ? "done"
                 : std::string(name_of(outcome.error().code)) + ": " + outcome.error().message;
}

}  // namespace

TEST_CASE("a refused posting names the field and the reason") {
  test::BookFixture book;
  const AccountId cash = book.source("cash");
  const AccountId ann = book.account("ann");
  std::array<Entry, 2> entries{Entry{cash, Side::debit, Amount(5)},
                               Entry{ann, Side::credit, Amount(5)}};
  const auto posted = [&](auto change) {
    Draft draft;
    draft.key = "k";
    draft.entries = entries;
    change(draft);
    return said(book.ledger->post(draft));
  };
  CHECK(posted([](Draft& draft) { draft.kind = TransactionKind::reversal; }) ==
        "invalid_argument: kind: a draft is a posting or a correction; reversals and captures have "
        "their own calls");
  CHECK(posted([](Draft& draft) { draft.key = ""; }) ==
        "key_required: key: it is empty, and it must name the item for ever");
  const std::string long_text(5000, 'x');
  CHECK(posted([&](Draft& draft) { draft.key = long_text; }) ==
        "key_too_long: key: it is longer than 128 bytes");
  CHECK(posted([&](Draft& draft) { draft.description = long_text; }) ==
        "text_too_long: description: it is longer than 1024 bytes");
  CHECK(posted([&](Draft& draft) { draft.metadata = "\xff"; }) ==
        "invalid_utf8: metadata: it is not well-formed UTF-8");
  entries[1].amount = Amount(0);
  CHECK(posted([](Draft&) {}) ==
        "amount_not_positive: entry 2: the amount must be greater than zero");
}

TEST_CASE("a refused hold names the field and the reason") {
  test::BookFixture book;
  const AccountId cash = book.source("cash");
  const auto held = [&](auto change) {
    HoldDraft draft;
    draft.key = "h";
    draft.account = cash;
    draft.amount = Amount(5);
    change(draft);
    return said(book.ledger->reserve(draft));
  };
  CHECK(held([&](HoldDraft& draft) { draft.expires_at = book.clock.now(); }) ==
        "invalid_argument: expires_at: it is not later than the time of recording");
  CHECK(held([](HoldDraft& draft) { draft.bucket = static_cast<Bucket>(3); }) ==
        "invalid_argument: bucket: it is neither held nor pending nor frozen");
  REQUIRE(held([](HoldDraft&) {}) == "done");
  Capture capture;
  capture.key = "c";
  capture.hold = HoldId(1);
  CHECK(said(book.ledger->capture(capture)) ==
        "invalid_argument: destination: neither the hold nor the capture names an account");
}

TEST_CASE("a batch tells a field apart from an account") {
  test::BookFixture book;
  const std::array<Operation, 2> operations{
      Operation{AssetRegistration{{"EUR", 4, AssetKind::fiat, {}, {}, {}}}, false},
      Operation{WalletOpening{}, false}};
  std::array<Outcome, 2> outcomes;
  REQUIRE(book.ledger->execute(operations, BatchMode::independent, outcomes));
  CHECK(outcomes[0].subject < 0);
  CHECK(describe(outcomes[0]) ==
        "asset: one of its fields is not allowed; registering it by itself tells which");
  CHECK(describe(outcomes[1]) == "user: it is empty");
}
