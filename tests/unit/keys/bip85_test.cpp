// SPDX-License-Identifier: MIT
// Tests of child secrets with the figures of BIP-85.
#include <coffer/keys/bip85.hpp>

#include <doctest/doctest.h>

#include <string>

#include "../crypto/crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::hex_of;

namespace {

ExtendedPrivateKey master() {
  auto key = ExtendedPrivateKey::parse(
      "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhU"
      "tyoFnCNkfmXRyPXLjbKb");
  REQUIRE(key.has_value());
  return std::move(*key);
}

}  // namespace

TEST_CASE("the children of BIP-85's master key are the published ones") {
  const auto root = master();
  CHECK(bip85_mnemonic(root, 12, 0)->sentence().text() ==
        "girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose");
  CHECK(bip85_mnemonic(root, 18, 0)->sentence().text() ==
        "near account window bike charge season chef number sketch tomorrow excuse sniff circle "
        "vital hockey outdoor supply token");
  CHECK(hex_of(bip85_private_key(root, 0)->bytes()) ==
        "7040bb53104f27367f317558e78a994ada7296c6fde36a364e5baf206e502bb1");
  CHECK(bip85_master_key(root, 0)->to_text()->text() ==
        "xprv9s21ZrQH143K2srSbCSg4m4kLvPMzcWydgmKEnMmoZUurYuBuYG46c6P71UGXMzmriLzCCBvKQWBUv3vPB3m1S"
        "ATMhp3uEjXHJ42jFg7myX");
  CHECK(hex_of(bip85_bytes(root, 64, 0)->bytes()) ==
        "492db4698cf3b73a5a24998aa3e9d7fa96275d85724a91e71aa2d645442f8785"
        "55d078fd1f1f67e368976f04137b1f7a0d19232136ca50c44614af72b5582a5c");
  CHECK(bip85_password(root, 21, 0)->text() == "dKLoepugzdVJvdL56ogNV");
}

TEST_CASE("the entropies of BIP-85's file are those of their paths") {
  const auto file = shared_vectors::json("extracted/bip85.json");
  if (!file) {
    return;
  }
  for (const auto& test : *file) {
    const auto path = Path::parse(test["path"].get<std::string>());
    REQUIRE(path.has_value());
    const auto entropy =
        bip85_entropy(*ExtendedPrivateKey::parse(test["root"].get<std::string>()), *path);
    REQUIRE(entropy.has_value());
    const auto expected = test["DERIVED ENTROPY"].get<std::string>();
    const std::string hex = hex_of(entropy->bytes());
    INFO(path->to_text());
    // XPRV gives its second half as "entropy", the others a beginning.
    const bool is_half = path->steps()[1] == hardened(32);
    CHECK((is_half ? hex.substr(64) : hex.substr(0, expected.size())) == expected);
  }
}

TEST_CASE("BIP-85 refuses what it does not define") {
  const auto root = master();
  CHECK(bip85_entropy(root, Path{hardened(83696968), 0}).error().code == Code::derivation_path);
  CHECK(bip85_entropy(root, Path{hardened(44), hardened(0)}).error().code == Code::derivation_path);
  CHECK(bip85_mnemonic(root, 15, 0).error().code == Code::mnemonic_length);
  CHECK(bip85_mnemonic(root, 12, hardened(0)).error().code == Code::out_of_range);
  CHECK(bip85_mnemonic(root, 12, 0, static_cast<Language>(30)).error().code ==
        Code::invalid_argument);
  CHECK(bip85_bytes(root, 15, 0).error().code == Code::out_of_range);
  CHECK(bip85_password(root, 87, 0).error().code == Code::out_of_range);
  const auto other = ExtendedPrivateKey::from_seed(std::vector<std::uint8_t>(16), Curve::nist256p1);
  CHECK(bip85_bytes(*other, 32, 0).error().code == Code::unsupported);
}
