// SPDX-License-Identifier: MIT
// SegmentWriter: turns sorted items into the blocks, the filter and the fences of a new segment.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <coffer/storage/rows_derived.hpp>

#include "ledger/index/fences.hpp"
#include "ledger/index/index_block.hpp"
#include "ledger/index/key_filter.hpp"

namespace coffer::ledger {

/// A block that waits to be written.
struct FinishedBlock {
  std::int64_t id = 0;
  std::string data;
};

/// One pass, so that a segment of any size needs little memory.
class SegmentWriter {
 public:
  /// Ids of blocks that a segment of `item_count` items may need; unused ones are never used.
  struct Room {
    std::int64_t blocks = 0;
    std::int64_t filters = 0;
  };
  [[nodiscard]] static Room room_for(SegmentKind kind, std::int64_t item_count, std::int64_t level);

  /// `row` has its id, kind, level, range of transactions, exact item_count, seed, first_block and
  /// first_filter. `keeps_filter`: for keys, also builds the filter in memory.
  SegmentWriter(const storage::IndexSegmentRow& row, bool keeps_filter);

  /// Takes the next item, greater than all before.
  void add(const IndexItem& item);
  /// After the last item: completes `row()`, `take_fences()` and `take_filter()`.
  void finish();
  /// The blocks that were finished since the last call.
  [[nodiscard]] std::vector<FinishedBlock> take_blocks();
  [[nodiscard]] std::size_t block_count() const noexcept { return blocks_.size(); }

  [[nodiscard]] const storage::IndexSegmentRow& row() const noexcept { return row_; }
  [[nodiscard]] std::unique_ptr<const Fences> take_fences() noexcept { return std::move(fences_); }
  [[nodiscard]] std::unique_ptr<const KeyFilter> take_filter() noexcept {
    return std::move(filter_);
  }

 private:
  void close_block();
  void write_lines_until(std::int64_t line);
  void close_filter_block();

  storage::IndexSegmentRow row_;
  IndexBlockWriter block_;
  IndexItem last_;
  std::unique_ptr<Fences> fences_;
  std::vector<FinishedBlock> blocks_;

  std::int64_t line_count_ = 0;
  std::int64_t line_ = 0;  ///< the one that `lines_` collects bits for
  KeyFilter::Line bits_;
  std::string filter_bytes_;
  std::unique_ptr<KeyFilter> filter_;
};

}  // namespace coffer::ledger
