// SPDX-License-Identifier: MIT
// The curve NIST P-256 (FIPS 186-4), as far as SLIP-10 and signing need it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace coffer::crypto::nist256p1 {

// Through OpenSSL, whose own numbers shed leading zeros: its scalar multiplication is constant in
// time, what stands before and after it is not, so that memcheck finds branches on the secret here
// and none in secp256k1. Keys of value belong on the other curves, or into a token.

using CompressedKey = std::array<std::uint8_t, 33>;
using Signature = std::array<std::uint8_t, 64>;  ///< r and s, big-endian.
using SecretView = std::span<const std::uint8_t, 32>;

/// True when `secret` is from 1 to the group's order less 1.
[[nodiscard]] bool is_valid_secret(SecretView secret) noexcept;
/// The public key of `secret`.
[[nodiscard]] std::optional<CompressedKey> public_key(SecretView secret) noexcept;
/// Any encoding of a point as a compressed key; none when it is not on the curve.
[[nodiscard]] std::optional<CompressedKey> compress(std::span<const std::uint8_t> key) noexcept;
/// `secret` becomes secret + tweak; false, with zeros, when the tweak is not below the order or the
/// sum is 0.
[[nodiscard]] bool add_to_secret(std::span<std::uint8_t, 32> secret, SecretView tweak) noexcept;
/// key + tweak * G; none when the tweak is not below the order or the sum is no key.
[[nodiscard]] std::optional<CompressedKey> add_to_public(std::span<const std::uint8_t> key,
                                                         SecretView tweak) noexcept;
/// Signs a 32-byte digest with a random nonce: two signatures of one digest differ.
[[nodiscard]] std::optional<Signature> sign(SecretView secret,
                                            std::span<const std::uint8_t, 32> digest) noexcept;
/// True when the signature is `key`'s.
[[nodiscard]] bool verify(std::span<const std::uint8_t> key,
                          std::span<const std::uint8_t, 32> digest,
                          const Signature& signature) noexcept;

}  // namespace coffer::crypto::nist256p1
