// SPDX-License-Identifier: MIT
// Tests of the redundancy checks, of the wiped array and of the random generator.
#include "crypto/crc.hpp"

#include <doctest/doctest.h>

#include <array>

#include "crypto/random.hpp"
#include "crypto/wiped.hpp"
#include "crypto_text.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;

TEST_CASE("the redundancy checks of \"123456789\" are the catalogue's") {
  CHECK(crc16_xmodem(bytes_of("123456789")) == 0x31c3);
  CHECK(crc32(bytes_of("123456789")) == 0xcbf43926);
}

TEST_CASE("a wiped array starts as zeros and gives parts of itself") {
  Wiped<4> bytes;
  CHECK(bytes.span()[3] == 0);
  bytes.part<1, 2>()[1] = 7;
  CHECK(bytes[2] == 7);
}

TEST_CASE("random_bytes gives other bytes each time") {
  std::array<std::uint8_t, 32> a{};
  std::array<std::uint8_t, 32> b{};
  REQUIRE(random_bytes(a));
  REQUIRE(random_bytes(b));
  CHECK(a != b);
}
