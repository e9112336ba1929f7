// SPDX-License-Identifier: MIT
// A key's account by Keccak-256.
#include "chain/keccak_account.hpp"

#include <algorithm>

#include "crypto/keccak256.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::chain {

std::optional<std::array<std::uint8_t, 20>> keccak_account(
    std::span<const std::uint8_t> key) noexcept {
  const auto point = crypto::secp256k1::uncompress(key);
  if (!point) {
    return std::nullopt;
  }
  const crypto::Digest32 digest = crypto::keccak256(std::span(*point).subspan(1));
  std::array<std::uint8_t, 20> account;
  std::copy(digest.begin() + 12, digest.end(), account.begin());
  return account;
}

}  // namespace coffer::chain
