// SPDX-License-Identifier: MIT
// Pairing snapshots with states, and the writer's own lookups.
#include <limits>
#include <utility>

#include "ledger/index/book_index.hpp"
#include "ledger/index/index_view.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();
constexpr int attempts_max = 64;

Error replaced_writer() {
  return {Code::storage_fenced, "another writer has changed this book; close it and open it again"};
}

}  // namespace

Result<std::unique_ptr<IndexView>> BookIndex::view() {
  COFFER_TRY_ASSIGN(IndexSnapshot snapshot, open_snapshot());
  return std::unique_ptr<IndexView>(
      std::make_unique<SnapshotView>(std::move(snapshot), cache_, hash_));
}

Result<std::int64_t> SnapshotView::find_key(std::string_view key) {
  const std::uint64_t hash = hash_(key);
  std::vector<std::int64_t> ids;
  for (const auto& tail : snapshot_.state->tails) {
    tail->visit_key(hash, [&](std::int64_t id) {
      if (id <= snapshot_.last) {
        ids.push_back(id);
      }
      return true;
    });
  }
  COFFER_TRY(find_in_segments(snapshot_, *cache_, hash, ids));
  for (const std::int64_t id : ids) {
    COFFER_TRY_ASSIGN(const bool is_same, has_key(*snapshot_.reader, id, key));
    if (is_same) {
      return id;
    }
  }
  return std::int64_t{0};
}

Result<IndexSnapshot> BookIndex::open_snapshot() {
  if (!is_writing_.load(std::memory_order_acquire)) {
    const std::lock_guard follow(follow_mutex_);
    if (!is_writing_.load(std::memory_order_relaxed)) {
      return open_follower_snapshot();
    }
  }
  return open_writer_snapshot();
}

Result<IndexSnapshot> BookIndex::open_writer_snapshot() {
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    IndexSnapshot snapshot;
    COFFER_TRY_ASSIGN(snapshot.reader, storage_.snapshot());
    COFFER_TRY_ASSIGN(const IndexHeader header, read_header(*snapshot.reader));
    COFFER_TRY_ASSIGN(snapshot.last, read_last_transaction(*snapshot.reader));
    {
      const std::lock_guard lock(state_mutex_);
      if (committed_->generation == header.generation) {
        snapshot.state = committed_;
      } else if (candidate_ != nullptr && candidate_->generation == header.generation) {
        snapshot.state = candidate_;
      }
    }
    if (snapshot.state != nullptr) {
      if (snapshot.last > snapshot.state->tails.back()->last_id()) {
        return replaced_writer();
      }
      return snapshot;
    }
  }
  return replaced_writer();
}

Result<IndexSnapshot> BookIndex::open_follower_snapshot() {
  IndexSnapshot snapshot;
  COFFER_TRY_ASSIGN(snapshot.reader, storage_.snapshot());
  COFFER_TRY_ASSIGN(const IndexHeader header, read_header(*snapshot.reader));
  COFFER_TRY_ASSIGN(snapshot.last, read_last_transaction(*snapshot.reader));
  if (header.generation != committed_->generation) {
    COFFER_TRY_ASSIGN(Manifest manifest, read_manifest(*snapshot.reader, *committed_));
    IndexState& state = manifest.state;
    state.tails = committed_->tails;
    state.drop_covered_tails();
    // Segments reach further than the tails, or an index that is built again not as far any more.
    if (state.tails.back()->last_id() < state.covered ||
        state.tails.front()->first_id() > state.covered + 1) {
      auto tail = make_tail(0);
      tail->begin(state.covered + 1);
      active_ = tail.get();
      state.tails.clear();
      state.tails.push_back(std::move(tail));
    }
    state.assign_filters(*committed_, options_.filter_bytes_max);
    const std::lock_guard lock(state_mutex_);
    committed_ = std::make_shared<const IndexState>(std::move(state));
  }
  if (snapshot.last > active_->last_id()) {
    COFFER_TRY(catch_up(*snapshot.reader, snapshot.last));
  }
  snapshot.state = committed_;
  return snapshot;
}

void BookIndex::refresh_mine() {
  if (mine_version_ == state_version_.load(std::memory_order_acquire)) {
    return;
  }
  const std::lock_guard lock(state_mutex_);
  mine_ = committed_;
  mine_version_ = state_version_.load(std::memory_order_relaxed);
}

Status BookIndex::open_mine() {
  if (mine_snapshot_.reader == nullptr || mine_snapshot_.state != mine_) {
    release_snapshot();
    COFFER_TRY_ASSIGN(mine_snapshot_, open_snapshot());
    mine_ = mine_snapshot_.state;
  }
  return {};
}

Result<std::int64_t> BookIndex::find_key(std::string_view key) {
  begin_writing();
  refresh_mine();
  const std::uint64_t hash = hash_(key);
  const IndexState& state = *mine_;
  for (const auto& filter : state.filters) {
    if (filter == nullptr || filter->get() == nullptr) {
      return find_key_slowly(hash, key);
    }
    filter->get()->prefetch(hash);
  }
  bool is_candidate = false;
  for (const auto& tail : state.tails) {
    tail->visit_key(hash, [&is_candidate](std::int64_t) {
      is_candidate = true;
      return false;
    });
  }
  for (const auto& filter : state.filters) {
    is_candidate = is_candidate || filter->get()->may_contain(hash);
  }
  return is_candidate ? find_key_slowly(hash, key) : std::int64_t{0};
}

void BookIndex::expect_key(std::string_view key) noexcept {
  if (mine_ == nullptr) {
    return;
  }
  const std::uint64_t hash = hash_(key);
  for (const auto& tail : mine_->tails) {
    tail->prefetch_key(hash);
  }
  for (const auto& filter : mine_->filters) {
    if (filter != nullptr && filter->get() != nullptr) {
      filter->get()->prefetch(hash);
    }
  }
}

Result<std::int64_t> BookIndex::find_key_slowly(std::uint64_t hash, std::string_view key) {
  std::vector<std::int64_t> ids;
  COFFER_TRY(open_mine());
  for (const auto& tail : mine_->tails) {
    tail->visit_key(hash, [&ids](std::int64_t id) {
      ids.push_back(id);
      return true;
    });
  }
  COFFER_TRY(find_in_segments(mine_snapshot_, *cache_, hash, ids));
  for (const std::int64_t id : ids) {
    COFFER_TRY_ASSIGN(const bool is_same, is_key_of(id, key));
    if (is_same) {
      return id;
    }
  }
  return std::int64_t{0};
}

Result<bool> BookIndex::is_key_of(std::int64_t id, std::string_view key) {
  if (id > mine_snapshot_.last && options_.pending_key) {
    const std::string_view pending = options_.pending_key(id);
    if (!pending.empty()) {
      return pending == key;
    }
  }
  if (id > mine_snapshot_.last) {
    // It became durable after the snapshot was taken.
    release_snapshot();
    COFFER_TRY(open_mine());
  }
  return has_key(*mine_snapshot_.reader, id, key);
}

Result<std::int64_t> BookIndex::last_of_account(std::int64_t account) {
  begin_writing();
  refresh_mine();
  for (auto tail = mine_->tails.rbegin(); tail != mine_->tails.rend(); ++tail) {
    const std::int64_t id = (*tail)->last_of_account(account, id_max);
    if (id != 0) {
      return id;
    }
  }
  COFFER_TRY(open_mine());
  for (auto tail = mine_->tails.rbegin(); tail != mine_->tails.rend(); ++tail) {
    const std::int64_t id = (*tail)->last_of_account(account, id_max);
    if (id != 0) {
      return id;
    }
  }
  std::int64_t newest = 0;
  COFFER_TRY(scan_account(mine_snapshot_, *cache_, account, mine_->covered, true,
                          [&newest](std::int64_t id) {
                            newest = id;
                            return false;
                          }));
  return newest;
}

}  // namespace coffer::ledger
