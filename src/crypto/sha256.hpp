// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4, section 6.2): streaming with a copyable midstate, and in one call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace coffer::crypto {

/// 32 bytes as a hash function gives them, first byte first.
using Digest32 = std::array<std::uint8_t, 32>;

/// A running SHA-256. A copy continues from the same point: hash a common beginning once.
///
/// Threads: one thread at a time per object. Cost: no allocation; wiped when it is destroyed.
class Sha256 {
 public:
  Sha256() noexcept;
  Sha256(const Sha256&) noexcept = default;
  Sha256& operator=(const Sha256&) noexcept = default;
  ~Sha256();

  /// Appends `bytes` to what is hashed; returns itself so that calls chain.
  Sha256& update(std::span<const std::uint8_t> bytes) noexcept;
  /// The digest of everything appended; the object then starts over, empty.
  [[nodiscard]] Digest32 finish() noexcept;

 private:
  // Room for the hash function's own state, so that no object needs the heap.
  alignas(std::uint64_t) std::array<std::uint8_t, 112> state_;
};

/// SHA-256 of `bytes`.
[[nodiscard]] Digest32 sha256(std::span<const std::uint8_t> bytes) noexcept;

/// SHA-256 of SHA-256 of `bytes`, as Bitcoin uses it.
[[nodiscard]] Digest32 sha256_twice(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::crypto
