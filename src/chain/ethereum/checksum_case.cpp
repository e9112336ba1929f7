// SPDX-License-Identifier: MIT
// A letter is a capital where the hash of the lower-case text has a nibble of 8 or more.
#include "chain/ethereum/checksum_case.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "crypto/keccak256.hpp"

namespace coffer::chain::ethereum {

std::array<char, 40> checksum_case(std::span<const std::uint8_t, 20> account,
                                   std::uint64_t chain_id) noexcept {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 40> text{};
  for (std::size_t i = 0; i < account.size(); ++i) {
    text[2 * i] = digits[account[i] >> 4];
    text[2 * i + 1] = digits[account[i] & 15U];
  }
  // EIP-1191 hashes the chain id in decimal, "0x" and the digits.
  std::array<char, 64> hashed{};
  char* end = hashed.data();
  if (chain_id != 0) {
    end = std::to_chars(end, end + 20, chain_id).ptr;
    end = std::copy_n("0x", 2, end);
  }
  end = std::copy(text.begin(), text.end(), end);
  const crypto::Digest32 hash =
      crypto::keccak256({reinterpret_cast<const std::uint8_t*>(hashed.data()),
                         static_cast<std::size_t>(end - hashed.data())});
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15U;
    if (text[i] >= 'a' && nibble >= 8) {
      text[i] = static_cast<char>(text[i] - 'a' + 'A');
    }
  }
  return text;
}

}  // namespace coffer::chain::ethereum
