// SPDX-License-Identifier: MIT
// Opening books, who may write them, backups, and what is said when something is wrong.
#include <coffer/storage/storage.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>

#include "plain_sqlite.hpp"
#include "storage/sqlite/reader_pool.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

using namespace coffer::storage;
using coffer::Amount;
using coffer::Code;
using coffer::Error;
using coffer::FaultVfs;
using coffer::PlainSqlite;
using coffer::Status;
using coffer::TemporaryFolder;

namespace {

std::unique_ptr<Storage> open_book(const std::string& path, const SqliteOptions& options = {}) {
  auto storage = open_sqlite(path, options);
  REQUIRE_MESSAGE(storage, (storage ? "" : storage.error().message));
  return std::move(storage).value();
}

Error opening_error(const std::string& path, const SqliteOptions& options = {}) {
  const auto storage = open_sqlite(path, options);
  REQUIRE_FALSE(storage);
  return storage.error();
}

SqliteOptions read_only() {
  SqliteOptions options;
  options.is_read_only = true;
  return options;
}

Status append_transactions(Storage& storage, std::int64_t first, std::int64_t count) {
  COFFER_TRY_ASSIGN(const auto unit, storage.begin());
  for (std::int64_t id = first; id < first + count; ++id) {
    TransactionRow row;
    row.id = id;
    row.key = "a key that fills some room, so that the book has more than a few pages";
    row.amount = Amount(id);
    COFFER_TRY(unit->append(row));
  }
  return unit->commit();
}

std::int64_t count_transactions(Storage& storage) {
  std::int64_t count = 0;
  const auto reader = storage.snapshot();
  REQUIRE(reader);
  REQUIRE((*reader)->scan<TransactionRow>({}, [&](const TransactionRow&) { return ++count > 0; }));
  return count;
}

}  // namespace

TEST_CASE("a storage says what it is") {
  const TemporaryFolder folder;
  CHECK(make_memory_storage()->description() == "memory");
  const std::string text = open_book(folder.file("book"))->description();
  CHECK(text.substr(0, 9) == "sqlite 3.");
  CHECK(text.find(folder.file("book")) != std::string::npos);
}

TEST_CASE("a path that can't be a file is storage_cannot_open") {
  const TemporaryFolder folder;
  CHECK(opening_error("").code == Code::storage_cannot_open);
  CHECK(opening_error(":memory:").code == Code::storage_cannot_open);
  CHECK(opening_error(folder.path()).code == Code::storage_cannot_open);
  CHECK(opening_error(folder.file("missing/book")).code == Code::storage_cannot_open);
  const Error missing = opening_error(folder.file("book"), read_only());
  CHECK(missing.code == Code::storage_cannot_open);
  CHECK(missing.message == folder.file("book") + ": there is no such file");
  for (const SqliteOptions& options : {SqliteOptions{}, read_only()}) {
    const Error no_file = opening_error(folder.path(), options);
    CHECK(no_file.code == Code::storage_cannot_open);
    CHECK(no_file.message == folder.path() + ": this is a folder, not a book");
  }
  SqliteOptions existing;
  existing.may_create = false;
  CHECK(opening_error(folder.file("book"), existing).code == Code::storage_cannot_open);
  CHECK_FALSE(std::filesystem::exists(folder.file("book")));
}

TEST_CASE("a file of another application is storage_foreign and stays as it is") {
  const TemporaryFolder folder;
  std::ofstream(folder.file("letter")) << std::string(5000, 'x');
  CHECK(opening_error(folder.file("letter")).code == Code::storage_foreign);
  CHECK(std::filesystem::file_size(folder.file("letter")) == 5000);
  CHECK(PlainSqlite(folder.file("other")).ask("CREATE TABLE t (x)").empty());
  const Error error = opening_error(folder.file("other"));
  CHECK(error.code == Code::storage_foreign);
  CHECK(error.message ==
        folder.file("other") + ": this SQLite file belongs to another application");
  CHECK(PlainSqlite(folder.file("other")).ask("SELECT name FROM sqlite_schema") == "t\n");
  CHECK(PlainSqlite(folder.file("other")).ask("PRAGMA journal_mode") == "delete\n");
}

TEST_CASE("a path that begins as a URI is the name of a file") {
  const TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const auto opened = open_sqlite("file:book?mode=memory", {});
  std::filesystem::current_path(before);
  CHECK_MESSAGE(opened, opened.error().message);
  CHECK(std::filesystem::exists(folder.file("file:book?mode=memory")));
}

TEST_CASE("a file of a newer version is storage_newer_version") {
  const TemporaryFolder folder;
  open_book(folder.file("book"));
  CHECK(PlainSqlite(folder.file("book")).ask("PRAGMA user_version = 999").empty());
  for (const bool is_read_only : {false, true}) {
    SqliteOptions options;
    options.is_read_only = is_read_only;
    const Error error = opening_error(folder.file("book"), options);
    CHECK(error.code == Code::storage_newer_version);
    CHECK(error.message.find("file version 999, known up to 5") != std::string::npos);
  }
}

TEST_CASE("a damaged page is storage_corrupt") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book");
  REQUIRE(append_transactions(*open_book(path), 1, 2000));
  const std::string root =
      PlainSqlite(path).ask("SELECT rootpage FROM sqlite_schema WHERE name = 'transactions'");
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((std::stol(root) - 1) * 4096);
  file << std::string(4096, '\xee');
  file.close();
  const auto storage = open_book(path);
  const auto reader = storage->snapshot();
  REQUIRE(reader);
  const Status scanned =
      (*reader)->scan<TransactionRow>({}, [](const TransactionRow&) { return true; });
  REQUIRE_FALSE(scanned);
  CHECK(scanned.error().code == Code::storage_corrupt);
}

TEST_CASE("a directory or a file that can't be written is storage_read_only") {
  const TemporaryFolder folder;
  FaultVfs vfs("coffer-read-only");
  SqliteOptions options;
  options.vfs = vfs.name();
  REQUIRE(append_transactions(*open_book(folder.file("book"), options), 1, 3));
  vfs.refuse_new_files(true);
  CHECK(opening_error(folder.file("fresh"), options).code == Code::storage_read_only);
  CHECK(opening_error(folder.file("book"), options).code == Code::storage_read_only);
  vfs.refuse_new_files(false);
  vfs.refuse_writing(true);
  CHECK(opening_error(folder.file("book"), options).code == Code::storage_read_only);
  vfs.refuse_writing(false);
  CHECK(count_transactions(*open_book(folder.file("book"), options)) == 3);
}

TEST_CASE("a book that is open read-only is not written, and follows its writer") {
  const TemporaryFolder folder;
  const auto writer = open_book(folder.file("book"));
  const auto reader = open_book(folder.file("book"), read_only());
  CHECK(reader->begin().error().code == Code::storage_read_only);
  CHECK(reader->acquire_writer(Takeover::take_over, 0).error().code == Code::storage_read_only);
  CHECK(count_transactions(*reader) == 0);
  REQUIRE(append_transactions(*writer, 1, 5));
  CHECK(count_transactions(*reader) == 5);
}

TEST_CASE("a second writer of a file is refused until the first has left, or takes it over") {
  const TemporaryFolder folder;
  const auto first = open_book(folder.file("book"));
  const auto second = open_book(folder.file("book"));
  const auto third = open_book(folder.file("book"));
  REQUIRE(first->acquire_writer(Takeover::refuse, 0));
  const Status refused = second->acquire_writer(Takeover::refuse, 0);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage_busy);
  CHECK(refused.error().message.find("writes this book") != std::string::npos);
  CHECK(second->acquire_writer(Takeover::wait, 12'000'000).error().code == Code::storage_busy);
  REQUIRE(second->acquire_writer(Takeover::take_over, 0));
  first->release_writer();
  CHECK(third->acquire_writer(Takeover::refuse, 0).error().code == Code::storage_busy);
  second->release_writer();
  CHECK(third->acquire_writer(Takeover::wait, 0));
}

TEST_CASE("a backup made while commits go on holds exactly one of them") {
  const TemporaryFolder folder;
  const auto storage = open_book(folder.file("book"));
  REQUIRE(append_transactions(*storage, 1, 30'000));
  std::int64_t next = 30'001;
  std::int64_t last_done = 0;
  std::int64_t last_total = 0;
  const Status status =
      storage->backup(folder.file("copy"), [&](std::int64_t done, std::int64_t total) {
        last_done = done;
        last_total = total;
        const Status appended = append_transactions(*storage, next, 100);
        next += 100;
        return appended.has_value();
      });
  REQUIRE_MESSAGE(status, (status ? "" : status.error().message));
  CHECK(next > 30'101);
  CHECK(last_total > 256);
  CHECK(last_done == last_total);
  CHECK(count_transactions(*open_book(folder.file("copy"))) == 30'000);
  CHECK(count_transactions(*storage) == next - 1);
}

TEST_CASE("a backup that is cancelled leaves no file, and none is overwritten") {
  const TemporaryFolder folder;
  const auto storage = open_book(folder.file("book"));
  REQUIRE(append_transactions(*storage, 1, 10'000));
  const auto stop = [](std::int64_t, std::int64_t) { return false; };
  CHECK(storage->backup(folder.file("copy"), stop).error().code == Code::cancelled);
  CHECK_FALSE(std::filesystem::exists(folder.file("copy")));
  CHECK_FALSE(std::filesystem::exists(folder.file("copy-partial")));
  // What a backup that was killed left is no hindrance.
  std::ofstream(folder.file("copy-partial")) << "half a book";
  std::ofstream(folder.file("copy-partial-writer")) << "1\n";
  REQUIRE(storage->backup(folder.file("copy"), {}));
  CHECK(storage->backup(folder.file("copy"), {}).error().code == Code::already_exists);
  CHECK(storage->backup(folder.file("missing/copy"), {}).error().code == Code::storage_cannot_open);
  CHECK(make_memory_storage()->backup("copy", {}).error().code == Code::unsupported);
}

TEST_CASE("of two backups to one name at once the later is refused and the first one is whole") {
  const TemporaryFolder folder;
  const auto storage = open_book(folder.file("book"));
  REQUIRE(append_transactions(*storage, 1, 1'000));
  const std::string copy = folder.file("copy");
  Status second;
  const Status first = storage->backup(copy, [&](std::int64_t, std::int64_t) {
    second = storage->backup(copy, {});
    return true;
  });
  REQUIRE_MESSAGE(first, (first ? "" : first.error().message));
  CHECK(second.error() ==
        Error{Code::storage_busy, copy + ": another backup to this name is under way"});
  CHECK(count_transactions(*open_book(copy)) == 1'000);
  CHECK_FALSE(std::filesystem::exists(folder.file("copy-partial")));
  CHECK_FALSE(std::filesystem::exists(folder.file("copy-partial-writer")));
}

TEST_CASE("snapshots that keep the log too long are ended") {
  const TemporaryFolder folder;
  const auto storage = open_book(folder.file("book"));
  REQUIRE(append_transactions(*storage, 1, 10));
  sqlite::ReaderPool pool(folder.file("book"), sqlite::Access::read, "");
  const auto idle = pool.take();
  const auto busy = pool.take();
  REQUIRE(idle);
  REQUIRE(busy);
  std::int64_t seen = 0;
  const Status stopped = (*busy)->scan<TransactionRow>({}, [&](const TransactionRow&) {
    if (++seen == 3) {
      pool.revoke_all();
    }
    return true;
  });
  CHECK(seen == 3);
  CHECK(stopped.error().code == Code::storage_busy);
  CHECK((*idle)->find<TransactionRow>(1, [](const TransactionRow&) {}).error().code ==
        Code::storage_busy);
  const auto fresh = pool.take();
  REQUIRE(fresh);
  CHECK((*fresh)->find<TransactionRow>(1, [](const TransactionRow&) {}));
}
