// SPDX-License-Identifier: MIT
// The storage port: few verbs over typed rows, which every backend implements.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::storage {

/// Which rows a scan visits, and in which order.
///
/// The rows of index `index` (0: the primary key) whose first columns equal `equal`, whose next
/// columns compare `>= from` and `< to` as a tuple (each may be empty: no bound; shorter than the
/// index: compared as a prefix), at most `limit` of them.
struct ScanQuery {
  std::uint8_t index = 0;
  std::span<const Cell> equal;
  std::span<const Cell> from;
  bool is_from_exclusive = false;
  std::span<const Cell> to;
  bool is_to_inclusive = false;
  bool is_backward = false;
  std::int64_t limit = -1;  ///< -1: all
};

/// Called with each row; the struct and its views live until it returns. Return false to stop.
using RowVisitor = std::function<bool(const void* row)>;

/// A consistent view of all rows as of one commit (a snapshot), or within a unit of work also what
/// that unit wrote itself.
///
/// Threads: one thread at a time; it may move between threads.
class Reader {
 public:
  virtual ~Reader() = default;
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Visits the row with primary key `key`; the value says whether there was one. Fails with the
  /// `storage_*` codes.
  template <Row R, class F>
  [[nodiscard]] Result<bool> find(std::span<const Cell> key, F&& visit) {
    return find_row(R::schema(), key, [&](const void* row) {
      visit(*static_cast<const R*>(row));
      return true;
    });
  }
  /// The same for a key of one integer. Fails with what the form above does.
  template <Row R, class F>
  [[nodiscard]] Result<bool> find(std::int64_t id, F&& visit) {
    const Cell key = Cell::of(id);
    return find<R>(std::span<const Cell>(&key, 1), std::forward<F>(visit));
  }
  /// Visits the rows of `query` in its order; `visit` returns false to stop early. Fails with
  /// `invalid_argument` (an index that the kind does not have) and the `storage_*` codes.
  template <Row R, class F>
  [[nodiscard]] Status scan(const ScanQuery& query, F&& visit) {
    return scan_rows(R::schema(), query,
                     [&](const void* row) { return visit(*static_cast<const R*>(row)); });
  }
  /// The same for code that treats all kinds alike (export, conformance). Fails with as above.
  [[nodiscard]] Status scan_any(const Schema& schema, const ScanQuery& query,
                                const RowVisitor& visit) {
    return scan_rows(schema, query, visit);
  }
  /// The same for `find`. Fails with what it does.
  [[nodiscard]] Result<bool> find_any(const Schema& schema, std::span<const Cell> key,
                                      const RowVisitor& visit) {
    return find_row(schema, key, visit);
  }

 private:
  virtual Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                                const RowVisitor& visit) = 0;
  virtual Status scan_rows(const Schema& schema, const ScanQuery& query,
                           const RowVisitor& visit) = 0;
};

/// One atomic change of a book. Rolls back when destroyed without a successful commit.
///
/// Contract: all or nothing; reads see the unit's own writes; an error leaves nothing changed and
/// the unit can only be rolled back. At most one unit is open per storage at a time.
class UnitOfWork : public Reader {
 public:
  /// Inserts rows that must not exist yet. Fails with `storage_conflict` and the `storage_*` codes.
  template <Row R>
  [[nodiscard]] Status append(std::span<const R> rows) {
    return append_rows(R::schema(), rows.data(), rows.size());
  }
  /// The same for one row. Fails with what the form above does.
  template <Row R>
  [[nodiscard]] Status append(const R& row) {
    return append_rows(R::schema(), &row, 1);
  }
  /// Inserts or overwrites rows of a derived kind. Fails with `not_permitted` for append-only
  /// kinds, and the `storage_*` codes.
  template <Row R>
  [[nodiscard]] Status put(std::span<const R> rows) {
    return put_rows(R::schema(), rows.data(), rows.size());
  }
  /// The same for one row. Fails with what the form above does.
  template <Row R>
  [[nodiscard]] Status put(const R& row) {
    return put_rows(R::schema(), &row, 1);
  }
  /// Overwrites the row with the same key if its version column still is `expected_version`.
  /// Fails with `storage_conflict` when it is not, or when there is no such row.
  template <Row R>
  [[nodiscard]] Status replace(const R& row, std::int64_t expected_version) {
    return replace_row(R::schema(), &row, expected_version);
  }
  /// Removes derived rows with single-integer keys first_id..last_id; absent ones are no error.
  /// Fails with `not_permitted` for append-only kinds, and the `storage_*` codes.
  template <Row R>
  [[nodiscard]] Status destroy(std::int64_t first_id, std::int64_t last_id) {
    return destroy_rows(R::schema(), first_id, last_id);
  }
  /// Makes everything durable (as the storage's durability says) and visible at once. Fails with
  /// the `storage_*` codes; then nothing is visible, but after a failed sync it may still be on the
  /// device.
  [[nodiscard]] virtual Status commit() = 0;
  /// Drops everything; also allowed after a failure.
  virtual void rollback() noexcept = 0;

  /// The untyped forms, for wrappers of a storage. Fails with what their typed forms do.
  [[nodiscard]] Status append_any(const Schema& schema, const void* rows, std::size_t count) {
    return append_rows(schema, rows, count);
  }
  /// Fails with what the typed form does.
  [[nodiscard]] Status put_any(const Schema& schema, const void* rows, std::size_t count) {
    return put_rows(schema, rows, count);
  }
  /// Fails with what the typed form does.
  [[nodiscard]] Status replace_any(const Schema& schema, const void* row,
                                   std::int64_t expected_version) {
    return replace_row(schema, row, expected_version);
  }
  /// Fails with what the typed form does.
  [[nodiscard]] Status destroy_any(const Schema& schema, std::int64_t first_id,
                                   std::int64_t last_id) {
    return destroy_rows(schema, first_id, last_id);
  }

 private:
  virtual Status append_rows(const Schema& schema, const void* rows, std::size_t count) = 0;
  virtual Status put_rows(const Schema& schema, const void* rows, std::size_t count) = 0;
  virtual Status replace_row(const Schema& schema, const void* row,
                             std::int64_t expected_version) = 0;
  virtual Status destroy_rows(const Schema& schema, std::int64_t first_id,
                              std::int64_t last_id) = 0;
};

/// How a writer deals with another writer that may be alive.
enum class Takeover : std::uint8_t {
  refuse = 0,     ///< `storage_busy` at once
  wait = 1,       ///< wait for the other to close or die, up to the given time, then `storage_busy`
  take_over = 2,  ///< go on; the other one is fenced by the epoch at its next commit
};

/// Called during long work with what is done and what there is to do; return false to cancel.
using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

/// One book's rows. Stores and orders; never adds, never reads a clock, never knows a rule.
///
/// Threads: `snapshot` and `maintain` from any thread at any time, also beside the writer; the rest
/// by the one writer at a time.
class Storage {
 public:
  virtual ~Storage() = default;
  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  /// Becomes the writer. Fails with `storage_busy`, `storage_read_only` and the `storage_*` codes.
  [[nodiscard]] virtual Status acquire_writer(Takeover takeover, std::int64_t wait_ns) = 0;
  /// Stops being the writer, so that another may become it. Safe to call when it is not.
  virtual void release_writer() noexcept = 0;
  /// Opens the unit of work. Fails with `storage_busy` (one is open) and the `storage_*` codes.
  [[nodiscard]] virtual Result<std::unique_ptr<UnitOfWork>> begin() = 0;
  /// A reader of all that is committed now, unmoved by later commits. Keep it short: an old
  /// snapshot keeps the log from being recycled. Fails with the `storage_*` codes.
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> snapshot() = 0;
  /// Copies what is committed to a new file while writers go on. Fails with `unsupported` where a
  /// backend has no files, `cancelled`, `already_exists` and the `storage_*` codes.
  [[nodiscard]] virtual Status backup(std::string_view path, const Progress& progress) = 0;
  /// Does bounded background work (checkpoint of the log); never needed for correctness. Fails with
  /// the `storage_*` codes.
  [[nodiscard]] virtual Status maintain() = 0;
  /// A few words for people: "sqlite 3.40.1, /path/book.db".
  [[nodiscard]] virtual std::string description() const = 0;
};

/// A storage in memory, for tests and for books that need not outlive the process. Never fails.
[[nodiscard]] std::unique_ptr<Storage> make_memory_storage();

/// Whether a commit waits until the device has it.
enum class Durability : std::uint8_t {
  full = 0,    ///< synchronous=FULL: a commit survives power loss
  normal = 1,  ///< synchronous=NORMAL: a power loss may take the last commits; never corrupts
  off = 2,     ///< synchronous=OFF: a power loss may corrupt; for bulk loads that can be repeated
};

struct SqliteOptions {
  bool is_read_only = false;
  bool may_create = true;
  Durability durability = Durability::full;
  std::int64_t cache_bytes = 16 << 20;  ///< page cache of the writing connection
  const char* vfs = nullptr;            ///< name of a registered SQLite VFS; nullptr: the default
};

/// Opens or creates an SQLite file (WAL). Fails with `storage_cannot_open`, `storage_foreign`,
/// `storage_newer_version`, `storage_read_only`, `storage_corrupt`, `storage_io`.
[[nodiscard]] Result<std::unique_ptr<Storage>> open_sqlite(std::string_view path,
                                                           const SqliteOptions& options);

}  // namespace coffer::storage
