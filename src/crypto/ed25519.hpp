// SPDX-License-Identifier: MIT
// Ed25519 signatures (RFC 8032).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace coffer::crypto::ed25519 {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
/// The 32 bytes that RFC 8032 calls the private key; every value is valid.
using SecretView = std::span<const std::uint8_t, 32>;

/// The public key of `secret`; none only when there is no memory.
[[nodiscard]] std::optional<PublicKey> public_key(SecretView secret) noexcept;
/// Signs a message of any size, without a digest before (PureEdDSA).
[[nodiscard]] std::optional<Signature> sign(SecretView secret,
                                            std::span<const std::uint8_t> message) noexcept;
/// True when the signature is `key`'s.
[[nodiscard]] bool verify(std::span<const std::uint8_t, 32> key,
                          std::span<const std::uint8_t> message,
                          std::span<const std::uint8_t> signature) noexcept;

}  // namespace coffer::crypto::ed25519
