// SPDX-License-Identifier: MIT
// The mixing function of scrypt for parameters that OpenSSL declines.
#pragma once

#include <cstdint>
#include <span>

namespace coffer::crypto {

/// Fills `out` with scrypt of block size 1 to 16 as RFC 7914 describes it, without its limit on the
/// cost, N < 2^(16 r). OpenSSL keeps that limit, but Ethereum's reference keystore (N = 2^18, r =
/// 1) breaks it. False when there is no memory.
[[nodiscard]] bool scrypt_beyond_limit(std::span<const std::uint8_t> password,
                                       std::span<const std::uint8_t> salt, std::uint64_t cost,
                                       std::uint32_t block_size, std::uint32_t parallelism,
                                       std::span<std::uint8_t> out) noexcept;

}  // namespace coffer::crypto
