// SPDX-License-Identifier: MIT
// Tests of BIP-38 with its own examples.
#include <coffer/keys/bip38.hpp>

#include <doctest/doctest.h>

#include <string>

#include "../../support/shared_vectors.hpp"
#include "../crypto/crypto_text.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

struct Example {
  std::string_view passphrase;
  const char* text;
  const char* key;
  bool is_compressed;
  bool is_multiplied;
};

// The figures of BIP-38, section "Test vectors". The third passphrase is U+03D2 U+0301 U+0000
// U+10400 U+1F4A9, which NFC makes shorter.
constexpr std::string_view odd("\xcf\x92\xcc\x81\0\xf0\x90\x90\x80\xf0\x9f\x92\xa9", 13);
constexpr Example examples[] = {
    {"TestingOneTwoThree", "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg",
     "cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5", false, false},
    {"Satoshi", "6PRNFFkZc2NZ6dJqFfhRoFNMR9Lnyj7dYGrzdgXXVMXcxoKTePPX1dWByq",
     "09c2686880095b1a4c249ee3ac4eea8a014f11e6f986d0b5025ac1f39afbd9ae", false, false},
    {odd, "6PRW5o9FLp4gJDDVqJQKJFTpMvdsSGJxMYHtHaQBF3ooa8mwD69bapcDQn",
     "64eeab5f9be2a01a8365a579511eb3373c87c40da6d2a25f05bda68fe077b66e", false, false},
    {"TestingOneTwoThree", "6PYNKZ1EAgYgmQfmNVamxyXVWHzK5s6DGhwP4J5o44cvXdoY7sRzhtpUeo",
     "cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5", true, false},
    {"TestingOneTwoThree", "6PfQu77ygVyJLZjfvMLyhLMQbYnu5uguoJJ4kMCLqWwPEdfpwANVS76gTX",
     "a43a940577f4e97f5c4d39eb14ff083a98187c64ea7c99ef7ce460833959a519", false, true},
    {"MOLON LABE", "6PgNBNNzDkKdhkT6uJntUXwwzQV8Rr2tZcbkDcuC9DZRsS6AtHts4Ypo1j",
     "44ea95afbf138356a05ea32110dfd627232d0f2991ad221187be356f19fa8190", false, true},
    {"ΜΟΛΩΝ ΛΑΒΕ", "6PgGWtx25kUg8QWvwuJAgorN6k9FbE25rv5dMRwu5SKMnfpfVe5mar2ngH",
     "ca2759aa4adb0f96c414f36abeb8db59342985be9fa50faac228c8e7d90e3006", false, true},
};

}  // namespace

TEST_CASE("the keys of BIP-38 open under their passphrases") {
  for (const Example& example : examples) {
    INFO(example.text);
    const auto key = bip38_decrypt(example.text, example.passphrase);
    REQUIRE(key.has_value());
    CHECK(hex_of(key->private_key.bytes()) == example.key);
    CHECK(key->is_compressed == example.is_compressed);
  }
}

TEST_CASE("the keys of BIP-38's file open under its passphrases") {
  const auto file = shared_vectors::json("extracted/bip38.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& row : *file) {
    std::string passphrase;
    std::string text;
    std::string key;
    for (const auto& member : row.items()) {
      const std::string& name = member.key();
      const auto value = member.value().get<std::string>();
      if (name.starts_with("Encrypted")) {
        text = value;
      } else if (name.ends_with("(hex)")) {
        key = value;
      } else if (name == "Passphrase" || name.starts_with("Passphrase (")) {
        passphrase = value;
      }
    }
    if (key.empty()) {
      continue;  // The passphrase with a NUL, which the file can't hold; it is among the examples.
    }
    INFO(text);
    const auto opened = bip38_decrypt(text, passphrase);
    REQUIRE(opened.has_value());
    CHECK(opened->private_key.bytes().size() == 32);
    CHECK(hex_of(opened->private_key.bytes()) == hex_of(from_hex(key)));
    const auto section = row["section"].get<std::string>();
    CHECK(opened->is_compressed == section.starts_with("Compression"));
    ++seen;
  }
  CHECK(seen == 8);
}

TEST_CASE("encrypting gives the texts of BIP-38") {
  for (const Example& example : examples) {
    if (!example.is_multiplied) {
      const auto text =
          bip38_encrypt(fixed<32>(example.key), example.is_compressed, example.passphrase);
      REQUIRE(text.has_value());
      CHECK(*text == example.text);
    }
  }
}

TEST_CASE("a wrong passphrase and a damaged text are told apart") {
  CHECK(bip38_decrypt(examples[0].text, "x").error().code == Code::wrong_password);
  CHECK(bip38_decrypt(examples[4].text, "x").error().code == Code::wrong_password);
  CHECK(bip38_decrypt(examples[0].text, "\xff").error().code == Code::invalid_utf8);
  CHECK(bip38_decrypt("6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGh", "x")
            .error()
            .code == Code::keystore_damaged);
  CHECK(bip38_decrypt("", "x").error().code == Code::keystore_damaged);
  CHECK(bip38_encrypt(fixed<32>(""), false, "x").error().code == Code::invalid_key);
}
