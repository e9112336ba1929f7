// SPDX-License-Identifier: MIT
// Keccak-256 with the padding of 2011, as Ethereum uses it; not the SHA3-256 of FIPS 202.
#pragma once

#include <cstdint>
#include <span>

#include "crypto/sha256.hpp"

namespace coffer::crypto {

/// Keccak-256 of `bytes`.
[[nodiscard]] Digest32 keccak256(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::crypto
