// SPDX-License-Identifier: MIT
// Bech32's refusals as errors of addresses, with positions.
#include "chain/bech32_address.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "chain/refusal.hpp"

namespace coffer::chain {

namespace {

constexpr std::string_view letters =
    "qpzry9x8gf2tvdw0s3jn54khce6mua7lQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

// The place of the first letter in the other case than the first letter.
std::optional<std::size_t> mixed_case_at(std::string_view text) noexcept {
  const auto first =
      std::find_if(text.begin(), text.end(), [](char c) { return is_upper(c) || is_lower(c); });
  const auto other = std::find_if(
      first, text.end(), [&](char c) { return is_upper(*first) ? is_lower(c) : is_upper(c); });
  if (other == text.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(other - text.begin());
}

Error refused_prefix(std::string_view found, std::string_view wanted) {
  return refused(Code::address_syntax,
                 "the prefix is '" + in_lower_case(found) + "', not '" + std::string(wanted) + "'");
}

}  // namespace

bool looks_like_bech32(std::string_view text) noexcept {
  const std::size_t separator = text.rfind('1');
  return separator != std::string_view::npos && separator > 0 && text.size() - separator > 6 &&
         text.substr(separator + 1).find_first_not_of(letters) == std::string_view::npos &&
         !mixed_case_at(text);
}

Result<crypto::Bech32Text> read_bech32(std::string_view text, std::string_view prefix) {
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0) {
    return refused(Code::address_syntax,
                   "the text does not begin with the prefix '" + std::string(prefix) + "1'");
  }
  if (const auto place = mixed_case_at(text)) {
    return refused(Code::address_syntax, "upper and lower case are mixed, from position " +
                                             std::to_string(*place + 1) + " on");
  }
  if (auto error = foreign_character(text.substr(separator + 1), letters,
                                     "Bech32 (which has no 1, b, i and o)", separator + 1)) {
    return std::move(*error);
  }
  crypto::Bech32Text read = crypto::bech32_decode(text);
  switch (read.error) {
    case crypto::Bech32Error::none: break;
    case crypto::Bech32Error::too_long:
      return refused(Code::address_syntax, "the text has " + std::to_string(text.size()) +
                                               " characters, more than the 90 of Bech32");
    case crypto::Bech32Error::checksum:
      return refused(Code::address_checksum,
                     "the checksum is wrong: a character was mistyped or is missing");
    default: return refused(Code::address_syntax, "the text is not Bech32");
  }
  if (read.prefix != prefix) {
    return refused_prefix(read.prefix, prefix);
  }
  return read;
}

}  // namespace coffer::chain
