// SPDX-License-Identifier: MIT
// A crypto wallet as users see it: one address of a network, whose it is, and where its key is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/keys/curve.hpp>

namespace coffer {

using CryptoWalletId = Id<struct CryptoWalletIdTag>;
using AddressSourceId = Id<struct AddressSourceIdTag>;
using WalletJobId = Id<struct WalletJobIdTag>;

inline constexpr std::size_t wallet_label_bytes_max = 256;
inline constexpr std::size_t wallet_extra_bytes_max = 4096;

/// How near to the network a wallet's key is (R93). Values are frozen: they stand in files.
enum class CryptoWalletKind : std::uint8_t {
  hot = 1,         ///< signs by itself, holds little
  warm = 2,        ///< signs after an approval
  cold = 3,        ///< its key is offline
  watch_only = 4,  ///< its key is none of ours, or not known here
};

/// The kind in words: "hot", "watch_only"; "unknown" for another value. Lifetime: static.
[[nodiscard]] std::string_view name_of(CryptoWalletKind kind) noexcept;

/// What a wallet may be used for. Values are frozen: they stand in files.
enum class CryptoWalletStatus : std::uint8_t {
  pending = 1,   ///< waits for its user's check; the address is not shown yet
  active = 2,    ///< in use
  refused = 3,   ///< the check of its user failed
  frozen = 4,    ///< stopped for now
  retired = 5,   ///< never used again, and its index never given to another
  free = 6,      ///< derived ahead for a pool
  assigned = 7,  ///< given out by its pool
  used = 8,      ///< of a pool, and seen on the chain
};

/// The status in words: "pending", "active"; "unknown" for another value. Lifetime: static.
[[nodiscard]] std::string_view name_of(CryptoWalletStatus status) noexcept;

/// One address. There is no private key here: `key_name` and `path` say where a signer finds it
/// (`keys::KeyReference`; decision c).
struct CryptoWallet {
  CryptoWalletId id;
  std::string user;  ///< empty: an address of a pool
  std::string network;
  std::string address;
  AddressSourceId source;                ///< none: an address from outside
  std::uint32_t address_index = 0;       ///< within the source
  std::string key_name;                  ///< of the source; empty when there is none
  std::string path;                      ///< from the master key (BIP-44), e.g. "m/84'/0'/0'/0/5"
  std::vector<std::uint8_t> public_key;  ///< as `keys::PublicKey`; empty when there is no source
  CryptoWalletKind kind = CryptoWalletKind::hot;
  CryptoWalletStatus status = CryptoWalletStatus::pending;
  WalletJobId job;  ///< that made it; none: made alone
  std::string key;  ///< the caller's, unique within (user, network)
  std::string label;
  std::string extra;  ///< JSON, as the caller gave it (R43)
  Timestamp recorded_at;
};

}  // namespace coffer
