// SPDX-License-Identifier: MIT
// Tests of the source of randomness.
#include <coffer/keys/random.hpp>

#include <doctest/doctest.h>

#include <array>

TEST_CASE("the system's randomness fills all bytes and differs each time") {
  std::array<std::uint8_t, 64> a{};
  std::array<std::uint8_t, 64> b{};
  REQUIRE(coffer::keys::system_random().fill(a).has_value());
  REQUIRE(coffer::keys::system_random().fill(b).has_value());
  CHECK(a != b);
  CHECK(a != std::array<std::uint8_t, 64>{});
}
