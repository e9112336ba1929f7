// SPDX-License-Identifier: MIT
// A file of an older version is brought up to date, and loses nothing by it.
#include "storage/sqlite/migrations.hpp"

#include <doctest/doctest.h>

#include <string>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>

#include "crash/old_file.hpp"
#include "plain_sqlite.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;

/// What an older version made, with one asset and one commit in it.
void make_version(std::int64_t version, const std::string& path) {
  PlainSqlite file(path);
  for (const storage::sqlite::Migration& step : storage::sqlite::migrations()) {
    for (const char* const* script : step.scripts) {
      if (step.number <= version) {
        REQUIRE(file.ask(*script) == "");
      }
    }
  }
  crash::make_all_guards(&file);
  REQUIRE(file.ask("PRAGMA application_id = " + std::to_string(storage::sqlite::application_id)) ==
          "");
  REQUIRE(file.ask("PRAGMA user_version = " + std::to_string(version)) == "");
  REQUIRE(file.ask("INSERT INTO assets (id, code, scale, kind, recorded_at) "
                   "VALUES (1, 'USD', 2, 0, 5)") == "");
  REQUIRE(file.ask("INSERT INTO commits VALUES (1, 1, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0, x'00'" +
                   std::string(version < 3 ? ")" : ", 0, 0, NULL)")) == "");
}

TEST_CASE("a file of version 1 is brought to the newest and keeps its rows") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_version(1, path);
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
  make_version(1, path);
  storage::SqliteOptions options;
  options.is_read_only = true;
  CHECK(!storage::open_sqlite(path, options));
  PlainSqlite file(path);
  CHECK(file.ask("PRAGMA user_version") == "1\n");
}

TEST_CASE("a reader reads a file of version 3, whose tables are the same, and does not change it") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  make_version(3, path);
  storage::SqliteOptions options;
  options.is_read_only = true;
  CHECK(storage::open_sqlite(path, options));
  PlainSqlite file(path);
  CHECK(file.ask("PRAGMA user_version") == "3\n");
  CHECK(file.ask("SELECT count(*) FROM pragma_table_info('wallet_transaction')") == "11\n");
  REQUIRE(storage::open_sqlite(path, {}));
  CHECK(file.ask("PRAGMA user_version") == "5\n");
  CHECK(file.ask("SELECT count(*) FROM pragma_table_info('wallet_transaction')") == "12\n");
}

}  // namespace
