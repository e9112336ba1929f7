// SPDX-License-Identifier: MIT
// The checksum of a manifest row, which also vouches for the numbers that nothing else tells.
#pragma once

#include <cstdint>

#include <coffer/storage/rows_derived.hpp>

namespace coffer::ledger {

/// Spreads every bit of `value` over all bits. (The finisher of SplitMix64: Steele, Lea, Flood,
/// 2014.)
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t value) noexcept {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

/// Of all members but `checksum` itself. Part of the file format. Not against those who can compute
/// it: the rows can be rebuilt from the journal, which the audit chain covers.
[[nodiscard]] constexpr std::int64_t checksum_of(const storage::IndexSegmentRow& row) noexcept {
  std::uint64_t sum = 0;
  for (const std::int64_t value :
       {row.id, row.kind, row.level, row.first_transaction, row.last_transaction, row.first_block,
        row.block_count, row.first_filter, row.filter_count, row.item_count, row.seed}) {
    sum = mixed(sum + 0x9e3779b97f4a7c15ULL) ^ mixed(static_cast<std::uint64_t>(value) + sum);
  }
  return static_cast<std::int64_t>(mixed(sum));
}

}  // namespace coffer::ledger
