// SPDX-License-Identifier: MIT
// Tests of the network table: what its rows say, where addresses stand, and what it refuses to add.
#include <coffer/chain/network.hpp>

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "chain_rows.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::chain;
using chain_test::row;
using coffer::Code;

namespace {

Network polygon_like() {
  Network added;
  added.name = "my-chain";
  added.family = Family::ethereum;
  added.symbol = "MINE";
  added.coin_type = 60;
  added.scale = 18;
  added.default_form = AddressForm::evm;
  added.chain_id = 4242;
  return added;
}

// What adding a row says when one field of a good one is wrong.
template <class Change>
std::string refusal(Network added, Change change) {
  change(added);
  NetworkTable table;
  const auto status = table.add(added);
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == Code::invalid_argument);
  return status.error().message;
}

std::string path_text(const char* network, AddressForm form) {
  const auto path = address_path(row(network), form, 7, 0, 3);
  return path ? path->to_text() : path.error().message;
}

}  // namespace

TEST_CASE("the table has all networks by name") {
  for (const char* name :
       {"bitcoin", "bitcoin-testnet", "bitcoin-signet", "bitcoin-regtest", "litecoin", "dogecoin",
        "bitcoin-cash", "ethereum", "bsc", "polygon", "arbitrum", "optimism", "base", "avalanche-c",
        "tron", "solana", "cosmos-hub", "xrp", "stellar"}) {
    CHECK(row(name).name == name);
  }
  CHECK(row("avalanche-c").chain_id == 43114);
  CHECK(row("cosmos-hub").prefix == "cosmos");
  CHECK(row("solana").curve == coffer::keys::Curve::ed25519);
}

TEST_CASE("names in the table are unique, and every row would pass as an added one") {
  std::set<std::string> names;
  for (const Network* known : NetworkTable().rows()) {
    INFO(known->name);
    CHECK(names.insert(known->name).second);
    CHECK(has_form(*known, AddressForm::network_default));
    Network copy = *known;
    copy.name += "-2";
    NetworkTable table;
    const auto status = table.add(copy);
    CHECK_MESSAGE(status.has_value(), status.error().message);
  }
}

TEST_CASE("a name that is not there is refused with the nearest one") {
  const auto found = NetworkTable().find("bitcion");
  CHECK(found.error().code == Code::network_not_found);
  CHECK(found.error().message == "network: there is none named 'bitcion'; did you mean 'bitcoin'?");
  CHECK(NetworkTable().find("Q").error().message == "network: there is none named 'Q'");
  CHECK(NetworkTable().find(std::string(100000, 'x')).error().message.size() < 120);
}

TEST_CASE("a host adds a row of a known family and keeps it") {
  NetworkTable table;
  REQUIRE(table.add(polygon_like()).has_value());
  const NetworkTable copy = table;
  REQUIRE(copy.find("my-chain").has_value());
  CHECK((*copy.find("my-chain"))->chain_id == 4242);
  CHECK(table.rows().back()->name == "my-chain");
  CHECK_FALSE(NetworkTable().find("my-chain").has_value());
}

TEST_CASE("rows that exist are never replaced") {
  NetworkTable table;
  Network added = polygon_like();
  REQUIRE(table.add(added).has_value());
  CHECK(table.add(added).error().code == Code::already_exists);
  added.name = "ethereum";
  const auto status = table.add(added);
  CHECK(status.error().code == Code::already_exists);
  CHECK(status.error().message == "network 'ethereum': name: a row of that name exists");
}

TEST_CASE("a row with a wrong field is refused by the field's name") {
  const Network evm = polygon_like();
  CHECK(refusal(evm, [](Network& r) { r.name = "My chain"; }) ==
        "network 'My chain': name: 1 to 40 of the characters a-z, 0-9 and '-' are needed");
  CHECK(refusal(evm, [](Network& r) { r.chain_id = 0; }) ==
        "network 'my-chain': chain_id: it must not be 0 (EIP-155)");
  CHECK(refusal(evm, [](Network& r) { r.coin_type = 0x80000000U; }) ==
        "network 'my-chain': coin_type: it must be below 2147483648");
  CHECK(refusal(evm, [](Network& r) { r.curve = coffer::keys::Curve::ed25519; }) ==
        "network 'my-chain': curve: the family ethereum has keys on secp256k1");
  CHECK(refusal(evm, [](Network& r) { r.default_form = AddressForm::p2wpkh; }) ==
        "network 'my-chain': default_form: this network has no addresses of the form p2wpkh");
  CHECK(refusal(evm, [](Network& r) { r.prefix = "mine"; }) ==
        "network 'my-chain': prefix: only the families bitcoin and cosmos have this field");
  CHECK(refusal(evm, [](Network& r) { r.p2pkh_version = 0; }) ==
        "network 'my-chain': p2pkh_version: only the family bitcoin has this field");
  CHECK(refusal(evm, [](Network& r) { r.symbol = "mine"; }) ==
        "network 'my-chain': symbol: 1 to 12 of the characters A-Z and 0-9 are needed");
  CHECK(refusal(evm, [](Network& r) { r.family = static_cast<Family>(99); }) ==
        "network 'my-chain': family: there is no family of that number");
  CHECK(refusal(row("litecoin"), [](Network& r) {
          r.name = "ltc2";
          r.p2sh_version = r.p2pkh_version;
        }) == "network 'ltc2': p2sh_version: it must differ from p2pkh_version");
  CHECK(refusal(row("litecoin"),
                [](Network& r) {
                  r.name = "ltc2";
                  r.key_versions.p2wpkh = "qpub";
                }) ==
        "network 'ltc2': key_versions.p2wpkh: there is no version of extended keys named 'qpub'");
  CHECK(refusal(evm, [](Network& r) { r.key_versions.p2pkh = ""; }) ==
        "network 'my-chain': key_versions.p2pkh: there is no version of extended keys named ''");
  CHECK(refusal(row("cosmos-hub"), [](Network& r) {
          r.name = "zone";
          r.prefix = "";
        }) == "network 'zone': prefix: accounts of Cosmos need one");
  CHECK(
      refusal(row("solana"), [](Network& r) {
        r.name = "sol2";
        r.path_layout = PathLayout::bip44;
      }) == "network 'sol2': path_layout: ed25519 has hardened children only, bip44 needs others");
}

TEST_CASE("a path has the purpose of the form and the layout of the network") {
  CHECK(path_text("bitcoin", AddressForm::p2pkh) == "m/44'/0'/7'/0/3");
  CHECK(path_text("bitcoin", AddressForm::p2sh_p2wpkh) == "m/49'/0'/7'/0/3");
  CHECK(path_text("bitcoin", AddressForm::network_default) == "m/84'/0'/7'/0/3");
  CHECK(path_text("bitcoin-testnet", AddressForm::p2tr) == "m/86'/1'/7'/0/3");
  CHECK(path_text("bitcoin", AddressForm::p2wsh) == "m/48'/0'/7'/2'/0/3");
  CHECK(path_text("bsc", AddressForm::evm) == "m/44'/60'/7'/0/3");
  CHECK(path_text("tron", AddressForm::tron) == "m/44'/195'/7'/0/3");
  CHECK(address_path(row("solana"), AddressForm::solana, 0, 0, 3)->to_text() == "m/44'/501'/3'/0'");
  CHECK(address_path(row("stellar"), AddressForm::stellar, 0, 0, 3)->to_text() == "m/44'/148'/3'");
  CHECK(account_path(row("solana"), AddressForm::solana)->to_text() == "m/44'/501'");
  CHECK(account_path(row("bitcoin"), AddressForm::p2wpkh, 9)->to_text() == "m/84'/0'/9'");
}

TEST_CASE("a path that no standard gives is refused") {
  CHECK(path_text("bitcoin", AddressForm::p2sh) ==
        "address: no standard says where the keys of the form p2sh stand");
  CHECK(path_text("dogecoin", AddressForm::p2wpkh) ==
        "address: network dogecoin has no addresses of the form p2wpkh");
  CHECK(path_text("solana", AddressForm::solana) ==
        "account: network solana numbers by index alone, so it must be 0");
  const auto& bitcoin = row("bitcoin");
  CHECK(address_path(bitcoin, AddressForm::p2wpkh, 0, 0, 0x80000000U).error().message ==
        "index: 2147483648 is not below 2147483648");
  CHECK(account_path(bitcoin, AddressForm::p2wpkh, 0x80000000U).error().code == Code::out_of_range);
  CHECK(address_path(row("stellar"), AddressForm::stellar, 0, 1, 0).error().code ==
        Code::out_of_range);
}

TEST_CASE("extended keys have the version of the form") {
  CHECK(key_version_of(row("bitcoin"))->public_name == "zpub");
  CHECK(key_version_of(row("bitcoin"), AddressForm::p2tr)->public_name == "xpub");
  CHECK(key_version_of(row("bitcoin-testnet"), AddressForm::p2sh_p2wpkh)->public_name == "upub");
  CHECK(key_version_of(row("litecoin"), AddressForm::p2sh_p2wpkh)->public_name == "Mtub");
  CHECK(key_version_of(row("dogecoin"))->public_name == "dgub");
  CHECK(key_version_of(row("bsc"))->public_name == "xpub");
  CHECK(key_version_of(row("solana")).error().code == Code::unsupported);
  CHECK(key_version_of(row("dogecoin"), AddressForm::p2tr).error().code == Code::unsupported);
}

TEST_CASE("forms have names that read back") {
  for (int number = 0; number < 256; ++number) {
    const auto form = static_cast<AddressForm>(number);
    if (name_of(form) != "unknown" && form != AddressForm::network_default) {
      CHECK(*address_form_named(name_of(form)) == form);
    }
  }
  CHECK(address_form_named("p2pk").error().code == Code::not_found);
  CHECK(name_of(Family::cosmos) == "cosmos");
}

TEST_CASE("coin types and prefixes are those of SLIP-44 and SLIP-173") {
  const auto coins = shared_vectors::json("extracted/slip44.json");
  const auto prefixes = shared_vectors::json("extracted/slip173.json");
  if (!coins || !prefixes) {
    return;
  }
  std::map<std::uint32_t, std::string> symbols;
  for (const auto& coin : *coins) {
    symbols[coin["coin_type"].get<std::uint32_t>()] = coin["symbol"].get<std::string>();
  }
  std::set<std::string> known;
  for (const auto& line : *prefixes) {
    known.insert(
        {line[1].get<std::string>(), line[2].get<std::string>(), line[3].get<std::string>()});
  }
  for (const Network* of : NetworkTable().rows()) {
    INFO(of->name);
    if (!of->prefix.empty()) {
      CHECK(known.count(of->prefix) == 1);
    }
    const bool is_shared = of->coin_type == 60 || of->coin_type == 118 || of->coin_type == 1;
    if (!is_shared && of->name != "rootstock-testnet") {
      CHECK(symbols[of->coin_type] == of->symbol);
    }
  }
}
