// SPDX-License-Identifier: MIT
// SQLite's online backup, kept to one snapshot, into a file that gets its name when it is whole.
#include "storage/sqlite/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/writer_lock.hpp"

namespace coffer::storage::sqlite {
namespace {

constexpr int pages_per_step = 256;

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const noexcept {
    // Repeats the error of the last step, which was looked at then.
    sqlite3_backup_finish(backup);
  }
};

Status copy_pages(Database* source, Database* target, const Progress& progress) {
  const std::unique_ptr<sqlite3_backup, FinishBackup> backup(
      sqlite3_backup_init(target->handle(), "main", source->handle(), "main"));
  if (backup == nullptr) {
    return target->failed(sqlite3_extended_errcode(target->handle()));
  }
  int result = SQLITE_OK;
  while (result == SQLITE_OK) {
    result = sqlite3_backup_step(backup.get(), pages_per_step);
    const std::int64_t total = sqlite3_backup_pagecount(backup.get());
    if ((result == SQLITE_OK || result == SQLITE_DONE) && progress &&
        !progress(total - sqlite3_backup_remaining(backup.get()), total)) {
      return Error{Code::cancelled, target->path() + ": the backup was cancelled"};
    }
  }
  return result == SQLITE_DONE ? Status{} : Status{target->failed(result)};
}

Status check_copy(Database* target) {
  COFFER_TRY(check_identity(target));
  COFFER_TRY_ASSIGN(const StatementHandle statement,
                    prepare(target->handle(), "PRAGMA quick_check(1)"));
  const int result = sqlite3_step(statement.get());
  if (result != SQLITE_ROW) {
    return target->failed(result);
  }
  const auto* verdict = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
  if (verdict == nullptr || std::string_view(verdict) != "ok") {
    return Error{Code::storage_corrupt, target->path() + ": the book has a damaged page (" +
                                            (verdict == nullptr ? "unknown" : verdict) +
                                            "); verify it and restore an older backup"};
  }
  return {};
}

Status write_copy(Database* source, const std::string& path, const char* vfs,
                  const Progress& progress) {
  COFFER_TRY_ASSIGN(const std::unique_ptr<Database> target,
                    Database::open(path, Access::create, vfs));
  // One snapshot for all steps: without it each commit meanwhile would start the copy again.
  COFFER_TRY(source->run("BEGIN"));
  COFFER_TRY(source->number("SELECT count(*) FROM book"));
  Status copied = copy_pages(source, target.get(), progress);
  Status ended = source->run("COMMIT");
  COFFER_TRY(std::move(copied));
  COFFER_TRY(std::move(ended));
  COFFER_TRY(check_copy(target.get()));
  return target->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// The name is durable only when the directory is.
void sync_directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file >= 0) {
    fsync(file);
    close(file);
  }
}

}  // namespace

Status back_up(Database* source, const std::string& path, const char* vfs,
               const Progress& progress) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    return Error{Code::invalid_argument, "path: a backup needs the name of a file"};
  }
  struct stat found = {};
  if (stat(path.c_str(), &found) == 0) {
    return Error{Code::already_exists, path + ": a file of this name exists; choose another name"};
  }
  const std::string partial = path + "-partial";
  // What a backup that was killed left is removed below, what another one is writing is not.
  WriterLock lock(partial);
  const Status locked = lock.acquire(Takeover::refuse, 0);
  if (!locked && locked.error().code == Code::storage_busy) {
    return Error{Code::storage_busy, path + ": another backup to this name is under way"};
  }
  const auto remove_partial = [&partial] {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      unlink((partial + suffix).c_str());
    }
  };
  remove_partial();
  Status written = write_copy(source, partial, vfs, progress);
  if (written && link(partial.c_str(), path.c_str()) != 0) {
    // link(2), unlike rename(2), does not overwrite a file that has just appeared there.
    const int reason = errno;
    written = Error{reason == EEXIST ? Code::already_exists : Code::storage_io,
                    path + ": the copy can't get its name: " + std::strerror(reason)};
  }
  remove_partial();
  unlink((partial + "-writer").c_str());
  if (written) {
    sync_directory_of(path);
  }
  return written;
}

}  // namespace coffer::storage::sqlite
