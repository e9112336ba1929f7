// SPDX-License-Identifier: MIT
// Tests of typed ids.
#include <coffer/core/id.hpp>

#include <doctest/doctest.h>

#include <type_traits>
#include <unordered_set>

using coffer::AccountId;
using coffer::TransactionId;

static_assert(!std::is_convertible_v<AccountId, TransactionId>);
static_assert(!std::is_constructible_v<AccountId, TransactionId>);
static_assert(!std::is_convertible_v<std::int64_t, AccountId>);
static_assert(sizeof(AccountId) == sizeof(std::int64_t));

TEST_CASE("an id that was never set names nothing") {
  CHECK_FALSE(AccountId{});
  CHECK(AccountId{}.value() == 0);
}

TEST_CASE("only a positive number names something") {
  CHECK(AccountId(1));
  CHECK_FALSE(AccountId(0));
  CHECK_FALSE(AccountId(-1));
}

TEST_CASE("ids compare in commit order") {
  CHECK(AccountId(1) < AccountId(2));
  CHECK(AccountId(2) == AccountId(2));
}

TEST_CASE("ids can be keys of hash tables") {
  const std::unordered_set<AccountId> ids{AccountId(1), AccountId(2), AccountId(1)};
  CHECK(ids.size() == 2);
  CHECK(ids.contains(AccountId(2)));
}
