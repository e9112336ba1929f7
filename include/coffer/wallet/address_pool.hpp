// SPDX-License-Identifier: MIT
// Address pools: addresses derived ahead and given out on demand, each to one owner for ever.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/wallet/address_source.hpp>
#include <coffer/wallet/crypto_wallet.hpp>

namespace coffer {

/// Every source is also a pool: of those of its addresses that were derived for no user.
struct AddressPool {
  AddressSourceId source;
  std::int64_t free = 0;
  std::int64_t assigned = 0;  ///< given out, not seen on the chain
  std::int64_t used = 0;
  std::int64_t retired = 0;
  /// Addresses after the last used one, wallets of users included. A program that restores the seed
  /// stops looking after its gap limit, so payments to those beyond are not found by themselves.
  std::int64_t gap = 0;
  std::uint32_t gap_limit = 20;
  std::uint32_t next_index = 0;
};

/// Asks for an address. Text is read during the call only.
struct AddressRequest {
  AddressSourceId source;
  std::string_view key = {};    ///< the caller's, 1..128 bytes, unique for ever among requests
  std::string_view owner = {};  ///< whom it is for, at most 256 bytes; part of the content
  std::string_view actor = {};
};

/// An address that was given out.
struct AssignedAddress {
  CryptoWallet wallet;
  bool existed = false;        ///< the same key was there: its first address again
  bool is_beyond_gap = false;  ///< see `AddressPool::gap`: deposits to it may not be found
  bool may_be_reused = false;  ///< the source is restored and nobody has looked for used ones
};

/// How far addresses are derived ahead.
struct PoolFilling {
  AddressSourceId source;
  std::uint32_t free_min = 100;  ///< addresses are added until so many are free, at most 100,000
  keys::BulkOptions derivation;
  std::span<const PrivateNode> private_nodes;
  std::string_view actor = {};
};

/// Knows the chain: a node, an indexer, a service. The library comes with none; the host has one.
class ChainUse {
 public:
  virtual ~ChainUse() = default;
  /// Sets `used[i]` for each address that any transaction of `network` names. Sizes are equal.
  /// Fails with `source_unavailable`, or what fits; then the call that asked fails with it.
  [[nodiscard]] virtual Status was_used(std::string_view network,
                                        std::span<const std::string_view> addresses,
                                        std::span<bool> used) = 0;
};

/// What a look for used addresses found.
struct UsedAddresses {
  std::int64_t looked_at = 0;
  std::int64_t used = 0;         ///< of these, marked in the book now or before
  std::uint32_t next_index = 0;  ///< the first index behind all that is used
};

}  // namespace coffer
