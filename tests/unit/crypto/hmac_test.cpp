// SPDX-License-Identifier: MIT
// Tests of HMAC with the cases of RFC 4231 and Wycheproof.
#include "crypto/hmac.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

std::string sha512_mac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  std::array<std::uint8_t, 64> out;
  hmac_sha512(key, message, out);
  return hex_of(out);
}

std::string sha256_mac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  std::array<std::uint8_t, 32> out;
  hmac_sha256(key, message, out);
  return hex_of(out);
}

}  // namespace

TEST_CASE("hmac gives the authenticators of RFC 4231, case 2") {
  const auto message = bytes_of("what do ya want for nothing?");
  CHECK(sha512_mac(bytes_of("Jefe"), message) ==
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  CHECK(sha256_mac(bytes_of("Jefe"), message) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("hmac hashes a key that is longer than a block, RFC 4231 case 6") {
  const std::vector<std::uint8_t> key(131, 0xaa);
  const auto message = bytes_of("Test Using Larger Than Block-Size Key - Hash Key First");
  CHECK(sha512_mac(key, message) ==
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
        "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
  CHECK(sha256_mac(key, message) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("one hmac key authenticates many messages, whole or in parts") {
  const HmacSha512 key(bytes_of("Jefe"));
  std::array<std::uint8_t, 64> whole;
  std::array<std::uint8_t, 64> parts;
  key.authenticate({bytes_of("what do ya want for nothing?")}, whole);
  key.authenticate({bytes_of("what do ya "), bytes_of(""), bytes_of("want for nothing?")}, parts);
  CHECK(whole == parts);
}

TEST_CASE("hmac_sha512 passes the Wycheproof file") {
  const auto file = shared_vectors::json("wycheproof/hmac_sha512_test.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    const auto digits = group["tagSize"].get<std::size_t>() / 4;
    for (const auto& test : group["tests"]) {
      const std::string mac = sha512_mac(from_hex(test["key"].get<std::string>()),
                                         from_hex(test["msg"].get<std::string>()));
      const bool equal = mac.substr(0, digits) == test["tag"].get<std::string>();
      CHECK(equal == (test["result"] == "valid"));
      ++seen;
    }
  }
  CHECK(seen == 174);
}
