// SPDX-License-Identifier: MIT
// Child secrets of a master key (BIP-85): one backup, many independent wallets.
#pragma once

#include <cstddef>
#include <cstdint>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::keys {

// All of these take a master key on secp256k1 and give the same for the same numbers for ever. A
// child tells nothing about its master or its siblings.

/// The 64 bytes at a path of BIP-85: m / 83696968' / ..., every step hardened.
/// Fails with `derivation_path` (another path), `unsupported` (not secp256k1), as derivation does.
[[nodiscard]] Result<Secret> bip85_entropy(const ExtendedPrivateKey& master, const Path& path);

/// Child mnemonic number `index` (below 2^31). Fails with `mnemonic_length` (not 12, 18 or 24, the
/// lengths of BIP-85), `invalid_argument` (no such language), `out_of_range` (the index), as above.
[[nodiscard]] Result<Mnemonic> bip85_mnemonic(const ExtendedPrivateKey& master, unsigned words,
                                              std::uint32_t index,
                                              Language language = Language::english);

/// `size` random-looking bytes, 16 to 64. Fails with `out_of_range` (size, index), as above.
[[nodiscard]] Result<Secret> bip85_bytes(const ExtendedPrivateKey& master, std::size_t size,
                                         std::uint32_t index);

/// A single private key of secp256k1, the one that BIP-85 writes as WIF. Fails with `out_of_range`
/// (the index), `invalid_key` (a chance below 2^-127), as above.
[[nodiscard]] Result<Secret> bip85_private_key(const ExtendedPrivateKey& master,
                                               std::uint32_t index);

/// A master key of its own, the one that BIP-85 writes as XPRV. Fails as `bip85_private_key` does.
[[nodiscard]] Result<ExtendedPrivateKey> bip85_master_key(const ExtendedPrivateKey& master,
                                                          std::uint32_t index);

/// A password of `length` characters of Base64, 20 to 86. Fails with `out_of_range` (length,
/// index), as above.
[[nodiscard]] Result<Secret> bip85_password(const ExtendedPrivateKey& master, unsigned length,
                                            std::uint32_t index);

}  // namespace coffer::keys
