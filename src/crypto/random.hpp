// SPDX-License-Identifier: MIT
// Unpredictable bytes from OpenSSL's private generator, which is seeded by the operating system.
#pragma once

#include <cstdint>
#include <span>

namespace coffer::crypto {

/// Fills `out`; false, and `out` zeros, when the generator can't be seeded.
[[nodiscard]] bool random_bytes(std::span<std::uint8_t> out) noexcept;

}  // namespace coffer::crypto
