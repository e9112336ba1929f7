// SPDX-License-Identifier: MIT
// The context that all calls of libsecp256k1 share. Only the secp256k1 sources of this module
// include it.
#pragma once

#include <secp256k1.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "crypto/secp256k1.hpp"

namespace coffer::crypto::secp256k1 {

/// Made and blinded at the first call, then constant, so many threads may use it; never destroyed.
[[nodiscard]] const secp256k1_context* context() noexcept;

/// The parsed key; none when it is not on the curve.
[[nodiscard]] std::optional<secp256k1_pubkey> parse(std::span<const std::uint8_t> key) noexcept;

/// The 33 bytes of a key that came out of libsecp256k1.
[[nodiscard]] CompressedKey serialise(const secp256k1_pubkey& key) noexcept;
/// The 65 bytes of a key that came out of libsecp256k1.
[[nodiscard]] UncompressedKey serialise_whole(const secp256k1_pubkey& key) noexcept;

}  // namespace coffer::crypto::secp256k1
