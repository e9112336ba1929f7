// SPDX-License-Identifier: MIT
// Snapshots: each is a read transaction on a connection of its own, which is used again afterwards.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include <coffer/storage/storage.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

class SqliteReader;

/// Threads: any.
class ReaderPool {
 public:
  ReaderPool(std::string path, Access access, std::string vfs) noexcept
      : path_(std::move(path)), access_(access), vfs_(std::move(vfs)) {}

  [[nodiscard]] Result<std::unique_ptr<Reader>> take();
  /// How this book can be read where it lies.
  [[nodiscard]] Access access() const noexcept { return access_; }
  /// Ends all present snapshots, so that the log can be recycled: their next call fails.
  void revoke_all();
  /// Adds a connection that is open already.
  void keep(std::unique_ptr<Database> database);

 private:
  friend class SqliteReader;
  [[nodiscard]] Result<std::unique_ptr<Database>> connection();
  void forget(SqliteReader* reader);

  const std::string path_;
  const Access access_;
  const std::string vfs_;
  std::mutex lock_;
  std::vector<std::unique_ptr<Database>> idle_;
  std::vector<SqliteReader*> active_;
};

class SqliteReader final : public Reader {
 public:
  SqliteReader(ReaderPool* pool, std::unique_ptr<Database> database) noexcept
      : pool_(pool), database_(std::move(database)) {}
  ~SqliteReader() override;

  [[nodiscard]] Status begin();
  /// Called by the pool from another thread.
  void revoke();

 private:
  class Use;
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override;
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override;
  void end() noexcept;

  ReaderPool* pool_;
  std::unique_ptr<Database> database_;
  /// Held while the connection is used. Recursive, because visitors read too.
  std::recursive_mutex in_use_;
  int depth_ = 0;
  std::atomic<bool> is_revoked_{false};
};

/// What a connection for reading is set to, besides what opening does.
[[nodiscard]] Status prepare_reader(Database* database);

}  // namespace coffer::storage::sqlite
