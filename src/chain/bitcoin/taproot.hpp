// SPDX-License-Identifier: MIT
// Taproot's output keys (BIP-341).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "crypto/secp256k1.hpp"

namespace coffer::chain::bitcoin {

/// The output key of an internal key of 33 bytes (its parity is ignored) or 32, and of the root of
/// a script tree: 32 bytes, or none (BIP-86). None when the key is no point.
[[nodiscard]] std::optional<crypto::secp256k1::XOnly> output_key(
    std::span<const std::uint8_t> internal_key, std::span<const std::uint8_t> merkle_root) noexcept;

}  // namespace coffer::chain::bitcoin
