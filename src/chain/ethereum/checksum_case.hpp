// SPDX-License-Identifier: MIT
// The checksum in the case of an address's letters (EIP-55, EIP-1191).
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace coffer::chain::ethereum {

/// The 40 digits of an account, with letters in the case that their Keccak-256 asks for. A
/// `chain_id` other than 0 goes into the hash (EIP-1191).
[[nodiscard]] std::array<char, 40> checksum_case(std::span<const std::uint8_t, 20> account,
                                                 std::uint64_t chain_id) noexcept;

}  // namespace coffer::chain::ethereum
