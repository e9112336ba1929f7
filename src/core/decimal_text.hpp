// SPDX-License-Identifier: MIT
// The strict grammar of decimal numbers in text: [-] digits [. digits], nothing else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>

namespace coffer {

/// A scanned decimal; the views point into the scanned text. `whole` is never empty.
struct DecimalText {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
};

enum class DecimalDot : bool { refused, allowed };

/// "'x'" for a printable character, "byte 0xff" otherwise: an error text has to stay UTF-8.
[[nodiscard]] inline std::string shown(char character) {
  if (character >= ' ' && character <= '~') {
    return {'\'', character, '\''};
  }
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(character);
  return {'b', 'y', 't', 'e', ' ', '0', 'x', hex[byte >> 4U], hex[byte & 15U]};
}

/// Fails with `amount_syntax`; the message names `field` and the position, counted from 1.
[[nodiscard]] inline Result<DecimalText> scan_decimal(std::string_view text, DecimalDot dot,
                                                      std::string_view field) {
  const auto refuse = [&](std::size_t position) {
    std::string message(field);
    message += ": ";
    message += position < text.size() ? shown(text[position]) : std::string("the end");
    message += " at position " + std::to_string(position + 1) + " where a digit is needed";
    return Error{Code::amount_syntax, std::move(message)};
  };
  const auto digits_from = [&](std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
      ++end;
    }
    return text.substr(begin, end - begin);
  };

  DecimalText parts;
  parts.negative = !text.empty() && text.front() == '-';
  std::size_t position = parts.negative ? 1 : 0;
  parts.whole = digits_from(position);
  position += parts.whole.size();
  if (parts.whole.empty()) {
    return refuse(position);
  }
  if (dot == DecimalDot::allowed && position < text.size() && text[position] == '.') {
    ++position;
    parts.fraction = digits_from(position);
    position += parts.fraction.size();
    if (parts.fraction.empty()) {
      return refuse(position);
    }
  }
  if (position != text.size()) {
    return refuse(position);
  }
  return parts;
}

}  // namespace coffer
