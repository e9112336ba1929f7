// SPDX-License-Identifier: MIT
// Addresses: made of public keys, read, checked with a reason, and found out about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>

namespace coffer::chain {

/// The most characters that an address of any network has (the limit of BIP-173).
inline constexpr std::size_t address_size_max = 90;

/// What an address says.
struct Address {
  AddressForm form = AddressForm::network_default;
  /// What the text carries: a hash of 20 bytes (`p2pkh`, `p2sh`, `evm`, `tron`, `xrp` ...) or of 32
  /// (`p2wsh`, long accounts of `cosmos`), or a public key of 32 bytes (`p2tr`, `solana`,
  /// `stellar`). Without version bytes.
  std::vector<std::uint8_t> payload;
  std::uint8_t witness_version = 0;                ///< Segwit only.
  std::optional<std::uint32_t> destination_tag{};  ///< `x_address` only.

  friend bool operator==(const Address&, const Address&) = default;
};

/// The address of a public key.
///
/// `key` is 33 bytes as in `keys::PublicKey`, or 65 bytes of an uncompressed point (secp256k1),
/// which gives the same address: no network here pays to uncompressed keys.
/// Taproot is a key path without scripts (BIP-86).
///
/// Fails with `unsupported` (the network has no such form; `p2sh`, `p2wsh` and `cash_p2sh`, which
/// are of scripts: `bitcoin_script.hpp`), `invalid_key` (no point of the network's curve).
/// Cost: 1 to 10 microseconds, taproot 40.
[[nodiscard]] Result<std::string> address_of(const Network& network,
                                             std::span<const std::uint8_t> key,
                                             AddressForm form = AddressForm::network_default);

/// The text of an address, in the one spelling that is canonical: lower case for Bech32, the
/// checksum's case for EVM.
///
/// Fails with `unsupported` (the network has no such form), `invalid_argument` (the payload's size,
/// the witness version, or a tag where there can be none).
[[nodiscard]] Result<std::string> encode_address(const Network& network, const Address& address);

/// Reads an address of `network`.
///
/// Everything that the format lets one check is checked; blanks are not trimmed. EVM addresses may
/// be in one case throughout, which carries no checksum; in mixed case it must be right. Bech32 may
/// be in capitals (as in QR codes), never mixed.
///
/// Fails with, first match wins:
///   - `address_network`   a valid address, but of the networks that the message names
///   - `address_checksum`  the form is recognised, its checksum is wrong; for EVM the message names
///                         the position of the first letter in the wrong case
///   - `address_syntax`    anything else: a foreign character (with its position, counted from 1),
///   a
///                         wrong length, prefix, version, padding, or the checksum of the wrong one
///                         of Bech32 and Bech32m
/// Only networks that come with coffer are named. Threads: any. Cost: some microseconds; an
/// address that is refused is tried against the whole table.
[[nodiscard]] Result<Address> decode_address(const Network& network, std::string_view text);

/// The same by the network's name, where added networks are named too.
/// Fails with `network_not_found`, then as above.
[[nodiscard]] Result<Address> decode_address(const NetworkTable& table, std::string_view network,
                                             std::string_view text);

/// Whether `text` is an address of `network`. Fails as `decode_address` does.
[[nodiscard]] Status validate_address(const NetworkTable& table, std::string_view network,
                                      std::string_view text);

/// A network that a text could be an address of.
struct AddressMatch {
  const Network* network = nullptr;
  Address address;
};

/// All networks of `table` that `text` could be an address of, in the table's order; empty when
/// there is none.
///
/// One text can fit many: EVM chains share all addresses, and Bitcoin's test networks most.
[[nodiscard]] std::vector<AddressMatch> find_networks(const NetworkTable& table,
                                                      std::string_view text);

}  // namespace coffer::chain
