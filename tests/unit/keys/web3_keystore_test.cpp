// SPDX-License-Identifier: MIT
// Tests of Web3 keystores with the files of ethereum/tests and of wallets in use.
#include <coffer/keys/web3_keystore.hpp>

#include <doctest/doctest.h>

#include <string>

#include "../crypto/crypto_text.hpp"
#include "crypto/secp256k1.hpp"
#include "keys/json.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::from_hex;
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

TEST_CASE("the keystores of Trust's wallets open under their passwords, odd as they are") {
  // Passwords and contents are those of trustwallet/wallet-core's StoredKeyTests.
  constexpr std::string_view shared_key =
      "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";
  constexpr std::string_view team =
      "team engine square letter hero song dizzy scrub tornado fabric divert saddle";
  constexpr std::string_view ripple =
      "ripple scissors kick mammal hire column oak again sun offer wealth tomorrow wagon turn back";
  struct Row {
    const char* file;
    std::string_view password;
    std::string_view content;  // A mnemonic, or the hexadecimal digits of a key.
  };
  const Row rows[] = {
      {"cbc-encrypted", "testpassword",
       "afeefca74d9a325cf1d6b6911d61a65c32afa8e02bd5e78e2e4ac2910bab45f5"},
      {"empty-accounts", "testpassword", shared_key},
      {"key", "testpassword", shared_key},
      {"key_bitcoin", "testpassword", shared_key},
      {"legacy-private-key", "testpassword", shared_key},
      {"pbkdf2", "testpassword", shared_key},
      {"livepeer", "Radchenko", "09b4379d9a41a71d94ee36357bccb4d77b45e7fd9307e2c0f673dd54c0558c73"},
      {"legacy-mnemonic", "password", ripple},
      {"wallet", "password", ripple},
      {"missing-address", "password",
       "ripple scissors kick mammal hire column oak again sun offer wealth tomorrow wagon turn "
       "fatal"},
      {"pbkdf2-empty-salt", "password", team},
      {"scrypt-empty-salt", "password", team},
      {"scrypt-empty-salt-aes-256-ctr", "password", team},
      {"scrypt-without-salt", "password", team},
      {"scrypt-empty-salt-encoded-private-key", "password",
       "3a1076bf45ab87712ad64ccb3b10217737f7faacbf2872e88fdd9a537d8fe266"},
  };
  for (const Row& row : rows) {
    const auto text =
        shared_vectors::text("web3-keystore/wallet-core/" + std::string(row.file) + ".json");
    if (!text) {
      return;
    }
    INFO(std::string(row.file));
    const auto content = open_web3_keystore(*text, row.password);
    REQUIRE(content.has_value());
    const bool is_mnemonic = row.content.find(' ') != std::string_view::npos;
    // Some end in the NUL of the program that wrote them.
    const std::string_view words = content->text().substr(0, content->text().find('\0'));
    CHECK((is_mnemonic ? std::string(words) : hex_of(content->bytes())) == row.content);
  }
}

TEST_CASE("a keystore opens under a password that is no text, and without 0x before its address") {
  const auto text = shared_vectors::text("web3-keystore/wallet-core/web3j.json");
  if (!text) {
    return;
  }
  const auto web3j = from_hex(
      "2d6eefbfbd4622efbfbdefbfbd516718efbfbdefbfbdefbfbdefbfbd59efbfbd30efbfbdefbfbd3a4348ef"
      "bfbd2aefbfbdefbfbd49efbfbd27efbfbd0638efbfbdefbfbdefbfbd4cefbfbd6befbfbdefbfbd6defbfbd"
      "efbfbd63efbfbd5aefbfbd61262b70efbfbdefbfbdefbfbdefbfbdefbfbdc7aa373163417cefbfbdefbfbd"
      "efbfbd44efbfbdefbfbd1d10efbfbdefbfbdefbfbd61dc9e5b124befbfbd11efbfbdefbfbd2fefbfbdefbf"
      "bd3d7c574868efbfbdefbfbdefbfbd37043b7b5c1a436471592f02efbfbd18efbfbdefbfbd2befbfbdefbf"
      "bd7218efbfbd6a68efbfbdcb8e5f3328773ec48174efbfbd67efbfbdefbfbdefbfbdefbfbdefbfbd2a31ef"
      "bfbd7f60efbfbdd884efbfbd57efbfbd25efbfbd590459efbfbd37efbfbd2bdca20fefbfbdefbfbdefbfbd"
      "efbfbd39450113efbfbdefbfbdefbfbd454671efbfbdefbfbdd49fefbfbd47efbfbdefbfbdefbfbdefbfbd"
      "00efbfbdefbfbdefbfbdefbfbd05203f4c17712defbfbd7bd1bbdc967902efbfbdc98a77efbfbd707a36ef"
      "bfbd12efbfbdefbfbd57c78cefbfbdefbfbdefbfbd10efbfbdefbfbdefbfbde1a1bb08efbfbdefbfbd26ef"
      "bfbdefbfbd58efbfbdefbfbdc4b1efbfbd295fefbfbd0eefbfbdefbfbdefbfbd0e6eefbfbd");
  const auto odd =
      open_web3_keystore(*text, {reinterpret_cast<const char*>(web3j.data()), web3j.size()});
  REQUIRE(odd.has_value());
  CHECK(hex_of(odd->bytes()) == "043c5429c7872502531708ec0d821c711691402caf37ef7ba78a8c506f10653b");
  const auto bare = open_web3_keystore(
      *shared_vectors::text("web3-keystore/wallet-core/ethereum-wallet-address-no-0x.json"),
      "15748c4e3dca6ae2110535576ab0c398cb79d985707c68ee6c9f9df9d421dd53");
  REQUIRE(bare.has_value());
  REQUIRE(bare->size() == 32);
  CHECK(hex_of(*coffer::crypto::secp256k1::public_key(bare->bytes().first<32>())) ==
        "0399c6f51ad6f98c9c583f8e92bb7758ab2ca9a04110c0a1126ec43e5453d196c1");
  CHECK(code_of(*shared_vectors::text("web3-keystore/wallet-core/invalid-iv.json"), "password") ==
        Code::keystore_damaged);
  CHECK(code_of(*shared_vectors::text("web3-keystore/wallet-core/watch.json"), "password") ==
        Code::keystore_damaged);
}

TEST_CASE("a keystore with a longer key opens whichever end of the derived key its MAC takes") {
  // Made with another implementation of PBKDF2, AES and Keccak.
  struct Row {
    const char* cipher;
    const char* ciphertext;
    const char* mac;
  };
  const Row rows[] = {
      {"aes-192-ctr", "66d7c1e85650281f474fcbd60191d800d331d1de48ccf15a09808f87b50e10ae",
       "bf5e6d776dfc0956b536098a9d63c4e380336866ef4b9b929c3f13d31c1b6c93"},
      {"aes-192-ctr", "66d7c1e85650281f474fcbd60191d800d331d1de48ccf15a09808f87b50e10ae",
       "d6b65986eb58ba0529da7a30a6fd2f69bf79318d4dc826076817e2e945ee5ae5"},
      {"aes-256-ctr", "f17922c7c81fa5b9726f51f352f805744d6dc7afb7e9f59e5a657a2f9607458e",
       "11fa7a390790f598670fba7d00694e2681e2e1daf7aedb4b2bad3452fec22c5a"},
      {"aes-256-ctr", "f17922c7c81fa5b9726f51f352f805744d6dc7afb7e9f59e5a657a2f9607458e",
       "814b79606e223aebad55cbee5d3a6c881d9df7db9114c8932275c1aa9a4ca1eb"},
  };
  for (const Row& row : rows) {
    const std::string json =
        std::string(R"({"version":3,"crypto":{"cipher":")") + row.cipher +
        R"(","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},"ciphertext":")" +
        row.ciphertext +
        R"(","kdf":"pbkdf2","kdfparams":{"c":1000,"dklen":32,"prf":"hmac-sha256",)" +
        R"("salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},"mac":")" +
        row.mac + R"("}})";
    const auto content = open_web3_keystore(json, "pass");
    REQUIRE(content.has_value());
    CHECK(hex_of(content->bytes()) ==
          "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
    CHECK(open_web3_keystore(json, "Pass").error().code == Code::wrong_password);
  }
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
