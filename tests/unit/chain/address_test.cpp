// SPDX-License-Identifier: MIT
// Tests of addresses as a user meets them: made, read, refused with a reason, looked for.
#include <coffer/chain/address.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "chain_rows.hpp"

using namespace coffer::chain;
using chain_test::code_of_reading;
using chain_test::first_address;
using chain_test::message_of_reading;
using chain_test::row;
using coffer::Code;
using crypto_test::from_hex;

namespace {

// The generator of secp256k1: the key of the private key 1.
constexpr const char* generator =
    "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr const char* generator_whole =
    "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

}  // namespace

TEST_CASE("the usual mnemonic has the known first address on every network") {
  struct Known {
    const char* network;
    AddressForm form;
    const char* address;
  };
  const std::vector<Known> known = {
      {"bitcoin", AddressForm::p2pkh, "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA"},
      {"bitcoin", AddressForm::p2sh_p2wpkh, "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf"},
      {"bitcoin", AddressForm::p2wpkh, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"},
      {"bitcoin", AddressForm::p2tr,
       "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"},
      {"bitcoin-testnet", AddressForm::p2pkh, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV"},
      {"bitcoin-testnet", AddressForm::p2sh_p2wpkh, "2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2"},
      {"bitcoin-signet", AddressForm::p2wpkh, "tb1q6rz28mcfaxtmd6v789l9rrlrusdprr9pqcpvkl"},
      {"bitcoin-regtest", AddressForm::p2tr,
       "bcrt1p8wpt9v4frpf3tkn0srd97pksgsxc5hs52lafxwru9kgeephvs7rqjeprhg"},
      {"litecoin", AddressForm::p2pkh, "LUWPbpM43E2p7ZSh8cyTBEkvpHmr3cB8Ez"},
      {"litecoin", AddressForm::p2sh_p2wpkh, "M7wtsL7wSHDBJVMWWhtQfTMSYYkyooAAXM"},
      {"litecoin", AddressForm::p2wpkh, "ltc1qjmxnz78nmc8nq77wuxh25n2es7rzm5c2rkk4wh"},
      {"litecoin-testnet", AddressForm::p2wpkh, "tltc1q6rz28mcfaxtmd6v789l9rrlrusdprr9pesrjxk"},
      {"dogecoin", AddressForm::network_default, "DBus3bamQjgJULBJtYXpEzDWQRwF5iwxgC"},
      {"dash", AddressForm::network_default, "XoJA8qE3N2Y3jMLEtZ3vcN42qseZ8LvFf5"},
      {"zcash", AddressForm::network_default, "t1XVXWCvpMgBvUaed4XDqWtgQgJSu1Ghz7F"},
      {"digibyte", AddressForm::p2pkh, "DG1KhhBKpsyWXTakHNezaDQ34focsXjN1i"},
      {"bitcoin-cash", AddressForm::network_default,
       "bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6"},
      {"ethereum", AddressForm::network_default, "0x9858EfFD232B4033E47d90003D41EC34EcaEda94"},
      {"bsc", AddressForm::network_default, "0x9858EfFD232B4033E47d90003D41EC34EcaEda94"},
      {"ethereum-classic", AddressForm::network_default,
       "0xFA22515E43658ce56A7682B801e9B5456f511420"},
      {"tron", AddressForm::network_default, "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH"},
      {"tron", AddressForm::tron_hex, "41c8599111f29c1e1e061265b4af93ea1f274ad78a"},
      {"solana", AddressForm::network_default, "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk"},
      {"cosmos-hub", AddressForm::network_default, "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"},
      {"osmosis", AddressForm::network_default, "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8"},
      {"kava", AddressForm::network_default, "kava1fzgm3840v4xwme059mfnx9rc5qgzl0enq7qgac"},
      {"injective", AddressForm::network_default, "inj1npvwllfr9dqr8erajqqr6s0vxnk2ak55re90dz"},
      {"xrp", AddressForm::network_default, "rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v3"},
      {"xrp", AddressForm::x_address, "XVMFQQBMhdouRqhPMuawgBMN1AVFTofPAdRsXG5RkPtUPNQ"},
      {"stellar", AddressForm::network_default,
       "GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX"},
  };
  for (const Known& one : known) {
    INFO(one.network);
    CHECK(first_address(one.network, one.form) == one.address);
    CHECK(code_of_reading(one.network, one.address) == Code::ok);
  }
}

TEST_CASE("an uncompressed key gives the same address as the compressed one") {
  for (const Network* of : NetworkTable().rows()) {
    if (of->curve == coffer::keys::Curve::secp256k1) {
      INFO(of->name);
      CHECK(*address_of(*of, from_hex(generator)) == *address_of(*of, from_hex(generator_whole)));
    }
  }
  CHECK(*address_of(row("bitcoin"), from_hex(generator_whole), AddressForm::p2tr) ==
        *address_of(row("bitcoin"), from_hex(generator), AddressForm::p2tr));
}

TEST_CASE("a key that is no point of the curve has no address") {
  const auto& bitcoin = row("bitcoin");
  CHECK(address_of(bitcoin, from_hex("02" + std::string(64, 'f'))).error().code ==
        Code::invalid_key);
  CHECK(address_of(bitcoin, {}).error().message ==
        "public key: it is no point of secp256k1 in 33 or 65 bytes");
  CHECK(address_of(row("solana"), from_hex(generator)).error().message ==
        "public key: ed25519 has 32 bytes, or 33 with a zero in front");
  CHECK(*address_of(row("solana"), std::vector<std::uint8_t>(32)) ==
        "11111111111111111111111111111111");
}

TEST_CASE("a form that a network has not is refused") {
  CHECK(address_of(row("dogecoin"), from_hex(generator), AddressForm::p2tr).error().message ==
        "address: network dogecoin has no addresses of the form p2tr");
  CHECK(address_of(row("bitcoin"), from_hex(generator), AddressForm::p2wsh).error().message ==
        "address: p2wsh is the address of a script, not of a key");
  Address address;
  address.form = AddressForm::evm;
  CHECK(encode_address(row("bitcoin"), address).error().code == Code::unsupported);
}

TEST_CASE("an address to encode must have the payload of its form") {
  Address address;
  address.form = AddressForm::p2wpkh;
  address.payload.resize(32);
  CHECK(encode_address(row("bitcoin"), address).error().message ==
        "address: the payload of p2wpkh has 20 bytes, not 32");
  address.payload.resize(20);
  address.witness_version = 1;
  CHECK(encode_address(row("bitcoin"), address).error().code == Code::invalid_argument);
  address.witness_version = 0;
  address.destination_tag = 1;
  CHECK(encode_address(row("bitcoin"), address).error().message ==
        "address: a destination tag can stand in an x_address only, not in p2wpkh");
}

TEST_CASE("an address of another network is named as such") {
  CHECK(code_of_reading("bitcoin-testnet", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA") ==
        Code::address_network);
  CHECK(message_of_reading("bitcoin-testnet", "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu") ==
        "address: it is an address of bitcoin, not of bitcoin-testnet");
  CHECK(message_of_reading("bitcoin", "0x9858EfFD232B4033E47d90003D41EC34EcaEda94") ==
        "address: it is an address of ethereum, ethereum-sepolia, ethereum-holesky and 28 more, "
        "not of bitcoin");
  CHECK(message_of_reading("ethereum", "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH") ==
        "address: it is an address of tron, tron-nile, tron-shasta, not of ethereum");
  CHECK(message_of_reading("cosmos-hub", "osmo19rl4cm2hmr8afy4kldpxz3fka4jguq0a5m7df8") ==
        "address: it is an address of osmosis, not of cosmos-hub");
  CHECK(code_of_reading("xrp", "TVHLFWLKvbMv1LFzd6FA2Bf9MPpcy4mRto4VFAAxLuNpvdW") ==
        Code::address_network);
}

TEST_CASE("a network that a host has added is named and found too") {
  NetworkTable table;
  Network added;
  added.name = "zone";
  added.family = Family::cosmos;
  added.symbol = "ZONE";
  added.coin_type = 118;
  added.default_form = AddressForm::cosmos;
  added.prefix = "zone";
  REQUIRE(table.add(added).has_value());
  const std::string text = *address_of(**table.find("zone"), from_hex(generator));
  CHECK(text == "zone1w508d6qejxtdg4y5r3zarvary0c5xw7kcwls7x");
  CHECK(validate_address(table, "zone", text).has_value());
  CHECK(validate_address(table, "osmosis", text).error().message ==
        "address: it is an address of zone, not of osmosis");
  CHECK(decode_address(row("osmosis"), text).error().code == Code::address_syntax);
  CHECK(validate_address(table, "zones", text).error().code == Code::network_not_found);
  const auto matches = find_networks(table, text);
  REQUIRE(matches.size() == 1);
  CHECK(matches[0].network->name == "zone");
}

TEST_CASE("a text is found on all networks that it could belong to") {
  const auto names = [](std::string_view text) {
    std::string joined;
    for (const AddressMatch& match : find_networks(NetworkTable(), text)) {
      joined += match.network->name + " ";
    }
    return joined;
  };
  CHECK(names("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu") == "bitcoin ");
  CHECK(names("tb1q6rz28mcfaxtmd6v789l9rrlrusdprr9pqcpvkl") ==
        "bitcoin-testnet bitcoin-testnet4 bitcoin-signet ");
  CHECK(names("1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA") == "bitcoin bitcoin-cash ecash ");
  CHECK(names("rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v3") == "xrp xrp-testnet ");
  CHECK(names("GB3JDWCQJCWMJ3IILWIGDTQJJC5567PGVEVXSCVPEQOTDN64VJBDQBYX") ==
        "stellar stellar-testnet ");
  CHECK(names("HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk") ==
        "solana solana-devnet solana-testnet ");
  CHECK(names("hello").empty());
  CHECK(names("").empty());
}

TEST_CASE("a refused text is never repeated in the message") {
  const std::string seed_of_stellar = "SADQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYHA4DQP54X";
  const std::string wif = "KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d";
  for (const Network* of : NetworkTable().rows()) {
    for (const std::string& secret : {seed_of_stellar, wif}) {
      const auto read = decode_address(*of, secret);
      REQUIRE_FALSE(read.has_value());
      CHECK(read.error().message.find(secret.substr(0, 8)) == std::string::npos);
    }
  }
  CHECK(message_of_reading("bitcoin", wif) ==
        "address: the text has the size of a private key, not of an address; if it is one, treat "
        "it as disclosed");
}

TEST_CASE("blanks and foreign characters are refused with their position") {
  CHECK(message_of_reading("bitcoin", " 1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA") ==
        "address: character blank at position 1 is not one of Base58 (which has no 0, O, I and l)");
  CHECK(message_of_reading("bitcoin", "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeab0") ==
        "address: character '0' at position 34 is not one of Base58 (which has no 0, O, I and l)");
  CHECK(message_of_reading("ethereum", "0x9858EfFD232B4033E47d90003D41EC34EcaEda9g") ==
        "address: character 'g' at position 42 is not one of the hexadecimal digits");
  CHECK(message_of_reading("bitcoin", std::string("1Lq\n")) ==
        "address: character byte 0x0a at position 4 is not one of Base58 (which has no 0, O, I and "
        "l)");
  CHECK(message_of_reading("bitcoin", "") == "address: the text is empty");
  CHECK(code_of_reading("bitcoin", std::string(100000, '1')) == Code::address_syntax);
  CHECK(code_of_reading("stellar", std::string(100000, 'G')) == Code::address_syntax);
}
