// SPDX-License-Identifier: MIT
// Tests of Web3 keystores with the files of ethereum/tests and of wallets in use.
#include <coffer/keys/web3_keystore.hpp>

#include <doctest/doctest.h>

#include <string>

#include "../crypto/crypto_text.hpp"
#include "keys/json.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::hex_of;

namespace {

// The PBKDF2 example of the Web3 Secret Storage Definition.
constexpr const char* published = R"({"crypto":{"cipher":"aes-128-ctr","cipherparams":
{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},"ciphertext":
"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2","kdfparams":
{"c":262144,"dklen":32,"prf":"hmac-sha256","salt":
"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},"mac":
"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},"version":3})";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

Code code_of(const std::string& json, std::string_view password = "testpassword") {
  const auto content = open_web3_keystore(json, password);
  return content ? Code::ok : content.error().code;
}

}  // namespace

TEST_CASE("the published keystore opens under its password") {
  const auto key = open_web3_keystore(published, "testpassword");
  REQUIRE(key.has_value());
  CHECK(hex_of(key->bytes()) == "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
  CHECK(code_of(published, "wrong") == Code::wrong_password);
}

TEST_CASE("the keystores of ethereum/tests open under their passwords") {
  const auto file = shared_vectors::json("ethereum-tests/KeyStoreTests/basic_tests.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& entry : file->items()) {
    const auto& test = entry.value();
    INFO(entry.key());
    const auto key = open_web3_keystore(test["json"].dump(), test["password"].get<std::string>());
    REQUIRE(key.has_value());
    const auto expected = test["priv"].get<std::string>();
    CHECK(hex_of(key->bytes()) == expected);
    ++seen;
  }
  CHECK(seen >= 4);
}

TEST_CASE("a sealed key opens again and carries its address") {
  const auto secret = fixed<32>("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
  const auto json = seal_web3_keystore(secret, "pass", {10, 8, 1});
  REQUIRE(json.has_value());
  CHECK(json->find("\"address\":\"008aeeda4d805471df9b2a5b0f38a0c3bcba786b\"") !=
        std::string::npos);
  CHECK(hex_of(open_web3_keystore(*json, "pass")->bytes()) == hex_of(secret));
  CHECK(open_web3_keystore(*json, "Pass").error().code == Code::wrong_password);
  CHECK(seal_web3_keystore(secret, "", {10, 8, 1}).error().code == Code::invalid_argument);
  CHECK(seal_web3_keystore(secret, "p", {99, 8, 1}).error().code == Code::out_of_range);
  CHECK(seal_web3_keystore(fixed<32>(""), "p", {10, 8, 1}).error().code == Code::invalid_key);
}

TEST_CASE("a file that is not such a keystore is refused with the member's name") {
  CHECK(code_of("") == Code::keystore_damaged);
  CHECK(code_of("[]") == Code::keystore_damaged);
  CHECK(code_of("{}") == Code::keystore_damaged);
  CHECK(open_web3_keystore(replaced(published, "\"mac\"", "\"cam\""), "x").error().message ==
        "web3 keystore: 'mac' is missing or malformed");
  CHECK(code_of(replaced(published, "\"version\":3", "\"version\":1")) == Code::unsupported);
  CHECK(code_of(replaced(published, "aes-128-ctr", "aes-128-gcm")) == Code::unsupported);
  CHECK(code_of(replaced(published, "pbkdf2", "argon2")) == Code::unsupported);
  CHECK(code_of(replaced(published, "262144", "99999999")) == Code::unsupported);
  CHECK(code_of(replaced(published, "262144", "-1")) == Code::keystore_damaged);
  CHECK(code_of(replaced(published, "\"dklen\":32", "\"dklen\":64")) == Code::unsupported);
  CHECK(code_of(replaced(published, "5318", "53zz")) == Code::keystore_damaged);
}

TEST_CASE("the JSON reader keeps to the grammar") {
  const auto value = parse_json(R"( {"a":[1,-2.5e+3,"x\u00e9\ud83d\udca9\n",true,null],"B":{}} )");
  REQUIRE(value.has_value());
  const JsonValue* items = value->member("A");
  REQUIRE(items != nullptr);
  REQUIRE(items->items.size() == 5);
  CHECK(items->items[1].text == "-2.5e+3");
  CHECK(items->items[2].text == "x\xc3\xa9\xf0\x9f\x92\xa9\n");
  CHECK(value->member("c") == nullptr);
  for (const char* wrong :
       {"", "{", "[1,]", "{\"a\":}", "{a:1}", "01", "1.", "-", "1e", "\"\\x\"", "\"\\ud800\"",
        "\"\\udc00\"", "\"a", "\"\n\"", "tru", "1 2", "{\"a\":1,}", "\"\\u12\""}) {
    INFO(wrong);
    CHECK_FALSE(parse_json(wrong).has_value());
  }
  CHECK_FALSE(parse_json(std::string(100, '[')).has_value());
}
