// SPDX-License-Identifier: MIT
// The keystore: one seed or private key, encrypted under a password, as bytes to store anywhere.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/random.hpp>

namespace coffer::keys {

/// What a keystore holds. Values are frozen: files hold them.
enum class KeystoreKind : std::uint8_t {
  mnemonic = 1,     ///< The entropy of a mnemonic, 16 to 32 bytes, with its language.
  seed = 2,         ///< A seed of 16 to 64 bytes.
  private_key = 3,  ///< 32 bytes, with their curve.
};

/// The cipher of a keystore. Values are frozen: files hold them.
enum class KeystoreCipher : std::uint8_t {
  aes_256_gcm = 1,        ///< NIST SP 800-38D.
  chacha20_poly1305 = 2,  ///< RFC 8439; faster where the processor has no AES.
};

/// How dear each guess of the password is: scrypt (RFC 7914) with N = 2^`log2_cost`.
///
/// The default takes 128 MiB and some 0.4 seconds. Memory is 128 * `block_size` * 2^`log2_cost`
/// bytes and may not be more than 1 GiB, so that a file can't make its reader run out of memory.
struct KeystoreCost {
  std::uint8_t log2_cost = 17;    ///< 10 to 23.
  std::uint16_t block_size = 8;   ///< r, 1 to 1024.
  std::uint16_t parallelism = 1;  ///< p, 1 to 1024.
  friend bool operator==(const KeystoreCost&, const KeystoreCost&) = default;
};

/// What is in a keystore, in the clear.
struct KeystoreContent {
  KeystoreKind kind = KeystoreKind::seed;
  Language language = Language::english;  ///< Of a mnemonic.
  Curve curve = Curve::secp256k1;         ///< Of a private key.
  Secret material;
};

/// What a keystore shows to anyone.
struct KeystoreInfo {
  std::uint8_t version = 0;
  KeystoreKind kind = KeystoreKind::seed;
  KeystoreCipher cipher = KeystoreCipher::aes_256_gcm;
  KeystoreCost cost;
};

/// Encrypts `content` under `password`: a new salt and nonce each time.
///
/// The password is taken in NFKD, so that it is the same from every keyboard.
/// Fails with `invalid_argument` (an empty password, no such kind, cipher, language or curve),
/// `out_of_range` (the material's size, the cost, a password over 64 KiB), `invalid_utf8`,
/// `invalid_key` (not a private key of the curve); as `random` fails; `out_of_memory`.
/// Cost: that of `cost`.
[[nodiscard]] Result<std::vector<std::uint8_t>> seal_keystore(
    const KeystoreContent& content, std::string_view password, const KeystoreCost& cost = {},
    KeystoreCipher cipher = KeystoreCipher::aes_256_gcm, RandomSource& random = system_random());

/// Decrypts a keystore.
///
/// The file ends in a checksum over its public bytes: when that holds and the cipher still refuses,
/// it was the password. Someone who forges the checksum too makes a damaged file look like a wrong
/// password, never the other way round, and learns nothing.
/// Fails with `keystore_damaged` (the message says where, or that the version is newer),
/// `out_of_range` (a password over 64 KiB), `invalid_utf8`, `wrong_password`, `out_of_memory`.
/// Cost: that of the file.
[[nodiscard]] Result<KeystoreContent> open_keystore(std::span<const std::uint8_t> file,
                                                    std::string_view password);

/// What the file says about itself; the password is not needed. Fails with `keystore_damaged`.
[[nodiscard]] Result<KeystoreInfo> inspect_keystore(std::span<const std::uint8_t> file);

/// The same content under another password, with a new salt; the old file stays valid until the
/// caller destroys it. Fails as `open_keystore` and then as `seal_keystore` does.
[[nodiscard]] Result<std::vector<std::uint8_t>> change_keystore_password(
    std::span<const std::uint8_t> file, std::string_view old_password,
    std::string_view new_password, const KeystoreCost& cost = {},
    RandomSource& random = system_random());

}  // namespace coffer::keys
