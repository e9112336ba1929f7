// SPDX-License-Identifier: MIT
// Q = P + int(hash_TapTweak(bytes(P) || root)) G.
#include "chain/bitcoin/taproot.hpp"

#include <string_view>

#include "crypto/sha256.hpp"

namespace coffer::chain::bitcoin {

namespace {

// SHA-256 of the tag twice, after which every tagged hash goes on (BIP-340).
const crypto::Sha256& tap_tweak() noexcept {
  static const crypto::Sha256 state = [] {
    constexpr std::string_view tag = "TapTweak";
    const crypto::Digest32 hash =
        crypto::sha256({reinterpret_cast<const std::uint8_t*>(tag.data()), tag.size()});
    crypto::Sha256 begun;
    begun.update(hash).update(hash);
    return begun;
  }();
  return state;
}

}  // namespace

std::optional<crypto::secp256k1::XOnly> output_key(
    std::span<const std::uint8_t> internal_key,
    std::span<const std::uint8_t> merkle_root) noexcept {
  if (internal_key.size() != 32 && internal_key.size() != 33) {
    return std::nullopt;
  }
  const auto x = internal_key.last<32>();
  crypto::Sha256 hash = tap_tweak();
  const crypto::Digest32 tweak = hash.update(x).update(merkle_root).finish();
  return crypto::secp256k1::add_to_x_only(x, tweak);
}

}  // namespace coffer::chain::bitcoin
