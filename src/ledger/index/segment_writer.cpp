// SPDX-License-Identifier: MIT
// Writing a segment in one pass over its items.
#include "ledger/index/segment_writer.hpp"

#include <algorithm>
#include <utility>

#include "ledger/index/index_segment.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t varint_bytes_max = 10;
constexpr std::int64_t items_per_block_min =
    static_cast<std::int64_t>(index_block_bytes_max) / (3 * varint_bytes_max) - 1;

}  // namespace

SegmentWriter::Room SegmentWriter::room_for(SegmentKind kind, std::int64_t item_count,
                                            std::int64_t level) {
  Room room;
  room.blocks = item_count / items_per_block_min + 1;
  const std::int64_t lines =
      kind == SegmentKind::keys ? KeyFilter::line_count(item_count, level) : 0;
  room.filters = lines / filter_lines_per_block + 1 + room.blocks / items_per_block_min + 2;
  return room;
}

SegmentWriter::SegmentWriter(const storage::IndexSegmentRow& row, bool keeps_filter)
    : row_(row),
      block_(static_cast<SegmentKind>(row.kind), row.first_transaction),
      fences_(std::make_unique<Fences>()) {
  row_.block_count = 0;
  row_.filter_count = 0;
  if (static_cast<SegmentKind>(row.kind) == SegmentKind::keys) {
    line_count_ = KeyFilter::line_count(row.item_count, row.level);
    if (keeps_filter) {
      filter_ = std::make_unique<KeyFilter>(line_count_);
    }
  }
}

void SegmentWriter::add(const IndexItem& item) {
  if (block_.is_empty()) {
    fences_->add_block(item);
  }
  if (!block_.add(item)) {
    close_block();
    fences_->add_block(item);
    static_cast<void>(block_.add(item));
  }
  last_ = item;
  if (line_count_ != 0) {
    write_lines_until(static_cast<std::int64_t>(
        KeyFilter::line_of(item.major, static_cast<std::uint64_t>(line_count_))));
    bits_.insert(item.major);
    if (filter_ != nullptr) {
      filter_->insert(item.major);
    }
  }
}

void SegmentWriter::close_block() {
  blocks_.push_back({row_.first_block + row_.block_count, block_.take()});
  ++row_.block_count;
}

void SegmentWriter::write_lines_until(std::int64_t line) {
  for (; line_ < line; ++line_) {
    bits_.append_to(filter_bytes_);
    bits_ = KeyFilter::Line{};
    if (filter_bytes_.size() ==
        static_cast<std::size_t>(filter_lines_per_block) * KeyFilter::line_bytes) {
      close_filter_block();
    }
  }
}

void SegmentWriter::close_filter_block() {
  blocks_.push_back(
      {row_.first_filter + row_.filter_count, std::exchange(filter_bytes_, std::string())});
  ++row_.filter_count;
}

void SegmentWriter::finish() {
  if (!block_.is_empty()) {
    close_block();
  }
  write_lines_until(line_count_);
  if (!filter_bytes_.empty()) {
    close_filter_block();
  }
  fences_->set_last(last_);
  const std::string fences = fences_->to_bytes();
  for (std::size_t at = 0; at < fences.size(); at += index_block_bytes_max) {
    filter_bytes_ = fences.substr(at, index_block_bytes_max);
    close_filter_block();
  }
}

std::vector<FinishedBlock> SegmentWriter::take_blocks() {
  return std::exchange(blocks_, std::vector<FinishedBlock>());
}

}  // namespace coffer::ledger
