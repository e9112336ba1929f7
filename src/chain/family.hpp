// SPDX-License-Identifier: MIT
// What each family of networks does for addresses; one table of functions for each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <coffer/chain/address.hpp>
#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>

#include "chain/address_text.hpp"

namespace coffer::chain {

/// The functions of a family. `network` is always one of its rows, and a form is never
/// `network_default`.
struct FamilyCode {
  /// Whether that network writes addresses of that form.
  bool (*has_form)(const Network& network, AddressForm form) noexcept;

  /// Writes the address of a valid public key: 33 or 65 bytes of a point on secp256k1, 33 bytes for
  /// ed25519. Takes no memory. Answers `ok`, `unsupported` (a form of scripts), `invalid_key`.
  Code (*write_key)(const Network& network, AddressForm form, std::span<const std::uint8_t> key,
                    AddressText& text) noexcept;

  /// Whether addresses are made of both coordinates, so that keys of 65 bytes cost less.
  bool (*hashes_points)(const Network& network) noexcept;

  /// Writes an address of a form that the network has. Fails as `encode_address` does.
  Status (*write)(const Network& network, const Address& address, AddressText& text);

  /// Reads an address. Fails with `address_syntax`, `address_checksum`.
  Result<Address> (*read)(const Network& network, std::string_view text);
};

/// The functions of `family`.
[[nodiscard]] const FamilyCode& code_of(Family family) noexcept;

/// The form that an argument means on that network.
[[nodiscard]] constexpr AddressForm form_of(const Network& network, AddressForm form) noexcept {
  return form == AddressForm::network_default ? network.default_form : form;
}

/// Fails with `invalid_argument` unless the payload has that size.
[[nodiscard]] Status check_payload(const Address& address, std::size_t size);

}  // namespace coffer::chain
