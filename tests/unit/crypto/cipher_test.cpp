// SPDX-License-Identifier: MIT
// Tests of the ciphers with the examples of their standards.
#include "crypto/cipher.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "crypto_text.hpp"

using namespace coffer::crypto;
using crypto_test::bytes_of;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

TEST_CASE("AES-256-GCM gives test case 15 of its specification") {
  const auto key = fixed<32>("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const auto nonce = fixed<12>("cafebabefacedbaddecaf888");
  const auto plain = from_hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255");
  std::vector<std::uint8_t> sealed(plain.size() + 16);
  REQUIRE(seal(Aead::aes_256_gcm, key, nonce, {}, plain, sealed));
  CHECK(hex_of(sealed) ==
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
        "b094dac5d93471bdec1a502270e3cc6c");
  std::vector<std::uint8_t> opened(plain.size());
  REQUIRE(open(Aead::aes_256_gcm, key, nonce, {}, sealed, opened));
  CHECK(opened == plain);
}

TEST_CASE("ChaCha20-Poly1305 gives the example of RFC 8439, section 2.8.2") {
  const auto key = fixed<32>("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const auto nonce = fixed<12>("070000004041424344454647");
  const auto associated = from_hex("50515253c0c1c2c3c4c5c6c7");
  const auto plain = bytes_of(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
      "sunscreen would be it.");
  std::vector<std::uint8_t> sealed(plain.size() + 16);
  REQUIRE(seal(Aead::chacha20_poly1305, key, nonce, associated, plain, sealed));
  CHECK(hex_of(std::span(sealed).first(16)) == "d31a8d34648e60db7b86afbc53ef7ec2");
  CHECK(hex_of(std::span(sealed).last(16)) == "1ae10b594f09e26a7e902ecbd0600691");
}

TEST_CASE("open refuses any changed part and leaves zeros") {
  const std::array<std::uint8_t, 32> key{1};
  const std::array<std::uint8_t, 12> nonce{2};
  const auto plain = bytes_of("attack at dawn");
  for (const Aead aead : {Aead::aes_256_gcm, Aead::chacha20_poly1305}) {
    std::vector<std::uint8_t> sealed(plain.size() + 16);
    REQUIRE(seal(aead, key, nonce, bytes_of("header"), plain, sealed));
    std::vector<std::uint8_t> opened(plain.size(), 0xff);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      sealed[i] ^= 1;
      CHECK_FALSE(open(aead, key, nonce, bytes_of("header"), sealed, opened));
      sealed[i] ^= 1;
    }
    CHECK_FALSE(open(aead, key, nonce, bytes_of("Header"), sealed, opened));
    CHECK(opened == std::vector<std::uint8_t>(plain.size(), 0));
    CHECK(open(aead, key, nonce, bytes_of("header"), sealed, opened));
  }
}

TEST_CASE("the bare AES modes give the examples of NIST SP 800-38A") {
  const auto plain = from_hex("6bc1bee22e409f96e93d7e117393172a");
  std::vector<std::uint8_t> out(16);
  REQUIRE(aes_ctr(from_hex("2b7e151628aed2a6abf7158809cf4f3c"),
                  fixed<16>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), plain, out));
  CHECK(hex_of(out) == "874d6191b620e3261bef6864990db6ce");
  const auto key = fixed<32>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  REQUIRE(aes_256_blocks(true, key, plain, out));
  CHECK(hex_of(out) == "f3eed1bdb5d2a03c064b5a7e3db181f8");
  std::vector<std::uint8_t> back(16);
  REQUIRE(aes_256_blocks(false, key, out, back));
  CHECK(back == plain);
  REQUIRE(aes_cbc_decrypt(from_hex("2b7e151628aed2a6abf7158809cf4f3c"),
                          fixed<16>("000102030405060708090a0b0c0d0e0f"),
                          from_hex("7649abac8119b246cee98e9b12e9197d"), out));
  CHECK(out == plain);
}

TEST_CASE("the bare AES modes refuse a key or block of a wrong size") {
  std::vector<std::uint8_t> out(15);
  CHECK_FALSE(aes_ctr(std::vector<std::uint8_t>(15), fixed<16>(std::string(32, '0')),
                      std::vector<std::uint8_t>(15), out));
  CHECK_FALSE(
      aes_256_blocks(true, std::array<std::uint8_t, 32>{}, std::vector<std::uint8_t>(15), out));
}
