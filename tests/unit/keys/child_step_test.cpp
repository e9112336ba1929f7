// SPDX-License-Identifier: MIT
// Tests of a step down a key tree that leads to no key, which no known seed does.
#include "keys/child_step.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>

using namespace coffer;
using namespace coffer::keys;

namespace {

using Bytes32 = std::array<std::uint8_t, 32>;

Bytes32 number(std::uint8_t value) {
  Bytes32 bytes{};
  bytes.back() = value;
  return bytes;
}

/// The order of the curve less `below` (at most 0x41), from the curves' standards (SEC 2).
Bytes32 order_less(Curve curve, std::uint8_t below) {
  const std::string_view text =
      curve == Curve::secp256k1
          ? "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
          : "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  Bytes32 bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto digit = [&text](std::size_t at) {
      return static_cast<unsigned>(text[at] <= '9' ? text[at] - '0' : text[at] - 'a' + 10);
    };
    bytes[i] = static_cast<std::uint8_t>(digit(2 * i) << 4U | digit(2 * i + 1));
  }
  bytes.back() = static_cast<std::uint8_t>(bytes.back() - below);
  return bytes;
}

}  // namespace

TEST_CASE("a tweak that leads to no private key is skipped, any other is added") {
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1}) {
    Bytes32 key = number(1);
    CHECK(add_tweak(curve, key, number(5)) == Code::ok);
    CHECK(key == number(6));
    key = number(1);
    CHECK(add_tweak(curve, key, order_less(curve, 1)) == Code::derivation_skipped);
    key = number(1);
    CHECK(add_tweak(curve, key, order_less(curve, 0)) == Code::derivation_skipped);
  }
}

TEST_CASE("a tweak that leads to no public key is skipped, any other is added") {
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1}) {
    const PublicKey one = *public_key_of(curve, number(1));
    PublicKey child{};
    CHECK(add_tweak(curve, one, number(5), child) == Code::ok);
    CHECK(child == *public_key_of(curve, number(6)));
    CHECK(add_tweak(curve, one, order_less(curve, 1), child) == Code::derivation_skipped);
    CHECK(add_tweak(curve, one, order_less(curve, 0), child) == Code::derivation_skipped);
  }
}
