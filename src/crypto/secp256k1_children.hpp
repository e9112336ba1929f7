// SPDX-License-Identifier: MIT
// Many public keys that differ from one key by known tweaks: the arithmetic of bulk derivation.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "crypto/secp256k1.hpp"

namespace coffer::crypto::secp256k1 {

/// Adds tweaks to one public key, each child as ONE sum of precomputed multiples of the generator.
///
/// A child is key + tweak * G. Written in base 256 the tweak selects one of 255 known points for
/// each of its 32 digits; adding them with a single call costs half of a multiplication, because
/// the library divides once per call. The table (half a MiB, some 30 ms) is made at the first
/// construction, shared by all and never freed.
///
/// The time depends on the tweak. Use it for non-hardened children only: whoever holds the parent's
/// extended public key knows those tweaks anyway.
///
/// Threads: a const object may be used from many threads.
class PublicChildren {
 public:
  /// The children of `parent`; none when that is not a point.
  [[nodiscard]] static std::optional<PublicChildren> of(std::span<const std::uint8_t> parent);

  /// Whether the table is there, so that `of` is cheap.
  [[nodiscard]] static bool has_table() noexcept;

  /// parent + tweak * G; none when the tweak is not below the order or the sum is no key.
  [[nodiscard]] std::optional<UncompressedKey> child(SecretView tweak) const noexcept;
  /// The same by the library's own multiplication, to check samples with.
  [[nodiscard]] std::optional<UncompressedKey> child_plainly(SecretView tweak) const noexcept;

 private:
  PublicChildren() = default;
  alignas(8) std::array<std::uint8_t, 64> parent_{};
};

}  // namespace coffer::crypto::secp256k1
