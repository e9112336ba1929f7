// SPDX-License-Identifier: MIT
// HMAC (RFC 2104) over SHA-512 and SHA-256 with the key's two midstates kept for the next message.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "crypto/sha256.hpp"
#include "crypto/sha512.hpp"

namespace coffer::crypto {

/// A key that many messages are authenticated with: two compressions per short message, not four.
///
/// Threads: a const object may be used from many threads. The states are wiped at destruction.
class HmacSha512 {
 public:
  explicit HmacSha512(std::span<const std::uint8_t> key) noexcept;

  /// The authenticator of the concatenation of the parts, written to `out`.
  void authenticate(std::initializer_list<std::span<const std::uint8_t>> parts,
                    std::span<std::uint8_t, 64> out) const noexcept;

  [[nodiscard]] const Sha512& inner() const noexcept { return inner_; }
  [[nodiscard]] const Sha512& outer() const noexcept { return outer_; }

 private:
  Sha512 inner_;
  Sha512 outer_;
};

/// The same over SHA-256.
class HmacSha256 {
 public:
  explicit HmacSha256(std::span<const std::uint8_t> key) noexcept;
  void authenticate(std::initializer_list<std::span<const std::uint8_t>> parts,
                    std::span<std::uint8_t, 32> out) const noexcept;

 private:
  Sha256 inner_;
  Sha256 outer_;
};

/// HMAC-SHA512 of one message, written to `out`.
void hmac_sha512(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
                 std::span<std::uint8_t, 64> out) noexcept;

/// HMAC-SHA256 of one message, written to `out`.
void hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
                 std::span<std::uint8_t, 32> out) noexcept;

}  // namespace coffer::crypto
