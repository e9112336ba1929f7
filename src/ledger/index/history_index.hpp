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
  /// Transactions in the memory tail before it is sealed (1..16,777,216); fewer when many have more
  /// than two entries. A tail of the default takes 3 MB; up to three live at once, and what they
  /// hold is replayed after a crash, at about a microsecond each.
  std::int64_t seal_after = 1 << 15;
  /// Memory for filters of keys, 14 to 20 bits for each; twice that for moments while a merge ends.
  /// Segments beyond it, the oldest and largest, are looked into instead: one block each.
  std::int64_t filter_bytes_max = 32 << 20;
  bool use_builder_thread = true;
  /// The key of a transaction that was added but is not committed yet, so that `find_key` can
  /// compare a candidate which no snapshot has; empty when it is committed. Called on the writer's
  /// thread, within `find_key`.
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
  /// The transaction posted under `key`; 0 when there is none. All fail with the `storage_*` codes.
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
/// with the batch's unit of work, and `commit` with the same unit. Views see only what was
/// committed. Everything works without the builder thread; then `write_due` builds.
///
/// After any failure of `write_due`, `write_all` or `commit`, and when a unit that they have seen
/// is not committed by `commit`, the object is to be thrown away and loaded again: that costs a
/// replay of the tail, and is right at whatever point the writer stopped.
///
/// Threads: `add`, `find_key`, `expect_key`, `last_of_account` and `release_snapshot` by one thread
/// at a time;
/// `write_due`, `commit` and `write_all` by one thread at a time, which may be another one that
/// commits a batch while the next is decided. `view` by any.
class HistoryIndex {
 public:
  /// Reads the manifest and replays the journal after the last sealed transaction into the tail.
  /// Filters are read when first needed. Fails with `out_of_range` (seal_after), `storage_corrupt`
  /// and the `storage_*` codes.
  [[nodiscard]] static Result<std::unique_ptr<HistoryIndex>> load(storage::Storage& storage,
                                                                  const IndexOptions& options);
  virtual ~HistoryIndex() = default;

  // --- The writer's side. A process that calls any of these is the writer from then on.

  /// Takes a transaction into the tail. `entries`: its EntryRows, none for a two-entry transaction.
  virtual void add(const storage::TransactionRow& transaction,
                   std::span<const storage::EntryRow> entries) = 0;
  /// The transaction with this key, committed or added since; 0 when there is none. Hot: a miss
  /// costs a probe of the tail and of the filters. Fails with the `storage_*` codes.
  [[nodiscard]] virtual Result<std::int64_t> find_key(std::string_view key) = 0;
  /// Says that `find_key` of this key will follow soon, so that what it looks at is near by then: a
  /// batch knows its keys, and each look at tail and filters is one at memory that nobody has
  /// touched for long.
  virtual void expect_key(std::string_view key) noexcept = 0;
  /// The newest transaction that touches `account`, committed or added since; 0 when there is none.
  /// One block per segment, the newest first, when the tail has none. Fails likewise.
  [[nodiscard]] virtual Result<std::int64_t> last_of_account(std::int64_t account) = 0;
  /// Lets go of the snapshot that lookups since the last `add` may have taken. After deciding, so
  /// that an idle writer keeps no snapshot; `add` does it too.
  virtual void release_snapshot() noexcept = 0;
  /// Writes finished blocks and manifest changes within `unit`, at most `blocks_max` blocks of 4
  /// KB, and destroys at most as many that merges have replaced.
  ///
  /// One block per 50 two-entry transactions keeps up with 100 million of them; more entries and
  /// effective times take more in proportion. With too few, merges wait and lookups slow down.
  /// Fails with the `storage_*` codes, also for what the builder thread ran into.
  [[nodiscard]] virtual Status write_due(storage::UnitOfWork& unit, std::int64_t blocks_max) = 0;
  /// Commits `unit`, the one of the last `write_due` or `write_all`, which makes everything up to
  /// `last_transaction` durable. No view waits for it.
  [[nodiscard]] virtual Status commit(storage::UnitOfWork& unit, std::int64_t last_transaction) = 0;
  /// Seals the tail and writes it, within `unit`, at an orderly close: everything added must be
  /// committed or be in this unit. A tail of less than a sixteenth of `seal_after` stays in the
  /// journal, and merges that are under way begin anew at the next open.
  [[nodiscard]] virtual Status write_all(storage::UnitOfWork& unit) = 0;

  // --- Readers, any thread.

  /// A view of what is committed now. In a process that only reads, it first replays what other
  /// processes have committed since. It may outlive the index. Fails with `storage_fenced` (this
  /// process wrote and another one has taken over), `storage_corrupt` and the `storage_*` codes.
  /// Cost: a snapshot and two rows.
  [[nodiscard]] virtual Result<std::unique_ptr<IndexView>> view() = 0;
};

}  // namespace coffer::ledger
