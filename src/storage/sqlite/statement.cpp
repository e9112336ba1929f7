// SPDX-License-Identifier: MIT
// Compiling statements and keeping them.
#include "storage/sqlite/statement.hpp"

#include <sqlite3.h>

#include "storage/sqlite/failure.hpp"

namespace coffer::storage::sqlite {

void FinalizeStatement::operator()(sqlite3_stmt* statement) const noexcept {
  // Its result repeats the last step's error, which was looked at then. A statement that writes
  // outside of a transaction must be stepped to its end, because only there it commits.
  sqlite3_finalize(statement);
}

Result<StatementHandle> prepare(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(connection, sql.c_str(), static_cast<int>(sql.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) {
    return failure(connection, result, sqlite3_db_filename(connection, "main"));
  }
  return StatementHandle(statement);
}

Statement::~Statement() {
  if (handle_ != nullptr) {
    // Repeats the last step's error, which was looked at then.
    sqlite3_reset(handle_.get());
    home_->give_back(slot_, std::move(handle_));
  }
}

void StatementCache::give_back(std::size_t slot, StatementHandle handle) noexcept {
  slots_[slot].idle.push_back(std::move(handle));
}

std::size_t StatementCache::slot_of(std::uint64_t key) {
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].key == key) {
      return slot;
    }
  }
  slots_.push_back({key, {}});
  slots_.back().idle.reserve(4);
  return slots_.size() - 1;
}

}  // namespace coffer::storage::sqlite
