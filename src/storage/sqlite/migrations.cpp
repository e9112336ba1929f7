// SPDX-License-Identifier: MIT
// Whose file this is, how old it is, and bringing it up to date.
#include "storage/sqlite/migrations.hpp"

#include <array>
#include <string>

namespace coffer::storage::sqlite {
namespace {

Status apply(Database* database, const Migration& migration) {
  for (const char* const* script : migration.scripts) {
    COFFER_TRY(database->run(*script));
  }
  COFFER_TRY(database->run("PRAGMA application_id = " + std::to_string(application_id)));
  return database->run("PRAGMA user_version = " + std::to_string(migration.number));
}

}  // namespace

std::span<const Migration> migrations() noexcept {
  static constexpr std::array<const char* const*, 2> first = {&migration_0001_tables,
                                                              &migration_0001_views};
  static constexpr std::array<const char* const*, 1> second = {&migration_0002_crypto_wallets};
  static constexpr std::array<const char* const*, 1> third = {&migration_0003_checksums};
  static constexpr std::array<const char* const*, 1> fourth = {&migration_0004_wallet_transaction};
  // Version 5 has the tables of version 4. Its number keeps older ones out, which would write to a
  // table without making the indexes and guards that come with the first row.
  static constexpr std::array<Migration, 5> all = {
      {{1, first}, {2, second}, {3, third}, {4, fourth}, {5, {}}}};
  return all;
}

Result<std::int64_t> check_identity(Database* database) {
  COFFER_TRY_ASSIGN(const std::int64_t owner, database->number("PRAGMA application_id"));
  COFFER_TRY_ASSIGN(const std::int64_t version, database->number("PRAGMA user_version"));
  if (owner == application_id) {
    const std::int64_t newest = migrations().back().number;
    if (version > newest) {
      return Error{Code::storage_newer_version,
                   database->path() + ": a newer coffer wrote this book (file version " +
                       std::to_string(version) + ", known up to " + std::to_string(newest) +
                       "); use that one"};
    }
    return version;
  }
  COFFER_TRY_ASSIGN(const std::int64_t tables,
                    database->number("SELECT count(*) FROM sqlite_schema"));
  if (owner != 0 || version != 0 || tables != 0) {
    return Error{Code::storage_foreign,
                 database->path() + ": this SQLite file belongs to another application"};
  }
  return std::int64_t{0};
}

Status migrate(Database* database) {
  for (const Migration& migration : migrations()) {
    // Looked at again under the lock, because another process may be doing the same.
    COFFER_TRY(database->run("BEGIN IMMEDIATE"));
    const Result<std::int64_t> version = check_identity(database);
    Status step;
    if (!version) {
      step = version.error();
    } else if (*version < migration.number) {
      step = apply(database, migration);
    }
    if (step) {
      step = database->run("COMMIT");
    }
    if (!step) {
      // The first error is the one to tell; a transaction that SQLite ended already is no second.
      (void)database->run("ROLLBACK");
      return step;
    }
  }
  return {};
}

}  // namespace coffer::storage::sqlite
