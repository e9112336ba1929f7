// SPDX-License-Identifier: MIT
// Taking, using, revoking and reusing the connections that readers have.
#include "storage/sqlite/reader_pool.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "storage/sqlite/row_reading.hpp"

namespace coffer::storage::sqlite {
namespace {

constexpr std::size_t idle_max = 8;
constexpr std::uint64_t begin_key = 1;
constexpr std::uint64_t look_key = 2;
constexpr std::uint64_t end_key = 3;

Status step_once(Database* database, std::uint64_t key, const char* sql) {
  COFFER_TRY_ASSIGN(
      const Statement statement,
      database->statements().take(database->handle(), key, [sql] { return std::string(sql); }));
  const int result = sqlite3_step(statement.get());
  return result == SQLITE_DONE || result == SQLITE_ROW ? Status{}
                                                       : Status{database->failed(result)};
}

}  // namespace

Status prepare_reader(Database* database) {
  return database->run(
      "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; "
      "PRAGMA cache_size = -1024");
}

/// Marks the connection as in use; the last one to leave ends a snapshot that was revoked.
class SqliteReader::Use {
 public:
  explicit Use(SqliteReader* reader) : reader_(reader), guard_(reader->in_use_) {
    ++reader_->depth_;
  }
  ~Use() {
    if (--reader_->depth_ == 0 && reader_->is_revoked_) {
      reader_->end();
    }
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  SqliteReader* reader_;
  std::unique_lock<std::recursive_mutex> guard_;
};

Status SqliteReader::begin() {
  COFFER_TRY(step_once(database_.get(), begin_key, "BEGIN"));
  // The snapshot is that of the first read, not of BEGIN.
  return step_once(database_.get(), look_key, "SELECT id FROM book");
}

SqliteReader::~SqliteReader() {
  pool_->forget(this);
  end();
  pool_->keep(std::move(database_));
}

void SqliteReader::end() noexcept {
  if (sqlite3_get_autocommit(database_->handle()) == 0) {
    // Ending a transaction that only read can't fail in a way that would matter.
    (void)step_once(database_.get(), end_key, "COMMIT");
  }
}

void SqliteReader::revoke() {
  is_revoked_ = true;
  const std::unique_lock guard(in_use_, std::try_to_lock);
  if (guard.owns_lock() && depth_ == 0) {
    end();
  }
}

Result<bool> SqliteReader::find_row(const Schema& schema, std::span<const Cell> key,
                                    const RowVisitor& visit) {
  const Use use(this);
  if (is_revoked_) {
    return revoked_error(database_->path());
  }
  return sqlite::find_row(database_.get(), schema, key, visit);
}

Status SqliteReader::scan_rows(const Schema& schema, const ScanQuery& query,
                               const RowVisitor& visit) {
  const Use use(this);
  if (is_revoked_) {
    return revoked_error(database_->path());
  }
  return sqlite::scan_rows(database_.get(), schema, query, visit, is_revoked_);
}

Result<std::unique_ptr<Database>> ReaderPool::connection() {
  {
    const std::lock_guard guard(lock_);
    if (!idle_.empty()) {
      std::unique_ptr<Database> database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
  }
  COFFER_TRY_ASSIGN(std::unique_ptr<Database> database,
                    Database::open(path_, access_, vfs_.empty() ? nullptr : vfs_.c_str()));
  COFFER_TRY(prepare_reader(database.get()));
  return database;
}

Result<std::unique_ptr<Reader>> ReaderPool::take() {
  COFFER_TRY_ASSIGN(std::unique_ptr<Database> database, connection());
  auto reader = std::make_unique<SqliteReader>(this, std::move(database));
  {
    const std::lock_guard guard(lock_);
    active_.push_back(reader.get());
  }
  COFFER_TRY(reader->begin());
  return std::unique_ptr<Reader>(std::move(reader));
}

void ReaderPool::revoke_all() {
  const std::lock_guard guard(lock_);
  for (SqliteReader* reader : active_) {
    reader->revoke();
  }
}

void ReaderPool::forget(SqliteReader* reader) {
  const std::lock_guard guard(lock_);
  active_.erase(std::remove(active_.begin(), active_.end(), reader), active_.end());
}

void ReaderPool::keep(std::unique_ptr<Database> database) {
  const std::lock_guard guard(lock_);
  if (idle_.size() < idle_max) {
    idle_.push_back(std::move(database));
  }
}

}  // namespace coffer::storage::sqlite
