// SPDX-License-Identifier: MIT
// The cyclic redundancy checks that address formats use: against typing errors, not against anyone.
#pragma once

#include <cstdint>
#include <span>

namespace coffer::crypto {

/// CRC-16/XMODEM (polynomial 0x1021, start 0), as Stellar and TON use it.
[[nodiscard]] std::uint16_t crc16_xmodem(std::span<const std::uint8_t> bytes) noexcept;

/// CRC-32/ISO-HDLC (polynomial 0x04c11db7 reflected), as Cardano's Byron addresses use it.
[[nodiscard]] std::uint32_t crc32(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::crypto
