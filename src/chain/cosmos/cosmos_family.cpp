// SPDX-License-Identifier: MIT
// Bech32 of HASH160 of the key (Cosmos SDK, ADR-028), or of an Ethereum account where the chain
// has such keys. Accounts of modules and contracts have 32 bytes.
#include "chain/cosmos/cosmos_family.hpp"

#include <string>
#include <utility>

#include "chain/bech32_address.hpp"
#include "chain/keccak_account.hpp"
#include "chain/refusal.hpp"
#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain::cosmos {

namespace {

bool has_form(const Network& /*network*/, AddressForm form) noexcept {
  return form == AddressForm::cosmos;
}

bool hashes_points(const Network& network) noexcept { return network.has_ethereum_keys; }

void write_account(const Network& network, std::span<const std::uint8_t> account,
                   AddressText& text) noexcept {
  text.grow(crypto::bech32_write(crypto::Bech32::bech32, network.prefix, {}, account, text.room()));
}

Code write_key(const Network& network, AddressForm /*form*/, std::span<const std::uint8_t> key,
               AddressText& text) noexcept {
  if (network.has_ethereum_keys) {
    const auto account = keccak_account(key);
    if (!account) {
      return Code::invalid_key;
    }
    write_account(network, *account, text);
    return Code::ok;
  }
  if (key.size() == 33) {
    write_account(network, crypto::hash160(key), text);
    return Code::ok;
  }
  const auto compressed = crypto::secp256k1::compress(key);
  if (!compressed) {
    return Code::invalid_key;
  }
  write_account(network, crypto::hash160(*compressed), text);
  return Code::ok;
}

Status write(const Network& network, const Address& address, AddressText& text) {
  if (address.payload.size() != 32) {
    COFFER_TRY(check_payload(address, 20));
  }
  write_account(network, address.payload, text);
  return {};
}

Result<Address> read(const Network& network, std::string_view text) {
  COFFER_TRY_ASSIGN(const crypto::Bech32Text read, read_bech32(text, network.prefix));
  if (read.variant != crypto::Bech32::bech32) {
    return refused(Code::address_syntax,
                   "the checksum is that of Bech32m, accounts have that of Bech32");
  }
  auto bytes = crypto::from_five_bits(read.groups);
  if (!bytes) {
    return refused(Code::address_syntax, "the bits that fill the last character are not zero");
  }
  if (bytes->size() != 20 && bytes->size() != 32) {
    return refused(Code::address_syntax, "the text holds " + std::to_string(bytes->size()) +
                                             " bytes, an account has 20 or 32");
  }
  Address address;
  address.form = AddressForm::cosmos;
  address.payload = std::move(*bytes);
  return address;
}

}  // namespace

const FamilyCode& family_code() noexcept {
  static constexpr FamilyCode code{has_form, write_key, hashes_points, write, read};
  return code;
}

}  // namespace coffer::chain::cosmos
