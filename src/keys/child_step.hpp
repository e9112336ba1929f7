// SPDX-License-Identifier: MIT
// One step down a key tree over bytes on the stack: the core of single and of bulk derivation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <coffer/core/code.hpp>
#include <coffer/keys/curve.hpp>

#include "crypto/hmac.hpp"
#include "crypto/wiped.hpp"

namespace coffer::keys {

/// A private key and behind it its chain code.
using PrivateNode = crypto::Wiped<64>;

/// The public key of a private one; none when that is not valid on the curve.
[[nodiscard]] std::optional<PublicKey> public_key_of(
    Curve curve, std::span<const std::uint8_t, 32> private_key) noexcept;

/// True when the bytes are a private key of the curve.
[[nodiscard]] bool is_private_key(Curve curve, std::span<const std::uint8_t, 32> bytes) noexcept;

/// The key in the form of `PublicKey` when it is a point of the curve, in any encoding.
[[nodiscard]] std::optional<PublicKey> checked_public_key(
    Curve curve, std::span<const std::uint8_t> key) noexcept;

/// The master node of a seed. `ok`, or `extended_key` when secp256k1 has none for it.
[[nodiscard]] Code master_node(Curve curve, std::span<const std::uint8_t> seed,
                               PrivateNode& node) noexcept;

/// Adds a tweak to a private key in place, or to a public key. `ok`; `derivation_skipped`, with the
/// key as it was or wiped, when the tweak or the sum is no key. Not for ed25519. A function of its
/// own because no seed is known for which it happens (a chance below 2^-127), so that a test can
/// only reach it here.
[[nodiscard]] Code add_tweak(Curve curve, std::span<std::uint8_t, 32> private_key,
                             std::span<const std::uint8_t, 32> tweak) noexcept;
[[nodiscard]] Code add_tweak(Curve curve, const PublicKey& parent,
                             std::span<const std::uint8_t, 32> tweak, PublicKey& child) noexcept;

/// The child `step` of a private parent. `chain` is the HMAC of the parent's chain code; the
/// parent's public key is read for a non-hardened step only. `child` may be where the parent's
/// private key is.
///
/// `ok`, `derivation_path` (non-hardened on ed25519) or `derivation_skipped`.
[[nodiscard]] Code private_child(Curve curve, const crypto::HmacSha512& chain,
                                 std::span<const std::uint8_t, 32> parent_private,
                                 const PublicKey& parent_public, std::uint32_t step,
                                 PrivateNode& child) noexcept;

/// The same from the public parent; `tweaks` takes what HMAC gave: the tweak and the chain code.
/// `ok` or `derivation_skipped`. The step is not hardened, the curve not ed25519.
[[nodiscard]] Code public_child(Curve curve, const crypto::HmacSha512& chain,
                                const PublicKey& parent, std::uint32_t step, PublicKey& child,
                                std::span<std::uint8_t, 64> tweaks) noexcept;

/// HMAC over a non-hardened step: key and child number.
void public_tweak(const crypto::HmacSha512& chain, const PublicKey& parent, std::uint32_t step,
                  std::span<std::uint8_t, 64> out) noexcept;

}  // namespace coffer::keys
