// SPDX-License-Identifier: MIT
// What Bitcoin's addresses are made of: compressed keys and their hashes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "crypto/hash160.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain::bitcoin {

/// The 33 bytes of a valid key of 33 or 65 bytes.
[[nodiscard]] inline crypto::secp256k1::CompressedKey compressed(
    std::span<const std::uint8_t> key) noexcept {
  crypto::secp256k1::CompressedKey result{};
  std::copy_n(key.begin(), result.size(), result.begin());
  if (key.size() == 65) {
    result[0] = static_cast<std::uint8_t>(2U + (key[64] & 1U));
  }
  return result;
}

/// HASH160 of the output script of P2WPKH for that hash of a key: what P2SH-P2WPKH pays to
/// (BIP-49).
[[nodiscard]] inline crypto::Digest20 nested_hash(const crypto::Digest20& key_hash) noexcept {
  std::array<std::uint8_t, 22> script{0x00, 0x14};
  std::copy(key_hash.begin(), key_hash.end(), script.begin() + 2);
  return crypto::hash160(script);
}

}  // namespace coffer::chain::bitcoin
