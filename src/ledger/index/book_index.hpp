// SPDX-License-Identifier: MIT
// BookIndex: the one implementation of HistoryIndex, for the writing process and for followers.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "ledger/index/builder_thread.hpp"
#include "ledger/index/history_index.hpp"
#include "ledger/index/index_builder.hpp"
#include "ledger/index/index_lookup.hpp"
#include "ledger/index/key_hash.hpp"
#include "ledger/index/replay.hpp"

namespace coffer::ledger {

/// The process writes as soon as it calls one of the writer's functions; before that, `view`
/// follows the journal.
///
/// How a view finds the state that belongs to its snapshot: the snapshot itself says which
/// generation of the manifest it has. While a commit that changes the manifest is on its way there
/// are two states, and either is found; so no reader ever waits for a sync. A reader that was away
/// for so long that its generation is gone takes a new snapshot.
class BookIndex final : public HistoryIndex {
 public:
  BookIndex(storage::Storage& storage, const IndexOptions& options, Manifest manifest);
  ~BookIndex() override;

  void add(const storage::TransactionRow& transaction,
           std::span<const storage::EntryRow> entries) override;
  [[nodiscard]] Result<std::int64_t> find_key(std::string_view key) override;
  void expect_key(std::string_view key) noexcept override;
  [[nodiscard]] Result<std::int64_t> last_of_account(std::int64_t account) override;
  void release_snapshot() noexcept override { mine_snapshot_ = IndexSnapshot{}; }
  [[nodiscard]] Status write_due(storage::UnitOfWork& unit, std::int64_t blocks_max) override;
  [[nodiscard]] Status commit(storage::UnitOfWork& unit, std::int64_t last_transaction) override;
  [[nodiscard]] Status write_all(storage::UnitOfWork& unit) override;
  [[nodiscard]] Result<std::unique_ptr<IndexView>> view() override;

  /// Takes what the journal has beyond the segments into the tail.
  [[nodiscard]] Status catch_up(storage::Reader& reader, std::int64_t last);

 private:
  // book_index.cpp: the tail.
  void begin_writing();
  void take(const IndexedTransaction& transaction, std::span<const std::int64_t> others);
  void seal(std::int64_t next_id, std::size_t postings);
  [[nodiscard]] std::shared_ptr<IndexTail> make_tail(std::size_t postings);
  bool work();

  // book_index_read.cpp: snapshots paired with states, lookups for the writer.
  [[nodiscard]] Result<IndexSnapshot> open_snapshot();
  [[nodiscard]] Result<IndexSnapshot> open_writer_snapshot();
  [[nodiscard]] Result<IndexSnapshot> open_follower_snapshot();
  void refresh_mine();
  [[nodiscard]] Status open_mine();
  [[nodiscard]] Result<bool> is_key_of(std::int64_t id, std::string_view key);
  [[nodiscard]] Result<std::int64_t> find_key_slowly(std::uint64_t hash, std::string_view key);

  // book_index_write.cpp: blocks and manifest.
  [[nodiscard]] Status write_blocks(storage::UnitOfWork& unit,
                                    const std::vector<FinishedBlock>& blocks,
                                    const std::vector<storage::IndexSegmentRow>& announced);
  [[nodiscard]] Status publish(storage::UnitOfWork& unit, std::int64_t committed, bool has_new_ids);
  [[nodiscard]] Status destroy_discarded(storage::UnitOfWork& unit, std::int64_t blocks_max);

  storage::Storage& storage_;
  IndexOptions options_;
  IndexHeader header_;
  KeyHash hash_;
  std::shared_ptr<BlockCache> cache_;
  IndexBuilder builder_;
  std::atomic<bool> is_writing_{false};
  std::atomic<std::int64_t> committed_last_{0};

  // Shared by all threads.
  std::mutex state_mutex_;
  std::shared_ptr<const IndexState> committed_;
  std::shared_ptr<const IndexState> candidate_;  ///< of the unit that is being committed
  std::shared_ptr<IndexTail> spare_;             ///< made ready by the builder thread
  std::atomic<std::uint64_t> state_version_{1};
  std::mutex follow_mutex_;  ///< held while a view follows the journal, and to begin writing

  // Of the thread that adds.
  IndexTail* active_ = nullptr;
  std::vector<std::int64_t> others_;
  std::shared_ptr<const IndexState> mine_;
  std::uint64_t mine_version_ = 0;
  IndexSnapshot mine_snapshot_;

  // Of the thread that commits.
  std::deque<storage::IndexSegmentRow> discarded_;
  std::int64_t maintained_last_ = 0;  ///< the last transaction when the storage's upkeep was due
  std::atomic<bool> is_maintenance_due_{false};

  std::unique_ptr<BuilderThread> thread_;  // last: it uses the members above
};

}  // namespace coffer::ledger
