// SPDX-License-Identifier: MIT
// Rows by name, and keys of the mnemonic that all wallets show in their tests.
#pragma once

#include <coffer/chain/address.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace chain_test {

inline const coffer::chain::Network& row(std::string_view name) {
  const auto found = coffer::chain::NetworkTable().find(name);
  INFO(std::string(name));
  REQUIRE(found.has_value());
  return **found;
}

/// The master key of "abandon" eleven times and "about", without a passphrase.
inline coffer::keys::ExtendedPrivateKey abandon_about(coffer::keys::Curve curve) {
  const auto mnemonic = coffer::keys::Mnemonic::parse(
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "about");
  REQUIRE(mnemonic.has_value());
  const auto seed = mnemonic->seed();
  REQUIRE(seed.has_value());
  auto master = coffer::keys::ExtendedPrivateKey::from_seed(seed->bytes(), curve);
  REQUIRE(master.has_value());
  return std::move(*master);
}

/// The first address of that mnemonic on the default path.
inline std::string first_address(std::string_view network, coffer::chain::AddressForm form) {
  const auto& of = row(network);
  const auto path = coffer::chain::address_path(of, form, 0, 0, 0);
  REQUIRE(path.has_value());
  const auto node = abandon_about(of.curve).derive(*path);
  REQUIRE(node.has_value());
  const auto address = coffer::chain::address_of(of, node->to_public().public_key(), form);
  return address ? *address : address.error().message;
}

/// The code that reading ends with; `ok` when it does not fail.
inline coffer::Code code_of_reading(std::string_view network, std::string_view text) {
  const auto read = coffer::chain::decode_address(row(network), text);
  return read ? coffer::Code::ok : read.error().code;
}

/// The message that reading ends with.
inline std::string message_of_reading(std::string_view network, std::string_view text) {
  const auto read = coffer::chain::decode_address(row(network), text);
  return read ? "" : read.error().message;
}

}  // namespace chain_test
