// SPDX-License-Identifier: MIT
// The order of index work: sealed tails first, since they take memory; then small merges.
#include "ledger/index/index_builder.hpp"

#include <algorithm>
#include <utility>

namespace coffer::ledger {

void IndexBuilder::add_tail(std::shared_ptr<IndexTail> tail) {
  const std::lock_guard lock(mutex_);
  tails_.push_back(
      std::make_shared<BuildTask>(std::move(tail), ids_, seed_, filter_bytes_max_ > 0));
}

void IndexBuilder::plan_merges(const IndexState& state) {
  const std::lock_guard lock(mutex_);
  std::int64_t resident_bytes = 0;
  for (std::size_t i = 0; i < state.filters.size(); ++i) {
    if (state.filters[i] != nullptr) {
      resident_bytes += state.of(SegmentKind::keys)[i]->filter_bytes();
    }
  }
  for (const IndexState::Segments& segments : state.segments) {
    plan_merges(segments, resident_bytes);
  }
  std::stable_sort(merges_.begin(), merges_.end(),
                   [](const auto& a, const auto& b) { return a->level() < b->level(); });
}

void IndexBuilder::plan_merges(const IndexState::Segments& segments, std::int64_t resident_bytes) {
  IndexState::Segments run;
  for (const auto& segment : segments) {
    if (busy_.count(segment->row().id) != 0) {
      run.clear();
      continue;
    }
    if (!run.empty() && run.back()->row().level != segment->row().level) {
      run.clear();
    }
    run.push_back(segment);
    if (run.size() < merge_width) {
      continue;
    }
    std::int64_t item_count = 0;
    for (const auto& input : run) {
      busy_.insert(input->row().id);
      item_count += input->row().item_count;
      resident_bytes -= input->filter_bytes();
    }
    const std::int64_t bytes = KeyFilter::line_count(item_count, run.front()->row().level + 1) *
                               static_cast<std::int64_t>(KeyFilter::line_bytes);
    merges_.push_back(std::make_shared<BuildTask>(std::move(run), ids_, seed_,
                                                  resident_bytes + bytes <= filter_bytes_max_));
    run = {};
  }
}

std::shared_ptr<BuildTask> IndexBuilder::most_urgent() const {
  const std::lock_guard lock(mutex_);
  for (const auto& task : tails_) {
    if (task->wants_step()) {
      return task;
    }
  }
  for (const auto& task : merges_) {
    if (task->wants_step()) {
      return task;
    }
  }
  return nullptr;
}

Result<bool> IndexBuilder::step() {
  const std::lock_guard step_lock(step_mutex_);
  COFFER_TRY(status());
  const std::shared_ptr<BuildTask> task = most_urgent();
  if (task == nullptr) {
    return false;
  }
  if (Status stepped = task->step(storage_); !stepped) {
    fail(stepped.error());
    return std::move(stepped).error();
  }
  return true;
}

void IndexBuilder::fail(Error error) {
  const std::lock_guard lock(mutex_);
  failure_ = std::move(error);
}

Status IndexBuilder::status() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

std::size_t IndexBuilder::waiting_tails() const {
  const std::lock_guard lock(mutex_);
  return tails_.size();
}

bool IndexBuilder::has_built_tails() const {
  const std::lock_guard lock(mutex_);
  return std::all_of(tails_.begin(), tails_.end(),
                     [](const auto& task) { return task->is_built(); });
}

void IndexBuilder::take_blocks(std::int64_t most, bool tails_only,
                               std::vector<FinishedBlock>& blocks,
                               std::vector<storage::IndexSegmentRow>& announced) {
  const std::lock_guard lock(mutex_);
  const std::size_t before = blocks.size();
  const auto left = [&] { return most - static_cast<std::int64_t>(blocks.size() - before); };
  for (const auto& task : tails_) {
    task->take(left(), blocks, announced);
  }
  if (!tails_only) {
    for (const auto& task : merges_) {
      task->take(left(), blocks, announced);
    }
  }
}

std::vector<std::shared_ptr<BuildTask>> IndexBuilder::take_finished(std::int64_t committed) {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<BuildTask>> finished;
  while (!tails_.empty() && tails_.front()->is_finished() &&
         tails_.front()->tail()->last_id() <= committed) {
    finished.push_back(std::move(tails_.front()));
    tails_.pop_front();
  }
  for (auto task = merges_.begin(); task != merges_.end();) {
    if ((*task)->is_finished()) {
      for (const auto& input : (*task)->inputs()) {
        busy_.erase(input->row().id);
      }
      finished.push_back(std::move(*task));
      task = merges_.erase(task);
    } else {
      ++task;
    }
  }
  return finished;
}

}  // namespace coffer::ledger
