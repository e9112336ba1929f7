// SPDX-License-Identifier: MIT
// Tests of Ed25519.
#include "crypto/ed25519.hpp"

#include <doctest/doctest.h>

#include <string>

#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

namespace ed25519 = coffer::crypto::ed25519;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

TEST_CASE("ed25519 gives key and signature of RFC 8032, section 7.1, test 2") {
  const auto secret = fixed<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const auto key = ed25519::public_key(secret);
  REQUIRE(key.has_value());
  CHECK(hex_of(*key) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto message = from_hex("72");
  const auto signature = ed25519::sign(secret, message);
  REQUIRE(signature.has_value());
  CHECK(hex_of(*signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(ed25519::verify(*key, message, *signature));
  CHECK_FALSE(ed25519::verify(*key, from_hex("73"), *signature));
}

TEST_CASE("ed25519 passes the Wycheproof file") {
  const auto file = shared_vectors::json("wycheproof/ed25519_test.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    const auto key = fixed<32>(group["publicKey"]["pk"].get<std::string>());
    for (const auto& test : group["tests"]) {
      INFO(test["tcId"].get<int>());
      CHECK(ed25519::verify(key, from_hex(test["msg"].get<std::string>()),
                            from_hex(test["sig"].get<std::string>())) ==
            (test["result"] == "valid"));
      ++seen;
    }
  }
  CHECK(seen == 151);
}
