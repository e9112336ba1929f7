// SPDX-License-Identifier: MIT
// Base64 (RFC 4648, section 4), strict: one text for each sequence of bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::crypto {

/// The text of `bytes`, padded, in one line.
[[nodiscard]] std::string base64_encode(std::span<const std::uint8_t> bytes);

/// The bytes of `text`; none when a character is foreign, the padding is missing or too long, or
/// bits that are not used are set.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);

}  // namespace coffer::crypto
