// SPDX-License-Identifier: MIT
// Stepping through results and handing each row to the visitor.
#include "storage/sqlite/row_reading.hpp"

#include <sqlite3.h>

#include <coffer/storage/contract.hpp>

#include "storage/sqlite/guards.hpp"
#include "storage/sqlite/row_codec.hpp"
#include "storage/sqlite/sql_text.hpp"

namespace coffer::storage::sqlite {

Error revoked_error(const std::string& path) {
  return Error{Code::storage_busy,
               path +
                   ": this snapshot is too old: it kept the log from being recycled until that "
                   "reached its limit; take a new snapshot and read in shorter pieces"};
}

Result<bool> find_row(Database* database, const Schema& schema, std::span<const Cell> key,
                      const RowVisitor& visit) {
  COFFER_TRY(check_key(schema, key));
  COFFER_TRY_ASSIGN(
      const Statement statement,
      database->statements().take(database->handle(), write_key(schema, Verb::find, 0, 0),
                                  [&] { return find_sql(schema); }));
  int result = bind_cells(statement.get(), 1, key);
  if (result == SQLITE_OK) {
    result = sqlite3_step(statement.get());
  }
  if (result == SQLITE_DONE) {
    return false;
  }
  if (result != SQLITE_ROW) {
    return database->failed(result);
  }
  RowBuffer row;
  COFFER_TRY(read_row(statement.get(), schema, &row));
  visit(row.bytes.data());
  return true;
}

Status scan_rows(Database* database, const Schema& schema, const ScanQuery& query,
                 const RowVisitor& visit, const std::atomic<bool>& is_revoked) {
  COFFER_TRY(check_scan(schema, query));
  if (query.index > 0) {
    COFFER_TRY_ASSIGN(const bool may_find, has_rows(database, schema));
    if (!may_find) {
      return {};
    }
  }
  COFFER_TRY_ASSIGN(const Statement statement,
                    database->statements().take(database->handle(), scan_key(schema, query),
                                                [&] { return scan_sql(schema, query); }));
  const int from = 1 + static_cast<int>(query.equal.size());
  const int to = from + static_cast<int>(query.from.size());
  const Cell limit = Cell::of(query.limit);
  int result = bind_cells(statement.get(), 1, query.equal);
  if (result == SQLITE_OK) {
    result = bind_cells(statement.get(), from, query.from);
  }
  if (result == SQLITE_OK) {
    result = bind_cells(statement.get(), to, query.to);
  }
  if (result == SQLITE_OK) {
    result = bind_cells(statement.get(), to + static_cast<int>(query.to.size()),
                        std::span<const Cell>(&limit, 1));
  }
  if (result != SQLITE_OK) {
    return database->failed(result);
  }
  RowBuffer row;
  while ((result = sqlite3_step(statement.get())) == SQLITE_ROW) {
    if (is_revoked.load(std::memory_order_relaxed)) {
      return revoked_error(database->path());
    }
    COFFER_TRY(read_row(statement.get(), schema, &row));
    if (!visit(row.bytes.data())) {
      return {};
    }
  }
  return result == SQLITE_DONE ? Status{} : Status{database->failed(result)};
}

}  // namespace coffer::storage::sqlite
