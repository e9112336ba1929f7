// SPDX-License-Identifier: MIT
// Addresses of all families: the text of a key, and what a text is or could be.
#include <coffer/chain/address.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "chain/family.hpp"
#include "chain/refusal.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain {

namespace {

Status check_key(const Network& network, std::span<const std::uint8_t> key) {
  if (network.curve == keys::Curve::secp256k1) {
    if (crypto::secp256k1::compress(key)) {
      return {};
    }
    return Error{Code::invalid_key, "public key: it is no point of secp256k1 in 33 or 65 bytes"};
  }
  if (key.size() == 32 || (key.size() == 33 && key[0] == 0)) {
    return {};
  }
  return Error{Code::invalid_key, "public key: ed25519 has 32 bytes, or 33 with a zero in front"};
}

// Up to three names and how many more there are.
std::string names_of(const std::vector<AddressMatch>& matches) {
  constexpr std::size_t named_max = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(matches.size(), named_max); ++i) {
    names += (i == 0 ? "" : ", ") + matches[i].network->name;
  }
  if (matches.size() > named_max) {
    names += " and " + std::to_string(matches.size() - named_max) + " more";
  }
  return names;
}

Result<Address> read(const NetworkTable& table, const Network& network, std::string_view text) {
  auto address = code_of(network.family).read(network, text);
  if (address) {
    return address;
  }
  const auto matches = find_networks(table, text);
  if (matches.empty()) {
    return address;
  }
  return refused(Code::address_network,
                 "it is an address of " + names_of(matches) + ", not of " + network.name);
}

}  // namespace

Result<std::string> address_of(const Network& network, std::span<const std::uint8_t> key,
                               AddressForm form) {
  const FamilyCode& code = code_of(network.family);
  form = form_of(network, form);
  if (!code.has_form(network, form)) {
    return no_such_form(network, form);
  }
  COFFER_TRY(check_key(network, key));
  AddressText text;
  switch (code.write_key(network, form, key, text)) {
    case Code::ok: return std::string(text.view());
    case Code::unsupported:
      return refused(Code::unsupported,
                     std::string(name_of(form)) + " is the address of a script, not of a key");
    default: return Error{Code::invalid_key, "public key: it gives no address"};
  }
}

Result<std::string> encode_address(const Network& network, const Address& address) {
  const FamilyCode& code = code_of(network.family);
  if (!code.has_form(network, address.form)) {
    return no_such_form(network, address.form);
  }
  if (address.destination_tag && address.form != AddressForm::x_address) {
    return refused(Code::invalid_argument,
                   "a destination tag can stand in an x_address only, not in " +
                       std::string(name_of(address.form)));
  }
  AddressText text;
  COFFER_TRY(code.write(network, address, text));
  return std::string(text.view());
}

Result<Address> decode_address(const Network& network, std::string_view text) {
  return read(NetworkTable(), network, text);
}

Result<Address> decode_address(const NetworkTable& table, std::string_view network,
                               std::string_view text) {
  COFFER_TRY_ASSIGN(const Network* row, table.find(network));
  return read(table, *row, text);
}

Status validate_address(const NetworkTable& table, std::string_view network,
                        std::string_view text) {
  COFFER_TRY(decode_address(table, network, text));
  return {};
}

std::vector<AddressMatch> find_networks(const NetworkTable& table, std::string_view text) {
  std::vector<AddressMatch> matches;
  for (const Network* row : table.rows()) {
    if (auto address = code_of(row->family).read(*row, text)) {
      matches.push_back({row, std::move(*address)});
    }
  }
  return matches;
}

}  // namespace coffer::chain
