// SPDX-License-Identifier: MIT
// Cyclic redundancy checks bit by bit: they run over a few dozen bytes.
#include "crypto/crc.hpp"

namespace coffer::crypto {

std::uint16_t crc16_xmodem(std::span<const std::uint8_t> bytes) noexcept {
  unsigned sum = 0;
  for (const std::uint8_t byte : bytes) {
    sum ^= static_cast<unsigned>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum << 1) ^ ((sum & 0x8000U) != 0 ? 0x1021U : 0U);
    }
  }
  return static_cast<std::uint16_t>(sum);
}

std::uint32_t crc32(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t sum = 0xffffffffU;
  for (const std::uint8_t byte : bytes) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum >> 1) ^ ((sum & 1U) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~sum;
}

}  // namespace coffer::crypto
