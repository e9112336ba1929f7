// SPDX-License-Identifier: MIT
// Tests of Keccak-256.
#include "crypto/keccak256.hpp"

#include <doctest/doctest.h>

#include <string>

#include "crypto_text.hpp"

using coffer::crypto::keccak256;
using crypto_test::bytes_of;
using crypto_test::hex_of;

TEST_CASE("keccak256 gives the digests that Ethereum publishes") {
  CHECK(hex_of(keccak256(bytes_of(""))) ==
        "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  CHECK(hex_of(keccak256(bytes_of("abc"))) ==
        "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  CHECK(hex_of(keccak256(bytes_of("transfer(address,uint256)"))).substr(0, 8) == "a9059cbb");
}

TEST_CASE("keccak256 pads rightly around its rate of 136 bytes") {
  CHECK(hex_of(keccak256(bytes_of(std::string(135, 'a')))) ==
        "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446");
  CHECK(hex_of(keccak256(bytes_of(std::string(136, 'a')))) ==
        "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e");
  CHECK(hex_of(keccak256(bytes_of(std::string(137, 'a')))) ==
        "d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39");
}
