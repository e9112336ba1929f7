// SPDX-License-Identifier: MIT
// Keys from passwords: PBKDF2 (RFC 8018, section 5.2) and scrypt (RFC 7914).
#pragma once

#include <cstdint>
#include <span>

namespace coffer::crypto {

/// Fills `out` with PBKDF2-HMAC-SHA512. The password's HMAC states are computed once and each step
/// calls the compression function alone, so it takes about two thirds of OpenSSL's own time.
///
/// `iterations` of 0 counts as 1.
void pbkdf2_hmac_sha512(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                        std::uint32_t iterations, std::span<std::uint8_t> out) noexcept;

/// Fills `out` with PBKDF2-HMAC-SHA256. `iterations` of 0 counts as 1.
void pbkdf2_hmac_sha256(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                        std::uint32_t iterations, std::span<std::uint8_t> out) noexcept;

/// The cost of scrypt: memory is 128 * `block_size` * `cost` bytes.
struct ScryptCost {
  std::uint64_t cost = 1U << 17;  ///< N, a power of two above 1.
  std::uint32_t block_size = 8;   ///< r.
  std::uint32_t parallelism = 1;  ///< p.
};

/// The most memory that `scrypt` accepts to use, in bytes: a file must not name more.
inline constexpr std::uint64_t scrypt_memory_max = std::uint64_t{1} << 30;

/// True when `cost` is well formed and within `scrypt_memory_max`.
[[nodiscard]] bool is_acceptable(const ScryptCost& cost) noexcept;

/// Fills `out` with scrypt; false when `cost` is not acceptable or there is no memory for it.
[[nodiscard]] bool scrypt(std::span<const std::uint8_t> password,
                          std::span<const std::uint8_t> salt, const ScryptCost& cost,
                          std::span<std::uint8_t> out) noexcept;

}  // namespace coffer::crypto
