// SPDX-License-Identifier: MIT
// IndexBuilder: which segments are to be built and merged next, and what of them can be written.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/build_task.hpp"

namespace coffer::ledger {

/// Works in steps that any thread may run; it makes no difference which, nor how many run at once.
class IndexBuilder {
 public:
  IndexBuilder(storage::Storage& storage, const IndexHeader& header, std::int64_t filter_bytes_max)
      : storage_(storage),
        ids_(header.next_segment, header.next_block),
        seed_(header.seed),
        filter_bytes_max_(filter_bytes_max) {}

  /// Tails come in id order.
  void add_tail(std::shared_ptr<IndexTail> tail);
  /// Merges wherever `merge_width` neighbours of a level have come together.
  void plan_merges(const IndexState& state);
  /// Builds a piece of the most urgent task; false when there is nothing to do. Fails with the
  /// `storage_*` codes, and then again each time.
  [[nodiscard]] Result<bool> step();
  /// Makes this and every later step fail.
  void fail(Error error);
  /// The failure of an earlier step, if there was one.
  [[nodiscard]] Status status() const;
  /// Tails that are not written yet.
  [[nodiscard]] std::size_t waiting_tails() const;
  /// Whether all tails are built.
  [[nodiscard]] bool has_built_tails() const;

  /// Blocks to be written now, at most `most`, and rows that announce new ranges of ids.
  void take_blocks(std::int64_t most, bool tails_only, std::vector<FinishedBlock>& blocks,
                   std::vector<storage::IndexSegmentRow>& announced);
  /// Tasks all of whose blocks were taken and whose transactions are at most `committed`.
  [[nodiscard]] std::vector<std::shared_ptr<BuildTask>> take_finished(std::int64_t committed);

  [[nodiscard]] const IndexIds& ids() const noexcept { return ids_; }

 private:
  static constexpr std::size_t merge_width = 8;

  [[nodiscard]] std::shared_ptr<BuildTask> most_urgent() const;
  void plan_merges(const IndexState::Segments& segments, std::int64_t resident_bytes);

  storage::Storage& storage_;
  IndexIds ids_;
  std::int64_t seed_;
  std::int64_t filter_bytes_max_;

  std::mutex step_mutex_;  ///< held while a piece is built
  mutable std::mutex mutex_;
  Status failure_;
  std::deque<std::shared_ptr<BuildTask>> tails_;
  std::vector<std::shared_ptr<BuildTask>> merges_;  ///< lower levels first
  std::unordered_set<std::int64_t> busy_;           ///< segments that are being merged
};

}  // namespace coffer::ledger
