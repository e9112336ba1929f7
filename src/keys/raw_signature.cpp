// SPDX-License-Identifier: MIT
// The signature schemes over bytes of keys.
#include "keys/raw_signature.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <coffer/core/secret.hpp>

#include "crypto/ed25519.hpp"
#include "crypto/nist256p1.hpp"
#include "crypto/secp256k1.hpp"
#include "crypto/wiped.hpp"

namespace coffer::keys {

namespace {

namespace ed25519 = crypto::ed25519;
namespace nist256p1 = crypto::nist256p1;
namespace secp256k1 = crypto::secp256k1;

Error no_signature() { return {Code::unsupported, "the cryptographic library made no signature"}; }

Result<Signature> signature_of(const std::optional<std::array<std::uint8_t, 64>>& bytes) {
  if (!bytes) {
    return no_signature();
  }
  return Signature{*bytes, -1};
}

Result<Signature> schnorr(std::span<const std::uint8_t, 32> key, const SignRequest& request) {
  crypto::Wiped<32> secret;
  std::copy(key.begin(), key.end(), secret.data());
  if (request.taproot_tweak &&
      !secp256k1::add_to_x_only_secret(secret.span(), *request.taproot_tweak)) {
    return Error{Code::invalid_key, "taproot_tweak: it gives no key"};
  }
  return signature_of(secp256k1::sign_schnorr(secret.span(), request.message, request.auxiliary));
}

Result<Signature> recoverable(std::span<const std::uint8_t, 32> key,
                              std::span<const std::uint8_t, 32> digest) {
  const auto signature = secp256k1::sign_recoverable(key, digest);
  if (!signature) {
    return no_signature();
  }
  return Signature{signature->signature, signature->recovery_id};
}

bool is_ecdsa(SignatureScheme scheme) noexcept {
  return scheme == SignatureScheme::ecdsa || scheme == SignatureScheme::ecdsa_low_r ||
         scheme == SignatureScheme::ecdsa_recoverable;
}

bool exists_on(Curve curve, SignatureScheme scheme) noexcept {
  switch (curve) {
    case Curve::secp256k1: return is_ecdsa(scheme) || scheme == SignatureScheme::schnorr;
    case Curve::nist256p1: return scheme == SignatureScheme::ecdsa;
    case Curve::ed25519: return scheme == SignatureScheme::ed25519;
  }
  return false;
}

}  // namespace

Status check_scheme(Curve curve, SignatureScheme scheme, std::span<const std::uint8_t> message) {
  if (!exists_on(curve, scheme)) {
    return Error{Code::invalid_argument,
                 "scheme: it does not exist on " + std::string(name_of(curve))};
  }
  if (is_ecdsa(scheme) && message.size() != 32) {
    return Error{Code::invalid_argument, "message: ECDSA signs a digest of 32 bytes, these are " +
                                             std::to_string(message.size())};
  }
  return {};
}

namespace {

/// Overwrites the stack below the caller: the libraries' own frames were there, and not all of them
/// clear the copies of the key that they made.
[[gnu::noinline]] void wipe_stack_below() noexcept {
  std::array<std::uint8_t, std::size_t{16} * 1024> below;
  wipe(below);
}

Result<Signature> sign_by_scheme(Curve curve, std::span<const std::uint8_t, 32> key,
                                 const SignRequest& request) {
  COFFER_TRY(check_scheme(curve, request.scheme, request.message));
  if (request.taproot_tweak && request.scheme != SignatureScheme::schnorr) {
    return Error{Code::invalid_argument, "taproot_tweak: only Schnorr signatures have one"};
  }
  switch (request.scheme) {
    case SignatureScheme::ecdsa:
      return signature_of(curve == Curve::secp256k1
                              ? secp256k1::sign(key, request.message.first<32>())
                              : nist256p1::sign(key, request.message.first<32>()));
    case SignatureScheme::ecdsa_low_r:
      return signature_of(secp256k1::sign_low_r(key, request.message.first<32>()));
    case SignatureScheme::ecdsa_recoverable: return recoverable(key, request.message.first<32>());
    case SignatureScheme::schnorr: return schnorr(key, request);
    case SignatureScheme::ed25519: return signature_of(ed25519::sign(key, request.message));
  }
  return Error{Code::invalid_argument, "scheme: no such value"};
}

}  // namespace

Result<Signature> sign_with(Curve curve, std::span<const std::uint8_t, 32> key,
                            const SignRequest& request) {
  Result<Signature> signature = sign_by_scheme(curve, key, request);
  wipe_stack_below();
  return signature;
}

Status verify_signature(Curve curve, const PublicKey& key, SignatureScheme scheme,
                        std::span<const std::uint8_t> message, const Signature& signature) {
  COFFER_TRY(check_scheme(curve, scheme, message));
  bool valid = false;
  if (curve == Curve::ed25519) {
    valid = ed25519::verify(std::span(key).last<32>(), message, signature.bytes);
  } else if (curve == Curve::nist256p1) {
    valid = nist256p1::verify(key, message.first<32>(), signature.bytes);
  } else if (!secp256k1::compress(key)) {
    return Error{Code::invalid_key, "key: not a point of secp256k1"};
  } else if (scheme == SignatureScheme::schnorr) {
    valid = secp256k1::verify_schnorr(std::span(key).last<32>(), message, signature.bytes);
  } else if (scheme == SignatureScheme::ecdsa_recoverable) {
    valid =
        secp256k1::recover({signature.bytes, signature.recovery_id}, message.first<32>()) == key;
  } else {
    valid = secp256k1::verify(key, message.first<32>(), signature.bytes);
  }
  if (!valid) {
    return Error{Code::signature_invalid, "the signature does not verify under this key"};
  }
  return {};
}

}  // namespace coffer::keys
