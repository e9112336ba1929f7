// SPDX-License-Identifier: MIT
// Tests of PBKDF2 and scrypt.
#include "crypto/kdf.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "crypto/scrypt_mix.hpp"
#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

using Kdf = void (*)(std::span<const std::uint8_t>, std::span<const std::uint8_t>, std::uint32_t,
                     std::span<std::uint8_t>) noexcept;

void check_file(const char* name, Kdf kdf, int count) {
  const auto file = shared_vectors::json(name);
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    for (const auto& test : group["tests"]) {
      std::vector<std::uint8_t> out(test["dkLen"].get<std::size_t>());
      kdf(from_hex(test["password"].get<std::string>()), from_hex(test["salt"].get<std::string>()),
          test["iterationCount"].get<std::uint32_t>(), out);
      CHECK((hex_of(out) == test["dk"].get<std::string>()) == (test["result"] == "valid"));
      ++seen;
    }
  }
  CHECK(seen == count);
}

}  // namespace

TEST_CASE("pbkdf2 with SHA-512 gives the seed of the first BIP-39 vector") {
  std::vector<std::uint8_t> seed(64);
  pbkdf2_hmac_sha512(bytes_of("abandon abandon abandon abandon abandon abandon abandon abandon "
                              "abandon abandon abandon about"),
                     bytes_of("mnemonicTREZOR"), 2048, seed);
  CHECK(hex_of(seed) ==
        "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
        "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04");
}

TEST_CASE("pbkdf2 with SHA-256 gives the key of RFC 7914, section 11") {
  std::vector<std::uint8_t> key(64);
  pbkdf2_hmac_sha256(bytes_of("passwd"), bytes_of("salt"), 1, key);
  CHECK(hex_of(key) ==
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
}

TEST_CASE("pbkdf2 passes the Wycheproof files") {
  check_file("wycheproof/pbkdf2_hmacsha512_test.json", &pbkdf2_hmac_sha512, 58);
  check_file("wycheproof/pbkdf2_hmacsha256_test.json", &pbkdf2_hmac_sha256, 60);
}

TEST_CASE("scrypt gives the keys of RFC 7914, section 12") {
  std::vector<std::uint8_t> key(64);
  REQUIRE(scrypt(bytes_of("password"), bytes_of("NaCl"), {1024, 8, 16}, key));
  CHECK(hex_of(key) ==
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
}

TEST_CASE("scrypt beyond OpenSSL's limit is the same function") {
  std::vector<std::uint8_t> key(64);
  REQUIRE(scrypt_beyond_limit(bytes_of("password"), bytes_of("NaCl"), 1024, 8, 16, key));
  CHECK(hex_of(key) ==
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
  REQUIRE(scrypt({}, {}, {16, 1, 1}, key));
  std::vector<std::uint8_t> same(64);
  REQUIRE(scrypt_beyond_limit({}, {}, 16, 1, 1, same));
  CHECK(key == same);
  CHECK(scrypt({}, {}, {65536, 1, 1}, key));
}

TEST_CASE("scrypt refuses costs that are malformed or need too much memory") {
  std::vector<std::uint8_t> key(32);
  CHECK_FALSE(scrypt({}, {}, {0, 8, 1}, key));
  CHECK_FALSE(scrypt({}, {}, {1000, 8, 1}, key));
  CHECK_FALSE(scrypt({}, {}, {1024, 0, 1}, key));
  CHECK_FALSE(scrypt({}, {}, {1024, 8, 0}, key));
  CHECK_FALSE(is_acceptable({std::uint64_t{1} << 21, 8, 1}));
  CHECK_FALSE(is_acceptable({std::uint64_t{1} << 63, 1U << 31, 1}));
  CHECK(is_acceptable({std::uint64_t{1} << 20, 8, 1}));
}
