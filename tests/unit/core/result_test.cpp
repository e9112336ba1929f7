// SPDX-License-Identifier: MIT
// Tests of Result, Status and the macros that pass errors on.
#include <coffer/core/result.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>

using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Status;

namespace {

Result<int> half_of(int value) {
  if (value % 2 != 0) {
    return Error{Code::invalid_argument, "value: it is odd"};
  }
  return value / 2;
}

Result<int> quarter_of(int value) {
  COFFER_TRY_ASSIGN(const int half, half_of(value));
  COFFER_TRY_ASSIGN(const int quarter, half_of(half));
  return quarter;
}

Status check_even(int value) {
  COFFER_TRY(half_of(value));
  return {};
}

}  // namespace

TEST_CASE("a result holds a value") {
  const Result<int> result = half_of(4);
  REQUIRE(result);
  CHECK(result.has_value());
  CHECK(result.value() == 2);
  CHECK(*result == 2);
  CHECK(result.value_or(9) == 2);
}

TEST_CASE("a result holds the reason why there is no value") {
  const Result<int> result = half_of(3);
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error{Code::invalid_argument, "value: it is odd"});
  CHECK(result.value_or(9) == 9);
}

TEST_CASE("a result of text tells a text from an error") {
  const Result<std::string> text = std::string("hello");
  CHECK(text->size() == 5);
}

TEST_CASE("a result can hold what only moves") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = std::move(result).value();
  CHECK(*taken == 7);
}

TEST_CASE("errors pass through the macros unchanged") {
  CHECK(*quarter_of(8) == 2);
  CHECK(quarter_of(6).error().message == "value: it is odd");
  CHECK(check_even(2));
  CHECK(check_even(1).error().code == Code::invalid_argument);
}

TEST_CASE("a status is a success unless it carries an error") {
  CHECK(Status{});
  CHECK(Status{}.error().code == Code::ok);
  const Status failed = Error{Code::closed, "engine: it is closed"};
  CHECK_FALSE(failed);
  CHECK(failed.error().code == Code::closed);
}
