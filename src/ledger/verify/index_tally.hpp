// SPDX-License-Identifier: MIT
// IndexTally: what the sealed segments must hold, added up while the journal is read.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/index_item.hpp"
#include "ledger/index/key_hash.hpp"

namespace coffer::ledger {

/// An order-free sum over items: two runs of items with equal sums are the same items, but for a
/// chance of one in 2^64.
struct ItemSum {
  std::int64_t count = 0;
  std::uint64_t sum = 0;

  void add(const IndexItem& item) noexcept;
  friend bool operator==(const ItemSum&, const ItemSum&) = default;
};

/// A segment and what the journal says it holds.
struct TalliedSegment {
  storage::IndexSegmentRow row;
  ItemSum expected;
};

/// The manifest of one snapshot. Segments of a kind stand in the order of their transactions.
class IndexTally {
 public:
  /// Reads the manifest and checks that its rows fit together; a misfit is in `misfit`, because the
  /// journal is to be looked at first. Fails with the `storage_*` codes only.
  [[nodiscard]] static Result<IndexTally> read(storage::Reader& reader);

  /// What is wrong with the manifest itself; then nothing is added up.
  [[nodiscard]] const Status& misfit() const noexcept { return misfit_; }
  /// The segments have every transaction up to this one.
  [[nodiscard]] std::int64_t covered() const noexcept { return covered_; }

  /// Adds a transaction's key. Ids ascend.
  void add_key(std::int64_t id, std::string_view key);
  /// Adds the accounts that a transaction touches. Ids ascend.
  void add_accounts(const storage::TransactionRow& row, std::span<const storage::EntryRow> entries);

  [[nodiscard]] std::span<const TalliedSegment> of(SegmentKind kind) const noexcept {
    return segments_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::span<const storage::IndexSegmentRow> discarded() const noexcept {
    return discarded_;
  }
  [[nodiscard]] const storage::IndexSegmentRow& header() const noexcept { return header_; }
  /// The first row of the manifest whose checksum does not fit; 0: none.
  [[nodiscard]] std::int64_t altered() const noexcept { return altered_; }
  /// The first transaction with an effective time of its own that no segment has; 0: none.
  [[nodiscard]] std::int64_t left_out() const noexcept { return left_out_; }

 private:
  void check_rows();
  [[nodiscard]] Status check_header() const;
  [[nodiscard]] Status check_segment(const storage::IndexSegmentRow& row) const;
  [[nodiscard]] Status check_tiling();
  /// The segment of `kind` that has transaction `id`; nullptr when none has.
  [[nodiscard]] TalliedSegment* segment_of(SegmentKind kind, std::int64_t id) noexcept;

  std::array<std::vector<TalliedSegment>, segment_kind_count> segments_;
  std::array<std::size_t, segment_kind_count> at_{};
  std::vector<storage::IndexSegmentRow> discarded_;
  storage::IndexSegmentRow header_;
  KeyHash hash_{0};
  Status misfit_;
  std::int64_t covered_ = 0;
  std::int64_t left_out_ = 0;
  std::int64_t altered_ = 0;
  std::vector<std::int64_t> accounts_;
};

}  // namespace coffer::ledger
