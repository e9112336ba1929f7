// SPDX-License-Identifier: MIT
// One table from SQLite's result codes to coffer's codes.
#include "storage/sqlite/failure.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace coffer::storage::sqlite {
namespace {

struct Meaning {
  Code code;
  std::string_view advice;
};

constexpr Meaning full = {Code::storage_full,
                          "the disk is full; nothing was committed, free some space and repeat"};
constexpr Meaning read_only = {
    Code::storage_read_only,
    "the file or its directory can't be written; check owner and permissions"};

Meaning meaning_of_constraint(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE:
      return {Code::storage_conflict, "this row or one with the same unique value exists"};
    case SQLITE_CONSTRAINT_TRIGGER: return {Code::not_permitted, "rows are only ever appended"};
    default: return {Code::internal, "a value is not one that the table allows"};
  }
}

Meaning meaning_of_io(sqlite3* connection, int extended) {
  const int reason = connection == nullptr ? 0 : sqlite3_system_errno(connection);
  if (reason == ENOSPC || reason == EDQUOT) {
    return full;
  }
  switch (extended) {
    case SQLITE_IOERR_NOMEM: return {Code::out_of_memory, "out of memory"};
    case SQLITE_IOERR_CORRUPTFS:
      return {Code::storage_corrupt, "the file system is damaged; restore a backup"};
    default:
      return {Code::storage_io,
              "the device or file system failed; check it, then close and open the book"};
  }
}

Meaning meaning_of_cannot_open(sqlite3* connection) {
  const int reason = connection == nullptr ? 0 : sqlite3_system_errno(connection);
  if (reason == EACCES || reason == EPERM || reason == EROFS) {
    return read_only;
  }
  return {Code::storage_cannot_open,
          "the file or its log can't be opened or created; check path and permissions"};
}

Meaning meaning_of(sqlite3* connection, int result) {
  const int extended = result == (result & 0xff) && connection != nullptr &&
                               (sqlite3_extended_errcode(connection) & 0xff) == result
                           ? sqlite3_extended_errcode(connection)
                           : result;
  switch (result & 0xff) {
    case SQLITE_FULL: return full;
    case SQLITE_IOERR: return meaning_of_io(connection, extended);
    case SQLITE_CONSTRAINT: return meaning_of_constraint(extended);
    case SQLITE_CORRUPT:
      return {Code::storage_corrupt, "the file contradicts itself; restore a backup"};
    case SQLITE_NOTADB:
      return {Code::storage_foreign,
              "this is no coffer book: not an SQLite file, or its first page is damaged"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {Code::storage_busy, "another process is writing to this book; repeat later"};
    case SQLITE_READONLY:
    case SQLITE_PERM: return read_only;
    case SQLITE_CANTOPEN: return meaning_of_cannot_open(connection);
    case SQLITE_NOMEM: return {Code::out_of_memory, "out of memory"};
    case SQLITE_INTERRUPT: return {Code::cancelled, "interrupted"};
    case SQLITE_TOOBIG: return {Code::invalid_argument, "a text or blob is too big for SQLite"};
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
      // Our statements are fixed, so only a file whose tables were altered makes one fail.
      return {Code::storage_corrupt, "the file's tables are not those of a coffer book"};
    default: return {Code::internal, "unexpected result"};
  }
}

}  // namespace

Error failure(sqlite3* connection, int result, std::string_view subject) {
  const Meaning meaning = meaning_of(connection, result);
  std::string message(subject);
  message += ": ";
  message += meaning.advice;
  message += " (SQLite ";
  message += std::to_string(result);
  message += ": ";
  message += connection != nullptr && (sqlite3_errcode(connection) & 0xff) == (result & 0xff)
                 ? sqlite3_errmsg(connection)
                 : sqlite3_errstr(result);
  message += ")";
  return Error{meaning.code, std::move(message)};
}

}  // namespace coffer::storage::sqlite
