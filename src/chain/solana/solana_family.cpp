// SPDX-License-Identifier: MIT
// An account is its ed25519 key in Base58, or 32 bytes that are no key where a program owns it.
#include "chain/solana/solana_family.hpp"

#include <string>

#include "chain/base58_address.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain::solana {

namespace {

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::solana;
}

bool hashes_points(const Network& /*network*/) noexcept { return false; }

Code write_key(const Network& /*network*/, AddressForm /*form*/, std::span<const std::uint8_t> key,
               AddressText& text) noexcept {
  text.grow(crypto::base58_write(key.last(32), text.room()));
  return Code::ok;
}

Status write(const Network& /*network*/, const Address& address, AddressText& text) {
  COFFER_TRY(check_payload(address, 32));
  text.grow(crypto::base58_write(address.payload, text.room()));
  return {};
}

Result<Address> read(const Network& /*network*/, std::string_view text) {
  COFFER_TRY_ASSIGN(auto bytes, read_base58(text));
  if (bytes.size() == 64) {
    return refused(Code::address_syntax,
                   "the text has the size of a private key, not of an address; if it is one, treat "
                   "it as disclosed");
  }
  if (bytes.size() != 32) {
    return refused(Code::address_syntax,
                   "the text holds " + std::to_string(bytes.size()) + " bytes, an address has 32");
  }
  Address address;
  address.form = AddressForm::solana;
  address.payload = std::move(bytes);
  return address;
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::solana
