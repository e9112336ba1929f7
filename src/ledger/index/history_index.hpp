// SPDX-License-Identifier: MIT
// HistoryIndex: finds transactions by key, by account and by effective time, derived from the
// journal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <coffer/core/id.hpp>
#include <coffer/core/result.hpp>
#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::ledger {

struct IndexOptions {
  std::int64_t seal_after = 1 << 15;  ///< transactions in the memory tail before it is sealed
  std::int64_t filter_bytes_max = 32 << 20;
  bool use_builder_thread = true;
  /// The key of a transaction that was added but is not committed yet, so that `find_key` can
  /// compare a candidate which no snapshot has. Called on the writer's thread, within `find_key`.
  std::function<std::string_view(std::int64_t id)> pending_key;
};

/// A snapshot of the journal together with the index of exactly that snapshot.
///
/// Threads: one at a time; many views may live at once, beside the writer.
class IndexView {
 public:
  virtual ~IndexView() = default;

  [[nodiscard]] virtual storage::Reader& reader() noexcept = 0;
  /// The newest transaction of the snapshot; 0 when there is none.
  [[nodiscard]] virtual std::int64_t last_transaction() const noexcept = 0;
  /// The transaction posted under `key`; 0 when there is none.
  [[nodiscard]] virtual Result<std::int64_t> find_key(std::string_view key) = 0;
  /// Visits the ids of the transactions that touch `account`, each once, in id order, from `from`
  /// (inclusive) upward or downward, until `visit` returns false.
  [[nodiscard]] virtual Status scan_account(std::int64_t account, std::int64_t from,
                                            bool is_backward,
                                            const std::function<bool(std::int64_t id)>& visit) = 0;
  /// Visits (effective_at, id) of the account's transactions that carry an effective time of their
  /// own, in (effective_at, id) order, from effective time `from` (inclusive) upward or downward.
  [[nodiscard]] virtual Status scan_effective(
      std::int64_t account, std::int64_t from, bool is_backward,
      const std::function<bool(std::int64_t effective_at, std::int64_t id)>& visit) = 0;
};

/// Memory tail, sealed segments, merges and filters of one book.
///
/// The writer calls `add` for each transaction in id order while it prepares a batch, `write_due`
/// with the batch's unit of work, and `committed` when the unit is durable. Views see only what was
/// committed. Everything works without the builder thread; then `write_due` builds.
class HistoryIndex {
 public:
  /// Reads the manifest and replays the journal after the last sealed transaction into the tail.
  [[nodiscard]] static Result<std::unique_ptr<HistoryIndex>> load(storage::Storage& storage,
                                                                  const IndexOptions& options);
  virtual ~HistoryIndex() = default;

  // --- The writer's side; one thread at a time.

  /// Takes a transaction into the tail. `entries`: its EntryRows, none for a two-entry transaction.
  virtual void add(const storage::TransactionRow& transaction,
                   std::span<const storage::EntryRow> entries) = 0;
  /// The transaction with this key, committed or added since; 0 when there is none. Hot: a miss
  /// costs a probe of the tail and of the filters.
  [[nodiscard]] virtual Result<std::int64_t> find_key(std::string_view key) = 0;
  /// The newest transaction that touches `account`, committed or added since; 0 when there is none.
  [[nodiscard]] virtual Result<std::int64_t> last_of_account(std::int64_t account) = 0;
  /// Lets go of the snapshot that lookups since the last `add` may have taken. After deciding, so
  /// that an idle writer keeps no snapshot; `add` does it too.
  virtual void release_snapshot() noexcept = 0;
  /// Writes finished blocks and manifest changes within `unit`, at most `blocks_max` blocks.
  [[nodiscard]] virtual Status write_due(storage::UnitOfWork& unit, std::int64_t blocks_max) = 0;
  /// `unit` of the last `write_due` and everything up to `last_transaction` is durable now. The
  /// call commits `unit`, under the lock that keeps views paired with their manifest.
  [[nodiscard]] virtual Status commit(storage::UnitOfWork& unit, std::int64_t last_transaction) = 0;
  /// Seals the tail and writes everything that is left (at an orderly close), within `unit`.
  [[nodiscard]] virtual Status write_all(storage::UnitOfWork& unit) = 0;

  // --- Readers, any thread.

  /// A view of what is committed now. In a process that only reads, it first replays what other
  /// processes have committed since.
  [[nodiscard]] virtual Result<std::unique_ptr<IndexView>> view() = 0;
};

}  // namespace coffer::ledger
