// SPDX-License-Identifier: MIT
// BuildTask: makes new segments, of a sealed tail or by merging older segments, piece by piece.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/index_state.hpp"
#include "ledger/index/segment_writer.hpp"

namespace coffer::ledger {

/// Ids of segments and blocks; used from several threads.
class IndexIds {
 public:
  IndexIds(std::int64_t next_segment, std::int64_t next_block)
      : next_segment_(next_segment), next_block_(next_block) {}

  void assign(storage::IndexSegmentRow& row, const SegmentWriter::Room& room);
  void put_into(IndexHeader& header) const;

 private:
  mutable std::mutex mutex_;
  std::int64_t next_segment_;
  std::int64_t next_block_;
};

/// A segment that a task made.
struct NewSegment {
  std::shared_ptr<IndexSegment> segment;
  std::shared_ptr<FilterSlot> filter;  ///< nullptr: not kept in memory
};

/// `step` runs in one thread at a time; what it made is taken by another one.
class BuildTask {
 public:
  /// The segments of level 0 over a tail that takes nothing more.
  BuildTask(std::shared_ptr<IndexTail> tail, IndexIds& ids, std::int64_t seed, bool keeps_filter);
  /// One segment of the next level instead of neighbours of one kind and level, the oldest first.
  BuildTask(IndexState::Segments inputs, IndexIds& ids, std::int64_t seed, bool keeps_filter);

  /// Makes some more blocks. Fails with the `storage_*` codes.
  [[nodiscard]] Status step(storage::Storage& storage);

  // --- The other side.

  /// Moves up to `most` blocks to `blocks`. The first time, also the rows that give their ids back
  /// should the rest never be written.
  void take(std::int64_t most, std::vector<FinishedBlock>& blocks,
            std::vector<storage::IndexSegmentRow>& announced);
  [[nodiscard]] bool wants_step() const;
  [[nodiscard]] bool is_built() const;
  /// Everything was made and taken.
  [[nodiscard]] bool is_finished() const;

  [[nodiscard]] const std::shared_ptr<IndexTail>& tail() const noexcept { return tail_; }
  [[nodiscard]] const IndexState::Segments& inputs() const noexcept { return inputs_; }
  [[nodiscard]] std::int64_t level() const noexcept { return level_; }
  [[nodiscard]] SegmentKind kind() const noexcept { return kind_; }
  /// Once finished.
  [[nodiscard]] const std::vector<NewSegment>& made() const noexcept { return made_; }

 private:
  void begin_segment(std::int64_t item_count, std::int64_t first, std::int64_t last);
  void end_segment();
  void hand_over(bool is_last);
  void step_tail();
  [[nodiscard]] Status step_merge(storage::Storage& storage);

  // Of the building thread.
  std::shared_ptr<IndexTail> tail_;
  IndexState::Segments inputs_;
  IndexIds& ids_;
  std::int64_t seed_;
  bool keeps_filter_;
  SegmentKind kind_ = SegmentKind::keys;
  std::int64_t level_ = 0;
  std::optional<SegmentWriter> writer_;
  std::vector<SegmentCursor> cursors_;
  bool has_begun_ = false;

  mutable std::mutex mutex_;
  std::deque<FinishedBlock> ready_;
  std::vector<storage::IndexSegmentRow> announced_;
  std::vector<NewSegment> made_;
  bool is_built_ = false;
};

}  // namespace coffer::ledger
