// SPDX-License-Identifier: MIT
// IndexState: which segments and tails together are the index at one generation of the manifest.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/index_segment.hpp"
#include "ledger/index/index_tail.hpp"

namespace coffer::ledger {

/// A filter in memory, shared by all states that have its segment.
using FilterSlot = Lazy<KeyFilter>;

/// Never changes once it is shared, but for its newest tail, which grows.
///
/// Tails may also hold ids up to `covered`, which segments have; they count only beyond it.
struct IndexState {
  using Segments = std::vector<std::shared_ptr<IndexSegment>>;  ///< the oldest first

  std::int64_t generation = 0;
  std::int64_t covered = 0;  ///< the segments have all transactions up to this one
  std::array<Segments, segment_kind_count> segments;
  /// For each segment of keys its filter; nullptr: no memory for it, look into its block instead.
  std::vector<std::shared_ptr<FilterSlot>> filters;
  std::vector<std::shared_ptr<IndexTail>> tails;  ///< the oldest first; the last takes what is new

  [[nodiscard]] const Segments& of(SegmentKind kind) const noexcept {
    return segments[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] Segments& of(SegmentKind kind) noexcept {
    return segments[static_cast<std::size_t>(kind)];
  }

  /// Gives filters to the youngest segments until `bytes_max` is used up, keeping those in `before`
  /// that are there already.
  void assign_filters(const IndexState& before, std::int64_t bytes_max);
  /// Uses a filter that is in memory already, if the segment is to have one. nullptr: it is read.
  void use_filter(const std::shared_ptr<IndexSegment>& segment, std::shared_ptr<FilterSlot> slot);
  /// Lets go of tails that segments have whole; the last one stays.
  void drop_covered_tails();
};

/// What the row of kind `header` says. Its id is always 1; segments count from 2.
struct IndexHeader {
  std::int64_t generation = 0;  ///< grows with each change of the set of segments
  std::int64_t next_segment = 2;
  std::int64_t next_block = 1;
  std::int64_t seed = 0;
  bool exists = false;

  [[nodiscard]] storage::IndexSegmentRow to_row() const noexcept;
};

[[nodiscard]] Result<IndexHeader> read_header(storage::Reader& reader);

/// The seed of a book that has no index yet: its random name, which nobody outside knows.
[[nodiscard]] Result<std::int64_t> seed_of_book(storage::Reader& reader);

/// All segments and what is to be destroyed, as `reader` has them; no tails and no filters.
/// Segments that `known` has are taken from there. Fails with `storage_corrupt` when rows
/// contradict themselves, and the `storage_*` codes.
struct Manifest {
  IndexHeader header;
  IndexState state;
  std::vector<storage::IndexSegmentRow> discarded;
};
[[nodiscard]] Result<Manifest> read_manifest(storage::Reader& reader, const IndexState& known);

/// The newest transaction in the journal; 0 when it is empty.
[[nodiscard]] Result<std::int64_t> read_last_transaction(storage::Reader& reader);

}  // namespace coffer::ledger
