// SPDX-License-Identifier: MIT
// Tests of Bitcoin's signed messages: BIP-137 and BIP-322.
#include <coffer/chain/bitcoin_message.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <coffer/chain/address.hpp>

#include "../../support/shared_vectors.hpp"
#include "chain/bitcoin/virtual_transaction.hpp"
#include "crypto/base64.hpp"
#include "message_support.hpp"

using namespace message_test;

namespace {

constexpr std::string_view example = "This is an example of a signed message.";
// The same signature under the four headers.
constexpr std::string_view example_tail =
    "/nufv8zefbQsUzcx3yS9qo4KucYzkZ38pahzlEY+dc4anRlrKaT1L5chyzNxjaEQDkHemETnR2e+U4blRm1FZ4=";

struct LegacyRow {
  LegacyMessageKind kind;
  const char* letter;
  const char* address;
};
constexpr LegacyRow legacy_rows[] = {
    {LegacyMessageKind::p2pkh_uncompressed, "G", "1JXJmBA5Pa75WLYpT6WCJcxbGWvHtXyk6f"},
    {LegacyMessageKind::p2pkh, "H", "1PbwjuQP3y9F3ZnbbWUvue4zpgkQuSbgD5"},
    {LegacyMessageKind::p2sh_p2wpkh, "I", "3K3S2AmwUVYHSKaMmtzsxmfmMts1s9RsXe"},
    {LegacyMessageKind::p2wpkh, "J", "bc1q7lhf4defwy62pnx8du74p62daut53revvqv96s"},
};

std::string with_letter(const char* letter) { return letter + std::string(example_tail); }

std::string id_text(const coffer::chain::bitcoin::RawTransaction& transaction) {
  auto id = coffer::chain::bitcoin::id_of(transaction);
  std::reverse(id.begin(), id.end());
  return hex_of(id);
}

AddressForm form_named(std::string_view type) {
  for (const auto& [name, form] :
       {std::pair("p2pkh", AddressForm::p2pkh), std::pair("p2wpkh", AddressForm::p2wpkh),
        std::pair("p2tr", AddressForm::p2tr), std::pair("p2sh-p2wpkh", AddressForm::p2sh_p2wpkh)}) {
    if (type == name) {
      return form;
    }
  }
  return AddressForm::network_default;
}

Bip322Times times_of(const nlohmann::json& vector) {
  return {vector.value("tx_version", 0U), vector.value("lock_time", 0U),
          vector.value("sequence", 0U)};
}

// Signs one vector again, where its kind is one that this library signs for; empty otherwise.
std::string sign_again(const nlohmann::json& vector) {
  SoftwareSigner signer;
  std::vector<KeyReference> keys;
  for (const std::string wif : vector["private_keys"]) {
    keys.push_back(reference("key" + std::to_string(keys.size())));
    add(signer, keys.back().name, key_of_wif(wif));
  }
  const std::string type = vector["type"];
  const auto& bitcoin = network("bitcoin");
  if (form_named(type) != AddressForm::network_default) {
    return *sign_bip322(signer, keys[0], bitcoin, form_named(type), std::string(vector["message"]),
                        times_of(vector));
  }
  if (type.starts_with("p2wsh-multisig") || type.starts_with("p2sh-multisig")) {
    const bool is_segwit = type.starts_with("p2wsh");
    const std::string script = vector[is_segwit ? "witness_script" : "sig_script"];
    return *sign_bip322_multisig(
        signer, keys, bitcoin, is_segwit ? AddressForm::p2wsh : AddressForm::p2sh, from_hex(script),
        std::string(vector["message"]), times_of(vector));
  }
  return {};
}

struct Counts {
  int verified = 0;
  int signed_again = 0;
  int refused = 0;
  int proven_outputs = 0;
};

void check_valid(const nlohmann::json& vector, Counts& counts) {
  const std::string address = vector["address"];
  const std::string message = vector["message"];
  std::vector<std::string> signatures = vector["bip322_signatures"];
  for (const std::string& signature : signatures) {
    INFO(address << " " << signature);
    const auto proof = verify_bip322(network("bitcoin"), address, message, signature);
    CHECK(message_of(proof) == "");
    REQUIRE(proof.has_value());
    ++counts.verified;
    if (signature.starts_with("ful")) {
      CHECK(proof->times == times_of(vector));
    }
    std::size_t at = 0;
    for (const auto& transaction : vector.value("additional_inputs", nlohmann::json::array())) {
      for (const auto& output : transaction) {
        REQUIRE(at < proof->outputs.size());
        CHECK(proof->outputs[at].value == output["value"]);
        CHECK(hex_of(proof->outputs[at].script) == output["pk_script"]);
        ++at;
        ++counts.proven_outputs;
      }
    }
    CHECK(proof->outputs.size() == at);
  }
  if (vector.contains("additional_inputs")) {
    return;
  }
  const std::string made = sign_again(vector);
  if (made.empty()) {
    return;
  }
  CHECK(verify_bip322(network("bitcoin"), address, message, made).has_value());
  // A Schnorr nonce is the signer's choice; that of ECDSA follows from key and message (RFC 6979).
  const bool is_schnorr = vector["type"] == "p2tr";
  const bool is_listed =
      std::any_of(signatures.begin(), signatures.end(),
                  [&](const std::string& listed) { return made.ends_with(listed); });
  INFO(made);
  CHECK(is_listed != is_schnorr);
  ++counts.signed_again;
}

}  // namespace

TEST_CASE("a legacy message is signed under each of the four headers") {
  SoftwareSigner signer;
  add(signer, "cow", cow);
  for (const LegacyRow& row : legacy_rows) {
    const auto signature =
        sign_legacy_message(signer, reference("cow"), network("bitcoin"), row.kind, example);
    REQUIRE(signature.has_value());
    CHECK(*signature == with_letter(row.letter));
    CHECK(verify_legacy_message(network("bitcoin"), row.address, example, *signature).has_value());
    CHECK(code_of(verify_legacy_message(network("bitcoin"), row.address, "another", *signature)) ==
          Code::signature_invalid);
  }
  CHECK(sign_legacy_message(signer, reference("cow"), network("bitcoin"), LegacyMessageKind{30},
                            example)
            .error()
            .code == Code::invalid_argument);
  CHECK(sign_legacy_message(signer, reference("cow"), network("ethereum"), LegacyMessageKind::p2pkh,
                            example)
            .error()
            .code == Code::unsupported);
  signer.set_read_only(true);
  CHECK(sign_legacy_message(signer, reference("cow"), network("bitcoin"), LegacyMessageKind::p2pkh,
                            example)
            .error()
            .code == Code::signing_refused);
}

TEST_CASE("a legacy header fits its own kind of address; the compressed one fits segwit too") {
  for (const LegacyRow& row : legacy_rows) {
    for (const LegacyRow& other : legacy_rows) {
      const bool is_good =
          row.kind == other.kind || (other.kind == LegacyMessageKind::p2pkh &&
                                     row.kind != LegacyMessageKind::p2pkh_uncompressed);
      CHECK(
          verify_legacy_message(network("bitcoin"), row.address, example, with_letter(other.letter))
              .has_value() == is_good);
    }
  }
}

TEST_CASE("a legacy message begins as its network says") {
  SoftwareSigner signer;
  add(signer, "cow", cow);
  const auto signature = sign_legacy_message(signer, reference("cow"), network("litecoin"),
                                             LegacyMessageKind::p2pkh, example);
  CHECK(*signature ==
        "ID07xA6Q8ZLvCj54IP1rhc8NGvJaExUcFscOLRw5YPlpIbr1CFAgDuV9kDInxaYRRNocXPNMrK0KZ+IhmlHJL/4=");
  CHECK(network("dogecoin").message_prefix == "Dogecoin Signed Message:\n");
  CHECK(network("dash").message_prefix == "DarkCoin Signed Message:\n");
  CHECK(network("ecash").message_prefix == "eCash Signed Message:\n");
  CHECK(network("bitcoin-cash").message_prefix == "Bitcoin Signed Message:\n");
}

TEST_CASE("a malformed legacy signature is refused with what is wrong") {
  const auto refusal = [](std::string_view address, std::string_view signature) {
    const auto result = verify_legacy_message(network("bitcoin"), address, example, signature);
    return result ? "" : result.error().message;
  };
  const char* const address = legacy_rows[1].address;
  CHECK(refusal(address, "not Base64") == "signature: it is not Base64");
  CHECK(refusal(address, std::string(200'000, 'A')) == "signature: it is not Base64");
  CHECK(refusal(address, "AAAA") == "signature: it has 3 bytes, not 65");
  CHECK(refusal(address, with_letter("A")) == "signature: its header is 3, not 27 to 42");
  CHECK(refusal(address, with_letter("J")) ==
        "signature: its header 39 is not one of a p2pkh address");
  CHECK(
      refusal("bc1pf3nev47234920c5aa24t4yzx8g40ncvzqynezyfxxnzdtpdnyjnshehf0j", with_letter("H")) ==
      "address: the legacy format signs for single keys only, this is p2tr");
  CHECK(code_of(verify_legacy_message(network("bitcoin"), "1PbwjuQP3y9F3ZnbbWUvue4zpgkQuSbgD6",
                                      example, with_letter("H"))) == Code::address_checksum);
  CHECK(code_of(verify_legacy_message(network("solana"), address, example, with_letter("H"))) ==
        Code::unsupported);
}

TEST_CASE("the virtual transactions of BIP-322 have the ids of the standard") {
  namespace bitcoin = coffer::chain::bitcoin;
  // The standard's own figures for bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l.
  const auto script = from_hex("00142b05d564e6a7a33c087f16e0f730d1440123799d");
  CHECK(hex_of(bitcoin::bip322_message_hash("Hello World")) ==
        "f0eb03b1a75ac6d9847f55c624a99169b5dccba2a31f5b23bea77ba270de0a7a");
  const auto spend = bitcoin::to_spend("Hello World", script);
  CHECK(id_text(spend) == "b79d196740ad5217771c1098fc4a4b51e0535c32236c71f1ea4d61a2d603352b");
  CHECK(id_text(bitcoin::to_sign(spend)) ==
        "88737ae86f2077145f93cc4b153ae9a1cb8d56afa511988c149c5c8c9d93bddf");
}

TEST_CASE("a simple signature of BIP-322 is read with and without its prefix") {
  constexpr std::string_view address = "bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l";
  const std::string signature =
      "AkcwRAIgZRfIY3p7/DoVTty6YZbWS71bc5Vct9p9Fia83eRmw2QCICK/ENGfwLtptFluMGs2KsqoNSk89pO7F29zJLUx"
      "9a/sASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=";
  const auto& bitcoin = network("bitcoin");
  CHECK(verify_bip322(bitcoin, address, "Hello World", signature).has_value());
  CHECK(verify_bip322(bitcoin, address, "Hello World", "smp" + signature).has_value());
  CHECK(message_of(verify_bip322(bitcoin, address, "Hello World!", signature)) ==
        "signature: a signature is not that of its key over this message");
  CHECK(message_of(verify_bip322(bitcoin, address, "Hello World", "ful" + signature)) ==
        "signature: it is not one whole transaction");
  CHECK(message_of(verify_bip322(bitcoin, address, "Hello World", "pof" + signature)) ==
        "signature: it is no PSBT");
  CHECK(message_of(verify_bip322(bitcoin, address, "Hello World", "")) == "signature: it is empty");
  CHECK(message_of(verify_bip322(bitcoin, "1PbwjuQP3y9F3ZnbbWUvue4zpgkQuSbgD5", "Hello World",
                                 signature)) ==
        "signature: the simple format is for segwit addresses");
  CHECK(verify_bip322(network("tron"), address, "Hello World", signature).error().code ==
        Code::unsupported);
}

TEST_CASE("BIP-322 takes the legacy format for P2PKH alone") {
  const auto& bitcoin = network("bitcoin");
  CHECK(verify_bip322(bitcoin, legacy_rows[1].address, example, with_letter("H")).has_value());
  CHECK(verify_bip322(bitcoin, legacy_rows[0].address, example, with_letter("G")).has_value());
  CHECK(verify_bip322(bitcoin, legacy_rows[2].address, example, with_letter("I")).error().code ==
        Code::signature_invalid);
  CHECK(verify_bip322(bitcoin, legacy_rows[3].address, example, with_letter("J")).error().code ==
        Code::signature_invalid);
}

TEST_CASE("BIP-322 says inconclusive for what has no meaning yet") {
  // Segwit version 2, from BIP-350.
  const auto result =
      verify_bip322(network("bitcoin"), "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "", "smpAQEB");
  CHECK(result.error().code == Code::unsupported);
  CHECK(result.error().message ==
        "signature: inconclusive, the address has a segwit version without a meaning");
}

TEST_CASE("signing by BIP-322 verifies for every form and with time locks") {
  SoftwareSigner signer;
  add(signer, "cow", cow);
  for (const char* const name : {"bitcoin", "bitcoin-testnet", "litecoin"}) {
    const auto& chain = network(name);
    const auto key = signer.public_key(reference("cow"));
    for (const AddressForm form :
         {AddressForm::p2pkh, AddressForm::p2sh_p2wpkh, AddressForm::p2wpkh, AddressForm::p2tr}) {
      const std::string address = *address_of(chain, *key, form);
      for (const Bip322Times& times : {Bip322Times{}, Bip322Times{2, 2016, 2016}}) {
        const auto signature =
            sign_bip322(signer, reference("cow"), chain, form, "a message", times);
        REQUIRE(signature.has_value());
        const bool is_simple =
            times == Bip322Times{} && (form == AddressForm::p2wpkh || form == AddressForm::p2tr);
        CHECK(signature->substr(0, 3) == (is_simple ? "smp" : "ful"));
        const auto proof = verify_bip322(chain, address, "a message", *signature);
        REQUIRE(proof.has_value());
        CHECK(proof->times == times);
        CHECK_FALSE(verify_bip322(chain, address, "a massage", *signature).has_value());
      }
    }
  }
}

TEST_CASE("signing by BIP-322 refuses what it can't do") {
  SoftwareSigner signer;
  add(signer, "cow", cow);
  const auto code = [&](const Network& chain, AddressForm form, Bip322Times times = {}) {
    const auto result = sign_bip322(signer, reference("cow"), chain, form, "", times);
    return result ? Code::ok : result.error().code;
  };
  CHECK(code(network("ethereum"), AddressForm::p2wpkh) == Code::unsupported);
  CHECK(code(network("dogecoin"), AddressForm::p2wpkh) == Code::unsupported);
  CHECK(code(network("bitcoin"), AddressForm::p2wsh) == Code::invalid_argument);
  CHECK(code(network("bitcoin"), AddressForm::p2wpkh, {1, 0, 0}) == Code::invalid_argument);
  signer.set_read_only(true);
  for (const AddressForm form : {AddressForm::p2pkh, AddressForm::p2wpkh, AddressForm::p2tr}) {
    CHECK(code(network("bitcoin"), form) == Code::signing_refused);
  }
}

TEST_CASE("any m keys of a multisig script sign for it, and no fewer or others") {
  SoftwareSigner signer;
  std::vector<KeyReference> keys;
  std::vector<coffer::keys::PublicKey> public_keys;
  for (int i = 1; i <= 4; ++i) {
    keys.push_back(reference("key" + std::to_string(i)));
    add(signer, keys.back().name, std::string(63, '0') + std::to_string(i));
    public_keys.push_back(*signer.public_key(keys.back()));
  }
  const auto& bitcoin = network("bitcoin");
  const auto script = *sorted_multisig_script(2, std::span(public_keys).first(3));
  for (const AddressForm form : {AddressForm::p2wsh, AddressForm::p2sh}) {
    const std::string address = *address_of_script(bitcoin, script, form);
    for (const auto& chosen : {std::vector{keys[0], keys[1]}, std::vector{keys[2], keys[0]},
                               std::vector{keys[0], keys[1], keys[2]}}) {
      const auto signature = sign_bip322_multisig(signer, chosen, bitcoin, form, script, "ours");
      REQUIRE(signature.has_value());
      CHECK(verify_bip322(bitcoin, address, "ours", *signature).has_value());
    }
    const auto refusal = [&](const std::vector<KeyReference>& chosen) {
      return message_of(sign_bip322_multisig(signer, chosen, bitcoin, form, script, "ours"));
    };
    CHECK(refusal({keys[1]}) == "keys: the script asks for 2, these are 1");
    CHECK(refusal({keys[1], keys[3]}) == "keys: the one at place 2 is not in the script");
    CHECK(refusal({keys[1], keys[1]}) == "keys: the one at place 2 was there before");
  }
  CHECK(message_of(sign_bip322_multisig(signer, keys, bitcoin, AddressForm::p2wsh, from_hex("51"),
                                        "")) == "script: it is no multisig of compressed keys");
  CHECK(message_of(sign_bip322_multisig(signer, keys, bitcoin, AddressForm::p2tr, script, "")) ==
        "form: a script does not sign for p2tr");
}

TEST_CASE("the vectors of BIP-322 hold") {
  Counts counts;
  for (const char* const name :
       {"bip322/basic-test-vectors.json", "bip322/generated-test-vectors.json"}) {
    const auto file = shared_vectors::json(name);
    if (!file) {
      return;
    }
    for (const char* const group : {"simple", "full", "proof_of_funds"}) {
      for (const auto& vector : file->value(group, nlohmann::json::array())) {
        check_valid(vector, counts);
      }
    }
    for (const auto& vector : (*file)["error"]) {
      INFO(std::string(vector["description"]));
      const auto result =
          verify_bip322(network("bitcoin"), std::string(vector["address"]),
                        std::string(vector["message"]), std::string(vector["signature"]));
      REQUIRE_FALSE(result.has_value());
      CHECK(result.error().code == Code::signature_invalid);
      ++counts.refused;
    }
    for (const auto& vector : file->value("tx_hashes", nlohmann::json::array())) {
      const auto address = decode_address(network("bitcoin"), std::string(vector["address"]));
      const std::string message = vector["message"];
      const auto spend = coffer::chain::bitcoin::to_spend(message, *output_script(*address));
      CHECK(hex_of(coffer::chain::bitcoin::bip322_message_hash(message)) == vector["message_hash"]);
      CHECK(id_text(spend) == vector["to_spend_tx_hash"]);
      CHECK(id_text(coffer::chain::bitcoin::to_sign(spend)) == vector["to_sign_tx_hash"]);
    }
  }
  CHECK(counts.verified == 23);
  CHECK(counts.signed_again == 15);
  CHECK(counts.refused == 36);
  CHECK(counts.proven_outputs == 9);
}
