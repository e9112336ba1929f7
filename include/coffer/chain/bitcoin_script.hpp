// SPDX-License-Identifier: MIT
// The Bitcoin family's scripts behind addresses: output scripts, multisig, taproot keys.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <coffer/chain/address.hpp>
#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>

namespace coffer::chain {

/// A script as it stands in a transaction.
using Script = std::vector<std::uint8_t>;

/// The output script ("scriptPubKey") that pays to an address of the Bitcoin family.
/// Fails with `unsupported` (an address of another family), `invalid_argument` (the payload's
/// size).
[[nodiscard]] Result<Script> output_script(const Address& address);

/// The address that an output script pays to, if it has one. In CashAddr where the network has it.
/// Fails with `unsupported` (another family), `address_syntax` (no standard output script, or one
/// that this network has no address for).
[[nodiscard]] Result<Address> address_of_output_script(const Network& network,
                                                       std::span<const std::uint8_t> script);

/// The address of a script that spends by itself: `p2sh` (or `cash_p2sh`) of a redeem script,
/// `p2wsh` of a witness script. A `p2wsh` inside `p2sh` is the `p2sh` of its output script.
///
/// Fails with `unsupported` (another form or family), `out_of_range` (a redeem script above 520
/// bytes, a witness script above 10,000).
[[nodiscard]] Result<std::string> address_of_script(const Network& network,
                                                    std::span<const std::uint8_t> script,
                                                    AddressForm form);

/// The script that any `threshold` of `keys` can spend, with the keys sorted (BIP-67), so that all
/// signers get one address whatever their order.
///
/// Keys are compressed. Fails with `out_of_range` (no keys, above 15 of them, `threshold` 0 or
/// above their number), `invalid_key` (the message names the key's place), `already_exists` (a key
/// twice).
[[nodiscard]] Result<Script> sorted_multisig_script(unsigned threshold,
                                                    std::span<const keys::PublicKey> keys);

/// The output key of taproot: the x coordinate that an address carries, and what signing needs.
struct TaprootOutput {
  std::array<std::uint8_t, 32> key{};
  bool is_odd = false;  ///< The parity bit of control blocks (BIP-341).
};

/// The output key of an internal key, with the root of a script tree or without scripts (BIP-341;
/// BIP-86 for none). `internal_key` is 32 bytes, or 33 of which the parity is ignored.
/// Fails with `invalid_key`.
[[nodiscard]] Result<TaprootOutput> taproot_output(
    std::span<const std::uint8_t> internal_key,
    const std::optional<std::array<std::uint8_t, 32>>& merkle_root = std::nullopt);

/// The taproot address of an internal key and the root of its script tree.
/// Fails with `unsupported` (the network has no taproot), `invalid_key`.
[[nodiscard]] Result<std::string> taproot_address(const Network& network,
                                                  std::span<const std::uint8_t> internal_key,
                                                  const std::array<std::uint8_t, 32>& merkle_root);

}  // namespace coffer::chain
