// SPDX-License-Identifier: MIT
// Tests of memory that holds secrets.
#include <coffer/core/secret.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <new>
#include <ostream>
#include <string_view>
#include <type_traits>
#include <utility>

using coffer::equal_constant_time;
using coffer::Secret;

namespace {

template <class T>
concept Printable = requires(std::ostream& stream, const T& value) {
  stream << value;
};

}  // namespace

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(std::is_nothrow_move_assignable_v<Secret>);
static_assert(!Printable<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);

TEST_CASE("a new secret is empty, or zeros of its size") {
  CHECK(Secret().is_empty());
  CHECK_FALSE(Secret().is_locked());
  const Secret secret(100);
  CHECK(secret.size() == 100);
  CHECK(std::all_of(secret.bytes().begin(), secret.bytes().end(),
                    [](std::uint8_t byte) { return byte == 0; }));
}

TEST_CASE("a secret copies bytes and text") {
  const std::array<std::uint8_t, 3> bytes{1, 2, 3};
  CHECK(equal_constant_time(Secret::copy_of(bytes).bytes(), bytes));
  CHECK(Secret::copy_of("correct horse").text() == "correct horse");
  CHECK(Secret::copy_of(std::string_view()).is_empty());
}

TEST_CASE("moving a secret leaves the source empty") {
  Secret first = Secret::copy_of("one");
  Secret second(std::move(first));
  CHECK(first.is_empty());  // NOLINT(bugprone-use-after-move)
  CHECK(second.text() == "one");
  first = Secret::copy_of("two");
  second = std::move(first);
  CHECK(second.text() == "two");
  Secret& same = second;
  second = std::move(same);
  CHECK(second.text() == "two");
}

TEST_CASE("a secret larger than a page keeps every byte") {
  Secret secret(10'000);
  for (std::size_t i = 0; i < secret.size(); ++i) {
    secret.bytes()[i] = static_cast<std::uint8_t>(i);
  }
  CHECK(secret.bytes()[9'999] == 15);
}

TEST_CASE("a secret that no memory can hold is refused") {
  CHECK_THROWS_AS(Secret(SIZE_MAX), std::bad_alloc);
  CHECK_THROWS_AS(Secret(SIZE_MAX / 2), std::bad_alloc);
}

TEST_CASE("wipe leaves zeros only") {
  std::array<std::uint8_t, 33> bytes{};
  bytes.fill(0xAA);
  coffer::wipe(bytes);
  CHECK(bytes == std::array<std::uint8_t, 33>{});
  coffer::wipe({});
}

TEST_CASE("constant-time comparison sees every byte and the length") {
  const std::array<std::uint8_t, 4> bytes{1, 2, 3, 4};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::array<std::uint8_t, 4> other = bytes;
    CHECK(equal_constant_time(bytes, other));
    other[i] ^= 0x80U;
    CHECK_FALSE(equal_constant_time(bytes, other));
  }
  CHECK_FALSE(equal_constant_time(bytes, std::span(bytes).first(3)));
  CHECK(equal_constant_time({}, {}));
}
