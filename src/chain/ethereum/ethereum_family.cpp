// SPDX-License-Identifier: MIT
// "0x" and 40 digits. Text in one case carries no checksum and is taken as it is.
#include "chain/ethereum/ethereum_family.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <coffer/core/text.hpp>

#include "chain/ethereum/checksum_case.hpp"
#include "chain/keccak_account.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain::ethereum {

namespace {

constexpr std::size_t text_size = 42;

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::evm;
}

bool hashes_points(const Network& /*network*/) noexcept { return true; }

void write_account(const Network& network, std::span<const std::uint8_t, 20> account,
                   AddressText& text) noexcept {
  const auto digits = checksum_case(account, network.has_chain_checksum ? network.chain_id : 0);
  text.append("0x");
  text.append(std::string_view(digits.data(), digits.size()));
}

Code write_key(const Network& network, AddressForm /*form*/, std::span<const std::uint8_t> key,
               AddressText& text) noexcept {
  const auto account = keccak_account(key);
  if (!account) {
    return Code::invalid_key;
  }
  write_account(network, *account, text);
  return Code::ok;
}

Status write(const Network& network, const Address& address, AddressText& text) {
  COFFER_TRY(check_payload(address, 20));
  write_account(network, std::span(address.payload).first<20>(), text);
  return {};
}

bool is_one_case(std::string_view digits) noexcept {
  const auto is_lower = [](char c) { return c >= 'a'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'F'; };
  return std::none_of(digits.begin(), digits.end(), is_lower) ||
         std::none_of(digits.begin(), digits.end(), is_upper);
}

Result<Address> read(const Network& network, std::string_view text) {
  if (text.substr(0, 2) != "0x") {
    return refused(Code::address_syntax, "the text does not begin with 0x");
  }
  const std::string_view digits = text.substr(2);
  if (auto error =
          foreign_character(digits, "0123456789abcdefABCDEF", "the hexadecimal digits", 2)) {
    return std::move(*error);
  }
  if (text.size() != text_size) {
    return refused(Code::address_syntax,
                   "the text has " + std::to_string(digits.size()) + " digits behind 0x, not 40");
  }
  COFFER_TRY_ASSIGN(auto account, parse_hex(digits));
  Address address;
  address.form = AddressForm::evm;
  address.payload = std::move(account);
  if (is_one_case(digits)) {
    return address;
  }
  const auto right = checksum_case(std::span(address.payload).first<20>(),
                                   network.has_chain_checksum ? network.chain_id : 0);
  const auto wrong = std::mismatch(right.begin(), right.end(), digits.begin());
  if (wrong.first != right.end()) {
    return refused(Code::address_checksum,
                   "the checksum is wrong: the letter '" + std::string(1, *wrong.second) +
                       "' at position " + std::to_string(wrong.first - right.begin() + 3) +
                       " is in the wrong case for " +
                       (network.has_chain_checksum ? "EIP-1191" : "EIP-55"));
  }
  return address;
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::ethereum
