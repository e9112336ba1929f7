// SPDX-License-Identifier: MIT
// What goes into the writer's units of work: blocks, the manifest, and the end of old blocks.
#include <algorithm>
#include <limits>
#include <utility>

#include "ledger/index/book_index.hpp"
#include "ledger/index/segment_checksum.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();
/// With more sealed tails than this the writer helps the builder, so that memory stays bounded.
constexpr std::size_t waiting_tails_max = 2;
/// Below this part of `seal_after` an orderly close leaves the tail to be replayed.
constexpr std::int64_t short_tail_part = 16;
/// So many transactions (two to three MB with their index) make a log worth clearing.
constexpr std::int64_t maintain_after = 16'384;

/// Writes rows of the manifest, each with its checksum.
Status put_all(storage::UnitOfWork& unit, std::vector<storage::IndexSegmentRow> rows) {
  for (storage::IndexSegmentRow& row : rows) {
    row.checksum = checksum_of(row);
  }
  return rows.empty() ? Status() : unit.put(std::span<const storage::IndexSegmentRow>(rows));
}

storage::IndexSegmentRow discarded_row(storage::IndexSegmentRow row) {
  row.kind = static_cast<std::int64_t>(SegmentKind::discarded);
  return row;
}

/// `state` with the segments that `task` made instead of those that it merged.
void apply(const BuildTask& task, IndexState& state) {
  for (const NewSegment& made : task.made()) {
    IndexState::Segments& segments = state.of(made.segment->kind());
    auto place = segments.end();
    if (!task.inputs().empty()) {
      place = std::find(segments.begin(), segments.end(), task.inputs().front());
      place = segments.erase(place, place + static_cast<std::ptrdiff_t>(task.inputs().size()));
    }
    segments.insert(place, made.segment);
  }
  if (task.tail() != nullptr) {
    state.covered = task.tail()->last_id();
  }
}

}  // namespace

Status BookIndex::write_due(storage::UnitOfWork& unit, std::int64_t blocks_max) {
  begin_writing();
  std::vector<FinishedBlock> blocks;
  std::vector<storage::IndexSegmentRow> announced;
  for (;;) {
    builder_.take_blocks(blocks_max - static_cast<std::int64_t>(blocks.size()), false, blocks,
                         announced);
    const bool is_full = static_cast<std::int64_t>(blocks.size()) >= blocks_max;
    if (is_full || (thread_ != nullptr && builder_.waiting_tails() <= waiting_tails_max)) {
      break;
    }
    COFFER_TRY_ASSIGN(const bool has_stepped, builder_.step());
    if (!has_stepped) {
      break;
    }
  }
  COFFER_TRY(builder_.status());
  COFFER_TRY(write_blocks(unit, blocks, announced));
  COFFER_TRY(publish(unit, committed_last_.load(std::memory_order_acquire), !announced.empty()));
  COFFER_TRY(destroy_discarded(unit, blocks_max));
  if (thread_ != nullptr && !blocks.empty()) {
    thread_->wake();
  }
  return {};
}

Status BookIndex::write_all(storage::UnitOfWork& unit) {
  begin_writing();
  release_snapshot();
  if (active_->last_id() - active_->first_id() + 1 > options_.seal_after / short_tail_part) {
    seal(active_->last_id() + 1, 0);
  }
  while (!builder_.has_built_tails()) {
    COFFER_TRY(builder_.step());
  }
  std::vector<FinishedBlock> blocks;
  std::vector<storage::IndexSegmentRow> announced;
  builder_.take_blocks(id_max, true, blocks, announced);
  COFFER_TRY(write_blocks(unit, blocks, announced));
  return publish(unit, id_max, !announced.empty());
}

Status BookIndex::write_blocks(storage::UnitOfWork& unit, const std::vector<FinishedBlock>& blocks,
                               const std::vector<storage::IndexSegmentRow>& announced) {
  COFFER_TRY(put_all(unit, announced));
  std::vector<storage::IndexBlockRow> rows;
  rows.reserve(blocks.size());
  for (const FinishedBlock& block : blocks) {
    rows.push_back({block.id, block.data});
  }
  return rows.empty() ? Status() : unit.append(std::span<const storage::IndexBlockRow>(rows));
}

Status BookIndex::publish(storage::UnitOfWork& unit, std::int64_t committed, bool has_new_ids) {
  const auto finished = builder_.take_finished(committed);
  if (finished.empty() && !has_new_ids) {
    return {};
  }
  std::vector<storage::IndexSegmentRow> rows;
  for (const auto& task : finished) {
    for (const NewSegment& made : task->made()) {
      rows.push_back(made.segment->row());
    }
    for (const auto& input : task->inputs()) {
      rows.push_back(discarded_row(input->row()));
      discarded_.push_back(rows.back());
    }
  }
  if (!finished.empty()) {
    const std::lock_guard lock(state_mutex_);
    auto state = std::make_shared<IndexState>(candidate_ != nullptr ? *candidate_ : *committed_);
    const IndexState before = *state;
    for (const auto& task : finished) {
      apply(*task, *state);
    }
    state->generation = committed_->generation + 1;
    state->drop_covered_tails();
    state->assign_filters(before, options_.filter_bytes_max);
    for (const auto& task : finished) {
      for (const NewSegment& made : task->made()) {
        state->use_filter(made.segment, made.filter);
      }
    }
    header_.generation = state->generation;
    candidate_ = std::move(state);
  }
  builder_.ids().put_into(header_);
  rows.push_back(header_.to_row());
  return put_all(unit, std::move(rows));
}

Status BookIndex::destroy_discarded(storage::UnitOfWork& unit, std::int64_t blocks_max) {
  while (blocks_max > 0 && !discarded_.empty()) {
    storage::IndexSegmentRow& row = discarded_.front();
    const auto destroy_some = [&](std::int64_t& first, std::int64_t& count) -> Status {
      const std::int64_t here = std::min(count, blocks_max);
      if (here > 0) {
        COFFER_TRY(unit.destroy<storage::IndexBlockRow>(first, first + here - 1));
        first += here;
        count -= here;
        blocks_max -= here;
      }
      return {};
    };
    COFFER_TRY(destroy_some(row.first_block, row.block_count));
    COFFER_TRY(destroy_some(row.first_filter, row.filter_count));
    if (row.block_count == 0 && row.filter_count == 0) {
      COFFER_TRY(unit.destroy<storage::IndexSegmentRow>(row.id, row.id));
      discarded_.pop_front();
    }
  }
  return {};
}

Status BookIndex::commit(storage::UnitOfWork& unit, std::int64_t last_transaction) {
  COFFER_TRY(unit.commit());
  committed_last_.store(last_transaction, std::memory_order_release);
  std::shared_ptr<const IndexState> published;
  {
    const std::lock_guard lock(state_mutex_);
    if (candidate_ != nullptr) {
      committed_ = std::exchange(candidate_, nullptr);
      published = committed_;
      state_version_.fetch_add(1, std::memory_order_release);
    }
  }
  if (published != nullptr) {
    builder_.plan_merges(*published);
  }
  const bool is_due = last_transaction - maintained_last_ >= maintain_after;
  if (is_due) {
    maintained_last_ = last_transaction;
    is_maintenance_due_.store(true, std::memory_order_release);
  }
  if (thread_ != nullptr && (is_due || published != nullptr)) {
    thread_->wake();
  }
  return {};
}

}  // namespace coffer::ledger
