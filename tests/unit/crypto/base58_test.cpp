// SPDX-License-Identifier: MIT
// Tests of Base58 and Base58Check.
#include "crypto/base58.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crypto_text.hpp"

using namespace coffer::crypto;
using crypto_test::from_hex;
using crypto_test::hex_of;

TEST_CASE("base58 encodes and decodes the published examples") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"61", "2g"},
      {"626262", "a3gV"},
      {"73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"},
      {"00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"},
      {"10c8511e", "Rt5zm"},
      {"00000000000000000000", "1111111111"},
      {"0000000000000000000001", "11111111112"},
  };
  for (const auto& [hex, text] : cases) {
    CHECK(base58_encode(from_hex(hex)) == text);
    const auto bytes = base58_decode(text);
    REQUIRE(bytes.has_value());
    CHECK(hex_of(*bytes) == hex);
  }
}

TEST_CASE("base58 decodes what it encodes for every size") {
  std::vector<std::uint8_t> bytes;
  for (unsigned size = 0; size < 130; ++size) {
    const auto back = base58_decode(base58_encode(bytes));
    REQUIRE(back.has_value());
    CHECK(*back == bytes);
    bytes.push_back(static_cast<std::uint8_t>(size * 37 + 11));
  }
}

TEST_CASE("base58 refuses foreign letters and texts of any length") {
  CHECK_FALSE(base58_decode("0").has_value());
  CHECK_FALSE(base58_decode("2g ").has_value());
  CHECK_FALSE(base58_decode("I").has_value());
  CHECK_FALSE(base58_decode("\xc3\xa9").has_value());
  CHECK_FALSE(base58_decode(std::string(base58_text_max + 1, '2')).has_value());
}

TEST_CASE("base58check gives the generator's address and refuses a wrong letter") {
  const auto payload = from_hex("00751e76e8199196d454941c45d1b3a323f1433bd6");
  const std::string text = base58check_encode(payload);
  CHECK(text == "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH");
  CHECK(base58check_decode(text).bytes == payload);
  CHECK(base58check_decode("1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMJ").error == Base58Error::checksum);
  CHECK(base58check_decode("1Bg").error == Base58Error::too_short);
  CHECK(base58check_decode("1Bg0").error == Base58Error::syntax);
}

TEST_CASE("base58check takes XRP's alphabet") {
  const auto read = base58check_decode("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", base58_ripple);
  REQUIRE(read.error == Base58Error::none);
  CHECK(hex_of(read.bytes) == "00b5f762798a53d543a014caf8b297cff8f2f937e8");
  CHECK(base58check_encode(read.bytes, base58_ripple) == "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh");
}
