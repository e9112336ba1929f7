// SPDX-License-Identifier: MIT
// A file of an older version is brought up to date, and loses nothing by it.
#include "storage/sqlite/migrations.hpp"

#include <doctest/doctest.h>

#include <string>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>

#include "plain_sqlite.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

/// What the first version made, with one asset and one commit in it.
void make_version_1(const std::string& path) {
  PlainSqlite file(path);
  for (const char* const* script : storage::sqlite::migrations().front().scripts) {
    REQUIRE(file.ask(*script) == "");
  }
  REQUIRE(file.ask("PRAGMA application_id = " + std::to_string(storage::sqlite::application_id)) ==
          "");
  REQUIRE(file.ask("PRAGMA user_version = 1") == "");
  REQUIRE(file.ask("INSERT INTO assets VALUES (1, 'USD', 2, 0, NULL, NULL, NULL, 5)") == "");
  REQUIRE(file.ask("INSERT INTO commits VALUES (1, 1, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0, x'00')") == "");
}

TEST_CASE("a file of version 1 is brought to the newest and keeps its rows") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_version_1(path);
  {
    const auto opened = storage::open_sqlite(path, {});
    REQUIRE(opened);
    const auto reader = (*opened)->snapshot();
    REQUIRE(reader);
    std::string code;
    const auto asset = (*reader)->find<storage::AssetRow>(
        1, [&code](const storage::AssetRow& row) { code = row.code; });
    REQUIRE(asset);
    CHECK(code == "USD");
    std::int64_t last_crypto_wallet = -1;
    const auto commit = (*reader)->find<storage::CommitRow>(
        1, [&](const storage::CommitRow& row) { last_crypto_wallet = row.last_crypto_wallet; });
    REQUIRE(commit);
    CHECK(last_crypto_wallet == 0);
  }
  PlainSqlite file(path);
  CHECK(file.ask("PRAGMA user_version") ==
        std::to_string(storage::sqlite::migrations().back().number) + "\n");
  CHECK(file.ask("SELECT count(*) FROM crypto_wallet") == "0\n");
  CHECK(file.ask("SELECT coalesce(checksum, 'none') FROM commits") == "none\n");
}

TEST_CASE("a reader does not change a file of version 1 and says what to do") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_version_1(path);
  storage::SqliteOptions options;
  options.is_read_only = true;
  CHECK(!storage::open_sqlite(path, options));
  PlainSqlite file(path);
  CHECK(file.ask("PRAGMA user_version") == "1\n");
}

}  // namespace
