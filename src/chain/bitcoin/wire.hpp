// SPDX-License-Identifier: MIT
// Bitcoin's wire format: little-endian numbers, compact sizes, and byte strings after their size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coffer::chain::bitcoin {

using Bytes = std::vector<std::uint8_t>;

/// Reads from the front of bytes. After the first failure everything reads as zero or empty, so
/// that a caller may look once, at the end.
class WireReader {
 public:
  explicit WireReader(std::span<const std::uint8_t> bytes) noexcept : rest_(bytes) {}

  /// An unsigned number of `size` bytes, 1 to 8.
  [[nodiscard]] std::uint64_t number(std::size_t size) noexcept;
  [[nodiscard]] std::uint32_t number32() noexcept { return static_cast<std::uint32_t>(number(4)); }
  /// A compact size in its shortest form; others fail.
  [[nodiscard]] std::uint64_t compact_size() noexcept;
  /// A compact size, of things that take at least `item_size` bytes each: one that the rest can't
  /// hold fails, so that nobody reserves memory for a lie.
  [[nodiscard]] std::size_t count(std::size_t item_size) noexcept;
  [[nodiscard]] std::array<std::uint8_t, 32> hash() noexcept;
  /// A compact size and so many bytes.
  [[nodiscard]] Bytes sized_bytes();
  [[nodiscard]] std::span<const std::uint8_t> take(std::size_t size) noexcept;

  [[nodiscard]] std::span<const std::uint8_t> rest() const noexcept { return rest_; }
  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }
  /// Nothing failed and nothing is left.
  [[nodiscard]] bool is_finished() const noexcept { return !has_failed_ && rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool has_failed_ = false;
};

void put_number(std::uint64_t value, std::size_t size, Bytes& out);
void put_compact_size(std::uint64_t value, Bytes& out);
void put_bytes(std::span<const std::uint8_t> bytes, Bytes& out);
void put_sized_bytes(std::span<const std::uint8_t> bytes, Bytes& out);

/// A witness: a compact size of items, each with its size.
[[nodiscard]] std::vector<Bytes> read_witness(WireReader& reader);
void put_witness(std::span<const Bytes> witness, Bytes& out);

}  // namespace coffer::chain::bitcoin
