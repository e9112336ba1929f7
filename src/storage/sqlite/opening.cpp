// SPDX-License-Identifier: MIT
// The order of steps when a book is opened: nothing is written before the file is known to be ours.
#include "storage/sqlite/opening.hpp"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/reader_pool.hpp"

namespace coffer::storage::sqlite {
namespace {

/// What the log's file is cut back to after a long reader let it grow.
constexpr std::int64_t log_bytes_kept = 64 << 20;

constexpr const char* log_unreadable =
    ": its log can't be read, because the directory can't be written and the -shm file is not "
    "there; let a writer keep the book open, or copy the file together with its -wal file to a "
    "folder that you can write, and open it there";
/// Not read as it is: whoever may write there could do so meanwhile, and nothing would tell.
constexpr const char* closed_book_unreadable =
    ": the book is closed and its directory can't be written, where reading needs a -shm file; "
    "its one file is the whole book: copy it to a folder that you can write, and open or back up "
    "the copy; or take everybody's permission to write from the file and its folder (chmod a-w)";

const char* synchronous_of(Durability durability) {
  switch (durability) {
    case Durability::full: return "FULL";
    case Durability::normal: return "NORMAL";
    case Durability::off: return "OFF";
  }
  return "FULL";
}

Status use_log(Database* database) {
  COFFER_TRY_ASSIGN(const StatementHandle statement,
                    prepare(database->handle(), "PRAGMA journal_mode = WAL"));
  int result = sqlite3_step(statement.get());
  const auto* mode = result == SQLITE_ROW
                         ? reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0))
                         : nullptr;
  const bool is_used = mode != nullptr && std::string_view(mode) == "wal";
  // The change is written when the statement ends, after it has told the new mode.
  while (result == SQLITE_ROW) {
    result = sqlite3_step(statement.get());
  }
  if (result != SQLITE_DONE) {
    return database->failed(result);
  }
  if (!is_used) {
    return Error{Code::storage_cannot_open,
                 database->path() +
                     ": this file system can't hold a write-ahead log with shared "
                     "memory; put the book on a local disk"};
  }
  return {};
}

Status configure_writer(Database* database, const SqliteOptions& options) {
  const std::int64_t cache_kib =
      std::clamp<std::int64_t>(options.cache_bytes, 1 << 20, 1LL << 40) / 1024;
  // Checks and triggers guard the file against other programs. The engine has its own rules in
  // front, and none of its statements is one that they would refuse.
  COFFER_TRY(database->run(std::string("PRAGMA synchronous = ") +
                           synchronous_of(options.durability) + "; PRAGMA cache_size = -" +
                           std::to_string(cache_kib) +
                           "; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF"
                           "; PRAGMA ignore_check_constraints = ON; PRAGMA temp_store = MEMORY"
                           "; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = " +
                           std::to_string(log_bytes_kept)));
  const int result = sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0,
                                       static_cast<int*>(nullptr));
  return result == SQLITE_OK ? Status{} : Status{database->failed(result)};
}

/// Also for a file that is not there yet: where it would be.
bool is_on_read_only_medium(const std::string& path) {
  struct statvfs medium = {};
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  return (statvfs(path.c_str(), &medium) == 0 || statvfs(folder.c_str(), &medium) == 0) &&
         (medium.f_flag & ST_RDONLY) != 0;
}

bool has_log(const std::string& path) {
  struct stat log = {};
  return stat((path + "-wal").c_str(), &log) == 0 && log.st_size > 0;
}

bool may_be_written(const std::filesystem::path& path) {
  std::error_code unknown;
  const auto permissions = std::filesystem::status(path, unknown).permissions();
  constexpr auto write = std::filesystem::perms::owner_write | std::filesystem::perms::group_write |
                         std::filesystem::perms::others_write;
  return unknown || (permissions & write) != std::filesystem::perms::none;
}

/// A closed book in a place that nobody may write, as a copy put away for auditors is.
bool is_put_away(const std::string& path) {
  std::error_code unknown;
  const std::filesystem::path file = std::filesystem::canonical(path, unknown);
  return !unknown && !may_be_written(file) && !may_be_written(file.parent_path()) &&
         !std::filesystem::exists(file.string() + "-wal", unknown) &&
         !std::filesystem::exists(file.string() + "-shm", unknown) && !unknown;
}

Status check_readable(Database* database) {
  COFFER_TRY_ASSIGN(const std::int64_t version, check_identity(database));
  if (version == 0) {
    return Error{Code::storage_cannot_open,
                 database->path() + ": the file is empty; open it for writing to make a book"};
  }
  if (version < oldest_readable) {
    return Error{Code::storage_read_only,
                 database->path() +
                     ": an older coffer wrote this book; open it for writing once, "
                     "to bring it up to date"};
  }
  return prepare_reader(database);
}

Result<std::unique_ptr<Database>> open_and_configure(const std::string& path,
                                                     const SqliteOptions& options) {
  COFFER_TRY_ASSIGN(
      std::unique_ptr<Database> database,
      Database::open(path, options.may_create ? Access::create : Access::write, options.vfs));
  COFFER_TRY_ASSIGN(const std::int64_t version, check_identity(database.get()));
  if (sqlite3_db_readonly(database->handle(), "main") != 0) {
    return Error{Code::storage_read_only,
                 path + ": the file can't be written; check its permissions, or open it read-only"};
  }
  if (version == 0) {
    if (!options.may_create) {
      return Error{Code::storage_cannot_open, path +
                                                  ": the file is empty, and creating a book in "
                                                  "it was not allowed"};
    }
    COFFER_TRY(database->run("PRAGMA page_size = " + std::to_string(page_bytes)));
  }
  // Turning the log on goes through a rollback journal. Its removal must reach the device (EXTRA
  // syncs the folder): a journal that came back after a power cut would undo the file and with it
  // the log.
  COFFER_TRY(database->run("PRAGMA synchronous = EXTRA"));
  COFFER_TRY(use_log(database.get()));
  if (version < migrations().back().number) {
    COFFER_TRY(migrate(database.get()));
  }
  COFFER_TRY(configure_writer(database.get(), options));
  return database;
}

}  // namespace

Result<std::unique_ptr<Database>> open_writer(const std::string& path,
                                              const SqliteOptions& options) {
  Result<std::unique_ptr<Database>> database = open_and_configure(path, options);
  if (!database && database.error().code == Code::storage_cannot_open &&
      is_on_read_only_medium(path)) {
    return Error{Code::storage_read_only,
                 path +
                     ": the file system is mounted read-only; open the book read-only, or copy "
                     "it to a place that can be written"};
  }
  return database;
}

Result<OpenedReader> open_reader(const std::string& path, const char* vfs) {
  COFFER_TRY_ASSIGN(std::unique_ptr<Database> database, Database::open(path, Access::read, vfs));
  Status readable = check_readable(database.get());
  if (readable) {
    return OpenedReader{std::move(database), Access::read};
  }
  const Code code = readable.error().code;
  const int result = sqlite3_errcode(database->handle()) & 0xff;
  if (result != SQLITE_CANTOPEN && result != SQLITE_READONLY) {
    return std::move(readable).error();
  }
  // A log needs shared memory, which can't be made here. Where nobody can write, none is needed.
  if ((!is_on_read_only_medium(path) || has_log(path)) && !is_put_away(path)) {
    return Error{code == Code::storage_cannot_open ? Code::storage_read_only : code,
                 path + (has_log(path) ? log_unreadable : closed_book_unreadable)};
  }
  COFFER_TRY_ASSIGN(database, Database::open(path, Access::read_still, vfs));
  COFFER_TRY(check_readable(database.get()));
  return OpenedReader{std::move(database), Access::read_still};
}

}  // namespace coffer::storage::sqlite
