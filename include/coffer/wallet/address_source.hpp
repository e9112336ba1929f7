// SPDX-License-Identifier: MIT
// Address sources: the account nodes whose children become the addresses of wallets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/chain/network.hpp>
#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/wallet/crypto_wallet.hpp>

namespace coffer {

/// What an address source is made of. Text is read during the call only.
///
/// `node` is the account's public key: for Bitcoin, Ethereum and all others on secp256k1 the xpub
/// of m / purpose' / coin' / account', from which a server without secrets derives all addresses.
/// For ed25519 networks (Solana, Stellar) it is the public half of m / 44' / coin'; their children
/// are all hardened, so each run is handed the private node too, and checks that it is the same.
struct AddressSourceDraft {
  std::string_view name = {};  ///< the caller's key, 1..128 bytes of UTF-8
  std::string_view network = {};
  chain::AddressForm form = chain::AddressForm::network_default;
  std::uint32_t account = 0;                      ///< of the path; 0 for ed25519 networks
  const keys::ExtendedPublicKey* node = nullptr;  ///< not null
  std::string_view key_name = {};  ///< of the seed, for `keys::KeyReference`; may be empty
  CryptoWalletKind kind = CryptoWalletKind::hot;  ///< of its wallets
  std::uint32_t first_index = 0;
  /// The seed was in use before this book: until `CryptoWallets::find_used` has looked, an address
  /// that it gives may have been given to somebody before.
  bool is_restored = false;
  std::uint32_t gap_limit = 20;  ///< see `set_gap_limit`
  std::string_view actor = {};   ///< who asks, for the record
};

/// A source as it stands in the book.
struct AddressSource {
  AddressSourceId id;
  std::string name;
  std::string network;
  chain::AddressForm form = chain::AddressForm::network_default;
  std::uint32_t account = 0;
  std::string path;  ///< of its addresses with * for the index, e.g. "m/84'/0'/0'/0/*"
  std::string key_name;
  CryptoWalletKind kind = CryptoWalletKind::hot;
  std::uint32_t first_index = 0;
  std::uint32_t next_index = 0;  ///< of the next address; indexes are never used twice
  bool is_restored = false;      ///< and no look for used addresses has been finished
  std::uint32_t gap_limit = 20;
  std::optional<Amount> balance_max;            ///< see `CryptoWallets::set_balance_max`
  keys::PublicKey node{};                       ///< the account's public key
  std::optional<keys::ExtendedPublicKey> xpub;  ///< none where children need the private node
  Timestamp recorded_at;
};

/// A source, and whether it was there before the call.
struct AddedAddressSource {
  AddressSource source;
  bool existed = false;
};

/// The private node of a source whose addresses can't be derived from public keys. Used during the
/// call only; nothing of it is stored.
struct PrivateNode {
  AddressSourceId source;
  const keys::ExtendedPrivateKey* node = nullptr;
};

}  // namespace coffer
