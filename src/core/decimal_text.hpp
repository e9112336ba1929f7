// SPDX-License-Identifier: MIT
// The strict grammar of numbers in text: [-] digits [. digits], nothing else.
#pragma once

#include <algorithm>
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

/// Which part of a text to scan, what for, and what may stand in it.
struct DecimalRules {
  std::string_view field;
  bool allows_minus = true;
  bool allows_dot = true;
  std::size_t begin = 0;
  std::size_t end = std::string_view::npos;
};

/// "'x'" for a printable character, "byte 0xff" otherwise: an error text has to stay UTF-8.
[[nodiscard]] inline std::string shown(char character) {
  if (character >= ' ' && character <= '~') {
    return {'\'', character, '\''};
  }
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(character);
  return {'b', 'y', 't', 'e', ' ', '0', 'x', hex[byte >> 4U], hex[byte & 15U]};
}

/// Fails with `amount_syntax`; the message names the field and the position in `text`, from 1.
[[nodiscard]] inline Result<DecimalText> scan_decimal(std::string_view text,
                                                      const DecimalRules& rules) {
  const std::size_t end = std::min(rules.end, text.size());
  const auto refuse = [&](std::size_t position) {
    std::string message(rules.field);
    message += ": ";
    message += position < text.size() ? shown(text[position]) : std::string("the end");
    message += " at position " + std::to_string(position + 1) + " where a digit is needed";
    return Error{Code::amount_syntax, std::move(message)};
  };
  const auto digits_from = [&](std::size_t begin) {
    std::size_t stop = begin;
    while (stop < end && text[stop] >= '0' && text[stop] <= '9') {
      ++stop;
    }
    return text.substr(begin, stop - begin);
  };

  DecimalText parts;
  std::size_t position = rules.begin;
  if (rules.allows_minus && position < end && text[position] == '-') {
    parts.negative = true;
    ++position;
  }
  parts.whole = digits_from(position);
  position += parts.whole.size();
  if (parts.whole.empty()) {
    return refuse(position);
  }
  if (rules.allows_dot && position < end && text[position] == '.') {
    ++position;
    parts.fraction = digits_from(position);
    position += parts.fraction.size();
    if (parts.fraction.empty()) {
      return refuse(position);
    }
  }
  if (position != end) {
    return refuse(position);
  }
  return parts;
}

}  // namespace coffer
