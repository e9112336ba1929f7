// SPDX-License-Identifier: MIT
// Single Bitcoin keys encrypted under a passphrase (BIP-38): the paper wallets that begin with
// "6P".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>

namespace coffer::keys {

/// What a BIP-38 text holds.
struct Bip38Key {
  Secret private_key;          ///< 32 bytes.
  bool is_compressed = false;  ///< Whether its addresses are of the compressed public key.
};

/// Encrypts a private key. The passphrase is taken in NFC.
///
/// For keys of others' systems: the format's password check is cheap to attack, so our own secrets
/// belong into a keystore.
/// Fails with `invalid_key`, `out_of_range` (a passphrase over 64 KiB), `invalid_utf8`,
/// `out_of_memory`. Cost: some 0.1 seconds and 16 MiB.
[[nodiscard]] Result<std::string> bip38_encrypt(std::span<const std::uint8_t, 32> private_key,
                                                bool is_compressed, std::string_view passphrase);

/// Decrypts either kind: with and without "EC multiply".
///
/// Fails with `keystore_damaged` (not a text of BIP-38), `out_of_range`, `invalid_utf8`,
/// `wrong_password`, `out_of_memory`. Cost: as above.
[[nodiscard]] Result<Bip38Key> bip38_decrypt(std::string_view text, std::string_view passphrase);

}  // namespace coffer::keys
