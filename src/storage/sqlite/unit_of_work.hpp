// SPDX-License-Identifier: MIT
// The writing transaction of the SQLite backend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <coffer/storage/storage.hpp>

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/sql_text.hpp"

namespace coffer::storage::sqlite {

/// Whom a unit tells how it ended.
class UnitOwner {
 public:
  virtual ~UnitOwner() = default;
  virtual void on_committed() noexcept = 0;
  /// The device failed while committing: what it holds is known only after opening again.
  virtual void on_commit_failed(const Error& error) noexcept = 0;
  virtual void on_ended() noexcept = 0;
};

class SqliteUnit final : public UnitOfWork {
 public:
  /// The connection is in a transaction that was begun for writing.
  SqliteUnit(Database* database, UnitOwner* owner) noexcept : database_(database), owner_(owner) {}
  ~SqliteUnit() override { rollback(); }

  Status commit() override;
  void rollback() noexcept override;

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override;
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override;
  Status append_rows(const Schema& schema, const void* rows, std::size_t count) override;
  Status put_rows(const Schema& schema, const void* rows, std::size_t count) override;
  Status replace_row(const Schema& schema, const void* row, std::int64_t expected_version) override;
  Status destroy_rows(const Schema& schema, std::int64_t first_id, std::int64_t last_id) override;

  Status insert(const Schema& schema, Verb verb, const char* rows, std::size_t count);
  Status insert_together(const Schema& schema, Verb verb, const char* rows, std::size_t count);
  [[nodiscard]] Status usable() const;
  [[nodiscard]] Error fail(Error error);

  Database* database_;
  UnitOwner* owner_;
  Error failure_{Code::ok, {}};
  bool is_over_ = false;
};

}  // namespace coffer::storage::sqlite
