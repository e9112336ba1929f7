// SPDX-License-Identifier: MIT
// Reading Base58 and Base58Check addresses with a reason for each refusal.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>

#include "crypto/base58.hpp"

namespace coffer::chain {

/// The bytes of a Base58 text. Fails with `address_syntax`.
[[nodiscard]] Result<std::vector<std::uint8_t>> read_base58(
    std::string_view text, std::string_view alphabet = crypto::base58_bitcoin);

/// The bytes of a Base58Check text without the checksum.
/// Fails with `address_syntax`, `address_checksum`.
[[nodiscard]] Result<std::vector<std::uint8_t>> read_base58check(
    std::string_view text, std::string_view alphabet = crypto::base58_bitcoin);

}  // namespace coffer::chain
