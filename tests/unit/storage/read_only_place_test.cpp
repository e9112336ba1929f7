// SPDX-License-Identifier: MIT
// Books where nothing can be written: a medium mounted read-only, a directory of someone else's.
#include <coffer/storage/storage.hpp>

#include <doctest/doctest.h>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <string>

#include <coffer/storage/rows_ledger.hpp>

#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;
using namespace coffer::storage;

constexpr const char* not_permitted = "not permitted";

/// What `body` says in a process of its own, which may give up rights that the tests need.
std::string said_by_child(const std::function<std::string()>& body) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string text = body();
    const bool is_written =
        write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(is_written ? 0 : 1);
  }
  close(ends[1]);
  std::string said;
  char buffer[512];
  for (ssize_t size; (size = read(ends[0], buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  return said;
}

bool mount_read_only(const std::string& folder) {
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
         mount("none", folder.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
}

/// Root may write anywhere, so it becomes nobody.
bool is_bound_by_permissions() { return geteuid() != 0 || setuid(65534) == 0; }

std::string opened(const std::string& path, bool is_read_only) {
  SqliteOptions options;
  options.is_read_only = is_read_only;
  const auto storage = open_sqlite(path, options);
  if (!storage) {
    return std::string(name_of(storage.error().code)) + ": " + storage.error().message;
  }
  const auto snapshot = (*storage)->snapshot();
  if (!snapshot) {
    return snapshot.error().message;
  }
  int rows = 0;
  const Status scanned = (*snapshot)->scan<AssetRow>({}, [&rows](const AssetRow&) {
    ++rows;
    return true;
  });
  return scanned ? std::to_string(rows) + " rows" : scanned.error().message;
}

/// A book that was closed in order, so that it has neither log nor shared memory; others may read.
struct ClosedBook {
  TemporaryFolder folder;
  std::string path = folder.file("book");

  ClosedBook() {
    const auto storage = open_sqlite(path, {});
    REQUIRE_MESSAGE(storage, storage.error().message);
    const auto unit = (*storage)->begin();
    REQUIRE(unit);
    REQUIRE((*unit)->append(AssetRow{1, "USD", 2, 0, {}, {}, {}, 1}));
    REQUIRE((*unit)->commit());
    REQUIRE(chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(chmod(path.c_str(), 0644) == 0);
  }
  ~ClosedBook() { CHECK(access((path + "-wal").c_str(), F_OK) != 0); }
};

std::string on_read_only_medium(const ClosedBook& book, const std::string& path,
                                bool is_read_only) {
  return said_by_child([&] {
    return mount_read_only(book.folder.path()) ? opened(path, is_read_only) : not_permitted;
  });
}

}  // namespace

TEST_CASE("a book on a read-only medium is read, and writing it says why not") {
  const ClosedBook book;
  const std::string rows = on_read_only_medium(book, book.path, true);
  if (rows == not_permitted) {
    MESSAGE("skipped: mounting is not permitted");
    return;
  }
  CHECK(rows == "1 rows");
  const std::string reason =
      ": the file system is mounted read-only; open the book read-only, or copy it to a place that "
      "can be written";
  CHECK(on_read_only_medium(book, book.path, false) == "storage_read_only: " + book.path + reason);
  const std::string fresh = book.folder.file("fresh");
  CHECK(on_read_only_medium(book, fresh, false) == "storage_read_only: " + fresh + reason);
}

TEST_CASE("in a directory of someone else's a book without a log is neither read nor written") {
  const ClosedBook book;
  REQUIRE(chmod(book.folder.path().c_str(), 0555) == 0);
  for (const bool is_read_only : {true, false}) {
    const std::string said = said_by_child([&] {
      return is_bound_by_permissions() ? opened(book.path, is_read_only) : not_permitted;
    });
    CHECK_MESSAGE(said.find("storage_read_only: " + book.path + ": ") == 0, said);
    CHECK_MESSAGE(
        said.find(is_read_only ? "its one file is the whole book: copy it to a folder that you can "
                                 "write, and open or back up the copy"
                               : "the file or its directory can't be written") != std::string::npos,
        said);
  }
  REQUIRE(chmod(book.folder.path().c_str(), 0755) == 0);
}

TEST_CASE("a book that nobody may write is backed up from where it lies") {
  const ClosedBook book;
  const TemporaryFolder elsewhere;
  REQUIRE(chmod(elsewhere.path().c_str(), 0777) == 0);
  REQUIRE(chmod(book.path.c_str(), 0444) == 0);
  REQUIRE(chmod(book.folder.path().c_str(), 0555) == 0);
  const std::string said = said_by_child([&] {
    if (!is_bound_by_permissions()) {
      return std::string(not_permitted);
    }
    SqliteOptions options;
    options.is_read_only = true;
    const auto storage = open_sqlite(book.path, options);
    if (!storage) {
      return storage.error().message;
    }
    const Status copied = (*storage)->backup(elsewhere.file("copy"), {});
    return copied ? opened(elsewhere.file("copy"), true) : copied.error().message;
  });
  REQUIRE(chmod(book.folder.path().c_str(), 0755) == 0);
  CHECK(said == "1 rows");
}

TEST_CASE("a closed book that nobody may write is read where it lies, unless it has a log") {
  const ClosedBook book;
  const auto opened_by_other = [&](bool is_read_only) {
    REQUIRE(chmod(book.folder.path().c_str(), 0555) == 0);
    const std::string said = said_by_child([&] {
      return is_bound_by_permissions() ? opened(book.path, is_read_only) : not_permitted;
    });
    REQUIRE(chmod(book.folder.path().c_str(), 0755) == 0);
    return said;
  };
  const std::string refused = "storage_read_only: " + book.path + ": ";
  for (const mode_t someone_may_write : {0464U, 0446U, 0644U}) {
    REQUIRE(chmod(book.path.c_str(), someone_may_write) == 0);
    CHECK(opened_by_other(true).find(refused) == 0);
  }
  REQUIRE(chmod(book.path.c_str(), 0444) == 0);
  CHECK(opened_by_other(true) == "1 rows");
  CHECK(opened_by_other(false).find(refused) == 0);
  for (const char* suffix : {"-wal", "-shm"}) {
    const std::string beside = book.path + suffix;
    std::ofstream(beside).put('x');
    CHECK(opened_by_other(true) != "1 rows");
    REQUIRE(unlink(beside.c_str()) == 0);
  }
}
