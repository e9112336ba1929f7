// SPDX-License-Identifier: MIT
// The child key functions of BIP-32 and SLIP-10.
#include "keys/child_step.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "crypto/ed25519.hpp"
#include "crypto/nist256p1.hpp"
#include "crypto/secp256k1.hpp"

namespace coffer::keys {

namespace {

std::array<std::uint8_t, 4> big_endian(std::uint32_t number) noexcept {
  return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
          static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// SLIP-10's way on when HMAC gave no key: once more over a mark and the second half.
void try_again(const crypto::HmacSha512& chain, std::uint32_t step,
               std::span<std::uint8_t, 64> out) noexcept {
  constexpr std::array<std::uint8_t, 1> mark{1};
  crypto::Wiped<32> half;
  std::copy_n(out.begin() + 32, half.size(), half.data());
  chain.authenticate({mark, half.span(), big_endian(step)}, out);
}

}  // namespace

std::optional<PublicKey> public_key_of(Curve curve,
                                       std::span<const std::uint8_t, 32> private_key) noexcept {
  switch (curve) {
    case Curve::secp256k1: return crypto::secp256k1::public_key(private_key);
    case Curve::nist256p1: return crypto::nist256p1::public_key(private_key);
    case Curve::ed25519: break;
  }
  const auto key = crypto::ed25519::public_key(private_key);
  if (curve != Curve::ed25519 || !key) {
    return std::nullopt;
  }
  PublicKey padded{};
  std::copy(key->begin(), key->end(), padded.begin() + 1);
  return padded;
}

bool is_private_key(Curve curve, std::span<const std::uint8_t, 32> bytes) noexcept {
  switch (curve) {
    case Curve::secp256k1: return crypto::secp256k1::is_valid_secret(bytes);
    case Curve::nist256p1: return crypto::nist256p1::is_valid_secret(bytes);
    case Curve::ed25519: return true;
  }
  return false;
}

std::optional<PublicKey> checked_public_key(Curve curve,
                                            std::span<const std::uint8_t> key) noexcept {
  switch (curve) {
    case Curve::secp256k1: return crypto::secp256k1::compress(key);
    case Curve::nist256p1: return crypto::nist256p1::compress(key);
    case Curve::ed25519: break;
  }
  PublicKey padded{};
  if (curve != Curve::ed25519 || (key.size() == 33 && key[0] != 0) ||
      (key.size() != 32 && key.size() != 33)) {
    return std::nullopt;
  }
  std::copy(key.end() - 32, key.end(), padded.begin() + 1);
  return padded;
}

Code master_node(Curve curve, std::span<const std::uint8_t> seed, PrivateNode& node) noexcept {
  const std::string_view key = curve == Curve::secp256k1   ? "Bitcoin seed"
                               : curve == Curve::nist256p1 ? "Nist256p1 seed"
                                                           : "ed25519 seed";
  const crypto::HmacSha512 hmac(bytes_of(key));
  hmac.authenticate({seed}, node.span());
  while (!is_private_key(curve, node.part<0, 32>())) {
    if (curve == Curve::secp256k1) {
      return Code::extended_key;
    }
    crypto::Wiped<64> before;
    std::copy_n(node.data(), before.size(), before.data());
    hmac.authenticate({before.span()}, node.span());
  }
  return Code::ok;
}

Code add_tweak(Curve curve, std::span<std::uint8_t, 32> private_key,
               std::span<const std::uint8_t, 32> tweak) noexcept {
  const bool is_key = curve == Curve::secp256k1
                          ? crypto::secp256k1::add_to_secret(private_key, tweak)
                          : crypto::nist256p1::add_to_secret(private_key, tweak);
  return is_key ? Code::ok : Code::derivation_skipped;
}

Code add_tweak(Curve curve, const PublicKey& parent, std::span<const std::uint8_t, 32> tweak,
               PublicKey& child) noexcept {
  const auto sum = curve == Curve::secp256k1 ? crypto::secp256k1::add_to_public(parent, tweak)
                                             : crypto::nist256p1::add_to_public(parent, tweak);
  if (sum) {
    child = *sum;
  }
  return sum ? Code::ok : Code::derivation_skipped;
}

Code private_child(Curve curve, const crypto::HmacSha512& chain,
                   std::span<const std::uint8_t, 32> parent_private, const PublicKey& parent_public,
                   std::uint32_t step, PrivateNode& child) noexcept {
  constexpr std::array<std::uint8_t, 1> zero{0};
  const bool is_hardened = (step & 0x80000000U) != 0;
  if (curve == Curve::ed25519 && !is_hardened) {
    return Code::derivation_path;
  }
  crypto::Wiped<32> parent;
  std::copy(parent_private.begin(), parent_private.end(), parent.data());
  crypto::Wiped<64> tweak;
  if (is_hardened) {
    chain.authenticate({zero, parent.span(), big_endian(step)}, tweak.span());
  } else {
    public_tweak(chain, parent_public, step, tweak.span());
  }
  if (curve == Curve::ed25519) {
    std::copy_n(tweak.data(), tweak.size(), child.data());
    return Code::ok;
  }
  for (;;) {
    std::copy_n(parent.data(), parent.size(), child.data());
    std::copy_n(tweak.data() + 32, 32, child.data() + 32);
    const Code added = add_tweak(curve, child.part<0, 32>(), tweak.part<0, 32>());
    if (added == Code::ok || curve == Curve::secp256k1) {
      return added;
    }
    try_again(chain, step, tweak.span());
  }
}

Code public_child(Curve curve, const crypto::HmacSha512& chain, const PublicKey& parent,
                  std::uint32_t step, PublicKey& child,
                  std::span<std::uint8_t, 64> tweaks) noexcept {
  public_tweak(chain, parent, step, tweaks);
  for (;;) {
    const Code added = add_tweak(curve, parent, tweaks.first<32>(), child);
    if (added == Code::ok || curve == Curve::secp256k1) {
      return added;
    }
    try_again(chain, step, tweaks);
  }
}

void public_tweak(const crypto::HmacSha512& chain, const PublicKey& parent, std::uint32_t step,
                  std::span<std::uint8_t, 64> out) noexcept {
  chain.authenticate({parent, big_endian(step)}, out);
}

}  // namespace coffer::keys
