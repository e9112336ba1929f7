// SPDX-License-Identifier: MIT
// SHA-512 (FIPS 180-4, section 6.4): streaming with a copyable midstate, and in one call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace coffer::crypto {

/// 64 bytes as SHA-512 gives them, first byte first.
using Digest64 = std::array<std::uint8_t, 64>;

/// A running SHA-512. A copy continues from the same point.
///
/// Threads: one thread at a time per object. Cost: no allocation; wiped when it is destroyed.
class Sha512 {
 public:
  Sha512() noexcept;
  Sha512(const Sha512&) noexcept = default;
  Sha512& operator=(const Sha512&) noexcept = default;
  ~Sha512();

  /// Appends `bytes` to what is hashed; returns itself so that calls chain.
  Sha512& update(std::span<const std::uint8_t> bytes) noexcept;
  /// Writes the digest of everything appended; the object then starts over, empty.
  void finish(std::span<std::uint8_t, 64> digest) noexcept;

  /// The eight chaining words, meaningful after whole blocks of 128 bytes only.
  [[nodiscard]] std::array<std::uint64_t, 8> chain() const noexcept;

 private:
  alignas(std::uint64_t) std::array<std::uint8_t, 216> state_;
};

/// SHA-512 of `bytes`.
[[nodiscard]] Digest64 sha512(std::span<const std::uint8_t> bytes) noexcept;

/// The compression function alone, over many blocks that start from a given chain.
///
/// For PBKDF2, whose inner loop hashes one padded block per step: skipping the buffering of the
/// streaming interface is a third of its time.
class Sha512Block {
 public:
  Sha512Block() noexcept;
  Sha512Block(const Sha512Block&) = delete;
  Sha512Block& operator=(const Sha512Block&) = delete;
  ~Sha512Block();
  /// `words` becomes compress(`chain`, `block`), `block` being 128 bytes.
  void compress(const std::array<std::uint64_t, 8>& chain, const std::uint8_t* block,
                std::array<std::uint64_t, 8>& words) noexcept;

 private:
  alignas(std::uint64_t) std::array<std::uint8_t, 216> state_;
};

}  // namespace coffer::crypto
