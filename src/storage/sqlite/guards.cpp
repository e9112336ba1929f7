// SPDX-License-Identifier: MIT
// The SQL of indexes and append-only triggers, from the schemas.
#include "storage/sqlite/guards.hpp"

#include <sqlite3.h>

#include <string>

#include "storage/sqlite/sql_text.hpp"

namespace coffer::storage::sqlite {
namespace {

std::string index_sql(const Schema& schema, const Index& index) {
  std::string names;
  std::string condition;
  for (const std::uint8_t position : index.columns) {
    const std::string name(schema.columns[position].name);
    names += (names.empty() ? "" : ", ") + name;
    if (schema.columns[position].optional) {
      condition += (condition.empty() ? " WHERE " : " AND ") + name + " IS NOT NULL";
    }
  }
  return std::string("CREATE ") + (index.is_unique ? "UNIQUE " : "") + "INDEX IF NOT EXISTS " +
         std::string(index.name) + " ON " + std::string(schema.table) + " (" + names + ")" +
         condition + ";\n";
}

/// For whoever opens the file with another program. The one on inserting is there because INSERT
/// OR REPLACE removes the old row without asking a trigger on deleting. The engine's own connection
/// has triggers switched off: it has no statement that they would refuse, and they would cost it
/// time.
std::string trigger_sql(const Schema& schema, const char* verb, const std::string& event) {
  const std::string table(schema.table);
  return "CREATE TRIGGER IF NOT EXISTS " + table + "_refuse_" + verb + " BEFORE " + event +
         "\nBEGIN SELECT RAISE (ABORT, '" + table + ": rows are only ever appended'); END;\n";
}

}  // namespace

std::string guards_sql(const Schema& schema) {
  std::string sql;
  for (const Index& index : schema.indexes) {
    sql += index_sql(schema, index);
  }
  if (schema.is_append_only) {
    const std::string table(schema.table);
    const std::string key(schema.columns[0].name);
    sql += trigger_sql(schema, "update", "UPDATE ON " + table);
    sql += trigger_sql(schema, "delete", "DELETE ON " + table);
    sql += trigger_sql(schema, "replace",
                       "INSERT ON " + table + "\nWHEN EXISTS (SELECT 1 FROM " + table + " WHERE " +
                           key + " = NEW." + key + ")");
  }
  return sql;
}

Status make_guards(Database* database, const Schema& schema) {
  const auto kind = static_cast<std::size_t>(schema.kind);
  if (!database->known().guarded.test(kind)) {
    COFFER_TRY(database->run(guards_sql(schema)));
    database->known().guarded.set(kind);
  }
  return {};
}

Result<bool> has_rows(Database* database, const Schema& schema) {
  const auto kind = static_cast<std::size_t>(schema.kind);
  if (!database->known().filled.test(kind)) {
    COFFER_TRY_ASSIGN(
        const Statement statement,
        database->statements().take(database->handle(), write_key(schema, Verb::probe, 0, 0),
                                    [&] { return probe_sql(schema); }));
    const int result = sqlite3_step(statement.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
      return database->failed(result);
    }
    database->known().filled.set(kind, result == SQLITE_ROW);
  }
  return database->known().filled.test(kind);
}

}  // namespace coffer::storage::sqlite
