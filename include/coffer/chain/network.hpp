// SPDX-License-Identifier: MIT
// Networks: the table that says how each one writes its addresses and where they stand in a seed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::chain {

/// Networks of one family share their code; they differ by a row. Values are frozen.
enum class Family : std::uint8_t {
  bitcoin = 1,   ///< Bitcoin, Litecoin, Dogecoin, Bitcoin Cash and what descends from them.
  ethereum = 2,  ///< All chains of the Ethereum virtual machine.
  tron = 3,
  solana = 4,
  cosmos = 5,  ///< Chains of the Cosmos SDK.
  xrp = 6,
  stellar = 7,
};

/// The family's name as written above; "unknown" for another value.
[[nodiscard]] std::string_view name_of(Family family) noexcept;

/// What an address pays to, and how it is written. Values are frozen.
enum class AddressForm : std::uint8_t {
  network_default = 0,  ///< In arguments: the default of the network. Never in an answer.
  // The Bitcoin family.
  p2pkh = 1,            ///< Hash of a key, in Base58Check.
  p2sh_p2wpkh = 2,      ///< P2WPKH inside P2SH (BIP-49). Decoding can't see this: it says `p2sh`.
  p2wpkh = 3,           ///< Hash of a key, segwit version 0 (BIP-84, BIP-173).
  p2tr = 4,             ///< Taproot, segwit version 1 (BIP-86, BIP-350).
  p2sh = 5,             ///< Hash of a script, in Base58Check (BIP-16).
  p2wsh = 6,            ///< Hash of a script, segwit version 0 (BIP-141).
  cash_p2pkh = 7,       ///< Hash of a key, in CashAddr.
  cash_p2sh = 8,        ///< Hash of a script, in CashAddr.
  witness_unknown = 9,  ///< A segwit version without a meaning yet; decoding only.
  // One key, one account.
  evm = 20,        ///< 0x and 40 digits with the checksum of EIP-55 (or EIP-1191).
  tron = 30,       ///< Base58Check, begins with T.
  tron_hex = 31,   ///< The same 21 bytes in hexadecimal, begins with 41. It has no checksum.
  solana = 40,     ///< The public key in Base58. It has no checksum.
  cosmos = 50,     ///< Bech32 with the network's prefix.
  xrp = 60,        ///< Base58Check in XRP's alphabet, begins with r.
  x_address = 61,  ///< The X-address (XLS-5) with or without a destination tag.
  stellar = 70,    ///< A strkey that begins with G (SEP-23).
};

/// The form's name as written above, e.g. "p2wpkh"; "unknown" for another value.
[[nodiscard]] std::string_view name_of(AddressForm form) noexcept;
/// The form of that name. Fails with `not_found`; the message holds the name.
[[nodiscard]] Result<AddressForm> address_form_named(std::string_view name);

/// How a network numbers the addresses of one seed. Values are frozen.
enum class PathLayout : std::uint8_t {
  bip44 = 1,           ///< m / purpose' / coin' / account' / change / index
  account = 2,         ///< m / 44' / coin' / index' (Stellar, SEP-5)
  account_change = 3,  ///< m / 44' / coin' / index' / 0' (Solana's wallets)
};

/// The version of extended keys for each form of the Bitcoin family, by its public name (SLIP-132);
/// names of `keys::key_versions`.
struct KeyVersionNames {
  std::string p2pkh = "xpub";  ///< Also of all families beside Bitcoin's.
  std::string p2sh_p2wpkh = "ypub";
  std::string p2wpkh = "zpub";
  std::string p2tr = "xpub";
  std::string p2wsh = "Zpub";
};

/// One network. A row is plain data; fields that another family uses stay as they are here.
struct Network {
  /// 1 to 40 of the characters a-z, 0-9 and '-', e.g. "bitcoin-testnet". Frozen: books hold it.
  std::string name;
  Family family = Family::bitcoin;
  keys::Curve curve = keys::Curve::secp256k1;
  /// The coin type of SLIP-44, below 2^31. Test networks share 1.
  std::uint32_t coin_type = 0;
  bool is_test = false;    ///< Its coins have no value.
  std::string symbol;      ///< The native coin, e.g. "BTC": 1 to 12 of A-Z and 0-9.
  std::uint8_t scale = 8;  ///< Decimal places of the native coin: 8 for BTC, 18 for ETH.
  AddressForm default_form = AddressForm::p2wpkh;
  PathLayout path_layout = PathLayout::bip44;

  // Bitcoin. A version above 255 is written as two bytes. Without a prefix there is no segwit.
  std::optional<std::uint16_t> p2pkh_version;
  std::optional<std::uint16_t> p2sh_version;
  bool has_taproot = false;
  std::string cash_prefix;  ///< CashAddr's prefix, e.g. "bitcoincash"; empty without CashAddr.
  KeyVersionNames key_versions;
  /// What legacy signed messages begin with, line feed included (`bitcoin_message.hpp`).
  std::string message_prefix = "Bitcoin Signed Message:\n";

  /// The human-readable part: of segwit addresses for Bitcoin's family, of accounts for Cosmos'.
  std::string prefix;

  // Ethereum.
  std::uint64_t chain_id = 0;       ///< EIP-155. Not 0 for this family.
  bool has_chain_checksum = false;  ///< EIP-1191: the chain id is part of the checksum's case.
  /// Cosmos: addresses are made of Keccak-256 of the key, as on Ethereum (Injective and others).
  bool has_ethereum_keys = false;
};

/// The rows that come with coffer and those that a host has added.
///
/// A copy is cheap and shares nothing that changes. Threads: const functions from many threads;
/// `add` alone. Give each part of a program the table before it runs.
class NetworkTable {
 public:
  /// The rows that come with coffer.
  NetworkTable() = default;

  /// Adds a network of a known family, without any new code.
  ///
  /// Fails with `invalid_argument` (the message names the field, the value and the reason),
  /// `already_exists` (the name is taken: rows that exist are never replaced; the chain id or the
  /// prefix of another row does not matter).
  [[nodiscard]] Status add(Network row);

  /// The row of that name. It lives as long as any copy of this table; rows that come with coffer
  /// live for ever. Fails with `network_not_found`; the message holds the name and the nearest one
  /// that there is.
  [[nodiscard]] Result<const Network*> find(std::string_view name) const;

  /// All rows: those of coffer in a fixed order, then the added ones as they came.
  [[nodiscard]] std::vector<const Network*> rows() const;

 private:
  std::vector<std::shared_ptr<const Network>> added_;
};

/// Whether `network` writes addresses of that form; the default form always.
[[nodiscard]] bool has_form(const Network& network, AddressForm form) noexcept;

/// The version of extended keys that wallets use for the accounts of that form.
///
/// Fails with `unsupported` (the network has no such form, or its curve has no text for extended
/// keys).
[[nodiscard]] Result<keys::KeyVersion> key_version_of(
    const Network& network, AddressForm form = AddressForm::network_default);

/// The node below which the addresses of an account stand, from the master key.
///
/// For `PathLayout::bip44` that is m / purpose' / coin_type' / account' with the purpose of the
/// form: 44, 49, 84 or 86, and m / 48' / coin_type' / account' / 2' for `p2wsh` (BIP-48). The other
/// layouts number by hardened accounts, so there it is m / 44' / coin_type' and `account` must be
/// 0. Fails with `unsupported` (no such form, or no standard says where it stands), `out_of_range`
/// (`account`).
[[nodiscard]] Result<keys::Path> account_path(const Network& network, AddressForm form,
                                              std::uint32_t account = 0);

/// The whole path of an address, from the master key.
///
/// `change` is 0 for addresses to be paid at and 1 for change; it must be 0 for layouts that have
/// none. Fails as `account_path`, and with `out_of_range` (`index`, `change`).
[[nodiscard]] Result<keys::Path> address_path(const Network& network, AddressForm form,
                                              std::uint32_t account, std::uint32_t change,
                                              std::uint32_t index);

}  // namespace coffer::chain
