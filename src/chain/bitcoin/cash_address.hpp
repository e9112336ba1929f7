// SPDX-License-Identifier: MIT
// CashAddr, the addresses of Bitcoin Cash: a 40-bit checksum of its own over groups of five bits.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <coffer/chain/address.hpp>
#include <coffer/core/result.hpp>

#include "chain/address_text.hpp"

namespace coffer::chain::bitcoin {

/// Writes "prefix:..." of a hash; `form` is `cash_p2pkh` or `cash_p2sh`, `hash` has 20 or 32 bytes.
void write_cash_address(std::string_view prefix, AddressForm form,
                        std::span<const std::uint8_t> hash, AddressText& text) noexcept;

/// Whether a text is meant as CashAddr of that prefix: it has the prefix, or 42 or 61 characters
/// of the alphabet in one case.
[[nodiscard]] bool looks_like_cash_address(std::string_view prefix, std::string_view text) noexcept;

/// Reads an address with or without its prefix. Fails with `address_syntax`, `address_checksum`.
[[nodiscard]] Result<Address> read_cash_address(std::string_view prefix, std::string_view text);

}  // namespace coffer::chain::bitcoin
