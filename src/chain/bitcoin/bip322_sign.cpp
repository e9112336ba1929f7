// SPDX-License-Identifier: MIT
// Signs messages by BIP-322: for one key, and for a multisig script.
#include <coffer/chain/address.hpp>
#include <coffer/chain/bitcoin_message.hpp>

#include <algorithm>
#include <utility>

#include "chain/bitcoin/script.hpp"
#include "chain/bitcoin/virtual_transaction.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain {

namespace {

namespace secp256k1 = crypto::secp256k1;
using bitcoin::Bytes;
using bitcoin::Op;
using bitcoin::RawTransaction;
using bitcoin::SignedForm;

constexpr std::uint8_t sighash_all = 1;

Status check_call(const Network& network, const Bip322Times& times) {
  if (network.family != Family::bitcoin) {
    return Error{Code::unsupported,
                 "network: '" + network.name + "' has no messages of the Bitcoin family"};
  }
  if (times.version != 0 && times.version != 2) {
    return Error{Code::invalid_argument, "times: the version is 0 or 2"};
  }
  return {};
}

// The output script that an address, just encoded, pays to.
Result<Script> script_of(const Network& network, std::string_view address) {
  COFFER_TRY_ASSIGN(const Address decoded, decode_address(network, address));
  return output_script(decoded);
}

RawTransaction start(std::string_view message, const Script& output, const Bip322Times& times) {
  RawTransaction transaction = bitcoin::to_sign(bitcoin::to_spend(message, output));
  transaction.version = times.version;
  transaction.lock_time = times.lock_time;
  transaction.inputs[0].sequence = times.sequence;
  return transaction;
}

std::string text_of(const RawTransaction& transaction, const Script& output,
                    const Bip322Times& times) {
  if (times != Bip322Times{} || !bitcoin::witness_script_of(output)) {
    return bitcoin::signed_text(SignedForm::full, bitcoin::serialise(transaction));
  }
  Bytes witness;
  bitcoin::put_witness(transaction.inputs[0].witness, witness);
  return bitcoin::signed_text(SignedForm::simple, witness);
}

Result<Bytes> sign_ecdsa(keys::Signer& signer, const keys::KeyReference& key,
                         const bitcoin::Digest32& digest) {
  keys::SignRequest request;
  request.key = key;
  request.scheme = keys::SignatureScheme::ecdsa;
  request.message = digest;
  COFFER_TRY_ASSIGN(const keys::Signature signature, signer.sign(request));
  const auto der = secp256k1::to_der(signature.bytes);
  if (!der) {
    return Error{Code::signature_invalid, "the signer's answer is no signature"};
  }
  Bytes bytes(der->span().begin(), der->span().end());
  bytes.push_back(sighash_all);
  return bytes;
}

Result<Bytes> sign_taproot(keys::Signer& signer, const keys::KeyReference& key,
                           const keys::PublicKey& public_key, const RawTransaction& transaction,
                           const Script& output) {
  const std::vector<bitcoin::Output> spent = {{0, output}};
  const auto digest = bitcoin::taproot_digest(transaction, 0, spent, 0, std::nullopt);
  keys::SignRequest request;
  request.key = key;
  request.scheme = keys::SignatureScheme::schnorr;
  request.message = digest;
  request.taproot_tweak = bitcoin::tagged_hash("TapTweak", {std::span(public_key).last<32>()});
  COFFER_TRY_ASSIGN(const keys::Signature signature, signer.sign(request));
  return Bytes(signature.bytes.begin(), signature.bytes.end());
}

// Puts signature and key where the form wants them.
Status sign_key_hash(keys::Signer& signer, const keys::KeyReference& key,
                     const keys::PublicKey& public_key, AddressForm form,
                     RawTransaction& transaction) {
  const auto hash = crypto::hash160(public_key);
  const Bytes script = bitcoin::key_hash_script(hash);
  const bool is_segwit = form != AddressForm::p2pkh;
  COFFER_TRY_ASSIGN(Bytes signature,
                    sign_ecdsa(signer, key,
                               is_segwit ? bitcoin::segwit_digest(transaction, 0, script, 0)
                                         : bitcoin::legacy_digest(transaction, 0, script)));
  bitcoin::Input& input = transaction.inputs[0];
  if (!is_segwit) {
    bitcoin::put_push(signature, input.script);
    bitcoin::put_push(public_key, input.script);
    return {};
  }
  if (form == AddressForm::p2sh_p2wpkh) {
    Bytes program = {static_cast<std::uint8_t>(Op::push_empty)};
    bitcoin::put_push(hash, program);
    bitcoin::put_push(program, input.script);
  }
  input.witness = {std::move(signature), Bytes(public_key.begin(), public_key.end())};
  return {};
}

// The keys of a script that is m-of-n, and m.
struct Multisig {
  std::size_t threshold = 0;
  std::vector<Bytes> keys;
};

std::optional<Multisig> read_multisig(std::span<const std::uint8_t> script) {
  Multisig result;
  std::vector<bitcoin::ScriptStep> steps;
  bitcoin::ScriptReader reader(script);
  while (const auto step = reader.next()) {
    steps.push_back(*step);
  }
  if (reader.is_broken() || steps.size() < 4 || Op{steps.back().op} != Op::check_multisig) {
    return std::nullopt;
  }
  const auto small = [&](std::size_t at) {
    return static_cast<std::size_t>(steps[at].op) -
           0x50;  // Far too large for anything but 1 to 16.
  };
  result.threshold = small(0);
  for (std::size_t i = 1; i + 2 < steps.size(); ++i) {
    if (steps[i].data.size() != 33) {
      return std::nullopt;
    }
    result.keys.emplace_back(steps[i].data.begin(), steps[i].data.end());
  }
  if (small(steps.size() - 2) != result.keys.size() || result.keys.size() > 15 ||
      result.threshold == 0 || result.threshold > result.keys.size()) {
    return std::nullopt;
  }
  return result;
}

Error bad_key(std::size_t place, std::string_view reason) {
  return {Code::invalid_argument,
          "keys: the one at place " + std::to_string(place + 1) + " " + std::string(reason)};
}

// For each key of the script the reference that signs for it, or none.
Result<std::vector<const keys::KeyReference*>> signers_of(keys::Signer& signer,
                                                          std::span<const keys::KeyReference> keys,
                                                          const Multisig& multisig) {
  std::vector<const keys::KeyReference*> signers(multisig.keys.size(), nullptr);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    COFFER_TRY_ASSIGN(const keys::PublicKey key, signer.public_key(keys[i]));
    const auto found =
        std::find(multisig.keys.begin(), multisig.keys.end(), Bytes(key.begin(), key.end()));
    if (found == multisig.keys.end()) {
      return bad_key(i, "is not in the script");
    }
    const keys::KeyReference*& place =
        signers[static_cast<std::size_t>(found - multisig.keys.begin())];
    if (place != nullptr) {
      return bad_key(i, "was there before");
    }
    place = &keys[i];
  }
  if (keys.size() < multisig.threshold) {
    return Error{Code::invalid_argument, "keys: the script asks for " +
                                             std::to_string(multisig.threshold) + ", these are " +
                                             std::to_string(keys.size())};
  }
  return signers;
}

}  // namespace

Result<std::string> sign_bip322(keys::Signer& signer, const keys::KeyReference& key,
                                const Network& network, AddressForm form, std::string_view message,
                                const Bip322Times& times) {
  COFFER_TRY(check_call(network, times));
  if (form != AddressForm::p2pkh && form != AddressForm::p2sh_p2wpkh &&
      form != AddressForm::p2wpkh && form != AddressForm::p2tr) {
    return Error{Code::invalid_argument,
                 "form: one key alone does not sign for " + std::string(name_of(form))};
  }
  COFFER_TRY_ASSIGN(const keys::PublicKey public_key, signer.public_key(key));
  COFFER_TRY_ASSIGN(const std::string address, address_of(network, public_key, form));
  COFFER_TRY_ASSIGN(const Script output, script_of(network, address));
  RawTransaction transaction = start(message, output, times);
  if (form == AddressForm::p2tr) {
    COFFER_TRY_ASSIGN(Bytes signature, sign_taproot(signer, key, public_key, transaction, output));
    transaction.inputs[0].witness = {std::move(signature)};
  } else {
    COFFER_TRY(sign_key_hash(signer, key, public_key, form, transaction));
  }
  return text_of(transaction, output, times);
}

Result<std::string> sign_bip322_multisig(keys::Signer& signer,
                                         std::span<const keys::KeyReference> keys,
                                         const Network& network, AddressForm form,
                                         std::span<const std::uint8_t> script,
                                         std::string_view message, const Bip322Times& times) {
  COFFER_TRY(check_call(network, times));
  if (form != AddressForm::p2sh && form != AddressForm::p2wsh) {
    return Error{Code::invalid_argument,
                 "form: a script does not sign for " + std::string(name_of(form))};
  }
  const auto multisig = read_multisig(script);
  if (!multisig) {
    return Error{Code::invalid_argument, "script: it is no multisig of compressed keys"};
  }
  COFFER_TRY_ASSIGN(const std::string address, address_of_script(network, script, form));
  COFFER_TRY_ASSIGN(const Script output, script_of(network, address));
  COFFER_TRY_ASSIGN(const auto signers, signers_of(signer, keys, *multisig));
  RawTransaction transaction = start(message, output, times);
  const auto digest = form == AddressForm::p2wsh ? bitcoin::segwit_digest(transaction, 0, script, 0)
                                                 : bitcoin::legacy_digest(transaction, 0, script);
  std::vector<Bytes> items = {{}};
  for (const keys::KeyReference* const one : signers) {
    if (one != nullptr && items.size() <= multisig->threshold) {
      COFFER_TRY_ASSIGN(Bytes signature, sign_ecdsa(signer, *one, digest));
      items.push_back(std::move(signature));
    }
  }
  items.emplace_back(script.begin(), script.end());
  bitcoin::Input& input = transaction.inputs[0];
  if (form == AddressForm::p2wsh) {
    input.witness = std::move(items);
  } else {
    for (const Bytes& item : items) {
      bitcoin::put_push(item, input.script);
    }
  }
  return text_of(transaction, output, times);
}

}  // namespace coffer::chain
