// SPDX-License-Identifier: MIT
// Tests of NIST P-256.
#include "crypto/nist256p1.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "crypto/sha256.hpp"
#include "crypto_text.hpp"

namespace curve = coffer::crypto::nist256p1;
using coffer::crypto::sha256;
using crypto_test::bytes_of;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

TEST_CASE("nist256p1 gives the key of RFC 6979, appendix A.2.5") {
  const auto secret = fixed<32>("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
  const auto key = curve::public_key(secret);
  REQUIRE(key.has_value());
  CHECK(hex_of(*key) == "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
  CHECK(curve::compress(
            from_hex("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb"
                     "67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")) == key);
}

TEST_CASE("nist256p1 verifies the signature of RFC 6979 and its own") {
  const auto secret = fixed<32>("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
  const auto key = *curve::public_key(secret);
  const auto digest = sha256(bytes_of("sample"));
  auto published = fixed<64>(
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
      "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  CHECK(curve::verify(key, digest, published));
  published[63] ^= 1;
  CHECK_FALSE(curve::verify(key, digest, published));
  const auto own = curve::sign(secret, digest);
  REQUIRE(own.has_value());
  CHECK(curve::verify(key, digest, *own));
  CHECK_FALSE(curve::verify(key, sha256(bytes_of("other")), *own));
}

TEST_CASE("nist256p1 adds a tweak to a secret and to its key alike") {
  auto secret = sha256(bytes_of("secret"));
  const auto tweak = sha256(bytes_of("tweak"));
  const auto sum = curve::add_to_public(*curve::public_key(secret), tweak);
  REQUIRE(curve::add_to_secret(secret, tweak));
  CHECK(curve::public_key(secret) == sum);
}

TEST_CASE("nist256p1 refuses secrets, tweaks and keys out of range") {
  auto order = fixed<32>("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  std::array<std::uint8_t, 32> one{};
  one[31] = 1;
  CHECK_FALSE(curve::is_valid_secret(order));
  CHECK_FALSE(curve::is_valid_secret(std::array<std::uint8_t, 32>{}));
  CHECK_FALSE(curve::add_to_public(*curve::public_key(one), order).has_value());
  CHECK_FALSE(curve::compress(std::vector<std::uint8_t>(33)).has_value());
  CHECK_FALSE(curve::compress(std::vector<std::uint8_t>(1)).has_value());
  order[31] -= 1;
  CHECK_FALSE(curve::add_to_public(*curve::public_key(one), order).has_value());
  CHECK_FALSE(curve::add_to_secret(order, one));
  CHECK(order == std::array<std::uint8_t, 32>{});
}
