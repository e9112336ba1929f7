// SPDX-License-Identifier: MIT
// Schnorr signatures of BIP-340 and the x-only keys of taproot through libsecp256k1.
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

#include "crypto/secp256k1.hpp"
#include "crypto/secp256k1_context.hpp"
#include "crypto/secp256k1_key_pair.hpp"

namespace coffer::crypto::secp256k1 {

namespace {

XOnlyKey serialise_x(const secp256k1_xonly_pubkey& key) noexcept {
  XOnlyKey bytes;
  secp256k1_xonly_pubkey_serialize(context(), bytes.data(), &key);
  return bytes;
}

std::optional<XOnly> x_of(const secp256k1_pubkey& key) noexcept {
  secp256k1_xonly_pubkey x;
  int parity = 0;
  if (secp256k1_xonly_pubkey_from_pubkey(context(), &x, &parity, &key) != 1) {
    return std::nullopt;
  }
  return XOnly{serialise_x(x), parity != 0};
}

}  // namespace

std::optional<XOnly> x_only(std::span<const std::uint8_t> key) noexcept {
  const auto parsed = parse(key);
  if (!parsed) {
    return std::nullopt;
  }
  return x_of(*parsed);
}

bool is_valid_x_only(std::span<const std::uint8_t, 32> key) noexcept {
  secp256k1_xonly_pubkey parsed;
  return secp256k1_xonly_pubkey_parse(context(), &parsed, key.data()) == 1;
}

std::optional<XOnly> add_to_x_only(std::span<const std::uint8_t, 32> key,
                                   SecretView tweak) noexcept {
  secp256k1_xonly_pubkey parsed;
  secp256k1_pubkey sum;
  if (secp256k1_xonly_pubkey_parse(context(), &parsed, key.data()) != 1 ||
      secp256k1_xonly_pubkey_tweak_add(context(), &sum, &parsed, tweak.data()) != 1) {
    return std::nullopt;
  }
  return x_of(sum);
}

bool add_to_x_only_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept {
  KeyPair pair(secret);
  const bool done = pair.is_valid() &&
                    secp256k1_keypair_xonly_tweak_add(context(), pair.get(), tweak.data()) == 1 &&
                    secp256k1_keypair_sec(context(), secret.data(), pair.get()) == 1;
  if (!done) {
    wipe(secret);
  }
  return done;
}

std::optional<Signature> sign_schnorr(SecretView secret, std::span<const std::uint8_t> message,
                                      std::span<const std::uint8_t, 32> auxiliary) noexcept {
  KeyPair pair(secret);
  if (!pair.is_valid()) {
    return std::nullopt;
  }
  secp256k1_schnorrsig_extraparams parameters = SECP256K1_SCHNORRSIG_EXTRAPARAMS_INIT;
  // The nonce function reads the 32 bytes and does not write them.
  parameters.ndata = const_cast<std::uint8_t*>(auxiliary.data());
  Signature signature;
  // An empty message still needs a pointer.
  const std::uint8_t nothing = 0;
  const std::uint8_t* bytes = message.empty() ? &nothing : message.data();
  if (secp256k1_schnorrsig_sign_custom(context(), signature.data(), bytes, message.size(),
                                       pair.get(), &parameters) != 1) {
    return std::nullopt;
  }
  return signature;
}

bool verify_schnorr(std::span<const std::uint8_t, 32> key, std::span<const std::uint8_t> message,
                    const Signature& signature) noexcept {
  secp256k1_xonly_pubkey parsed;
  const std::uint8_t nothing = 0;
  const std::uint8_t* bytes = message.empty() ? &nothing : message.data();
  return secp256k1_xonly_pubkey_parse(context(), &parsed, key.data()) == 1 &&
         secp256k1_schnorrsig_verify(context(), signature.data(), bytes, message.size(), &parsed) ==
             1;
}

}  // namespace coffer::crypto::secp256k1
