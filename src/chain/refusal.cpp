// SPDX-License-Identifier: MIT
// The sentences for refused addresses.
#include "chain/refusal.hpp"

namespace coffer::chain {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

// A control character or a part of an UTF-8 sequence is not repeated in a message.
std::string quoted(char c) {
  if (c > ' ' && c <= '~') {
    return std::string("'") + c + "'";
  }
  return c == ' ' ? "blank" : "byte " + hex_byte(static_cast<unsigned char>(c));
}

}  // namespace

Error refused(Code code, std::string_view reason) {
  return {code, "address: " + std::string(reason)};
}

Error no_such_form(const Network& network, AddressForm form) {
  return refused(Code::unsupported, "network " + network.name + " has no addresses of the form " +
                                        std::string(name_of(form)));
}

std::optional<Error> foreign_character(std::string_view text, std::string_view alphabet,
                                       std::string_view alphabet_name, std::size_t offset) {
  const std::size_t place = text.find_first_not_of(alphabet);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  return refused(Code::address_syntax, "character " + quoted(text[place]) + " at position " +
                                           std::to_string(offset + place + 1) + " is not one of " +
                                           std::string(alphabet_name));
}

std::string hex_byte(unsigned byte) {
  return {'0', 'x', hex_digits[byte >> 4 & 15U], hex_digits[byte & 15U]};
}

}  // namespace coffer::chain
