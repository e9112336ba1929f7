// SPDX-License-Identifier: MIT
// The curve secp256k1: keys, ECDSA (RFC 6979), recoverable ECDSA and Schnorr signatures (BIP-340).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace coffer::crypto::secp256k1 {

// Every function takes bytes as they stand in the standards, big-endian, and answers false or none
// where a value is not valid; none aborts. All may be called from many threads: they share one
// context, which is blinded with random bytes when it is made and never changed afterwards. What
// depends on a secret runs in constant time, except whether the secret is valid.

using CompressedKey = std::array<std::uint8_t, 33>;
using UncompressedKey = std::array<std::uint8_t, 65>;
using XOnlyKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;  ///< r and s (ECDSA), or R and s (Schnorr).
using SecretView = std::span<const std::uint8_t, 32>;
using DigestView = std::span<const std::uint8_t, 32>;

// Keys.

/// True when `secret` is from 1 to the group's order less 1.
[[nodiscard]] bool is_valid_secret(SecretView secret) noexcept;
/// The public key of `secret`.
[[nodiscard]] std::optional<CompressedKey> public_key(SecretView secret) noexcept;
/// The same with both coordinates.
[[nodiscard]] std::optional<UncompressedKey> public_point(SecretView secret) noexcept;
/// The compressed form of a valid key of 65 bytes.
[[nodiscard]] CompressedKey compressed_of(const UncompressedKey& key) noexcept;
/// Any encoding of 33 or 65 bytes (the hybrid ones too) as a compressed key; none when it is not
/// on the curve.
[[nodiscard]] std::optional<CompressedKey> compress(std::span<const std::uint8_t> key) noexcept;
/// The same as a key of 65 bytes.
[[nodiscard]] std::optional<UncompressedKey> uncompress(std::span<const std::uint8_t> key) noexcept;

/// `secret` becomes secret + tweak; false when the tweak is not below the order or the sum is 0,
/// and `secret` is then zeros.
[[nodiscard]] bool add_to_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept;
/// `secret` becomes secret * tweak; false, with zeros, when either is not a valid secret.
[[nodiscard]] bool multiply_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept;
/// key + tweak * G.
[[nodiscard]] std::optional<CompressedKey> add_to_public(std::span<const std::uint8_t> key,
                                                         SecretView tweak) noexcept;
/// key * tweak. `tweak` may be secret: the time does not depend on it.
[[nodiscard]] std::optional<CompressedKey> multiply_public(std::span<const std::uint8_t> key,
                                                           SecretView tweak) noexcept;
/// The sum of at least one key.
[[nodiscard]] std::optional<CompressedKey> sum_of(std::span<const CompressedKey> keys);

// ECDSA. Signatures are made with the deterministic nonce of RFC 6979 and the low s of BIP-62.

/// Signs a 32-byte digest.
[[nodiscard]] std::optional<Signature> sign(SecretView secret, DigestView digest) noexcept;
/// The same, repeated with a counter in the nonce until r has no leading bit, so that the DER form
/// has at most 70 bytes, as Bitcoin Core does. Two signings on average.
[[nodiscard]] std::optional<Signature> sign_low_r(SecretView secret, DigestView digest) noexcept;
/// True when the signature is `key`'s. A high s is refused, as the networks do; see `normalise`.
[[nodiscard]] bool verify(std::span<const std::uint8_t> key, DigestView digest,
                          const Signature& signature) noexcept;
/// The signature with the low s; none when r or s is not below the order.
[[nodiscard]] std::optional<Signature> normalise(const Signature& signature) noexcept;

/// A DER signature: at most 72 bytes.
struct DerSignature {
  std::array<std::uint8_t, 72> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::uint8_t> span() const noexcept {
    return std::span(bytes).first(size);
  }
};
/// The DER form of a signature; none when r or s is not below the order.
[[nodiscard]] std::optional<DerSignature> to_der(const Signature& signature) noexcept;
/// Reads strict DER (BIP-66); trailing bytes are refused.
[[nodiscard]] std::optional<Signature> from_der(std::span<const std::uint8_t> der) noexcept;

/// A signature from which the public key can be found.
struct RecoverableSignature {
  Signature signature{};
  int recovery_id = 0;  ///< 0 to 3.
};
/// Signs so that the key can be recovered.
[[nodiscard]] std::optional<RecoverableSignature> sign_recoverable(SecretView secret,
                                                                   DigestView digest) noexcept;
/// The key that made the signature, or none when no key could have.
[[nodiscard]] std::optional<CompressedKey> recover(const RecoverableSignature& signature,
                                                   DigestView digest) noexcept;

// Schnorr and x-only keys (BIP-340, BIP-341).

/// The x-only key of `secret`, and whether its full key has an odd y.
struct XOnly {
  XOnlyKey key{};
  bool is_odd = false;
};
/// The x coordinate of a compressed key.
[[nodiscard]] std::optional<XOnly> x_only(std::span<const std::uint8_t> key) noexcept;
/// True when `key` is the x coordinate of a point.
[[nodiscard]] bool is_valid_x_only(std::span<const std::uint8_t, 32> key) noexcept;
/// The x-only key of key + tweak * G, as the output key of taproot.
[[nodiscard]] std::optional<XOnly> add_to_x_only(std::span<const std::uint8_t, 32> key,
                                                 SecretView tweak) noexcept;
/// `secret` becomes the one of `add_to_x_only` of its own x-only key; false, with zeros, when there
/// is none.
[[nodiscard]] bool add_to_x_only_secret(std::span<std::uint8_t, 32> secret,
                                        SecretView tweak) noexcept;
/// Signs a message of any size with the 32 bytes of `auxiliary` randomness.
[[nodiscard]] std::optional<Signature> sign_schnorr(
    SecretView secret, std::span<const std::uint8_t> message,
    std::span<const std::uint8_t, 32> auxiliary) noexcept;
/// True when the signature is that of the x-only `key`.
[[nodiscard]] bool verify_schnorr(std::span<const std::uint8_t, 32> key,
                                  std::span<const std::uint8_t> message,
                                  const Signature& signature) noexcept;

}  // namespace coffer::crypto::secp256k1
