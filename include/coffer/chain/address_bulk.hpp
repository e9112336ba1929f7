// SPDX-License-Identifier: MIT
// The addresses of many siblings in one call, into the caller's memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <coffer/chain/address.hpp>
#include <coffer/chain/network.hpp>
#include <coffer/core/result.hpp>
#include <coffer/keys/bulk.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::chain {

/// Characters for each address that always suffice, the closing NUL included.
inline constexpr std::size_t address_stride = 96;

/// Where addresses are written: number i begins at `text[i * stride]`, ends with NUL, and what is
/// left of its place is NUL too.
struct AddressRows {
  std::span<char> text;
  std::size_t stride = address_stride;
};

/// Derives the addresses of the children `first`, `first` + 1, ... of `parent`, as many as `rows`
/// has whole places for. `parent` is the node of the addresses themselves: the external (0) or
/// change (1) chain of an account.
///
/// `public_keys` is empty, or has room for as many keys and receives them; when empty the call
/// takes 33 bytes of memory for each address by itself. The observer of `options` works as for
/// `keys::derive_public_children`: its `on_children` is called when the addresses of those children
/// are in place too. No memory is taken for a single address.
///
/// Fails with `unsupported` (the network has no such form, or it is one of scripts),
/// `invalid_key` (`parent` is on another curve than the network), `buffer_too_small` (`stride` is
/// below the size of such an address and its NUL), `invalid_argument` (sizes of `rows` and
/// `public_keys` differ), then as `keys::derive_public_children`.
/// Cost: for each address and thread about 16 microseconds; taproot more.
[[nodiscard]] Status derive_addresses(const Network& network, AddressForm form,
                                      const keys::ExtendedPublicKey& parent, std::uint32_t first,
                                      const AddressRows& rows,
                                      std::span<keys::PublicKey> public_keys = {},
                                      const keys::BulkOptions& options = {});

/// The same for private parents, as ed25519 networks need them: child numbers may be hardened and
/// `tail` is followed from each, see `keys::derive_children`. Only public keys leave.
///
/// Example: for Solana's `PathLayout::account_change` the parent is m / 44' / 501', `first` is
/// hardened(0) and `tail` is 0'.
/// Fails as above with those of `keys::derive_children`.
[[nodiscard]] Status derive_addresses(const Network& network, AddressForm form,
                                      const keys::ExtendedPrivateKey& parent, std::uint32_t first,
                                      const keys::Path& tail, const AddressRows& rows,
                                      std::span<keys::PublicKey> public_keys = {},
                                      const keys::BulkOptions& options = {});

}  // namespace coffer::chain
