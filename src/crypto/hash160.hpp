// SPDX-License-Identifier: MIT
// RIPEMD-160 and its composition with SHA-256 that Bitcoin calls HASH160.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace coffer::crypto {

/// 20 bytes as RIPEMD-160 gives them.
using Digest20 = std::array<std::uint8_t, 20>;

/// RIPEMD-160 of `bytes` (ISO/IEC 10118-3).
[[nodiscard]] Digest20 ripemd160(std::span<const std::uint8_t> bytes) noexcept;

/// RIPEMD-160 of SHA-256 of `bytes`.
[[nodiscard]] Digest20 hash160(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::crypto
