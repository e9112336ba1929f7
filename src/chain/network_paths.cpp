// SPDX-License-Identifier: MIT
// Where the addresses of a network stand in a seed's tree: BIP-44 and its children, SLIP-10's ways.
#include <string>

#include "chain/family.hpp"
#include "chain/refusal.hpp"

namespace coffer::chain {

namespace {

constexpr std::uint32_t bip48_script = 2;  // P2WSH, in the last step of BIP-48

Result<std::uint32_t> purpose_of(const Network& network, AddressForm form) {
  if (!code_of(network.family).has_form(network, form)) {
    return no_such_form(network, form);
  }
  switch (form) {
    case AddressForm::p2sh_p2wpkh: return 49U;
    case AddressForm::p2wpkh: return 84U;
    case AddressForm::p2tr: return 86U;
    case AddressForm::p2wsh: return 48U;
    case AddressForm::p2sh:
    case AddressForm::cash_p2sh:
    case AddressForm::witness_unknown:
      return refused(Code::unsupported, "no standard says where the keys of the form " +
                                            std::string(name_of(form)) + " stand");
    default: return 44U;
  }
}

Status check_number(std::uint32_t number, std::string_view field) {
  if (number < keys::hardened_bit) {
    return {};
  }
  return Error{Code::out_of_range,
               std::string(field) + ": " + std::to_string(number) + " is not below 2147483648"};
}

Status check_zero(const Network& network, std::uint32_t number, std::string_view field) {
  if (number == 0) {
    return {};
  }
  return Error{Code::out_of_range, std::string(field) + ": network " + network.name +
                                       " numbers by index alone, so it must be 0"};
}

}  // namespace

Result<keys::KeyVersion> key_version_of(const Network& network, AddressForm form) {
  form = form_of(network, form);
  if (!code_of(network.family).has_form(network, form)) {
    return no_such_form(network, form);
  }
  if (network.curve != keys::Curve::secp256k1) {
    return refused(
        Code::unsupported,
        "extended keys on " + std::string(keys::name_of(network.curve)) + " have no text");
  }
  const KeyVersionNames& names = network.key_versions;
  switch (form) {
    case AddressForm::p2sh_p2wpkh: return keys::key_version_named(names.p2sh_p2wpkh);
    case AddressForm::p2wpkh: return keys::key_version_named(names.p2wpkh);
    case AddressForm::p2tr: return keys::key_version_named(names.p2tr);
    case AddressForm::p2wsh: return keys::key_version_named(names.p2wsh);
    default: return keys::key_version_named(names.p2pkh);
  }
}

Result<keys::Path> account_path(const Network& network, AddressForm form, std::uint32_t account) {
  COFFER_TRY_ASSIGN(const std::uint32_t purpose, purpose_of(network, form_of(network, form)));
  if (network.path_layout != PathLayout::bip44) {
    COFFER_TRY(check_zero(network, account, "account"));
    return keys::Path{keys::hardened(purpose), keys::hardened(network.coin_type)};
  }
  COFFER_TRY(check_number(account, "account"));
  const keys::Path path = keys::Path::account(purpose, network.coin_type, account);
  return purpose == 48 ? path.child(keys::hardened(bip48_script)) : path;
}

Result<keys::Path> address_path(const Network& network, AddressForm form, std::uint32_t account,
                                std::uint32_t change, std::uint32_t index) {
  COFFER_TRY_ASSIGN(const keys::Path path, account_path(network, form, account));
  COFFER_TRY(check_number(index, "index"));
  if (network.path_layout != PathLayout::bip44) {
    COFFER_TRY(check_zero(network, change, "change"));
    const keys::Path whole = path.child(keys::hardened(index));
    return network.path_layout == PathLayout::account_change ? whole.child(keys::hardened(0))
                                                             : whole;
  }
  COFFER_TRY(check_number(change, "change"));
  return path.child(change).child(index);
}

}  // namespace coffer::chain
