// SPDX-License-Identifier: MIT
// The account number that Ethereum, TRON and some Cosmos chains make of a secp256k1 key.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace coffer::chain {

/// The last 20 bytes of Keccak-256 of the 64 coordinate bytes of a key of 33 or 65 bytes (yellow
/// paper, appendix F). None when it is no point. A key of 33 bytes costs a square root more.
[[nodiscard]] std::optional<std::array<std::uint8_t, 20>> keccak_account(
    std::span<const std::uint8_t> key) noexcept;

}  // namespace coffer::chain
