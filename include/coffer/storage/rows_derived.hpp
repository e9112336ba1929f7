// SPDX-License-Identifier: MIT
// Rows that can be rebuilt from the journal: heads, open holds and the sorted index segments.
#pragma once

#include <cstdint>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::storage {

/// An account's balance as of `last_transaction`; may lag behind the journal by a bounded window.
struct HeadRow {
  std::int64_t account = 0;
  Amount balance;
  std::int64_t last_transaction = 0;
  static const Schema& schema();
};

/// What is left of a hold that is open. Removed when nothing is left.
struct OpenHoldRow {
  std::int64_t hold = 0;
  std::int64_t account = 0;
  std::int64_t bucket = 0;
  Amount remaining;
  std::int64_t expires_at = 0;
  static constexpr std::uint8_t by_account = 1;
  static constexpr std::uint8_t by_expiry = 2;  ///< only rows that expire
  static const Schema& schema();
};

/// One immutable sorted segment over transactions `first_transaction`..`last_transaction`.
struct IndexSegmentRow {
  std::int64_t id = 0;
  /// 0 keys, 1 account histories, 2 effective times; 3 blocks that wait to be destroyed; 4 the
  /// manifest's own row: its generation, the next ids and the seed.
  std::int64_t kind = 0;
  std::int64_t level = 0;  ///< how often it was merged
  std::int64_t first_transaction = 0;
  std::int64_t last_transaction = 0;
  std::int64_t first_block = 0;  ///< its blocks are this id and the next block_count - 1
  std::int64_t block_count = 0;
  std::int64_t first_filter = 0;  ///< likewise, blocks of its filter and fence pointers
  std::int64_t filter_count = 0;
  std::int64_t item_count = 0;
  std::int64_t seed = 0;      ///< of the hashes of keys
  std::int64_t checksum = 0;  ///< of the other columns: nothing else tells some of them
  static constexpr std::uint8_t by_kind = 1;
  static const Schema& schema();
};

/// About 4 KB of one segment. Ids grow and are never used twice.
struct IndexBlockRow {
  std::int64_t id = 0;
  std::string_view data;
  static const Schema& schema();
};

}  // namespace coffer::storage
