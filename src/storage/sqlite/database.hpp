// SPDX-License-Identifier: MIT
// One connection to an SQLite file and its statements; used by one thread at a time.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>

#include "storage/sqlite/sql_text.hpp"
#include "storage/sqlite/statement.hpp"

struct sqlite3;

namespace coffer::storage::sqlite {

enum class Access : std::uint8_t {
  create,     ///< read and write; makes the file when it is not there
  write,      ///< read and write
  read,       ///< read only
  read_still  ///< read only, of a medium on which nothing can change: no locks, no log
};

/// What a connection has found out about the tables, by row kind.
struct KnownTables {
  std::bitset<row_kind_count> guarded;  ///< they have their indexes and guards
  std::bitset<row_kind_count> filled;   ///< they had a row
};

class Database {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                              Access access, const char* vfs);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs statements whose rows don't matter.
  [[nodiscard]] Status run(const std::string& sql);
  /// The same for the two statements that surround each unit of work: compiled once.
  [[nodiscard]] Status run(Verb verb);
  /// The first column of the first row.
  [[nodiscard]] Result<std::int64_t> number(const std::string& sql);
  [[nodiscard]] Error failed(int result, std::string_view subject) const;
  [[nodiscard]] Error failed(int result) const { return failed(result, path_); }

  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
  [[nodiscard]] StatementCache& statements() noexcept { return statements_; }
  /// To be forgotten when a transaction is rolled back.
  [[nodiscard]] KnownTables& known() noexcept { return known_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  Database(sqlite3* handle, std::string path) noexcept : handle_(handle), path_(std::move(path)) {}

  sqlite3* handle_;
  std::string path_;
  StatementCache statements_;
  KnownTables known_;
};

}  // namespace coffer::storage::sqlite
