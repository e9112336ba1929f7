// SPDX-License-Identifier: MIT
// IndexItem: what a sorted segment consists of, whatever it is an index of.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace coffer::ledger {

/// What stands in `storage::IndexSegmentRow::kind`. Values are frozen: files carry them.
enum class SegmentKind : std::int64_t {
  keys = 0,
  accounts = 1,
  effective = 2,
  discarded = 3,  ///< not a segment, or no longer: its ranges of blocks are to be destroyed
  header = 4,     ///< the one row that counts generations and ids (see manifest.hpp)
};
inline constexpr std::size_t segment_kind_count = 3;

/// keys: (hash, 0, transaction). accounts: (account, 0, transaction). effective: (account,
/// effective_at, transaction). Items of a segment stand in this order and are all different.
struct IndexItem {
  std::uint64_t major = 0;
  std::int64_t minor = 0;
  std::int64_t id = 0;

  friend auto operator<=>(const IndexItem&, const IndexItem&) = default;
};

/// A row of this size still fits one 4,096-byte page of an SQLite file together with its header.
inline constexpr std::size_t index_block_bytes_max = 4040;

}  // namespace coffer::ledger
