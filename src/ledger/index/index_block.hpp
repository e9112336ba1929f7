// SPDX-License-Identifier: MIT
// The bytes of one block of a segment: items as differences, in variable-length integers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/index/index_item.hpp"

namespace coffer::ledger {

/// Appends seven bits per byte, least significant first, with the top bit on all but the last.
inline void append_varint(std::string& bytes, std::uint64_t value) {
  while (value >= 0x80) {
    bytes.push_back(static_cast<char>(value | 0x80U));
    value >>= 7U;
  }
  bytes.push_back(static_cast<char>(value));
}
[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) noexcept {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
[[nodiscard]] constexpr std::int64_t unzigzag(std::uint64_t value) noexcept {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

/// Reads varints from bytes that may be damaged: past the end everything is 0 and `is_bad`.
class VarintReader {
 public:
  explicit VarintReader(std::string_view bytes) noexcept
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  [[nodiscard]] bool is_at_end() const noexcept { return at_ == end_; }
  [[nodiscard]] bool is_bad() const noexcept { return is_bad_; }
  [[nodiscard]] std::uint64_t next() noexcept {
    if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80U) {
      return static_cast<unsigned char>(*at_++);
    }
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80U) {
        return value;
      }
    }
    is_bad_ = true;
    at_ = end_;
    return 0;
  }

 private:
  const char* at_;
  const char* end_;
  bool is_bad_ = false;
};

/// Packs sorted items into one block; the block's first varint is `base`, from which ids count.
class IndexBlockWriter {
 public:
  IndexBlockWriter(SegmentKind kind, std::int64_t base) : kind_(kind), base_(base) {}

  /// False, taking nothing, when the block is full.
  [[nodiscard]] bool add(const IndexItem& item);
  [[nodiscard]] bool is_empty() const noexcept { return bytes_.empty(); }
  /// The finished block; the next `add` begins another one.
  [[nodiscard]] std::string take();

 private:
  SegmentKind kind_;
  std::int64_t base_;
  IndexItem previous_;
  std::string bytes_;
};

/// Unpacks a block item by item.
class IndexBlockReader {
 public:
  IndexBlockReader(SegmentKind kind, std::string_view bytes) noexcept
      : kind_(kind), input_(bytes), base_(input_.next()) {}

  /// False at the end, and when the bytes are damaged (then `is_bad`).
  [[nodiscard]] bool next(IndexItem* item) noexcept {
    if (input_.is_at_end()) {
      return false;
    }
    const std::uint64_t head = input_.next();
    switch (kind_) {
      case SegmentKind::keys:
        item_.major += head;
        item_.id = static_cast<std::int64_t>(base_ + input_.next());
        break;
      case SegmentKind::accounts:
        if ((head & 1U) != 0) {
          item_.major += head >> 1U;
          item_.id = static_cast<std::int64_t>(base_ + input_.next());
        } else {
          item_.id = static_cast<std::int64_t>(static_cast<std::uint64_t>(item_.id) + (head >> 1U));
        }
        break;
      default:
        if (head != 0) {
          item_.major += head;
          item_.minor = unzigzag(input_.next());
        } else {
          item_.minor =
              static_cast<std::int64_t>(static_cast<std::uint64_t>(item_.minor) + input_.next());
        }
        item_.id = static_cast<std::int64_t>(base_ + input_.next());
    }
    *item = item_;
    return !input_.is_bad();
  }
  /// Appends the items within `first`..`last`, which are of one account; what comes after them is
  /// not looked at. Only for `SegmentKind::accounts`, as long as `next` was not called.
  void append_within(const IndexItem& first, const IndexItem& last, std::vector<IndexItem>& items) {
    std::uint64_t account = 0;
    std::uint64_t id = 0;
    while (!input_.is_at_end()) {
      const std::uint64_t head = input_.next();
      if ((head & 1U) != 0) {
        account += head >> 1U;
        id = base_ + input_.next();
      } else {
        id += head >> 1U;
      }
      const auto found = static_cast<std::int64_t>(id);
      if (account > last.major || (account == last.major && found > last.id)) {
        return;
      }
      if (account == first.major && found >= first.id && !input_.is_bad()) {
        items.push_back({account, 0, found});
      }
    }
  }
  [[nodiscard]] bool is_bad() const noexcept { return input_.is_bad(); }

 private:
  SegmentKind kind_;
  VarintReader input_;
  std::uint64_t base_;
  IndexItem item_;
};

}  // namespace coffer::ledger
