// SPDX-License-Identifier: MIT
// Reading segments: fences, filter, one hash, and a walk in order.
#include "ledger/index/index_segment.hpp"

#include <algorithm>
#include <limits>

#include "ledger/index/index_block.hpp"

namespace coffer::ledger {

Error damaged_segment(const storage::IndexSegmentRow& row) {
  return {Code::storage_corrupt, "index_segments: the blocks of row " + std::to_string(row.id) +
                                     " are damaged; " + std::string(rebuild_hint)};
}

Result<const Fences*> IndexSegment::fences(storage::Reader& reader) {
  return fences_.get_or_read([&]() -> Result<std::unique_ptr<const Fences>> {
    const std::int64_t lines = filter_line_count();
    const std::int64_t skipped = (lines + filter_lines_per_block - 1) / filter_lines_per_block;
    std::string bytes;
    COFFER_TRY(
        read_blocks(reader, row_.first_filter + skipped, row_.filter_count - skipped, bytes));
    auto fences = std::make_unique<Fences>();
    if (!fences->from_bytes(bytes, row_.block_count)) {
      return damaged_segment(row_);
    }
    return std::unique_ptr<const Fences>(std::move(fences));
  });
}

Result<std::unique_ptr<const KeyFilter>> IndexSegment::read_filter(storage::Reader& reader) const {
  const std::int64_t lines = filter_line_count();
  const std::int64_t count = (lines + filter_lines_per_block - 1) / filter_lines_per_block;
  auto filter = std::make_unique<KeyFilter>(lines);
  const storage::Cell from = storage::Cell::of(row_.first_filter);
  const storage::Cell to = storage::Cell::of(row_.first_filter + count);
  storage::ScanQuery query;
  query.from = std::span(&from, 1);
  query.to = std::span(&to, 1);
  std::int64_t line = 0;
  COFFER_TRY(reader.scan<storage::IndexBlockRow>(query, [&](const storage::IndexBlockRow& row) {
    const std::int64_t here = std::min(filter_lines_per_block, lines - line);
    if (static_cast<std::int64_t>(row.data.size()) !=
        here * static_cast<std::int64_t>(KeyFilter::line_bytes)) {
      return false;
    }
    filter->set_lines(line, row.data);
    line += here;
    return true;
  }));
  if (line != lines) {
    return damaged_segment(row_);
  }
  return std::unique_ptr<const KeyFilter>(std::move(filter));
}

Status IndexSegment::find_hash(storage::Reader& reader, BlockCache* cache, std::uint64_t hash,
                               std::vector<std::int64_t>& ids) {
  COFFER_TRY_ASSIGN(const Fences* fence, fences(reader));
  if (hash < fence->first().major || hash > fence->last().major) {
    return {};
  }
  std::int64_t block = fence->block_of({hash, 0, std::numeric_limits<std::int64_t>::min()});
  for (; block < row_.block_count && fence->major_of(block) <= hash; ++block) {
    COFFER_TRY_ASSIGN(const BlockBytes bytes, read_block(reader, row_.first_block + block, cache));
    IndexBlockReader input(SegmentKind::keys, *bytes);
    IndexItem item;
    while (input.next(&item)) {
      if (item.major > hash) {
        return {};
      }
      if (item.major == hash) {
        ids.push_back(item.id);
      }
    }
    if (input.is_bad()) {
      return damaged_segment(row_);
    }
  }
  return {};
}

void SegmentCursor::unpack(IndexBlockReader& input) {
  IndexItem item;
  if (!account_) {
    while (input.next(&item)) {
      items_.push_back(item);
    }
    return;
  }
  // A block can hold thousands of items of one account, of which a look-up wants one.
  if (segment_->kind() == SegmentKind::accounts) {
    input.append_within(first_, last_, items_);
    return;
  }
  while (input.next(&item) && item <= last_) {
    if (first_ <= item) {
      items_.push_back(item);
    }
  }
}

Status SegmentCursor::load(storage::Reader& reader, std::int64_t block) {
  at_ = 0;
  items_.clear();
  block_ = block;
  const storage::IndexSegmentRow& row = segment_->row();
  COFFER_TRY_ASSIGN(const BlockBytes bytes, read_block(reader, row.first_block + block, cache_));
  IndexBlockReader input(segment_->kind(), *bytes);
  unpack(input);
  if (input.is_bad() || (!account_ && items_.empty())) {
    return damaged_segment(row);
  }
  return {};
}

/// Goes to the first item of the next block, if it can have one.
Status SegmentCursor::load_after(storage::Reader& reader) {
  const std::int64_t next = block_ + 1;
  if (next < segment_->row().block_count && (!account_ || fences_->major_of(next) <= *account_)) {
    return load(reader, next);
  }
  at_ = items_.size();
  return {};
}

/// Goes to the last item of the block before, if it can have one.
Status SegmentCursor::load_before(storage::Reader& reader) {
  if (block_ > 0 && (!account_ || fences_->major_of(block_) >= *account_)) {
    COFFER_TRY(load(reader, block_ - 1));
    at_ = items_.empty() ? 0 : items_.size() - 1;
    return {};
  }
  at_ = items_.size();
  return {};
}

Status SegmentCursor::seek(storage::Reader& reader, const IndexItem& target) {
  COFFER_TRY_ASSIGN(fences_, segment_->fences(reader));
  first_ = target;
  COFFER_TRY(load(reader, fences_->block_of(target)));
  at_ = static_cast<std::size_t>(std::lower_bound(items_.begin(), items_.end(), target) -
                                 items_.begin());
  return at_ == items_.size() ? load_after(reader) : Status();
}

Status SegmentCursor::seek_last(storage::Reader& reader, const IndexItem& target) {
  COFFER_TRY_ASSIGN(fences_, segment_->fences(reader));
  last_ = target;
  COFFER_TRY(load(reader, fences_->block_of(target)));
  const auto after = std::upper_bound(items_.begin(), items_.end(), target);
  if (after == items_.begin()) {
    // A block that begins before the target has the last item before it, if there is one.
    at_ = items_.size();
    return {};
  }
  at_ = static_cast<std::size_t>(after - items_.begin()) - 1;
  return {};
}

Status SegmentCursor::next(storage::Reader& reader) {
  return ++at_ < items_.size() ? Status() : load_after(reader);
}

Status SegmentCursor::previous(storage::Reader& reader) {
  if (at_ > 0) {
    --at_;
    return {};
  }
  return load_before(reader);
}

}  // namespace coffer::ledger
