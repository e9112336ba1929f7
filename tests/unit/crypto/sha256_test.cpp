// SPDX-License-Identifier: MIT
// Tests of SHA-256 with the examples of FIPS 180-4.
#include "crypto/sha256.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "crypto_text.hpp"

using coffer::crypto::Sha256;
using coffer::crypto::sha256;
using crypto_test::bytes_of;
using crypto_test::hex_of;

TEST_CASE("sha256 gives the published digests") {
  CHECK(hex_of(sha256(bytes_of(""))) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex_of(sha256(bytes_of("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex_of(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("sha256 of a million letters is the published digest whatever the pieces") {
  const std::string piece(1000, 'a');
  Sha256 hash;
  for (int i = 0; i < 1000; ++i) {
    hash.update(bytes_of(piece));
  }
  CHECK(hex_of(hash.finish()) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a copied sha256 continues from the same point and finish starts over") {
  Sha256 hash;
  hash.update(bytes_of("ab"));
  Sha256 copy = hash;
  CHECK(copy.update(bytes_of("c")).finish() == sha256(bytes_of("abc")));
  CHECK(hash.update(bytes_of("d")).finish() == sha256(bytes_of("abd")));
  CHECK(hash.finish() == sha256(bytes_of("")));
}

TEST_CASE("sha256_twice is the hash of the hash") {
  CHECK(hex_of(coffer::crypto::sha256_twice(bytes_of("hello"))) ==
        "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50");
}
