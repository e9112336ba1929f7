// SPDX-License-Identifier: MIT
// Tests of the way from a mnemonic to addresses with the vectors of BIP-49, 84, 86, SLIP-132 and
// BIP-67.
#include <coffer/chain/bitcoin_script.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "../../support/shared_vectors.hpp"
#include "message_support.hpp"

using namespace message_test;
using coffer::keys::ExtendedPrivateKey;

namespace {

ExtendedPrivateKey abandon() {
  std::string words;
  for (int i = 0; i < 11; ++i) {
    words += "abandon ";
  }
  const auto mnemonic = coffer::keys::Mnemonic::parse(words + "about");
  REQUIRE(mnemonic.has_value());
  auto key = ExtendedPrivateKey::from_seed(mnemonic->seed("")->bytes());
  REQUIRE(key.has_value());
  return std::move(*key);
}

struct Chain {
  const char* file;
  const char* network;
  AddressForm form;
  const char* version;
};

// The members of a section, by their names.
using Section = std::map<std::string, std::string>;

std::string text_of(const ExtendedPrivateKey& key, const char* version) {
  const auto& public_half = key.to_public();
  const auto same = ExtendedPrivateKey::from_parts(key.curve(), key.private_key(),
                                                   public_half.chain_code(), public_half.origin(),
                                                   *coffer::keys::key_version_named(version));
  REQUIRE(same.has_value());
  return std::string(same->to_text()->text());
}

}  // namespace

TEST_CASE("the vectors of BIP-84 and BIP-86 lead from the mnemonic to every key and address") {
  for (const Chain& chain : {Chain{"extracted/bip84.json", "bitcoin", AddressForm::p2wpkh, "zpub"},
                             Chain{"extracted/bip86.json", "bitcoin", AddressForm::p2tr, "xpub"}}) {
    const auto file = shared_vectors::json(chain.file);
    if (!file) {
      return;
    }
    std::map<std::string, Section> sections;
    for (const auto& row : *file) {
      sections[row["section"]][row["key"]] = row["value"];
    }
    const auto root = abandon();
    CHECK(text_of(root, chain.version) == sections["top"]["rootpriv"]);
    int seen = 0;
    for (auto& entry : sections) {
      // No structured binding: clang 14 can't capture one in the lambda behind INFO.
      const std::string& name = entry.first;
      Section& section = entry.second;
      const std::size_t at = name.find("= m/");
      if (at == std::string::npos) {
        continue;
      }
      INFO(name);
      const auto path = coffer::keys::Path::parse(name.substr(at + 2));
      REQUIRE(path.has_value());
      const auto key = root.derive(*path);
      REQUIRE(key.has_value());
      const auto public_key = key->to_public().public_key();
      const bool is_account = path->depth() == 3;
      CHECK(is_account == (path->steps().size() ==
                           account_path(network(chain.network), chain.form)->steps().size()));
      if (section.contains("xprv") || is_account) {
        CHECK(text_of(*key, chain.version) == section[section.contains("xprv") ? "xprv" : "xpriv"]);
      }
      if (section.contains("pubkey")) {
        CHECK(hex_of(public_key) == section["pubkey"]);
        CHECK(hex_of(key->private_key()) == key_of_wif(section["privkey"]));
      }
      if (section.contains("internal_key")) {
        CHECK(hex_of(std::span(public_key).last<32>()) == section["internal_key"]);
        const auto output = taproot_output(public_key);
        REQUIRE(output.has_value());
        CHECK(hex_of(output->key) == section["output_key"]);
      }
      if (section.contains("address")) {
        const auto address = address_of(network(chain.network), public_key, chain.form);
        CHECK(*address == section["address"]);
        if (section.contains("scriptPubKey")) {
          const auto decoded = decode_address(network(chain.network), *address);
          CHECK(hex_of(*output_script(*decoded)) == section["scriptPubKey"]);
        }
        ++seen;
      }
    }
    CHECK(seen == 3);
  }
}

TEST_CASE("the vector of BIP-49 leads from the mnemonic to the nested address") {
  const auto file = shared_vectors::json("extracted/bip49.json");
  if (!file) {
    return;
  }
  std::map<std::string, std::string> values;
  for (const auto& row : *file) {
    const std::string value = row["value"];
    values[row["key"]] = value.substr(0, value.find(" (testnet)"));
  }
  const auto root = abandon();
  CHECK(text_of(root, "upub") == values["masterseed"]);
  const auto& testnet = network("bitcoin-testnet");
  const auto account = root.derive(*account_path(testnet, AddressForm::p2sh_p2wpkh));
  CHECK(text_of(*account, "upub") == values["account0Xpriv"]);
  const auto key = account->derive(coffer::keys::Path{0, 0});
  CHECK("0x" + hex_of(key->private_key()) == values["account0recvPrivateKeyHex"]);
  const auto public_key = key->to_public().public_key();
  CHECK("0x" + hex_of(public_key) == values["account0recvPublicKeyHex"]);
  const auto address = address_of(testnet, public_key, AddressForm::p2sh_p2wpkh);
  CHECK(values["address"].ends_with("= " + *address));
}

TEST_CASE("the vectors of SLIP-132 give each purpose its version and address") {
  const auto file = shared_vectors::json("extracted/slip132_raw_lines.json");
  if (!file) {
    return;
  }
  const auto root = abandon();
  int seen = 0;
  for (std::size_t at = 0; at + 4 < file->size(); ++at) {
    const auto line = (*file)[at].get<std::string>();
    if (!line.starts_with("m/") || line.ends_with(':')) {
      continue;
    }
    // Four lines follow: the private key, the public key, "... address:" and the address.
    const auto account = root.derive(*coffer::keys::Path::parse(line));
    REQUIRE(account.has_value());
    const auto public_text = (*file)[at + 2].get<std::string>();
    const std::string version = public_text.substr(0, 4);
    CHECK(text_of(*account, version.c_str()) == (*file)[at + 1].get<std::string>());
    const auto read = coffer::keys::ExtendedPublicKey::parse(public_text);
    REQUIRE(read.has_value());
    CHECK(read->public_key() == account->to_public().public_key());
    const auto child = read->derive(coffer::keys::Path{0, 0});
    const AddressForm form = version == "ypub"   ? AddressForm::p2sh_p2wpkh
                             : version == "zpub" ? AddressForm::p2wpkh
                                                 : AddressForm::p2pkh;
    CHECK(*address_of(network("bitcoin"), child->public_key(), form) ==
          (*file)[at + 4].get<std::string>());
    ++seen;
  }
  CHECK(seen == 3);
}

TEST_CASE("the vectors of BIP-67 sort the keys of a multisig") {
  const auto file = shared_vectors::json("extracted/bip67_raw_lines.json");
  if (!file) {
    return;
  }
  std::vector<coffer::keys::PublicKey> keys;
  std::string script;
  std::string part;
  int seen = 0;
  for (const std::string line : *file) {
    if (!line.starts_with("** ")) {
      part = line;
      continue;
    }
    const std::string value = line.substr(3, line.find_last_not_of(' ') - 2);
    if (part.starts_with("* List")) {
      keys.push_back(fixed<33>(value));
    } else if (part.starts_with("* Script")) {
      script = value;
    } else if (part.starts_with("* Address")) {
      INFO(value);
      const auto made = sorted_multisig_script(2, keys);
      REQUIRE(made.has_value());
      CHECK(hex_of(*made) == script);
      CHECK(*address_of_script(network("bitcoin"), *made, AddressForm::p2sh) == value);
      ++seen;
      keys.clear();
    }
  }
  CHECK(seen == 4);
}
