// SPDX-License-Identifier: MIT
// Opening and closing connections, and the few statements that need no cache.
#include "storage/sqlite/database.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "storage/sqlite/failure.hpp"

namespace coffer::storage::sqlite {
namespace {

/// How long a connection waits for another one's short locks (recovery of the log, a commit).
constexpr int lock_wait_ms = 5000;

int flags_of(Access access) {
  switch (access) {
    case Access::create: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::write: return SQLITE_OPEN_READWRITE;
    case Access::read: return SQLITE_OPEN_READONLY;
    case Access::read_still: return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return 0;
}

/// `file:` plus the path with the characters quoted that would end it.
std::string still_uri(const std::string& path) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char byte : path) {
    if (byte == '?' || byte == '#' || byte == '%') {
      const auto bits = static_cast<unsigned char>(byte);
      uri += {'%', digits[bits >> 4U], digits[bits & 15U]};
    } else {
      uri += byte;
    }
  }
  return uri + "?immutable=1";
}

/// A path that begins as a URI does is a path all the same.
std::string plain_name(const std::string& path) {
  return path.compare(0, 5, "file:") == 0 ? "./" + path : path;
}

/// What SQLite can't say of a path: it would create the file, or call a folder an I/O error.
Status check_path(const std::string& path, Access access) {
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0) {
    return errno != ENOENT || access == Access::create
               ? Status{}
               : Error{Code::storage_cannot_open, path + ": there is no such file"};
  }
  return S_ISDIR(found.st_mode)
             ? Error{Code::storage_cannot_open, path + ": this is a folder, not a book"}
             : Status{};
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access,
                                                 const char* vfs) {
  if (vfs == nullptr) {
    COFFER_TRY(check_path(path, access));
  }
  const std::string name = access == Access::read_still ? still_uri(path) : plain_name(path);
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(
      name.c_str(), &handle, flags_of(access) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
  std::unique_ptr<Database> database(new Database(handle, path));
  if (result != SQLITE_OK) {
    return database->failed(result);
  }
  sqlite3_busy_timeout(handle, lock_wait_ms);
  return database;
}

Database::~Database() {
  statements_.clear();
  // All statements are gone, so this can't answer "busy"; a failing last checkpoint loses nothing,
  // because the log stays for the next one who opens.
  sqlite3_close_v2(handle_);
}

Status Database::run(const std::string& sql) {
  const int result = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? Status{} : Status{failed(result)};
}

Status Database::run(Verb verb) {
  COFFER_TRY_ASSIGN(const Statement statement,
                    statements_.take(handle_, static_cast<std::uint64_t>(verb), [verb] {
                      return std::string(verb == Verb::begin ? "BEGIN IMMEDIATE" : "COMMIT");
                    }));
  const int result = sqlite3_step(statement.get());
  return result == SQLITE_DONE ? Status{} : Status{failed(result)};
}

Result<std::int64_t> Database::number(const std::string& sql) {
  COFFER_TRY_ASSIGN(const StatementHandle statement, prepare(handle_, sql));
  const int result = sqlite3_step(statement.get());
  if (result == SQLITE_DONE) {
    return std::int64_t{0};
  }
  if (result != SQLITE_ROW) {
    return failed(result);
  }
  return std::int64_t{sqlite3_column_int64(statement.get(), 0)};
}

Error Database::failed(int result, std::string_view subject) const {
  return failure(handle_, result, subject);
}

}  // namespace coffer::storage::sqlite
