// SPDX-License-Identifier: MIT
// Base58's refusals as errors of addresses.
#include "chain/base58_address.hpp"

#include <string>
#include <utility>

#include <coffer/chain/address.hpp>

#include "chain/refusal.hpp"

namespace coffer::chain {

namespace {

Status check_text(std::string_view text, std::string_view alphabet) {
  if (text.empty()) {
    return refused(Code::address_syntax, "the text is empty");
  }
  if (auto error = foreign_character(text, alphabet,
                                     alphabet == crypto::base58_bitcoin
                                         ? "Base58 (which has no 0, O, I and l)"
                                         : "XRP's Base58 (which has no 0, O, I and l)")) {
    return std::move(*error);
  }
  if (text.size() > address_size_max) {
    return refused(Code::address_syntax, "the text has " + std::to_string(text.size()) +
                                             " characters, more than any address");
  }
  return {};
}

}  // namespace

Result<std::vector<std::uint8_t>> read_base58(std::string_view text, std::string_view alphabet) {
  COFFER_TRY(check_text(text, alphabet));
  return crypto::base58_decode(text, alphabet).value_or(std::vector<std::uint8_t>());
}

Result<std::vector<std::uint8_t>> read_base58check(std::string_view text,
                                                   std::string_view alphabet) {
  COFFER_TRY(check_text(text, alphabet));
  crypto::Base58Checked read = crypto::base58check_decode(text, alphabet);
  switch (read.error) {
    case crypto::Base58Error::none: return std::move(read.bytes);
    case crypto::Base58Error::checksum:
      return refused(Code::address_checksum,
                     "the checksum is wrong: a character was mistyped or is missing");
    case crypto::Base58Error::syntax:
    case crypto::Base58Error::too_short: break;
  }
  return refused(Code::address_syntax, "the text is too short");
}

}  // namespace coffer::chain
