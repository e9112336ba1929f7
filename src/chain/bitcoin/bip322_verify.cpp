// SPDX-License-Identifier: MIT
// Verifies signatures of BIP-322: the form first, then each input's script.
#include <coffer/chain/address.hpp>
#include <coffer/chain/bitcoin_message.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <coffer/core/text.hpp>

#include "chain/bitcoin/finalised_psbt.hpp"
#include "chain/bitcoin/script.hpp"
#include "chain/bitcoin/spend_check.hpp"
#include "chain/bitcoin/virtual_transaction.hpp"

namespace coffer::chain {

namespace {

using bitcoin::Output;
using bitcoin::RawTransaction;
using bitcoin::SignedForm;

constexpr std::size_t legacy_size = 65;

Error refused(std::string reason) {
  return {Code::signature_invalid, "signature: " + std::move(reason)};
}

// A transaction that claims to be signed, with the output of each input.
struct Claim {
  RawTransaction transaction;
  std::vector<Output> spent;
};

Result<Claim> simple_claim(const RawTransaction& spend, std::span<const std::uint8_t> bytes) {
  if (!bitcoin::witness_script_of(spend.outputs[0].script)) {
    return refused("the simple format is for segwit addresses");
  }
  auto witness = bitcoin::parse_witness(bytes);
  if (!witness) {
    return refused("it is not one whole witness");
  }
  Claim claim{bitcoin::to_sign(spend), spend.outputs};
  claim.transaction.inputs[0].witness = std::move(*witness);
  return claim;
}

Result<Claim> full_claim(const RawTransaction& spend, std::span<const std::uint8_t> bytes) {
  auto transaction = bitcoin::parse_transaction(bytes);
  if (!transaction) {
    return refused("it is not one whole transaction");
  }
  if (transaction->inputs.size() != 1) {
    return refused("the full format has one input; with more it is a proof of funds");
  }
  return Claim{std::move(*transaction), spend.outputs};
}

Result<Claim> funds_claim(const RawTransaction& spend, std::span<const std::uint8_t> bytes) {
  std::string_view reason;
  auto psbt = bitcoin::parse_finalised_psbt(bytes, reason);
  if (!psbt) {
    return refused(std::string(reason));
  }
  Claim claim{std::move(psbt->transaction), spend.outputs};
  for (std::size_t i = 1; i < claim.transaction.inputs.size(); ++i) {
    if (!psbt->spent[i]) {
      return refused("input " + std::to_string(i) + " does not say which output it spends");
    }
    claim.spent.push_back(std::move(*psbt->spent[i]));
  }
  return claim;
}

// The fields that BIP-322 prescribes for to_sign.
Status check_fields(const RawTransaction& transaction, const RawTransaction& spend) {
  if (transaction.inputs.empty() ||
      transaction.inputs[0].spends != bitcoin::Outpoint{bitcoin::id_of(spend), 0}) {
    return refused("it is not for this address and this message");
  }
  const auto& outputs = transaction.outputs;
  if (outputs.size() != 1 || outputs[0].value != 0 ||
      outputs[0].script != bitcoin::to_sign(spend).outputs[0].script) {
    return refused("its transaction has other outputs than the standard says");
  }
  std::set<std::pair<bitcoin::Digest32, std::uint32_t>> seen;
  for (const bitcoin::Input& input : transaction.inputs) {
    if (!seen.emplace(input.spends.id, input.spends.index).second) {
      return refused("its transaction spends an output twice");
    }
  }
  return {};
}

Status check_scripts(const Claim& claim) {
  std::optional<Error> open;
  for (std::size_t i = 0; i < claim.transaction.inputs.size(); ++i) {
    const bitcoin::Verdict verdict = bitcoin::check_input(claim.transaction, i, claim.spent);
    const std::string place = claim.spent.size() == 1 ? "" : "input " + std::to_string(i) + ": ";
    if (verdict.judgement == bitcoin::Judgement::invalid) {
      return refused(place + std::string(verdict.reason));
    }
    if (verdict.judgement == bitcoin::Judgement::open && !open) {
      open = Error{Code::unsupported,
                   "signature: inconclusive, " + place + std::string(verdict.reason)};
    }
  }
  const std::uint32_t version = claim.transaction.version;
  if (!open && version != 0 && version != 2) {
    open = Error{Code::unsupported, "signature: inconclusive, its transaction has version " +
                                        std::to_string(version) + ", not 0 or 2"};
  }
  return open ? Status(*open) : Status();
}

Bip322Proof proof_of(Claim claim) {
  const RawTransaction& transaction = claim.transaction;
  Bip322Proof proof;
  proof.times = {transaction.version, transaction.lock_time, transaction.inputs[0].sequence};
  for (std::size_t i = 1; i < transaction.inputs.size(); ++i) {
    bitcoin::Outpoint spends = transaction.inputs[i].spends;
    std::reverse(spends.id.begin(), spends.id.end());
    proof.outputs.push_back({to_hex(spends.id), spends.index, claim.spent[i].value,
                             std::move(claim.spent[i].script), transaction.inputs[i].sequence});
  }
  return proof;
}

}  // namespace

Result<Bip322Proof> verify_bip322(const Network& network, std::string_view address,
                                  std::string_view message, std::string_view signature) {
  if (network.family != Family::bitcoin) {
    return Error{Code::unsupported,
                 "network: '" + network.name + "' has no messages of the Bitcoin family"};
  }
  COFFER_TRY_ASSIGN(const Address decoded, decode_address(network, address));
  COFFER_TRY_ASSIGN(const Script script, output_script(decoded));
  if (signature.empty()) {
    return refused("it is empty");
  }
  const auto text = signature.size() > message_signature_size_max
                        ? std::nullopt
                        : bitcoin::read_signed_text(signature);
  if (!text) {
    return refused("it is not Base64, with or without a prefix of BIP-322");
  }
  if (!text->has_prefix && text->bytes.size() == legacy_size &&
      (decoded.form == AddressForm::p2pkh || decoded.form == AddressForm::cash_p2pkh)) {
    COFFER_TRY(verify_legacy_message(network, address, message, signature));
    return Bip322Proof{};
  }
  const RawTransaction spend = bitcoin::to_spend(message, script);
  auto claim = text->form == SignedForm::simple ? simple_claim(spend, text->bytes)
               : text->form == SignedForm::full ? full_claim(spend, text->bytes)
                                                : funds_claim(spend, text->bytes);
  if (!claim) {
    return std::move(claim).error();
  }
  COFFER_TRY(check_fields(claim->transaction, spend));
  COFFER_TRY(check_scripts(*claim));
  return proof_of(std::move(*claim));
}

}  // namespace coffer::chain
