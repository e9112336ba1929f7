// SPDX-License-Identifier: MIT
// Tests of the status codes' names and of which are worth a retry.
#include <coffer/core/code.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using coffer::Code;

TEST_CASE("a code's name is the one of its enumerator") {
  CHECK(name_of(Code::ok) == "ok");
  CHECK(name_of(Code::exceeds_balance) == "exceeds_balance");
  CHECK(name_of(Code::network_not_found) == "network_not_found");
}

TEST_CASE("a value that is no code is unknown") {
  CHECK(name_of(static_cast<Code>(1)) == "unknown");
  CHECK(name_of(static_cast<Code>(-1)) == "unknown");
}

TEST_CASE("no two codes share a name") {
  std::set<std::string> names;
  int count = 0;
  for (int value = 0; value < 1000; ++value) {
    const std::string name(name_of(static_cast<Code>(value)));
    if (name != "unknown") {
      ++count;
      names.insert(name);
    }
  }
  CHECK(names.size() == static_cast<std::size_t>(count));
  CHECK(count >= 91);
}

TEST_CASE("only what time or a balance can mend is transient") {
  CHECK(is_transient(Code::exceeds_balance));
  CHECK(is_transient(Code::exceeds_limit));
  CHECK(is_transient(Code::condition_not_met));
  CHECK(is_transient(Code::insufficient_balance));
  CHECK(is_transient(Code::effective_in_future));
  CHECK(is_transient(Code::storage_busy));
  CHECK(is_transient(Code::storage_full));
  CHECK(is_transient(Code::source_unavailable));
  CHECK(is_transient(Code::out_of_memory));
  CHECK_FALSE(is_transient(Code::ok));
  CHECK_FALSE(is_transient(Code::unbalanced));
  CHECK_FALSE(is_transient(Code::account_frozen));
  CHECK_FALSE(is_transient(Code::storage_fenced));
  CHECK_FALSE(is_transient(Code::storage_corrupt));
}
