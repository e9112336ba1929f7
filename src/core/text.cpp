// SPDX-License-Identifier: MIT
// UTF-8 validation and hexadecimal text.
#include <coffer/core/text.hpp>

#include <cstring>

namespace coffer {
namespace {

/// The length of the well-formed character at the front of `bytes`, or 0 (Unicode 15, table 3-7).
std::size_t character_length(std::span<const unsigned char> bytes) noexcept {
  const unsigned char first = bytes[0];
  if (first < 0x80) {
    return 1;
  }
  std::size_t length = 2;
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    second_min = first == 0xE0 ? 0xA0 : 0x80;
    second_max = first == 0xED ? 0x9F : 0xBF;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    second_min = first == 0xF0 ? 0x90 : 0x80;
    second_max = first == 0xF4 ? 0x8F : 0xBF;
  } else {
    return 0;
  }
  if (bytes.size() < length || bytes[1] < second_min || bytes[1] > second_max) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if ((bytes[i] & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  return length;
}

int hex_value(char digit) noexcept {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  if (digit >= 'a' && digit <= 'f') {
    return digit - 'a' + 10;
  }
  if (digit >= 'A' && digit <= 'F') {
    return digit - 'A' + 10;
  }
  return -1;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
  const std::span bytes(reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::size_t position = 0;
  while (position < bytes.size()) {
    if (bytes.size() - position >= sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, &bytes[position], sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        position += sizeof word;
        continue;
      }
    }
    const std::size_t length = character_length(bytes.subspan(position));
    if (length == 0) {
      break;
    }
    position += length;
  }
  return position;
}

bool is_valid_utf8(std::string_view text) noexcept {
  return valid_utf8_prefix(text) == text.size();
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

Result<std::vector<std::uint8_t>> parse_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return Error{Code::invalid_argument, "hex: an odd number of digits"};
  }
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) {
      return Error{Code::invalid_argument, "hex: position " +
                                               std::to_string(high < 0 ? i + 1 : i + 2) +
                                               " is not a hexadecimal digit"};
    }
    bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return bytes;
}

}  // namespace coffer
