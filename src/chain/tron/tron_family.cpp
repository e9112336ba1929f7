// SPDX-License-Identifier: MIT
// The byte 0x41 and an account as on Ethereum; in Base58Check (T...) or in hexadecimal (41...).
#include "chain/tron/tron_family.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <coffer/core/text.hpp>

#include "chain/base58_address.hpp"
#include "chain/keccak_account.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain::tron {

namespace {

constexpr std::uint8_t version = 0x41;

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::tron || form == AddressForm::tron_hex;
}

bool hashes_points(const Network& /*network*/) noexcept { return true; }

void write_account(AddressForm form, std::span<const std::uint8_t, 20> account,
                   AddressText& text) noexcept {
  std::array<std::uint8_t, 21> bytes{version};
  std::copy(account.begin(), account.end(), bytes.begin() + 1);
  if (form == AddressForm::tron) {
    text.grow(crypto::base58check_write(bytes, text.room()));
    return;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  for (const std::uint8_t byte : bytes) {
    text.append(digits[byte >> 4]);
    text.append(digits[byte & 15U]);
  }
}

Code write_key(const Network& /*network*/, AddressForm form, std::span<const std::uint8_t> key,
               AddressText& text) noexcept {
  const auto account = keccak_account(key);
  if (!account) {
    return Code::invalid_key;
  }
  write_account(form, *account, text);
  return Code::ok;
}

Status write(const Network& /*network*/, const Address& address, AddressText& text) {
  COFFER_TRY(check_payload(address, 20));
  write_account(address.form, std::span(address.payload).first<20>(), text);
  return {};
}

Result<Address> from_bytes(AddressForm form, std::span<const std::uint8_t> bytes) {
  if (bytes.size() != 21) {
    return refused(Code::address_syntax,
                   "the text holds " + std::to_string(bytes.size()) + " bytes, an address has 21");
  }
  if (bytes[0] != version) {
    return refused(Code::address_syntax,
                   "the version is " + hex_byte(bytes[0]) + ", not " + hex_byte(version));
  }
  Address address;
  address.form = form;
  address.payload.assign(bytes.begin() + 1, bytes.end());
  return address;
}

Result<Address> read(const Network& /*network*/, std::string_view text) {
  if (text.size() == 42 && text.substr(0, 2) == "41") {
    if (auto error = foreign_character(text, "0123456789abcdefABCDEF", "the hexadecimal digits")) {
      return std::move(*error);
    }
    COFFER_TRY_ASSIGN(const auto bytes, parse_hex(text));
    return from_bytes(AddressForm::tron_hex, bytes);
  }
  COFFER_TRY_ASSIGN(const auto bytes, read_base58check(text));
  return from_bytes(AddressForm::tron, bytes);
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::tron
