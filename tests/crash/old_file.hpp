// SPDX-License-Identifier: MIT
// A book's file as the first version of coffer would have written it.
#pragma once

#include <filesystem>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "storage/sqlite/guards.hpp"
#include "storage/sqlite/migrations.hpp"
#include "unit/storage/plain_sqlite.hpp"

namespace coffer::crash {

/// Up to version 4 they were there from the start.
inline void make_all_guards(PlainSqlite* file) {
  for (const storage::Schema* schema : storage::all_schemas()) {
    const std::string table(schema->table);
    if (file->ask("SELECT 1 FROM sqlite_schema WHERE name = '" + table + "'") == "1\n") {
      REQUIRE(file->ask(storage::sqlite::guards_sql(*schema)) == "");
    }
  }
}

/// Replaces the file of a closed book by one with the tables of version 1 and the same rows.
inline void make_version_1(const std::string& path) {
  const std::string newest = path + "-newest";
  std::filesystem::rename(path, newest);
  PlainSqlite file(path);
  for (const char* const* script : storage::sqlite::migrations().front().scripts) {
    REQUIRE(file.ask(*script) == "");
  }
  REQUIRE(file.ask("ATTACH '" + newest + "' AS newest") == "");
  std::istringstream tables(
      file.ask("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql IS NOT NULL"));
  for (std::string table; std::getline(tables, table);) {
    std::string columns =
        file.ask("SELECT group_concat(name, ', ') FROM pragma_table_info('" + table + "')");
    columns.pop_back();
    REQUIRE(file.ask("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns +
                     " FROM newest." + table) == "");
  }
  REQUIRE(file.ask("DETACH newest") == "");
  make_all_guards(&file);
  REQUIRE(file.ask("PRAGMA application_id = " + std::to_string(storage::sqlite::application_id)) ==
          "");
  REQUIRE(file.ask("PRAGMA user_version = 1") == "");
  std::filesystem::remove(newest);
}

}  // namespace coffer::crash
