// SPDX-License-Identifier: MIT
// Tests of the redundancy checks, of wiping and of the random generator.
#include "crypto/crc.hpp"

#include <doctest/doctest.h>

#include <array>

#include "crypto/random.hpp"
#include "crypto/wipe.hpp"
#include "crypto_text.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;

TEST_CASE("the redundancy checks of \"123456789\" are the catalogue's") {
  CHECK(crc16_xmodem(bytes_of("123456789")) == 0x31c3);
  CHECK(crc32(bytes_of("123456789")) == 0xcbf43926);
}

TEST_CASE("wipe leaves zeros") {
  std::array<std::uint8_t, 4> bytes{1, 2, 3, 4};
  wipe(bytes);
  CHECK(bytes == std::array<std::uint8_t, 4>{});
}

TEST_CASE("equal_in_constant_time compares sizes and contents") {
  CHECK(equal_in_constant_time(bytes_of("abc"), bytes_of("abc")));
  CHECK_FALSE(equal_in_constant_time(bytes_of("abc"), bytes_of("abd")));
  CHECK_FALSE(equal_in_constant_time(bytes_of("abc"), bytes_of("ab")));
}

TEST_CASE("random_bytes gives other bytes each time") {
  std::array<std::uint8_t, 32> a{};
  std::array<std::uint8_t, 32> b{};
  REQUIRE(random_bytes(a));
  REQUIRE(random_bytes(b));
  CHECK(a != b);
}
