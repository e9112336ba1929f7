// SPDX-License-Identifier: MIT
// Strkeys (SEP-23): a byte that says what it is, the key, CRC-16 with its low byte first; in
// Base32.
#include "chain/stellar/stellar_family.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "chain/refusal.hpp"
#include "crypto/crc.hpp"

namespace coffer::chain::stellar {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
// 35 bytes are 56 characters without a rest: no filling, and one spelling of each key.
constexpr std::size_t byte_count = 35;
constexpr std::size_t text_size = 56;
constexpr std::uint8_t account_version = 6U << 3;  // the first character is then G

using Strkey = std::array<std::uint8_t, byte_count>;

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::stellar;
}

bool hashes_points(const Network& /*network*/) noexcept { return false; }

std::array<std::uint8_t, 2> checksum(const Strkey& strkey) noexcept {
  const std::uint16_t crc = crypto::crc16_xmodem(std::span(strkey).first(33));
  return {static_cast<std::uint8_t>(crc), static_cast<std::uint8_t>(crc >> 8)};
}

void write_account(std::span<const std::uint8_t> key, AddressText& text) noexcept {
  Strkey strkey{account_version};
  std::copy_n(key.begin(), 32, strkey.begin() + 1);
  const auto crc = checksum(strkey);
  std::copy(crc.begin(), crc.end(), strkey.begin() + 33);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : strkey) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5;) {
      held -= 5;
      text.append(alphabet[bits >> held & 31U]);
    }
  }
}

Code write_key(const Network& /*network*/, AddressForm /*form*/, std::span<const std::uint8_t> key,
               AddressText& text) noexcept {
  write_account(key.last(32), text);
  return Code::ok;
}

Status write(const Network& /*network*/, const Address& address, AddressText& text) {
  COFFER_TRY(check_payload(address, 32));
  write_account(address.payload, text);
  return {};
}

std::string_view kind_of(char first) noexcept {
  switch (first) {
    case 'S': return "a secret seed, not an address; treat it as disclosed";
    case 'M': return "a muxed account (M...), which is not supported";
    case 'C': return "a contract (C...), not an account";
    case 'T':
    case 'X': return "a signer (T... or X...), not an account";
    case 'P': return "a signed payload (P...), not an account";
    default: return "not an account, which begins with G";
  }
}

Result<Address> read(const Network& /*network*/, std::string_view text) {
  if (text.empty()) {
    return refused(Code::address_syntax, "the text is empty");
  }
  if (auto error = foreign_character(text, alphabet, "Base32 (capitals and 2 to 7)")) {
    return std::move(*error);
  }
  if (text.front() != 'G') {
    return refused(Code::address_syntax, "this is " + std::string(kind_of(text.front())));
  }
  if (text.size() != text_size) {
    return refused(Code::address_syntax, "the text has " + std::to_string(text.size()) +
                                             " characters, an account has 56");
  }
  Strkey strkey{};
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t count = 0;
  for (const char c : text) {
    bits = bits << 5 | static_cast<std::uint32_t>(alphabet.find(c));
    held += 5;
    if (held >= 8) {
      held -= 8;
      strkey[count++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  const auto crc = checksum(strkey);
  if (!std::equal(crc.begin(), crc.end(), strkey.begin() + 33)) {
    return refused(Code::address_checksum,
                   "the checksum is wrong: a character was mistyped or is missing");
  }
  if (strkey[0] != account_version) {
    return refused(Code::address_syntax,
                   "the version is " + hex_byte(strkey[0]) + ", not " + hex_byte(account_version));
  }
  Address address;
  address.form = AddressForm::stellar;
  address.payload.assign(strkey.begin() + 1, strkey.begin() + 33);
  return address;
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::stellar
