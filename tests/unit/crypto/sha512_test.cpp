// SPDX-License-Identifier: MIT
// Tests of SHA-512, RIPEMD-160, HASH160 and the block form of SHA-512.
#include "crypto/sha512.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "crypto/hash160.hpp"
#include "crypto_text.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;
using crypto_test::from_hex;
using crypto_test::hex_of;

TEST_CASE("sha512 gives the digests of FIPS 180-4") {
  CHECK(hex_of(sha512(bytes_of("abc"))) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  CHECK(hex_of(sha512(bytes_of(""))) ==
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
}

TEST_CASE("the block form of sha512 continues a chain as the streaming form does") {
  const std::string first(128, 'x');
  Sha512 hash;
  hash.update(bytes_of(first));
  std::array<std::uint8_t, 128> last{};
  last[0] = 0x80;
  last[126] = 0x04;  // 128 bytes are 0x400 bits.
  std::array<std::uint64_t, 8> words{};
  Sha512Block().compress(hash.chain(), last.data(), words);
  Digest64 digest;
  hash.finish(digest);
  std::uint64_t first_word = 0;
  std::for_each(digest.begin(), digest.begin() + 8,
                [&](std::uint8_t byte) { first_word = first_word << 8 | byte; });
  CHECK(words[0] == first_word);
}

TEST_CASE("ripemd160 gives the digests of its authors") {
  CHECK(hex_of(ripemd160(bytes_of(""))) == "9c1185a5c5e9fc54612808977ee8f548b2258d31");
  CHECK(hex_of(ripemd160(bytes_of("abc"))) == "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
}

TEST_CASE("hash160 of the generator's public key is the well known one") {
  CHECK(hex_of(hash160(
            from_hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"))) ==
        "751e76e8199196d454941c45d1b3a323f1433bd6");
}
