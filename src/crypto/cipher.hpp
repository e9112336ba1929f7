// SPDX-License-Identifier: MIT
// Authenticated encryption for our own files, and the two bare AES modes that other formats ask
// for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace coffer::crypto {

/// The authenticated ciphers; both take a 32-byte key, a 12-byte nonce and give a 16-byte tag.
enum class Aead : std::uint8_t {
  aes_256_gcm = 1,        ///< NIST SP 800-38D.
  chacha20_poly1305 = 2,  ///< RFC 8439.
};

inline constexpr std::size_t aead_key_size = 32;
inline constexpr std::size_t aead_nonce_size = 12;
inline constexpr std::size_t aead_tag_size = 16;

/// Encrypts `plain` into `out`, which takes the ciphertext and then the tag: 16 bytes more.
///
/// A nonce must never come twice under one key. False only when OpenSSL has no such cipher or
/// no memory; `out` is then zeros.
[[nodiscard]] bool seal(Aead aead, std::span<const std::uint8_t, aead_key_size> key,
                        std::span<const std::uint8_t, aead_nonce_size> nonce,
                        std::span<const std::uint8_t> associated,
                        std::span<const std::uint8_t> plain, std::span<std::uint8_t> out);

/// The reverse of `seal`; `out` is 16 bytes shorter than `sealed`. False, and `out` zeros, when
/// key, nonce, associated data or ciphertext are not those that were sealed together.
[[nodiscard]] bool open(Aead aead, std::span<const std::uint8_t, aead_key_size> key,
                        std::span<const std::uint8_t, aead_nonce_size> nonce,
                        std::span<const std::uint8_t> associated,
                        std::span<const std::uint8_t> sealed, std::span<std::uint8_t> out);

/// AES in counter mode (NIST SP 800-38A, 6.5): encrypts and decrypts alike, authenticates nothing.
/// `key` is 16, 24 or 32 bytes, `counter` the first block; `out` is as long as `in`.
[[nodiscard]] bool aes_ctr(std::span<const std::uint8_t> key,
                           std::span<const std::uint8_t, 16> counter,
                           std::span<const std::uint8_t> in, std::span<std::uint8_t> out);

/// AES-CBC without padding, decrypting only: old Web3 keystores use it. Sizes as in `aes_ctr`, `in`
/// being whole blocks.
[[nodiscard]] bool aes_cbc_decrypt(std::span<const std::uint8_t> key,
                                   std::span<const std::uint8_t, 16> initial,
                                   std::span<const std::uint8_t> in, std::span<std::uint8_t> out);

/// AES-256 on separate blocks of 16 bytes, as BIP-38 prescribes. `out` is as long as `in`.
[[nodiscard]] bool aes_256_blocks(bool encrypt, std::span<const std::uint8_t, 32> key,
                                  std::span<const std::uint8_t> in, std::span<std::uint8_t> out);

}  // namespace coffer::crypto
