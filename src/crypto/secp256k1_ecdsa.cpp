// SPDX-License-Identifier: MIT
// ECDSA over secp256k1 through libsecp256k1.
#include <secp256k1_recovery.h>

#include <algorithm>

#include "crypto/secp256k1.hpp"
#include "crypto/secp256k1_context.hpp"

namespace coffer::crypto::secp256k1 {

namespace {

std::optional<secp256k1_ecdsa_signature> parse_signature(const Signature& signature) noexcept {
  secp256k1_ecdsa_signature parsed;
  if (secp256k1_ecdsa_signature_parse_compact(context(), &parsed, signature.data()) != 1) {
    return std::nullopt;
  }
  return parsed;
}

Signature compact(const secp256k1_ecdsa_signature& signature) noexcept {
  Signature bytes;
  secp256k1_ecdsa_signature_serialize_compact(context(), bytes.data(), &signature);
  return bytes;
}

std::optional<Signature> sign_with(SecretView secret, DigestView digest,
                                   const std::uint8_t* extra) noexcept {
  secp256k1_ecdsa_signature signature;
  if (secp256k1_ecdsa_sign(context(), &signature, digest.data(), secret.data(), nullptr, extra) !=
      1) {
    return std::nullopt;
  }
  return compact(signature);
}

}  // namespace

std::optional<Signature> sign(SecretView secret, DigestView digest) noexcept {
  return sign_with(secret, digest, nullptr);
}

std::optional<Signature> sign_low_r(SecretView secret, DigestView digest) noexcept {
  std::optional<Signature> signature = sign(secret, digest);
  std::array<std::uint8_t, 32> extra{};
  for (std::uint32_t counter = 1; signature && (*signature)[0] >= 0x80; ++counter) {
    for (std::size_t i = 0; i < 4; ++i) {
      extra[i] = static_cast<std::uint8_t>(counter >> (8 * i));
    }
    signature = sign_with(secret, digest, extra.data());
  }
  return signature;
}

bool verify(std::span<const std::uint8_t> key, DigestView digest,
            const Signature& signature) noexcept {
  const auto parsed_key = parse(key);
  const auto parsed = parse_signature(signature);
  return parsed_key && parsed &&
         secp256k1_ecdsa_verify(context(), &*parsed, digest.data(), &*parsed_key) == 1;
}

std::optional<Signature> normalise(const Signature& signature) noexcept {
  auto parsed = parse_signature(signature);
  if (!parsed) {
    return std::nullopt;
  }
  secp256k1_ecdsa_signature_normalize(context(), &*parsed, &*parsed);
  return compact(*parsed);
}

std::optional<DerSignature> to_der(const Signature& signature) noexcept {
  const auto parsed = parse_signature(signature);
  DerSignature der;
  der.size = der.bytes.size();
  if (!parsed || secp256k1_ecdsa_signature_serialize_der(context(), der.bytes.data(), &der.size,
                                                         &*parsed) != 1) {
    return std::nullopt;
  }
  return der;
}

std::optional<Signature> from_der(std::span<const std::uint8_t> der) noexcept {
  secp256k1_ecdsa_signature parsed;
  // A span of nothing may have no pointer, and the library wants one.
  if (der.empty() ||
      secp256k1_ecdsa_signature_parse_der(context(), &parsed, der.data(), der.size()) != 1) {
    return std::nullopt;
  }
  // libsecp256k1 turns an r or s that is too large into zero; what was read must be what is
  // written.
  const Signature signature = compact(parsed);
  const auto again = to_der(signature);
  if (!again || !std::equal(der.begin(), der.end(), again->span().begin(), again->span().end())) {
    return std::nullopt;
  }
  return signature;
}

std::optional<RecoverableSignature> sign_recoverable(SecretView secret,
                                                     DigestView digest) noexcept {
  secp256k1_ecdsa_recoverable_signature signature;
  if (secp256k1_ecdsa_sign_recoverable(context(), &signature, digest.data(), secret.data(), nullptr,
                                       nullptr) != 1) {
    return std::nullopt;
  }
  RecoverableSignature result;
  secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), result.signature.data(),
                                                          &result.recovery_id, &signature);
  return result;
}

std::optional<CompressedKey> recover(const RecoverableSignature& signature,
                                     DigestView digest) noexcept {
  secp256k1_ecdsa_recoverable_signature parsed;
  secp256k1_pubkey key;
  if (signature.recovery_id < 0 || signature.recovery_id > 3 ||
      secp256k1_ecdsa_recoverable_signature_parse_compact(
          context(), &parsed, signature.signature.data(), signature.recovery_id) != 1 ||
      secp256k1_ecdsa_recover(context(), &key, &parsed, digest.data()) != 1) {
    return std::nullopt;
  }
  return serialise(key);
}

}  // namespace coffer::crypto::secp256k1
