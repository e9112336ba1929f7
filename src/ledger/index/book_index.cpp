// SPDX-License-Identifier: MIT
// Loading the index, and the tail's life: adding, sealing, replay.
#include "ledger/index/book_index.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "ledger/index/index_view.hpp"

namespace coffer::ledger {
namespace {

constexpr std::size_t cached_blocks_max = 256;  // about a megabyte

}  // namespace

Result<std::unique_ptr<HistoryIndex>> HistoryIndex::load(storage::Storage& storage,
                                                         const IndexOptions& options) {
  if (options.seal_after < 1 || options.seal_after > (1 << 24)) {
    return Error{Code::out_of_range, "seal_after must be within 1..16777216"};
  }
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, storage.snapshot());
  COFFER_TRY_ASSIGN(Manifest manifest, read_manifest(*reader, IndexState{}));
  if (!manifest.header.exists) {
    COFFER_TRY_ASSIGN(manifest.header.seed, seed_of_book(*reader));
  }
  COFFER_TRY_ASSIGN(const std::int64_t last, read_last_transaction(*reader));
  auto index = std::make_unique<BookIndex>(storage, options, std::move(manifest));
  COFFER_TRY(index->catch_up(*reader, last));
  return std::unique_ptr<HistoryIndex>(std::move(index));
}

BookIndex::BookIndex(storage::Storage& storage, const IndexOptions& options, Manifest manifest)
    : storage_(storage),
      options_(options),
      header_(manifest.header),
      hash_(header_.seed),
      cache_(std::make_shared<BlockCache>(cached_blocks_max)),
      builder_(storage, header_, options.filter_bytes_max),
      discarded_(manifest.discarded.begin(), manifest.discarded.end()) {
  manifest.state.assign_filters(IndexState{}, options_.filter_bytes_max);
  auto tail = make_tail(0);
  tail->begin(manifest.state.covered + 1);
  active_ = tail.get();
  manifest.state.tails.push_back(std::move(tail));
  committed_ = std::make_shared<const IndexState>(std::move(manifest.state));
}

BookIndex::~BookIndex() = default;

Status BookIndex::catch_up(storage::Reader& reader, std::int64_t last) {
  COFFER_TRY(replay(reader, hash_, active_->last_id() + 1, last,
                    [this](const IndexedTransaction& transaction,
                           std::span<const std::int64_t> others) { take(transaction, others); }));
  committed_last_.store(last, std::memory_order_release);
  return {};
}

void BookIndex::begin_writing() {
  if (is_writing_.load(std::memory_order_acquire)) {
    return;
  }
  const std::lock_guard follow(follow_mutex_);
  if (is_writing_.load(std::memory_order_relaxed)) {
    return;
  }
  const std::lock_guard lock(state_mutex_);
  for (std::size_t i = 0; i + 1 < committed_->tails.size(); ++i) {
    builder_.add_tail(committed_->tails[i]);
  }
  builder_.plan_merges(*committed_);
  if (options_.use_builder_thread) {
    thread_ = std::make_unique<BuilderThread>([this] { return work(); });
  }
  is_writing_.store(true, std::memory_order_release);
}

void BookIndex::add(const storage::TransactionRow& transaction,
                    std::span<const storage::EntryRow> entries) {
  begin_writing();
  if (mine_snapshot_.reader != nullptr) {
    release_snapshot();
  }
  active_->prefetch_accounts(transaction.debit, transaction.credit);
  others_.clear();
  for (const storage::EntryRow& entry : entries) {
    others_.push_back(entry.account);
  }
  take({transaction.id, hash_(transaction.key), transaction.effective_at, transaction.debit,
        transaction.credit},
       others_);
}

void BookIndex::take(const IndexedTransaction& transaction, std::span<const std::int64_t> others) {
  const std::size_t postings = others.size() + 2;
  if (!active_->fits(transaction.id, postings)) {
    seal(transaction.id, postings);
  }
  active_->add(transaction.id, transaction.hash, transaction.effective_at);
  active_->add_account(transaction.debit);
  if (transaction.credit != transaction.debit) {
    active_->add_account(transaction.credit);
  }
  for (const std::int64_t account : others) {
    active_->add_account_once(account);
  }
}

std::shared_ptr<IndexTail> BookIndex::make_tail(std::size_t postings) {
  return std::make_shared<IndexTail>(
      options_.seal_after,
      std::max(options_.seal_after * 2 + 64, static_cast<std::int64_t>(postings)));
}

void BookIndex::seal(std::int64_t next_id, std::size_t postings) {
  std::shared_ptr<IndexTail> tail;
  {
    const std::lock_guard lock(state_mutex_);
    tail = std::exchange(spare_, nullptr);
  }
  if (tail != nullptr) {
    tail->begin(next_id);
  }
  if (tail == nullptr || !tail->fits(next_id, postings)) {
    tail = make_tail(postings);
    tail->begin(next_id);
  }
  std::shared_ptr<IndexTail> sealed;
  {
    const std::lock_guard lock(state_mutex_);
    const auto with_tail = [&](const std::shared_ptr<const IndexState>& before) {
      auto state = std::make_shared<IndexState>(*before);
      if (active_->is_empty()) {
        state->tails.pop_back();
      } else {
        sealed = state->tails.back();
      }
      state->tails.push_back(tail);
      return state;
    };
    committed_ = with_tail(committed_);
    if (candidate_ != nullptr) {
      candidate_ = with_tail(candidate_);
    }
    state_version_.fetch_add(1, std::memory_order_release);
  }
  active_ = tail.get();
  if (sealed != nullptr && is_writing_.load(std::memory_order_relaxed)) {
    builder_.add_tail(std::move(sealed));
    if (thread_ != nullptr) {
      thread_->wake();
    }
  }
}

bool BookIndex::work() {
  // What the thread moves out of the log, no commit has to stop for. A failure is left to the
  // commit that meets the same reason.
  if (is_maintenance_due_.exchange(false, std::memory_order_acq_rel)) {
    static_cast<void>(storage_.maintain());
  }
  bool needs_spare = false;
  {
    const std::lock_guard lock(state_mutex_);
    needs_spare = spare_ == nullptr;
  }
  try {
    if (needs_spare) {
      auto tail = make_tail(0);
      const std::lock_guard lock(state_mutex_);
      spare_ = std::move(tail);
    }
    const Result<bool> stepped = builder_.step();
    return stepped && *stepped;
  } catch (const std::bad_alloc&) {
    builder_.fail({Code::out_of_memory, "no memory for building index segments"});
    return false;
  }
}

}  // namespace coffer::ledger
