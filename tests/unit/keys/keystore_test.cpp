// SPDX-License-Identifier: MIT
// Tests of the keystore: what opens, what does not, and how it says why.
#include <coffer/keys/keystore.hpp>

#include <doctest/doctest.h>

#include <vector>

#include "../crypto/crypto_text.hpp"

using namespace coffer::keys;
using coffer::Code;
using coffer::Secret;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

constexpr KeystoreCost cheap{10, 8, 1};

KeystoreContent seed_content() {
  KeystoreContent content;
  content.material = Secret::copy_of(from_hex("000102030405060708090a0b0c0d0e0f"));
  return content;
}

std::vector<std::uint8_t> sealed(KeystoreCipher cipher = KeystoreCipher::aes_256_gcm) {
  auto file = seal_keystore(seed_content(), "correct horse", cheap, cipher);
  REQUIRE(file.has_value());
  return *file;
}

Code open_code(std::span<const std::uint8_t> file, std::string_view password = "correct horse") {
  const auto content = open_keystore(file, password);
  return content ? Code::ok : content.error().code;
}

}  // namespace

TEST_CASE("a keystore opens under its password with either cipher") {
  for (const auto cipher : {KeystoreCipher::aes_256_gcm, KeystoreCipher::chacha20_poly1305}) {
    const auto file = sealed(cipher);
    const auto content = open_keystore(file, "correct horse");
    REQUIRE(content.has_value());
    CHECK(content->kind == KeystoreKind::seed);
    CHECK(hex_of(content->material.bytes()) == "000102030405060708090a0b0c0d0e0f");
    const auto info = inspect_keystore(file);
    CHECK(info->cipher == cipher);
    CHECK(info->cost == cheap);
    CHECK(info->version == 1);
  }
}

TEST_CASE("a keystore keeps language and curve") {
  KeystoreContent content = seed_content();
  content.kind = KeystoreKind::mnemonic;
  content.language = Language::korean;
  const auto words = seal_keystore(content, "p", cheap);
  CHECK(open_keystore(*words, "p")->language == Language::korean);
  content.kind = KeystoreKind::private_key;
  content.curve = Curve::ed25519;
  content.material = Secret(32);
  const auto key = seal_keystore(content, "p", cheap);
  CHECK(open_keystore(*key, "p")->curve == Curve::ed25519);
}

TEST_CASE("a wrong password and a damaged file are told apart") {
  const auto file = sealed();
  CHECK(open_code(file, "wrong horse") == Code::wrong_password);
  CHECK(open_code(file, "") == Code::wrong_password);
  CHECK(open_code(file, "\xff") == Code::invalid_utf8);
  for (std::size_t i = 0; i < file.size(); ++i) {
    auto changed = file;
    changed[i] ^= 0x20;
    CHECK(open_code(changed) == Code::keystore_damaged);
  }
  for (std::size_t size = 0; size < file.size(); ++size) {
    CHECK(open_code(std::span(file).first(size)) == Code::keystore_damaged);
  }
  auto longer = file;
  longer.push_back(0);
  CHECK(open_code(longer) == Code::keystore_damaged);
}

TEST_CASE("a keystore of a newer version is said to be one") {
  auto file = sealed();
  file[8] = 2;
  CHECK(open_keystore(file, "x").error().message ==
        "keystore: version 2 is not known to this coffer");
}

TEST_CASE("two keystores of the same content share no bytes behind the header") {
  const auto a = sealed();
  const auto b = sealed();
  CHECK(!std::equal(a.begin() + 17, a.begin() + 49, b.begin() + 17));
  CHECK(!std::equal(a.begin() + 61, a.begin() + 77, b.begin() + 61));
}

TEST_CASE("the password of a keystore changes and is the same from every keyboard") {
  const auto file = sealed();
  const auto changed = change_keystore_password(file, "correct horse", "caf\xc3\xa9", cheap);
  REQUIRE(changed.has_value());
  CHECK(open_code(*changed, "cafe\xcc\x81") == Code::ok);
  CHECK(open_code(*changed, "correct horse") == Code::wrong_password);
  CHECK(change_keystore_password(file, "no", "new", cheap).error().code == Code::wrong_password);
}

TEST_CASE("seal refuses contents, costs and passwords that are not possible") {
  KeystoreContent content = seed_content();
  CHECK(seal_keystore(content, "", cheap).error().code == Code::invalid_argument);
  CHECK(seal_keystore(content, "p", {9, 8, 1}).error().code == Code::out_of_range);
  CHECK(seal_keystore(content, "p", {24, 8, 1}).error().code == Code::out_of_range);
  CHECK(seal_keystore(content, "p", {17, 0, 1}).error().code == Code::out_of_range);
  CHECK(seal_keystore(content, "p", {20, 64, 1}).error().code == Code::out_of_range);
  CHECK(seal_keystore(content, "p", cheap, static_cast<KeystoreCipher>(9)).error().code ==
        Code::invalid_argument);
  content.kind = KeystoreKind::private_key;
  CHECK(seal_keystore(content, "p", cheap).error().code == Code::out_of_range);
  content.material = Secret(32);
  CHECK(seal_keystore(content, "p", cheap).error().code == Code::invalid_key);
  content.curve = static_cast<Curve>(7);
  CHECK(seal_keystore(content, "p", cheap).error().code == Code::invalid_argument);
}
