// SPDX-License-Identifier: MIT
// Personal messages with their prefixes, and Solana's without one.
#include <coffer/chain/message.hpp>

#include <algorithm>
#include <vector>

#include <coffer/chain/address.hpp>

#include "chain/account_signature.hpp"
#include "chain/solana/message_guard.hpp"
#include "crypto/keccak256.hpp"

namespace coffer::chain {

namespace {

constexpr std::string_view ethereum_prefix =
    "\x19"
    "Ethereum Signed Message:\n";
constexpr std::string_view tron_prefix = "\x19TRON Signed Message:\n";

Error no_messages(const Network& network, std::string_view kind) {
  return {Code::unsupported, "network: '" + network.name + "' has no " + std::string(kind)};
}

Status check_solana(const Network& network) {
  if (network.family != Family::solana) {
    return no_messages(network, "messages of Solana's");
  }
  return {};
}

}  // namespace

Result<MessageDigest> account_message_digest(const Network& network,
                                             std::span<const std::uint8_t> message) {
  if (network.family != Family::ethereum && network.family != Family::tron) {
    return no_messages(network, "personal messages");
  }
  const std::string_view prefix =
      network.family == Family::ethereum ? ethereum_prefix : tron_prefix;
  const std::string size = std::to_string(message.size());
  std::vector<std::uint8_t> bytes(prefix.begin(), prefix.end());
  bytes.insert(bytes.end(), size.begin(), size.end());
  bytes.insert(bytes.end(), message.begin(), message.end());
  return crypto::keccak256(bytes);
}

Result<AccountSignature> sign_account_message(keys::Signer& signer, const keys::KeyReference& key,
                                              const Network& network,
                                              std::span<const std::uint8_t> message) {
  COFFER_TRY_ASSIGN(const MessageDigest digest, account_message_digest(network, message));
  return sign_account_digest(signer, key, digest);
}

Result<std::string> recover_account_message(const Network& network,
                                            std::span<const std::uint8_t> message,
                                            std::span<const std::uint8_t> signature) {
  COFFER_TRY_ASSIGN(const MessageDigest digest, account_message_digest(network, message));
  return recover_account(network, digest, signature);
}

Status verify_account_message(const Network& network, std::string_view address,
                              std::span<const std::uint8_t> message,
                              std::span<const std::uint8_t> signature) {
  COFFER_TRY_ASSIGN(const MessageDigest digest, account_message_digest(network, message));
  return verify_account(network, address, digest, signature);
}

Result<std::array<std::uint8_t, 64>> sign_solana_message(keys::Signer& signer,
                                                         const keys::KeyReference& key,
                                                         const Network& network,
                                                         std::span<const std::uint8_t> message) {
  COFFER_TRY(check_solana(network));
  if (solana::is_chain_tx(message)) {
    return Error{Code::signing_refused, "message: it can be read as a chain tx"};
  }
  keys::SignRequest request;
  request.key = key;
  request.scheme = keys::SignatureScheme::ed25519;
  request.message = message;
  COFFER_TRY_ASSIGN(const keys::Signature signature, signer.sign(request));
  return signature.bytes;
}

Status verify_solana_message(const Network& network, std::string_view address,
                             std::span<const std::uint8_t> message,
                             std::span<const std::uint8_t> signature) {
  COFFER_TRY(check_solana(network));
  COFFER_TRY_ASSIGN(const Address decoded, decode_address(network, address));
  keys::Signature made;
  if (signature.size() != made.bytes.size()) {
    return Error{Code::signature_invalid,
                 "signature: it has " + std::to_string(signature.size()) + " bytes, not 64"};
  }
  std::copy(signature.begin(), signature.end(), made.bytes.begin());
  keys::PublicKey key{};
  if (decoded.payload.size() + 1 != key.size()) {
    return Error{Code::address_syntax, "address: it is not that of a key"};
  }
  std::copy(decoded.payload.begin(), decoded.payload.end(), key.begin() + 1);
  return keys::verify_signature(keys::Curve::ed25519, key, keys::SignatureScheme::ed25519, message,
                                made);
}

}  // namespace coffer::chain
