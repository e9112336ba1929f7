// SPDX-License-Identifier: MIT
// Tests of the Bitcoin family's addresses: BIP-173, BIP-350, Base58Check and CashAddr.
#include <coffer/chain/bitcoin_script.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "chain_rows.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::chain;
using chain_test::code_of_reading;
using chain_test::message_of_reading;
using chain_test::row;
using coffer::Code;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

const char* network_of(const std::string& text) {
  return text[0] == 't' || text[0] == 'T' ? "bitcoin-testnet" : "bitcoin";
}

std::string script_of(const char* network, std::string_view text) {
  const auto address = decode_address(row(network), text);
  REQUIRE_MESSAGE(address.has_value(), address.error().message);
  return hex_of(*output_script(*address));
}

}  // namespace

TEST_CASE("segwit addresses of the standards give their output scripts and back") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
       "0014751e76e8199196d454941c45d1b3a323f1433bd6"},
      {"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
       "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262"},
      {"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
       "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6"},
      {"BC1SW50QGDZ25J", "6002751e"},
      {"bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"},
      {"tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
       "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433"},
      {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
       "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"},
  };
  for (const auto& [text, script] : cases) {
    CHECK(script_of(network_of(text), text) == script);
    const auto address = address_of_output_script(row(network_of(text)), from_hex(script));
    REQUIRE(address.has_value());
    std::string lower = text;
    for (char& c : lower) {
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
    }
    CHECK(*encode_address(row(network_of(text)), *address) == lower);
  }
}

TEST_CASE("the published segwit lists are accepted and refused as they say") {
  for (const char* name : {"extracted/bip173.json", "extracted/bip350.json"}) {
    const auto lines = shared_vectors::json(name);
    if (!lines) {
      continue;
    }
    for (const auto& line : *lines) {
      const auto group = line["group"].get<std::string>();
      const auto text = line["input"].get<std::string>();
      const auto note = line["note"].get<std::string>();
      INFO(text << " " << note);
      // BIP-173's addresses of later versions have a checksum that BIP-350 took back.
      const bool is_taken_back =
          std::string_view(name) == "extracted/bip173.json" &&
          (note.rfind("51", 0) == 0 || note.rfind("60", 0) == 0 || note.rfind("52", 0) == 0);
      if (group.find("gives valid segwit") != std::string::npos && !is_taken_back) {
        CHECK(script_of(network_of(text), text) == note);
      } else {
        CHECK(code_of_reading(network_of(text), text) != Code::ok);
        CHECK(find_networks(NetworkTable(), text).empty());
      }
    }
  }
}

TEST_CASE("a refused segwit address is refused with its own reason") {
  const auto says = [](const char* text, const char* reason) {
    CHECK(message_of_reading(network_of(text), text) == std::string("address: ") + reason);
  };
  says("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
       "the prefix is 'tc', not 'tb'");
  says("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
       "the checksum is wrong: a character was mistyped or is missing");
  says("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
       "witness versions above 0 have the checksum of Bech32m, this is that of Bech32");
  says("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
       "witness version 0 has the checksum of Bech32, this is that of Bech32m");
  says("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
       "character 'o' at position 60 is not one of Bech32 (which has no 1, b, i and o)");
  says("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
       "there is no witness version from 0 to 16");
  says("bc1pw5dgrnzv", "a witness program of version 1 does not have 1 bytes");
  says("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
       "a witness program of version 0 does not have 16 bytes");
  says("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
       "upper and lower case are mixed, from position 59 on");
  says("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
       "the bits that fill the last character are not zero");
  says("bc1gmk9yu", "there is no witness version from 0 to 16");
  CHECK(code_of_reading("bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5") ==
        Code::address_checksum);
  CHECK(code_of_reading("bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh") ==
        Code::address_syntax);
}

TEST_CASE("addresses in Base58Check are told apart by their version") {
  CHECK(script_of("bitcoin", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA") ==
        "76a914d986ed01b7a22225a70edbf2ba7cfb63a15cb3aa88ac");
  CHECK(script_of("bitcoin", "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf") ==
        "a9143fb6e95812e57bb4691f9a4a628862a61a4f769b87");
  const auto zcash = decode_address(row("zcash"), "t1XVXWCvpMgBvUaed4XDqWtgQgJSu1Ghz7F");
  REQUIRE(zcash.has_value());
  CHECK(zcash->form == AddressForm::p2pkh);
  CHECK(zcash->payload.size() == 20);
  CHECK(*encode_address(row("zcash"), *zcash) == "t1XVXWCvpMgBvUaed4XDqWtgQgJSu1Ghz7F");
  CHECK(message_of_reading("dogecoin", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabB") ==
        "address: the checksum is wrong: a character was mistyped or is missing");
  // The checksum is right, but no network in the table has version 0x21.
  CHECK(message_of_reading("bitcoin", "EH9vhcR8mJLPKGfQsXhwbZdNsLEeMWNGrg") ==
        "address: the version is 0x21, not 0x00 or 0x05");
  CHECK(message_of_reading("bitcoin", "3QJmnh") ==
        "address: the text holds 0 bytes, an address has 21");
}

TEST_CASE("Bitcoin Cash has the addresses of the CashAddr specification") {
  const std::vector<std::pair<const char*, const char*>> pairs = {
      {"1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
       "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"},
      {"1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR",
       "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"},
      {"16w1D5WRVKJuZUsSRzdLp9w3YGcgoxDXb",
       "bitcoincash:qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r"},
      {"3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC",
       "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"},
      {"3LDsS579y7sruadqu11beEJoTjdFiFCdX4",
       "bitcoincash:pr95sy3j9xwd2ap32xkykttr4cvcu7as4yc93ky28e"},
      {"31nwvkZwyPdgzjBJZXfDmSWsC4ZLKpYyUw",
       "bitcoincash:pqq3728yw0y47sqn6l2na30mcw6zm78dzq5ucqzc37"},
  };
  const auto& cash = row("bitcoin-cash");
  for (const auto& [legacy, text] : pairs) {
    const auto old = decode_address(cash, legacy);
    const auto now = decode_address(cash, text);
    REQUIRE(old.has_value());
    REQUIRE(now.has_value());
    CHECK(old->payload == now->payload);
    CHECK(*output_script(*old) == *output_script(*now));
    CHECK(*encode_address(cash, *old) == legacy);
    CHECK(*encode_address(cash, *now) == text);
    CHECK(*encode_address(cash, *address_of_output_script(cash, *output_script(*old))) == text);
    CHECK(decode_address(cash, std::string_view(text).substr(12)).has_value());
  }
  CHECK(script_of("bitcoin-cash-testnet",
                  "bchtest:pvch8mmxy0rtfrlarg7ucrxxfzds5pamg73h7370aa87d80gyhqxq7fqng6m6") ==
        "aa203173ef6623c6b48ffd1a3dcc0cc6489b0a07bb47a37f47cfef4fe69de825c06087");
}

TEST_CASE("CashAddr is refused with its reason") {
  const auto says = [](const char* text, const char* reason) {
    CHECK(message_of_reading("bitcoin-cash", text) == std::string("address: ") + reason);
  };
  says("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q",
       "the checksum is wrong: a character was mistyped or is missing");
  says("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6",
       "an address has 42 or 61 characters behind 'bitcoincash:', not 41");
  says("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdb6a",
       "character 'b' at position 52 is not one of CashAddr (which has no 1, b, i and o)");
  says("bitcoincash:qpm2QSZNHKS23z7629mms6s4cwef74vcwvy22gdx6a", "upper and lower case are mixed");
  says("bchtest:qqaz6s295ncfs53m86qj0uw6sl8u2kuw0ymst35fx4",
       "it is an address of bitcoin-cash-testnet, not of bitcoin-cash");
  CHECK(code_of_reading("bitcoin-cash", "BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A") ==
        Code::ok);
  CHECK(code_of_reading("bitcoin", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a") ==
        Code::address_network);
}
