// SPDX-License-Identifier: MIT
// The curves that keys live on, and their public keys as bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace coffer::keys {

/// The curves of SLIP-10. Values are frozen: keystores hold them.
enum class Curve : std::uint8_t {
  secp256k1 = 1,  ///< Bitcoin, Ethereum, TRON, Cosmos, XRP: BIP-32.
  nist256p1 = 2,  ///< NIST P-256: SLIP-10.
  ed25519 = 3,    ///< Solana, Stellar, TON: SLIP-10, hardened children only.
};

/// The curve's name as SLIP-10 writes it; "unknown" for another value.
[[nodiscard]] constexpr std::string_view name_of(Curve curve) noexcept {
  switch (curve) {
    case Curve::secp256k1: return "secp256k1";
    case Curve::nist256p1: return "nist256p1";
    case Curve::ed25519: return "ed25519";
  }
  return "unknown";
}

/// A public key as 33 bytes: a compressed point, or for ed25519 a zero byte and the 32 bytes of
/// RFC 8032 (SLIP-10).
using PublicKey = std::array<std::uint8_t, 33>;

}  // namespace coffer::keys
