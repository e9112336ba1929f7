// SPDX-License-Identifier: MIT
// What SQLite is told about syncs: nothing less than was asked for, and everything by default.
#include "storage/sqlite/opening.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

/// `PRAGMA synchronous` of the writing connection: 0 off, 1 normal, 2 full.
std::int64_t synchronous(const std::string& path, const storage::SqliteOptions& options) {
  const auto database = storage::sqlite::open_writer(path, options);
  REQUIRE(database);
  const auto value = (*database)->number("PRAGMA synchronous");
  REQUIRE(value);
  return *value;
}

storage::SqliteOptions with(storage::Durability durability) {
  storage::SqliteOptions options;
  options.durability = durability;
  return options;
}

}  // namespace

TEST_CASE("each commit is synced unless something less was asked for") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  // The first opening makes the file, for which more is synced than for a commit.
  CHECK(synchronous(path, {}) == 2);
  CHECK(synchronous(path, {}) == 2);
  CHECK(synchronous(path, with(storage::Durability::full)) == 2);
  CHECK(synchronous(path, with(storage::Durability::normal)) == 1);
  CHECK(synchronous(path, with(storage::Durability::off)) == 0);
}

TEST_CASE("a new file that is opened with normal durability gets it") {
  const TemporaryFolder folder;
  CHECK(synchronous(folder.file("book.db"), with(storage::Durability::normal)) == 1);
}
