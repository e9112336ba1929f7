// SPDX-License-Identifier: MIT
// Web3 keystores, version 3: the JSON files in which Ethereum's programs keep one private key.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/keystore.hpp>
#include <coffer/keys/random.hpp>

namespace coffer::keys {

/// Reads a file and decrypts what is in it: a private key of 32 bytes, in files of some wallets a
/// mnemonic as text.
///
/// scrypt and PBKDF2-HMAC-SHA256 are read, AES-128, 192 and 256 in counter mode and AES in CBC mode
/// without padding. The password is taken as the bytes it is, as these programs do. The format's
/// checksum is over the derived key, so a changed file looks like a wrong password.
/// Fails with `keystore_damaged` (not such a file; the message names the member), `unsupported` (a
/// cipher or key derivation that is not in the list, or a cost beyond 1 GiB or 10 million rounds),
/// `wrong_password`, `out_of_memory`.
[[nodiscard]] Result<Secret> open_web3_keystore(std::string_view json, std::string_view password);

/// Writes a private key of secp256k1 as such a file: scrypt and AES-128 in counter mode, with the
/// Ethereum address in lower case.
///
/// Fails with `invalid_argument` (an empty password), `out_of_range` (the cost), `invalid_key`; as
/// `random` fails; `out_of_memory`.
[[nodiscard]] Result<std::string> seal_web3_keystore(std::span<const std::uint8_t, 32> private_key,
                                                     std::string_view password,
                                                     const KeystoreCost& cost = {},
                                                     RandomSource& random = system_random());

}  // namespace coffer::keys
