// SPDX-License-Identifier: MIT
// Recursive length prefix (Ethereum yellow paper, appendix B): strict decoding, encoding by
// appending.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace coffer::crypto {

/// Builds an encoding by appending. Lists nest: what is written between `begin_list` and `end_list`
/// is the list's content.
class RlpWriter {
 public:
  /// Appends a byte string.
  RlpWriter& bytes(std::span<const std::uint8_t> string);
  /// Appends a number as the shortest big-endian byte string; 0 is the empty string.
  RlpWriter& number(std::uint64_t value);
  /// Appends a big-endian number of any size with its leading zeros left out.
  RlpWriter& number(std::span<const std::uint8_t> big_endian);
  /// Appends what is already encoded.
  RlpWriter& raw(std::span<const std::uint8_t> encoded);
  RlpWriter& begin_list();
  /// Ends the innermost open list; does nothing when none is open.
  RlpWriter& end_list();
  [[nodiscard]] const std::vector<std::uint8_t>& data() const noexcept { return data_; }
  [[nodiscard]] std::vector<std::uint8_t> take() && noexcept { return std::move(data_); }

 private:
  std::vector<std::uint8_t> data_;
  std::vector<std::size_t> open_;
};

/// One item of an encoding: a view into the caller's bytes.
struct RlpItem {
  bool is_list = false;
  std::span<const std::uint8_t> content;  ///< The string, or the encoded items of the list.
  std::span<const std::uint8_t> encoded;  ///< The whole item with its prefix.
};

/// The first item of `bytes`, which are then the bytes behind it. None when the encoding is not the
/// shortest one or ends too early; `bytes` is then unchanged.
[[nodiscard]] std::optional<RlpItem> rlp_take(std::span<const std::uint8_t>& bytes) noexcept;

/// The items of a list's content. None when one of them is malformed; nested lists are not entered.
[[nodiscard]] std::optional<std::vector<RlpItem>> rlp_items(std::span<const std::uint8_t> content);

/// True when `bytes` is exactly one well-formed item, nested lists included, at most 256 deep.
[[nodiscard]] bool rlp_is_valid(std::span<const std::uint8_t> bytes) noexcept;

}  // namespace coffer::crypto
