// SPDX-License-Identifier: MIT
// Tests of Bech32, Bech32m and segwit addresses.
#include "crypto/bech32.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::crypto;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

// What the groups of the two BIPs say about their texts.
void check_case(const std::string& group, const std::string& text) {
  const auto contains = [&](const char* words) { return group.find(words) != std::string::npos; };
  const Bech32Text read = bech32_decode(text);
  INFO(group << " " << text);
  if (contains("strings are valid Bech32m")) {
    CHECK((read.error == Bech32Error::none && read.variant == Bech32::bech32m));
  } else if (contains("strings are valid Bech32")) {
    CHECK((read.error == Bech32Error::none && read.variant == Bech32::bech32));
  } else if (contains("not valid Bech32m")) {
    CHECK((read.error != Bech32Error::none || read.variant != Bech32::bech32m));
  } else if (contains("not valid Bech32")) {
    CHECK((read.error != Bech32Error::none || read.variant != Bech32::bech32));
  }
}

}  // namespace

TEST_CASE("segwit addresses of BIP-173 and BIP-350 encode and decode") {
  struct Case {
    const char* address;
    const char* prefix;
    std::uint8_t version;
    const char* program;
  };
  const std::vector<Case> cases = {
      {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc", 0,
       "751e76e8199196d454941c45d1b3a323f1433bd6"},
      {"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "tb", 0,
       "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262"},
      {"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bc", 1,
       "751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6"},
      {"bc1sw50qgdz25j", "bc", 16, "751e"},
      {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc", 1,
       "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"},
  };
  for (const Case& c : cases) {
    CHECK(segwit_encode(c.prefix, c.version, from_hex(c.program)).value_or("") == c.address);
    const WitnessProgram read = segwit_decode(c.address);
    REQUIRE(read.error == Bech32Error::none);
    CHECK(read.version == c.version);
    CHECK(read.prefix == c.prefix);
    CHECK(hex_of(read.program) == c.program);
  }
}

TEST_CASE("segwit decoding says why it refuses") {
  CHECK(segwit_decode("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5").error == Bech32Error::checksum);
  CHECK(segwit_decode("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd").error ==
        Bech32Error::variant);
  CHECK(segwit_decode("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P").error == Bech32Error::program_size);
  CHECK(segwit_decode("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R").error ==
        Bech32Error::version);
  CHECK(segwit_decode("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq").error ==
        Bech32Error::mixed_case);
  CHECK(segwit_decode("bc1gmk9yu").error == Bech32Error::syntax);
  CHECK(segwit_decode(std::string(91, 'q')).error == Bech32Error::too_long);
  CHECK(segwit_decode("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf").error ==
        Bech32Error::padding);
}

TEST_CASE("bech32 passes the texts of BIP-173 and BIP-350") {
  for (const char* name : {"extracted/bip173.json", "extracted/bip350.json"}) {
    const auto file = shared_vectors::json(name);
    if (!file) {
      return;
    }
    for (const auto& entry : *file) {
      check_case(entry["group"].get<std::string>(), entry["input"].get<std::string>());
    }
  }
}

TEST_CASE("bech32 refuses to encode what could not be read back") {
  CHECK_FALSE(bech32_encode(Bech32::bech32, "", {}).has_value());
  CHECK_FALSE(bech32_encode(Bech32::bech32, "BC", {}).has_value());
  CHECK_FALSE(bech32_encode(Bech32::bech32, "bc", std::vector<std::uint8_t>{32}).has_value());
  CHECK_FALSE(bech32_encode(Bech32::bech32, "bc", std::vector<std::uint8_t>(90)).has_value());
  CHECK_FALSE(segwit_encode("bc", 17, std::vector<std::uint8_t>(32)).has_value());
  CHECK_FALSE(segwit_encode("bc", 0, std::vector<std::uint8_t>(21)).has_value());
  CHECK_FALSE(segwit_encode("bc", 1, std::vector<std::uint8_t>(41)).has_value());
}
