// SPDX-License-Identifier: MIT
// Tests of what can be said against a draft without the books.
#include <coffer/transaction/draft.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

namespace {

using namespace coffer;

const std::array<Entry, 2> two_entries{Entry{AccountId(1), Side::debit, Amount(5)},
                                       Entry{AccountId(2), Side::credit, Amount(5)}};

Draft good_draft() {
  Draft draft;
  draft.key = "k";
  draft.entries = two_entries;
  return draft;
}

}  // namespace

TEST_CASE("a whole draft has no problems") {
  CHECK(problems_of(good_draft()).empty());
  Draft draft = good_draft();
  const std::string longest_key(128, 'k');
  const std::string longest_reference(256, 'r');
  const std::string longest_description(1024, 'd');
  const std::string longest_metadata(4096, 'm');
  draft.key = longest_key;
  draft.reference = longest_reference;
  draft.description = longest_description;
  draft.metadata = longest_metadata;
  draft.kind = TransactionKind::correction;
  CHECK(problems_of(draft).empty());
}

TEST_CASE("each text that is too long is named with its length") {
  Draft draft = good_draft();
  const std::string key(129, 'k');
  const std::string reference(257, 'r');
  const std::string description(1025, 'd');
  const std::string metadata(4097, 'm');
  draft.key = key;
  draft.reference = reference;
  draft.description = description;
  draft.metadata = metadata;
  const std::vector<Error> expected{
      {Code::key_too_long, "key: 129 bytes, more than the 128 allowed"},
      {Code::text_too_long, "reference: 257 bytes, more than the 256 allowed"},
      {Code::text_too_long, "description: 1025 bytes, more than the 1024 allowed"},
      {Code::text_too_long, "metadata: 4097 bytes, more than the 4096 allowed"},
  };
  CHECK(problems_of(draft) == expected);
}

TEST_CASE("each text that is not UTF-8 is named with the position") {
  Draft draft = good_draft();
  draft.key = "ab\xff";
  draft.reference = "\xc0\xaf";
  draft.description = "\xed\xa0\x80";
  draft.metadata = "x\xf5";
  const std::vector<Error> expected{
      {Code::invalid_utf8, "key: not UTF-8 from position 3 on"},
      {Code::invalid_utf8, "reference: not UTF-8 from position 1 on"},
      {Code::invalid_utf8, "description: not UTF-8 from position 1 on"},
      {Code::invalid_utf8, "metadata: not UTF-8 from position 2 on"},
  };
  CHECK(problems_of(draft) == expected);
}

TEST_CASE("an empty draft lacks its key and its entries") {
  const std::vector<Error> expected{
      {Code::key_required, "key: empty, a transaction needs one"},
      {Code::no_entries, "entries: 0, a transaction needs at least two"},
  };
  CHECK(problems_of(Draft{}) == expected);
}

TEST_CASE("each amount that is not positive is named with its entry") {
  std::array<Entry, 3> entries{Entry{AccountId(1), Side::debit, Amount(-100)},
                               Entry{AccountId(2), Side::credit, Amount(5)},
                               Entry{AccountId(2), Side::credit, Amount(0)}};
  Draft draft = good_draft();
  draft.entries = entries;
  const std::vector<Error> expected{
      {Code::amount_not_positive, "entry 1: amount is -100, it must be greater than zero"},
      {Code::amount_not_positive, "entry 3: amount is 0, it must be greater than zero"},
  };
  CHECK(problems_of(draft) == expected);
}

TEST_CASE("more than 4096 entries are too many and the surplus is not looked at") {
  std::vector<Entry> entries(4097, Entry{AccountId(1), Side::debit, Amount(1)});
  entries[4096].amount = Amount(0);
  Draft draft = good_draft();
  draft.entries = entries;
  const std::vector<Error> expected{
      {Code::too_many_entries, "entries: 4097, more than the 4096 allowed"},
  };
  CHECK(problems_of(draft) == expected);
  draft.entries = std::span<const Entry>(entries).first(4096);
  CHECK(problems_of(draft).empty());
}

TEST_CASE("kinds and sides that no draft can have are refused") {
  std::array<Entry, 2> entries = two_entries;
  entries[1].side = static_cast<Side>(2);
  Draft draft = good_draft();
  draft.entries = entries;
  draft.kind = TransactionKind::reversal;
  const std::vector<Error> expected{
      {Code::invalid_argument, "entry 2: side is neither debit nor credit"},
      {Code::invalid_argument,
       "kind: a draft is a posting or a correction; reversals and captures have their own calls"},
  };
  CHECK(problems_of(draft) == expected);
}

TEST_CASE("problems come in the order in which posting would refuse") {
  Draft draft;
  const std::string reference(300, '\xff');
  draft.reference = reference;
  const std::vector<Error> problems = problems_of(draft);
  REQUIRE(problems.size() == 4);
  CHECK(problems[0].code == Code::key_required);
  CHECK(problems[1].code == Code::text_too_long);
  CHECK(problems[2].code == Code::invalid_utf8);
  CHECK(problems[3].code == Code::no_entries);
}
