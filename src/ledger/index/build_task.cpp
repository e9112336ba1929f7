// SPDX-License-Identifier: MIT
// Making segments in pieces, so that a great merge delays nothing and holds no snapshot for long.
#include "ledger/index/build_task.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace coffer::ledger {
namespace {

constexpr std::size_t blocks_per_step = 16;
constexpr std::size_t ready_blocks_max = 64;  ///< of a merge, which then waits for the writer
constexpr IndexItem smallest = {0, std::numeric_limits<std::int64_t>::min(), 0};

}  // namespace

void IndexIds::assign(storage::IndexSegmentRow& row, const SegmentWriter::Room& room) {
  const std::lock_guard lock(mutex_);
  row.id = next_segment_++;
  row.first_block = next_block_;
  row.first_filter = next_block_ + room.blocks;
  next_block_ += room.blocks + room.filters;
}

void IndexIds::put_into(IndexHeader& header) const {
  const std::lock_guard lock(mutex_);
  header.next_segment = next_segment_;
  header.next_block = next_block_;
}

BuildTask::BuildTask(std::shared_ptr<IndexTail> tail, IndexIds& ids, std::int64_t seed,
                     bool keeps_filter)
    : tail_(std::move(tail)), ids_(ids), seed_(seed), keeps_filter_(keeps_filter) {}

BuildTask::BuildTask(IndexState::Segments inputs, IndexIds& ids, std::int64_t seed,
                     bool keeps_filter)
    : inputs_(std::move(inputs)),
      ids_(ids),
      seed_(seed),
      keeps_filter_(keeps_filter),
      kind_(inputs_.front()->kind()),
      level_(inputs_.front()->row().level + 1) {}

Status BuildTask::step(storage::Storage& storage) {
  if (tail_ != nullptr) {
    step_tail();
    return {};
  }
  return step_merge(storage);
}

void BuildTask::begin_segment(std::int64_t item_count, std::int64_t first, std::int64_t last) {
  const SegmentWriter::Room room = SegmentWriter::room_for(kind_, item_count, level_);
  storage::IndexSegmentRow row;
  row.kind = static_cast<std::int64_t>(kind_);
  row.level = level_;
  row.first_transaction = first;
  row.last_transaction = last;
  row.item_count = item_count;
  row.seed = seed_;
  ids_.assign(row, room);
  writer_.emplace(row, keeps_filter_);
  row.kind = static_cast<std::int64_t>(SegmentKind::discarded);
  row.block_count = room.blocks;
  row.filter_count = room.filters;
  const std::lock_guard lock(mutex_);
  announced_.push_back(row);
}

void BuildTask::end_segment() {
  writer_->finish();
  NewSegment made;
  made.segment = std::make_shared<IndexSegment>(writer_->row());
  made.segment->set_fences(writer_->take_fences());
  if (auto filter = writer_->take_filter()) {
    made.filter = std::make_shared<FilterSlot>();
    made.filter->set(std::move(filter));
  }
  const std::lock_guard lock(mutex_);
  made_.push_back(std::move(made));
}

void BuildTask::hand_over(bool is_last) {
  const std::lock_guard lock(mutex_);
  if (writer_) {
    for (FinishedBlock& block : writer_->take_blocks()) {
      ready_.push_back(std::move(block));
    }
  }
  is_built_ = is_last;
}

void BuildTask::step_tail() {
  const std::vector<IndexItem> items = tail_->sorted_items(kind_);
  if (!items.empty()) {
    begin_segment(static_cast<std::int64_t>(items.size()), tail_->first_id(), tail_->last_id());
    for (const IndexItem& item : items) {
      writer_->add(item);
    }
    end_segment();
  }
  const bool is_last = kind_ == SegmentKind::effective;
  hand_over(is_last);
  writer_.reset();
  if (!is_last) {
    kind_ = static_cast<SegmentKind>(static_cast<std::int64_t>(kind_) + 1);
  }
}

Status BuildTask::step_merge(storage::Storage& storage) {
  // A fresh snapshot each time: an old one would keep the log from being recycled. The inputs are
  // in every later snapshot until this very task is published.
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, storage.snapshot());
  if (!has_begun_) {
    has_begun_ = true;
    std::int64_t item_count = 0;
    for (const auto& input : inputs_) {
      item_count += input->row().item_count;
      cursors_.emplace_back(input, nullptr);
      COFFER_TRY(cursors_.back().seek(*reader, smallest));
    }
    begin_segment(item_count, inputs_.front()->row().first_transaction,
                  inputs_.back()->row().last_transaction);
  }
  while (!cursors_.empty() && writer_->block_count() < blocks_per_step) {
    const auto least =
        std::min_element(cursors_.begin(), cursors_.end(),
                         [](const auto& a, const auto& b) { return a.item() < b.item(); });
    writer_->add(least->item());
    COFFER_TRY(least->next(*reader));
    if (!least->is_valid()) {
      cursors_.erase(least);
    }
  }
  const bool is_last = cursors_.empty();
  if (is_last) {
    end_segment();
  }
  hand_over(is_last);
  return {};
}

void BuildTask::take(std::int64_t most, std::vector<FinishedBlock>& blocks,
                     std::vector<storage::IndexSegmentRow>& announced) {
  const std::lock_guard lock(mutex_);
  for (; most > 0 && !ready_.empty(); --most) {
    blocks.push_back(std::move(ready_.front()));
    ready_.pop_front();
    announced.insert(announced.end(), announced_.begin(), announced_.end());
    announced_.clear();
  }
}

bool BuildTask::wants_step() const {
  const std::lock_guard lock(mutex_);
  return !is_built_ && (tail_ != nullptr || ready_.size() < ready_blocks_max);
}

bool BuildTask::is_built() const {
  const std::lock_guard lock(mutex_);
  return is_built_;
}

bool BuildTask::is_finished() const {
  const std::lock_guard lock(mutex_);
  return is_built_ && ready_.empty();
}

}  // namespace coffer::ledger
