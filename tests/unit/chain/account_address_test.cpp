// SPDX-License-Identifier: MIT
// Tests of the families with one account for each key: EVM, TRON, Solana, Cosmos, XRP, Stellar.
#include <coffer/chain/address.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "chain_rows.hpp"
#include "crypto/secp256k1.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::chain;
using chain_test::code_of_reading;
using chain_test::message_of_reading;
using chain_test::row;
using coffer::Code;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

std::string in_case(std::string text, int (*change)(int)) {
  std::transform(text.begin() + 2, text.end(), text.begin() + 2,
                 [&](char c) { return static_cast<char>(change(c)); });
  return text;
}

// What a text becomes when it is read and written again.
std::string again(const char* network, std::string_view text) {
  const auto read = decode_address(row(network), text);
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  return *encode_address(row(network), *read);
}

}  // namespace

TEST_CASE("EVM addresses have the checksum case of EIP-55") {
  for (const std::string text :
       {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77"}) {
    CHECK(again("ethereum", text) == text);
    CHECK(again("ethereum", in_case(text, std::tolower)) == text);
    CHECK(again("ethereum", in_case(text, std::toupper)) == text);
  }
  const auto published = shared_vectors::json("extracted/erc55.json");
  if (published) {
    for (const auto& text : *published) {
      CHECK(code_of_reading("ethereum", text.get<std::string>()) == Code::ok);
    }
  }
}

TEST_CASE("the published keys of Ethereum have their addresses") {
  const auto keys = shared_vectors::json("ethereum-tests/BasicTests/keyaddrtest.json");
  if (!keys) {
    return;
  }
  for (const auto& one : *keys) {
    const auto key = coffer::crypto::secp256k1::public_key(
        crypto_test::fixed<32>(one["key"].get<std::string>()));
    REQUIRE(key.has_value());
    const auto address = decode_address(row("ethereum"), *address_of(row("ethereum"), *key));
    REQUIRE(address.has_value());
    CHECK(hex_of(address->payload) == one["addr"].get<std::string>());
  }
}

TEST_CASE("a letter in the wrong case is named with its position") {
  CHECK(code_of_reading("ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD") ==
        Code::address_checksum);
  CHECK(message_of_reading("ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD") ==
        "address: the checksum is wrong: the letter 'D' at position 42 is in the wrong case for "
        "EIP-55");
  CHECK(message_of_reading("ethereum", "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed") ==
        "address: the checksum is wrong: the letter 'A' at position 4 is in the wrong case for "
        "EIP-55");
}

TEST_CASE("chains with EIP-1191 have a case of their own") {
  for (const char* text :
       {"0x27b1FdB04752BBc536007A920D24ACB045561c26", "0x3599689E6292B81B2D85451025146515070129Bb",
        "0x42712D45473476B98452f434E72461577d686318", "0x52908400098527886E0F7030069857D2E4169ee7",
        "0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD",
        "0x6549F4939460DE12611948B3F82B88C3C8975323"}) {
    CHECK(again("rootstock", text) == text);
  }
  CHECK(again("rootstock-testnet", "0x27B1FdB04752BbC536007a920D24acB045561C26") ==
        "0x27B1FdB04752BbC536007a920D24acB045561C26");
  CHECK(code_of_reading("rootstock", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed") ==
        Code::address_network);
}

TEST_CASE("an EVM address of a wrong shape is refused") {
  CHECK(message_of_reading("ethereum", "9858EfFD232B4033E47d90003D41EC34EcaEda94") ==
        "address: the text does not begin with 0x");
  CHECK(message_of_reading("ethereum", "0x9858EfFD232B4033E47d90003D41EC34EcaEda9") ==
        "address: the text has 39 digits behind 0x, not 40");
  CHECK(code_of_reading("ethereum", "0X9858EfFD232B4033E47d90003D41EC34EcaEda94") ==
        Code::address_syntax);
  CHECK(code_of_reading("ethereum", "0x") == Code::address_syntax);
}

TEST_CASE("TRON addresses are read in both forms and stay in their form") {
  CHECK(again("tron", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH") ==
        "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH");
  CHECK(again("tron", "41C8599111F29C1E1E061265B4AF93EA1F274AD78A") ==
        "41c8599111f29c1e1e061265b4af93ea1f274ad78a");
  CHECK(decode_address(row("tron"), "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH")->payload ==
        decode_address(row("tron"), "41c8599111f29c1e1e061265b4af93ea1f274ad78a")->payload);
  CHECK(code_of_reading("tron", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdh") == Code::address_checksum);
  CHECK(code_of_reading("tron", "41c8599111f29c1e1e061265b4af93ea1f274ad78g") ==
        Code::address_syntax);
  CHECK(code_of_reading("tron", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA") == Code::address_network);
}

TEST_CASE("a Solana address has 32 bytes") {
  CHECK(again("solana", "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk") ==
        "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk");
  CHECK(again("solana", "11111111111111111111111111111111") == "11111111111111111111111111111111");
  CHECK(message_of_reading("solana", "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKp") ==
        "address: the text holds 31 bytes, an address has 32");
  CHECK(message_of_reading("solana", std::string(64, '1')) ==
        "address: the text has the size of a private key, not of an address; if it is one, treat "
        "it as disclosed");
}

TEST_CASE("a Cosmos account has the prefix of its chain") {
  CHECK(again("cosmos-hub", "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4") ==
        "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
  CHECK(again("cosmos-hub", "COSMOS19RL4CM2HMR8AFY4KLDPXZ3FKA4JGUQ0AUQDAL4") ==
        "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
  CHECK(code_of_reading("cosmos-hub", "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdalq") ==
        Code::address_checksum);
  // A validator of the same key: other prefix, so not an account.
  CHECK(message_of_reading("cosmos-hub", "cosmosvaloper19rl4cm2hmr8afy4kldpxz3fka4jguq0ae5egnx") ==
        "address: the prefix is 'cosmosvaloper', not 'cosmos'");
  Address contract;
  contract.form = AddressForm::cosmos;
  contract.payload.assign(32, 7);
  const auto text = encode_address(row("osmosis"), contract);
  REQUIRE(text.has_value());
  CHECK(*decode_address(row("osmosis"), *text) == contract);
  contract.payload.resize(21);
  CHECK(encode_address(row("osmosis"), contract).error().code == Code::invalid_argument);
}

TEST_CASE("an X-address carries its tag and its network") {
  const auto& xrp = row("xrp");
  const auto plain = decode_address(xrp, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ");
  REQUIRE(plain.has_value());
  CHECK_FALSE(plain->destination_tag.has_value());
  const auto tagged = decode_address(xrp, "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGZMhc9YTE92ehJ2Fu");
  REQUIRE(tagged.has_value());
  CHECK(tagged->destination_tag == 1U);
  CHECK(tagged->payload == plain->payload);
  CHECK(*encode_address(xrp, *tagged) == "X7AcgcsBL6XDcUb289X4mJ8djcdyKaGZMhc9YTE92ehJ2Fu");
  Address classic = *plain;
  classic.form = AddressForm::xrp;
  CHECK(*encode_address(xrp, classic) == "r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59");
  CHECK(decode_address(row("xrp"), "XVMFQQBMhdouRqhPMuawgBMN1AVFToHhLULG9epfqbfPuTW")
            ->destination_tag == 4294967295U);
  CHECK(decode_address(row("xrp-testnet"), "TVHLFWLKvbMv1LFzd6FA2Bf9MPpcy4iGanqfWYMuwiggt3t")
            ->destination_tag == 0U);
  CHECK(decode_address(row("xrp-testnet"), "TVHLFWLKvbMv1LFzd6FA2Bf9MPpcy41LgSHbDjzuFYWrX2S")
            ->destination_tag == 12345U);
}

TEST_CASE("what looks like XRP and is not an address is refused") {
  CHECK(code_of_reading("xrp", "rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v4") == Code::address_checksum);
  CHECK(message_of_reading("xrp", "snoPBrXtMeMyMHUVTgbuqAfg1SUTb") ==
        "address: the text has the size of a secret seed, not of an address; if it is one, treat "
        "it as disclosed");
  CHECK(message_of_reading("xrp", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeab0") ==
        "address: character '0' at position 34 is not one of XRP's Base58 (which has no 0, O, I "
        "and l)");
}

TEST_CASE("other strkeys of Stellar are told by their kind") {
  CHECK(again("stellar", "GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX") ==
        "GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX");
  CHECK(message_of_reading("stellar", "SADQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQP54X") ==
        "address: this is a secret seed, not an address; treat it as disclosed");
  CHECK(message_of_reading(
            "stellar", "MB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQAAAAAAAAAAAE2LKAM") ==
        "address: this is a muxed account (M...), which is not supported");
  CHECK(code_of_reading("stellar", "GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYY") ==
        Code::address_checksum);
  CHECK(message_of_reading("stellar", "gB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX") ==
        "address: character 'g' at position 1 is not one of Base32 (capitals and 2 to 7)");
  CHECK(message_of_reading("stellar", "GB3JDWCQ") ==
        "address: the text has 8 characters, an account has 56");
}
