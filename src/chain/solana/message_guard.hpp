// SPDX-License-Identifier: MIT
// Tells whether bytes to be signed would be a Solana chain tx.
#pragma once

#include <cstdint>
#include <span>

namespace coffer::chain::solana {

/// Whether the bytes are, from first to last, the message part of a chain tx: the old form, or
/// version 0. Versions without a meaning yet count too.
[[nodiscard]] bool is_chain_tx(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::chain::solana
