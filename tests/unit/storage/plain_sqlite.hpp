// SPDX-License-Identifier: MIT
// A plain SQLite connection, as an auditor or a foreign program has one.
#pragma once

#include <sqlite3.h>

#include <string>

namespace coffer {

class PlainSqlite {
 public:
  explicit PlainSqlite(const std::string& path) { sqlite3_open(path.c_str(), &handle_); }
  ~PlainSqlite() { sqlite3_close(handle_); }
  PlainSqlite(const PlainSqlite&) = delete;
  PlainSqlite& operator=(const PlainSqlite&) = delete;

  /// All rows, values parted by '|' and rows by a line feed; or "error: ..." .
  [[nodiscard]] std::string ask(const std::string& sql) {
    std::string rows;
    char* message = nullptr;
    const auto collect = [](void* out, int count, char** values, char**) {
      auto& text = *static_cast<std::string*>(out);
      for (int i = 0; i < count; ++i) {
        text += i == 0 ? "" : "|";
        text += values[i] == nullptr ? "NULL" : values[i];
      }
      text += "\n";
      return 0;
    };
    if (sqlite3_exec(handle_, sql.c_str(), collect, &rows, &message) != SQLITE_OK) {
      rows = std::string("error: ") + (message == nullptr ? "" : message);
      sqlite3_free(message);
    }
    return rows;
  }

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace coffer
