// SPDX-License-Identifier: MIT
// Packing a block: three kinds of items, each with the differences that are small for it.
#include "ledger/index/index_block.hpp"

#include <utility>

namespace coffer::ledger {

bool IndexBlockWriter::add(const IndexItem& item) {
  const std::size_t before = bytes_.size();
  if (before == 0) {
    bytes_.reserve(index_block_bytes_max + 32);
    append_varint(bytes_, static_cast<std::uint64_t>(base_));
    previous_ = IndexItem{};
  }
  const auto offset = static_cast<std::uint64_t>(item.id - base_);
  const std::uint64_t step = item.major - previous_.major;
  switch (kind_) {
    case SegmentKind::keys:
      append_varint(bytes_, step);
      append_varint(bytes_, offset);
      break;
    case SegmentKind::accounts:
      // Accounts are positive, so the first item of a block always differs from "none".
      if (step != 0) {
        append_varint(bytes_, (step << 1U) | 1U);
        append_varint(bytes_, offset);
      } else {
        append_varint(bytes_, static_cast<std::uint64_t>(item.id - previous_.id) << 1U);
      }
      break;
    default:
      append_varint(bytes_, step);
      append_varint(bytes_, step != 0 ? zigzag(item.minor)
                                      : static_cast<std::uint64_t>(item.minor) -
                                            static_cast<std::uint64_t>(previous_.minor));
      append_varint(bytes_, offset);
  }
  if (bytes_.size() > index_block_bytes_max && before != 0) {
    bytes_.resize(before);
    return false;
  }
  previous_ = item;
  return true;
}

std::string IndexBlockWriter::take() { return std::exchange(bytes_, std::string()); }

}  // namespace coffer::ledger
