// SPDX-License-Identifier: MIT
// Emptying the stored index, so that loading it builds it again from the journal.
#include "ledger/index/index_reset.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "ledger/index/index_state.hpp"
#include "ledger/index/segment_checksum.hpp"
#include "ledger/time_bounds.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t id_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

/// No writer has come so far; such a number is part of the damage.
constexpr std::int64_t absurd = id_max / 2;

/// The greatest of the numbers that can be believed, 0 when there is none.
class Greatest {
 public:
  void look_at(std::int64_t number) noexcept {
    if (number > value_ && number < absurd) {
      value_ = number;
    }
  }
  /// Of `count` ids in a row the last one.
  void look_at_last(std::int64_t first, std::int64_t count) noexcept {
    look_at(first);
    if (first > 0 && first < absurd && count > 0 && count < absurd) {
      look_at(first + count - 1);
    }
  }
  [[nodiscard]] std::int64_t value() const noexcept { return value_; }

 private:
  std::int64_t value_ = 0;
};

/// What was used, as far as anything still tells it. Rows can be lost, so each of them may tell of
/// others; none is believed further than that ids before it are taken.
struct Used {
  Greatest segment;
  Greatest block;
  Greatest generation;
};

Status look_at_segments(storage::Reader& reader, Used* used) {
  return reader.scan<storage::IndexSegmentRow>({}, [used](const storage::IndexSegmentRow& row) {
    used->segment.look_at(row.id);
    if (row.kind == static_cast<std::int64_t>(SegmentKind::header)) {
      used->generation.look_at(row.item_count);
      used->segment.look_at(row.first_filter - (row.first_filter > 0 ? 1 : 0));
      used->block.look_at(row.first_block - (row.first_block > 0 ? 1 : 0));
    } else {
      used->block.look_at_last(row.first_block, row.block_count);
      used->block.look_at_last(row.first_filter, row.filter_count);
    }
    return true;
  });
}

Status look_at_blocks(storage::Reader& reader, Used* used) {
  const storage::Cell bound = storage::Cell::of(absurd);
  storage::ScanQuery newest;
  newest.to = std::span(&bound, 1);
  newest.is_backward = true;
  newest.limit = 1;
  return reader.scan<storage::IndexBlockRow>(newest, [used](const storage::IndexBlockRow& row) {
    used->block.look_at(row.id);
    return false;
  });
}

/// A clock's nanoseconds are more than any count of changes, so a new generation is none that was
/// there before; a clock that was set back is behind what was used, or behind the last commit. A
/// commit's time that no clock has given is part of the damage.
Result<std::int64_t> next_generation(storage::Reader& reader, const Used& used, Timestamp now) {
  std::int64_t last = used.generation.value();
  storage::ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(reader.scan<storage::CommitRow>(newest, [&last](const storage::CommitRow& row) {
    last = row.recorded_at > recorded_at_max ? last : std::max(last, row.recorded_at);
    return false;
  }));
  return std::max(within_bounds(now).ns, last + 1);
}

}  // namespace

Status reset_index(storage::Storage& storage, Timestamp now) {
  using storage::IndexBlockRow;
  using storage::IndexSegmentRow;
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::UnitOfWork> unit, storage.begin());
  Used used;
  COFFER_TRY(look_at_segments(*unit, &used));
  COFFER_TRY(look_at_blocks(*unit, &used));
  COFFER_TRY(unit->destroy<IndexSegmentRow>(id_min, id_max));
  COFFER_TRY(unit->destroy<IndexBlockRow>(id_min, id_max));
  IndexHeader header;
  COFFER_TRY_ASSIGN(header.generation, next_generation(*unit, used, now));
  header.next_segment = std::max(header.next_segment, used.segment.value() + 1);
  header.next_block = used.block.value() + 1;
  COFFER_TRY_ASSIGN(header.seed, seed_of_book(*unit));
  IndexSegmentRow row = header.to_row();
  row.checksum = checksum_of(row);
  COFFER_TRY(unit->put(row));
  return unit->commit();
}

}  // namespace coffer::ledger
