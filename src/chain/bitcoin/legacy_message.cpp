// SPDX-License-Identifier: MIT
// The legacy message format: a recoverable signature with a header that names the address's kind.
#include <coffer/chain/address.hpp>
#include <coffer/chain/bitcoin_message.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "chain/bitcoin/key_hash.hpp"
#include "chain/bitcoin/wire.hpp"
#include "crypto/base64.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"
#include "crypto/sha256.hpp"

namespace coffer::chain {

namespace {

namespace secp256k1 = crypto::secp256k1;
using bitcoin::Bytes;

constexpr std::size_t signature_size = 65;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Status check_family(const Network& network) {
  if (network.family != Family::bitcoin) {
    return Error{Code::unsupported,
                 "network: '" + network.name + "' has no messages of the Bitcoin family"};
  }
  return {};
}

crypto::Digest32 digest_of(const Network& network, std::string_view message) {
  Bytes bytes;
  bitcoin::put_sized_bytes(bytes_of(network.message_prefix), bytes);
  bitcoin::put_sized_bytes(bytes_of(message), bytes);
  return crypto::sha256_twice(bytes);
}

Error refused(std::string reason) {
  return {Code::signature_invalid, "signature: " + std::move(reason)};
}

// The hash that an address of this form carries when it is of `key`.
std::optional<crypto::Digest20> payload_of(AddressForm form, const secp256k1::CompressedKey& key,
                                           bool is_compressed) {
  if (!is_compressed) {
    const auto whole = secp256k1::uncompress(key);
    return whole ? std::optional(crypto::hash160(*whole)) : std::nullopt;
  }
  const crypto::Digest20 hash = crypto::hash160(key);
  return form == AddressForm::p2sh ? bitcoin::nested_hash(hash) : hash;
}

bool is_key_hash(AddressForm form) {
  return form == AddressForm::p2pkh || form == AddressForm::cash_p2pkh;
}

// Whether a header of this kind may stand for an address of this form.
bool fits(AddressForm form, LegacyMessageKind kind) {
  switch (kind) {
    case LegacyMessageKind::p2pkh_uncompressed: return is_key_hash(form);
    case LegacyMessageKind::p2pkh: return true;
    case LegacyMessageKind::p2sh_p2wpkh: return form == AddressForm::p2sh;
    case LegacyMessageKind::p2wpkh: return form == AddressForm::p2wpkh;
  }
  return false;
}

}  // namespace

Result<std::string> sign_legacy_message(keys::Signer& signer, const keys::KeyReference& key,
                                        const Network& network, LegacyMessageKind kind,
                                        std::string_view message) {
  COFFER_TRY(check_family(network));
  constexpr std::array kinds = {LegacyMessageKind::p2pkh_uncompressed, LegacyMessageKind::p2pkh,
                                LegacyMessageKind::p2sh_p2wpkh, LegacyMessageKind::p2wpkh};
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    return Error{Code::invalid_argument, "kind: no such value"};
  }
  const crypto::Digest32 digest = digest_of(network, message);
  keys::SignRequest request;
  request.key = key;
  request.scheme = keys::SignatureScheme::ecdsa_recoverable;
  request.message = digest;
  COFFER_TRY_ASSIGN(const keys::Signature signature, signer.sign(request));
  std::array<std::uint8_t, signature_size> bytes{};
  bytes[0] = static_cast<std::uint8_t>(static_cast<int>(kind) + signature.recovery_id);
  std::copy(signature.bytes.begin(), signature.bytes.end(), bytes.begin() + 1);
  return crypto::base64_encode(bytes);
}

Status verify_legacy_message(const Network& network, std::string_view address,
                             std::string_view message, std::string_view signature) {
  COFFER_TRY(check_family(network));
  COFFER_TRY_ASSIGN(const Address decoded, decode_address(network, address));
  const AddressForm form = decoded.form;
  if (!is_key_hash(form) && form != AddressForm::p2sh && form != AddressForm::p2wpkh) {
    return Error{Code::unsupported,
                 "address: the legacy format signs for single keys only, this is " +
                     std::string(name_of(form))};
  }
  const auto bytes = signature.size() > message_signature_size_max
                         ? std::nullopt
                         : crypto::base64_decode(signature);
  if (!bytes) {
    return refused("it is not Base64");
  }
  if (bytes->size() != signature_size) {
    return refused("it has " + std::to_string(bytes->size()) + " bytes, not 65");
  }
  const unsigned header = (*bytes)[0];
  if (header < 27 || header > 42) {
    return refused("its header is " + std::to_string(header) + ", not 27 to 42");
  }
  const LegacyMessageKind kind{static_cast<std::uint8_t>(27 + (header - 27) / 4 * 4)};
  if (!fits(form, kind)) {
    return refused("its header " + std::to_string(header) + " is not one of a " +
                   std::string(name_of(form)) + " address");
  }
  secp256k1::RecoverableSignature parts;
  parts.recovery_id = static_cast<int>((header - 27) % 4);
  std::copy_n(bytes->begin() + 1, 64, parts.signature.begin());
  const auto key = secp256k1::recover(parts, digest_of(network, message));
  const auto payload =
      key ? payload_of(form, *key, kind != LegacyMessageKind::p2pkh_uncompressed) : std::nullopt;
  if (!payload || !std::equal(payload->begin(), payload->end(), decoded.payload.begin(),
                              decoded.payload.end())) {
    return refused("it is not that of this address over this message");
  }
  return {};
}

}  // namespace coffer::chain
