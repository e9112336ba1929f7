// SPDX-License-Identifier: MIT
// Signatures from which the account is found.
#include "chain/account_signature.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <coffer/chain/address.hpp>

#include "crypto/secp256k1.hpp"

namespace coffer::chain {

namespace {

constexpr int v_first = 27;

Error refused(std::string reason) {
  return {Code::signature_invalid, "signature: " + std::move(reason)};
}

}  // namespace

Result<AccountSignature> sign_account_digest(keys::Signer& signer, const keys::KeyReference& key,
                                             const MessageDigest& digest) {
  keys::SignRequest request;
  request.key = key;
  request.scheme = keys::SignatureScheme::ecdsa_recoverable;
  request.message = digest;
  COFFER_TRY_ASSIGN(const keys::Signature made, signer.sign(request));
  // 2 and 3 say that r overflowed, for which v has no value; it takes 2^127 tries to meet one.
  if (made.recovery_id != 0 && made.recovery_id != 1) {
    return refused("the signer's has a recovery id other than 0 and 1");
  }
  AccountSignature signature{};
  std::copy(made.bytes.begin(), made.bytes.end(), signature.begin());
  signature[64] = static_cast<std::uint8_t>(v_first + made.recovery_id);
  return signature;
}

Result<std::string> recover_account(const Network& network, const MessageDigest& digest,
                                    std::span<const std::uint8_t> signature) {
  if (signature.size() != std::tuple_size_v<AccountSignature>) {
    return refused("it has " + std::to_string(signature.size()) + " bytes, not 65");
  }
  const int v = signature[64];
  crypto::secp256k1::RecoverableSignature parts;
  parts.recovery_id = v >= v_first ? v - v_first : v;
  if (parts.recovery_id > 1) {
    return refused("its v is " + std::to_string(v) + ", not 27 or 28");
  }
  std::copy_n(signature.begin(), 64, parts.signature.begin());
  const auto normal = crypto::secp256k1::normalise(parts.signature);
  if (!normal) {
    return refused("its r or s is not below the order of the curve");
  }
  if (*normal != parts.signature) {
    return refused("its s is in the upper half");
  }
  const auto key = crypto::secp256k1::recover(parts, digest);
  if (!key) {
    return refused("no key can have made it");
  }
  return address_of(network, *key);
}

Status verify_account(const Network& network, std::string_view address, const MessageDigest& digest,
                      std::span<const std::uint8_t> signature) {
  COFFER_TRY_ASSIGN(const Address wanted, decode_address(network, address));
  COFFER_TRY_ASSIGN(const std::string signer, recover_account(network, digest, signature));
  COFFER_TRY_ASSIGN(const Address found, decode_address(network, signer));
  if (found.payload != wanted.payload) {
    return refused("it is that of " + signer);
  }
  return {};
}

}  // namespace coffer::chain
