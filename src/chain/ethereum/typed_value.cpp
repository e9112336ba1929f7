// SPDX-License-Identifier: MIT
// Atomic values: what JSON may say for each type, and how it is padded.
#include "chain/ethereum/typed_value.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include <coffer/chain/address.hpp>
#include <coffer/core/text.hpp>

#include "crypto/keccak256.hpp"

namespace coffer::chain::ethereum {

namespace {

using Kind = keys::JsonValue::Kind;

Error wrong(std::string_view place, std::string_view reason) {
  return {Code::invalid_argument, std::string(place) + ": " + std::string(reason)};
}

std::optional<unsigned> digit_of(char c, unsigned base) {
  unsigned value = base;
  if (c >= '0' && c <= '9') {
    value = static_cast<unsigned>(c - '0');
  } else if (c >= 'a' && c <= 'f') {
    value = static_cast<unsigned>(c - 'a' + 10);
  } else if (c >= 'A' && c <= 'F') {
    value = static_cast<unsigned>(c - 'A' + 10);
  }
  return value < base ? std::optional(value) : std::nullopt;
}

// word = word * base + digit; false when it does not fit.
bool append_digit(Word& word, unsigned base, unsigned digit) {
  unsigned carry = digit;
  for (std::size_t i = word.size(); i > 0; --i) {
    const unsigned part = word[i - 1] * base + carry;
    word[i - 1] = static_cast<std::uint8_t>(part);
    carry = part >> 8;
  }
  return carry == 0;
}

void negate(Word& word) {
  unsigned carry = 1;
  for (std::size_t i = word.size(); i > 0; --i) {
    const unsigned part = (word[i - 1] ^ 0xffU) + carry;
    word[i - 1] = static_cast<std::uint8_t>(part);
    carry = part >> 8;
  }
}

// Whether a magnitude is at most `bits` bits long.
bool fits(const Word& word, std::size_t bits) {
  const std::size_t free = word.size() - (bits + 7) / 8;
  const bool is_clear = std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(free),
                                    [](std::uint8_t byte) { return byte == 0; });
  return is_clear && (bits % 8 == 0 || word[free] >> (bits % 8) == 0);
}

// Whether the only bit is that of 2^`bits`.
bool is_power(const Word& word, std::size_t bits) {
  Word power{};
  power[power.size() - 1 - bits / 8] = static_cast<std::uint8_t>(1U << (bits % 8));
  return word == power;
}

// The bytes after 0x.
Result<std::vector<std::uint8_t>> hex_bytes(const keys::JsonValue& value,
                                            const std::string& place) {
  if (value.kind != Kind::string || !value.text.starts_with("0x")) {
    return wrong(place, "it is no text of hexadecimal digits after 0x");
  }
  auto bytes = parse_hex(std::string_view(value.text).substr(2));
  if (!bytes) {
    return wrong(place, bytes.error().message + " (after 0x)");
  }
  return bytes;
}

Result<Word> address_word(const keys::JsonValue& value, const std::string& place) {
  if (value.kind != Kind::string) {
    return wrong(place, "it is no text of an address");
  }
  Network network;
  network.name = "ethereum";
  network.family = Family::ethereum;
  network.default_form = AddressForm::evm;
  network.chain_id = 1;
  auto address = decode_address(network, value.text);
  if (!address) {
    return wrong(place, address.error().message);
  }
  Word word{};
  std::copy(address->payload.rbegin(), address->payload.rend(), word.rbegin());
  return word;
}

}  // namespace

Result<Word> integer_word(const keys::JsonValue& value, std::size_t bits, bool is_signed,
                          const std::string& place) {
  std::string_view digits = value.text;
  const bool is_negative = digits.starts_with("-");
  digits.remove_prefix(is_negative ? 1 : 0);
  const bool is_hex = value.kind == Kind::string && digits.starts_with("0x");
  digits.remove_prefix(is_hex ? 2 : 0);
  if ((value.kind != Kind::number && value.kind != Kind::string) || digits.empty() ||
      (is_negative && is_hex)) {
    return wrong(place, "it is no whole number");
  }
  if (!is_hex && digits.size() > 1 && digits[0] == '0') {
    return wrong(place, "a decimal number has no leading zeros");
  }
  const std::string range = (is_signed ? " int" : " uint") + std::to_string(bits);
  const Error outside{Code::out_of_range, place + ": it is outside" + range};
  Word word{};
  const unsigned base = is_hex ? 16 : 10;
  bool is_inside = true;
  for (const char c : digits) {
    const auto digit = digit_of(c, base);
    if (!digit) {
      return wrong(place, "it is no whole number");
    }
    is_inside = is_inside && append_digit(word, base, *digit);
  }
  const std::size_t room = is_signed ? bits - 1 : bits;
  if (!is_inside || (is_negative && !is_signed && word != Word{}) ||
      !(fits(word, room) || (is_negative && is_power(word, room)))) {
    return outside;
  }
  if (is_negative) {
    negate(word);
  }
  return word;
}

Result<Word> atomic_word(const keys::JsonValue& value, const TypedType& type,
                         const std::string& place) {
  Word word{};
  switch (type.kind) {
    case BaseKind::boolean:
      if (value.kind != Kind::boolean) {
        return wrong(place, "it is neither true nor false");
      }
      word.back() = value.text == "true" ? 1 : 0;
      return word;
    case BaseKind::address: return address_word(value, place);
    case BaseKind::text:
      if (value.kind != Kind::string) {
        return wrong(place, "it is no text");
      }
      return crypto::keccak256(
          {reinterpret_cast<const std::uint8_t*>(value.text.data()), value.text.size()});
    case BaseKind::bytes: {
      COFFER_TRY_ASSIGN(const auto bytes, hex_bytes(value, place));
      return crypto::keccak256(bytes);
    }
    case BaseKind::fixed_bytes: {
      COFFER_TRY_ASSIGN(const auto bytes, hex_bytes(value, place));
      if (bytes.size() != type.size) {
        return wrong(place, "it has " + std::to_string(bytes.size()) + " bytes, not " +
                                std::to_string(type.size));
      }
      std::copy(bytes.begin(), bytes.end(), word.begin());
      return word;
    }
    case BaseKind::unsigned_integer: return integer_word(value, type.size, false, place);
    case BaseKind::signed_integer: return integer_word(value, type.size, true, place);
    case BaseKind::structure: break;
  }
  return wrong(place, "its type is no atomic one");
}

}  // namespace coffer::chain::ethereum
