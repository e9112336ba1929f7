// SPDX-License-Identifier: MIT
// Bytes from and to text for the tests of the crypto and keys modules.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crypto_test {

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string hex_of(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

inline std::vector<std::uint8_t> from_hex(std::string_view text) {
  const auto digit = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
  };
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(digit(text[i]) << 4 | digit(text[i + 1])));
  }
  return bytes;
}

/// The same as an array; a text of another length gives zeros at the end, or is cut.
template <std::size_t size>
std::array<std::uint8_t, size> fixed(std::string_view text) {
  std::array<std::uint8_t, size> bytes{};
  const auto read = from_hex(text);
  std::copy_n(read.begin(), std::min(size, read.size()), bytes.begin());
  return bytes;
}

}  // namespace crypto_test
