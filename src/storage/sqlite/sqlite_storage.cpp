// SPDX-License-Identifier: MIT
// The SQLite backend of the storage port: one writing connection, a pool of reading ones.
#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <coffer/storage/storage.hpp>

#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/opening.hpp"
#include "storage/sqlite/reader_pool.hpp"
#include "storage/sqlite/unit_of_work.hpp"
#include "storage/sqlite/writer_lock.hpp"

namespace coffer::storage::sqlite {
namespace {

/// Pages in the log after which the committer moves them into the book. Fewer cost throughput,
/// more make the one commit that does it slow.
constexpr int checkpoint_pages = 4000;
/// When a reader keeps the log from being moved whole, try again after so many more pages.
constexpr int checkpoint_retry_pages = 1000;
/// Snapshots that made the log grow beyond this are ended.
constexpr std::int64_t log_bytes_max = 1LL << 30;

class SqliteStorage final : public Storage, private UnitOwner {
 public:
  SqliteStorage(std::string path, const SqliteOptions& options, Access reading,
                std::unique_ptr<Database> writer)
      : path_(std::move(path)),
        vfs_(options.vfs == nullptr ? "" : options.vfs),
        writer_lock_(path_),
        writer_(std::move(writer)),
        readers_(path_, reading, vfs_) {
    if (writer_ != nullptr) {
      sqlite3_wal_hook(writer_->handle(), count_log_pages, this);
    }
  }

  ReaderPool& readers() noexcept { return readers_; }

  Status acquire_writer(Takeover takeover, std::int64_t wait_ns) override;
  void release_writer() noexcept override;
  Result<std::unique_ptr<UnitOfWork>> begin() override;
  Result<std::unique_ptr<Reader>> snapshot() override { return readers_.take(); }
  Status backup(std::string_view path, const Progress& progress) override;
  Status maintain() override;
  [[nodiscard]] std::string description() const override;

 private:
  static int count_log_pages(void* self, sqlite3*, const char*, int pages) {
    static_cast<SqliteStorage*>(self)->log_pages_ = pages;
    return SQLITE_OK;
  }
  void on_committed() noexcept override;
  void on_commit_failed(const Error& error) noexcept override { broken_ = error; }
  void on_ended() noexcept override { has_unit_ = false; }
  [[nodiscard]] Error read_only_error() const;
  [[nodiscard]] const char* vfs() const noexcept { return vfs_.empty() ? nullptr : vfs_.c_str(); }

  const std::string path_;
  const std::string vfs_;
  WriterLock writer_lock_;
  std::mutex writer_lock_guard_;
  int writers_ = 0;
  std::unique_ptr<Database> writer_;  ///< null: read-only
  std::mutex maintenance_guard_;
  std::unique_ptr<Database> maintenance_;
  ReaderPool readers_;  ///< closed before the writer, who as the last one clears the log away
  std::atomic<bool> has_unit_{false};
  std::atomic<int> log_pages_{0};
  int next_checkpoint_ = checkpoint_pages;
  std::optional<Error> broken_;
};

Error SqliteStorage::read_only_error() const {
  return Error{Code::storage_read_only, path_ + ": this book was opened read-only"};
}

Status SqliteStorage::acquire_writer(Takeover takeover, std::int64_t wait_ns) {
  if (writer_ == nullptr) {
    return read_only_error();
  }
  const std::lock_guard guard(writer_lock_guard_);
  if (writers_ == 0) {
    COFFER_TRY(writer_lock_.acquire(takeover, wait_ns));
  } else if (takeover != Takeover::take_over) {
    return Error{Code::storage_busy, path_ + ": this storage has a writer already"};
  }
  // A writer of this storage that was replaced gives back its place too when it closes.
  ++writers_;
  return {};
}

void SqliteStorage::release_writer() noexcept {
  const std::lock_guard guard(writer_lock_guard_);
  if (writers_ > 0 && --writers_ == 0) {
    writer_lock_.release();
  }
}

Result<std::unique_ptr<UnitOfWork>> SqliteStorage::begin() {
  if (writer_ == nullptr) {
    return read_only_error();
  }
  if (has_unit_.exchange(true)) {
    return Error{Code::storage_busy, path_ + ": a unit of work is open"};
  }
  Status begun = broken_ ? Status{*broken_} : writer_->run(Verb::begin);
  if (!begun) {
    has_unit_ = false;
    return std::move(begun).error();
  }
  UnitOwner* const owner = this;
  return std::unique_ptr<UnitOfWork>(std::make_unique<SqliteUnit>(writer_.get(), owner));
}

void SqliteStorage::on_committed() noexcept {
  if (log_pages_ < next_checkpoint_) {
    return;
  }
  int log = 0;
  int moved = 0;
  // The commit is durable already; what a checkpoint could not do, the next one does.
  const int result =
      sqlite3_wal_checkpoint_v2(writer_->handle(), "main", SQLITE_CHECKPOINT_PASSIVE, &log, &moved);
  if (result == SQLITE_OK && moved >= log) {
    next_checkpoint_ = checkpoint_pages;
    return;
  }
  next_checkpoint_ = log_pages_ + checkpoint_retry_pages;
  if (log_pages_ * page_bytes > log_bytes_max) {
    readers_.revoke_all();
  }
}

Status SqliteStorage::backup(std::string_view path, const Progress& progress) {
  COFFER_TRY_ASSIGN(const std::unique_ptr<Database> source,
                    Database::open(path_, readers_.access(), vfs()));
  COFFER_TRY(prepare_reader(source.get()));
  return back_up(source.get(), std::string(path), vfs(), progress);
}

Status SqliteStorage::maintain() {
  if (writer_ == nullptr) {
    return {};
  }
  const std::lock_guard guard(maintenance_guard_);
  if (maintenance_ == nullptr) {
    COFFER_TRY_ASSIGN(maintenance_, Database::open(path_, Access::write, vfs()));
    COFFER_TRY(maintenance_->run("PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -256"));
  }
  const int result = sqlite3_wal_checkpoint_v2(maintenance_->handle(), "main",
                                               SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return result == SQLITE_OK || result == SQLITE_BUSY ? Status{}
                                                      : Status{maintenance_->failed(result)};
}

std::string SqliteStorage::description() const {
  std::string text = std::string("sqlite ") + sqlite3_libversion() + ", " + path_;
  if (writer_ == nullptr) {
    text += ", read-only";
  }
  if (log_pages_ > 2 * checkpoint_pages) {
    text += ", log of " + std::to_string(log_pages_ * page_bytes >> 20) +
            " MB kept by a reader that is still open";
  }
  return text;
}

}  // namespace
}  // namespace coffer::storage::sqlite

namespace coffer::storage {

Result<std::unique_ptr<Storage>> open_sqlite(std::string_view path, const SqliteOptions& options) {
  using sqlite::Access;
  if (path.empty() || path == ":memory:" || path.find('\0') != std::string_view::npos) {
    return Error{
        Code::storage_cannot_open,
        "path: a book needs the name of a file; use make_memory_storage for one in memory"};
  }
  const std::string name(path);
  std::unique_ptr<sqlite::SqliteStorage> storage;
  if (options.is_read_only) {
    COFFER_TRY_ASSIGN(sqlite::OpenedReader opened, sqlite::open_reader(name, options.vfs));
    storage = std::make_unique<sqlite::SqliteStorage>(name, options, opened.access, nullptr);
    storage->readers().keep(std::move(opened.database));
  } else {
    COFFER_TRY_ASSIGN(std::unique_ptr<sqlite::Database> writer, sqlite::open_writer(name, options));
    storage =
        std::make_unique<sqlite::SqliteStorage>(name, options, Access::read, std::move(writer));
  }
  return std::unique_ptr<Storage>(std::move(storage));
}

}  // namespace coffer::storage
