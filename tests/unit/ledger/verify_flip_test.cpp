// SPDX-License-Identifier: MIT
// Alters one stored value after the other by SQL, as someone with the sqlite3 shell would, and
// expects verification to name it.
#include <coffer/ledger/verify.hpp>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "full_book.hpp"
#include "stored_columns.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace coffer;
using coffer::test::FullBook;
using coffer::test::stored_columns;

/// A second connection without guards, as the sqlite3 shell can be made.
class Shell {
 public:
  explicit Shell(const std::string& path) {
    REQUIRE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
    run("PRAGMA ignore_check_constraints=ON");
    for (const std::string& trigger :
         texts("SELECT name FROM sqlite_master WHERE type='trigger'")) {
      run("DROP TRIGGER " + trigger);
    }
  }
  ~Shell() { sqlite3_close(database_); }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;

  /// False when the statement would break a constraint.
  bool run(const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message);
    const std::string text = message == nullptr ? "" : message;
    sqlite3_free(message);
    REQUIRE_MESSAGE((code == SQLITE_OK || code == SQLITE_CONSTRAINT), sql, ": ", text);
    return code == SQLITE_OK;
  }

  std::vector<std::string> texts(const std::string& sql) {
    std::vector<std::string> found;
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      found.emplace_back(text == nullptr ? "" : text);
    }
    sqlite3_finalize(statement);
    return found;
  }

  std::string text(const std::string& sql) {
    const std::vector<std::string> found = texts(sql);
    return found.empty() ? "" : found.front();
  }

 private:
  sqlite3* database_ = nullptr;
};

/// One altered value: where it is, and the SQL literals before and after.
struct Alteration {
  std::string table;
  std::string key_column;
  std::string key;
  std::string column;
  std::string before;
  std::string after;
};

std::string flipped_blob(const std::string& literal, std::size_t byte) {
  // X'00AB': two digits a byte, flipped in its lowest bit.
  std::string flipped = literal;
  char& digit = flipped[2 + 2 * byte + 1];
  const std::string digits = "0123456789ABCDEF";
  digit = digits[digits.find(digit) ^ 1U];
  return flipped;
}

std::vector<std::string> altered(const std::string& type, const std::string& literal) {
  if (type == "integer") {
    return {"(" + literal + " | 1) - (" + literal + " & 1)", literal + " + 65536"};
  }
  if (type == "text") {
    const std::string last = "substr(" + literal + ", 1, length(" + literal + ") - 1)";
    return {last + " || '1'", last + " || 'z'"};
  }
  if (type == "blob") {
    const std::size_t bytes = (literal.size() - 3) / 2;
    return {flipped_blob(literal, 0), flipped_blob(literal, bytes / 2),
            flipped_blob(literal, bytes - 1)};
  }
  return {"1", "'x'"};
}

/// Blocks that wait to be destroyed: nothing reads them any more, and verification neither.
bool is_garbage(const Alteration& alteration, Shell& shell) {
  return alteration.table == "index_blocks" &&
         shell.text("SELECT count(*) FROM index_segments WHERE kind = 3 AND (" + alteration.key +
                    " BETWEEN first_block AND first_block + block_count - 1 OR " + alteration.key +
                    " BETWEEN first_filter AND first_filter + filter_count - 1)") != "0";
}

/// The message begins with the place: "transactions 7: ...".
bool names(const std::string& message, const Alteration& alteration, const std::string& key) {
  return message.rfind(alteration.table + " " + key + ":", 0) == 0 ||
         message.find(alteration.table + ", " + alteration.key_column + " " + key + ":") !=
             std::string::npos;
}

/// Segments and blocks of an index tell of each other; a note that is gone shows in its
/// transaction.
bool names_neighbour(const std::string& message, const Alteration& alteration) {
  return (alteration.table.rfind("index_", 0) == 0 && message.rfind("index_", 0) == 0) ||
         (alteration.table == "notes" &&
          message.rfind("transactions " + alteration.key + ":", 0) == 0);
}

std::vector<Alteration> alterations_of(const storage::Schema& schema, Shell& shell) {
  std::vector<Alteration> all;
  const std::string table(schema.table);
  const std::string key(schema.columns[0].name);
  const std::string keys = "SELECT " + key + " FROM " + table + " ORDER BY " + key;
  for (const storage::Column& column : schema.columns) {
    const std::string name(column.name);
    std::vector<std::string> rows = shell.texts(keys + " LIMIT 2");
    rows.push_back(shell.text(keys + " DESC LIMIT 1"));
    rows.push_back(shell.text("SELECT " + key + " FROM " + table + " WHERE " + name +
                              " IS NOT NULL AND " + name + " <> 0 ORDER BY " + key + " DESC"));
    if (table == "index_segments") {
      for (const std::string& row :
           shell.texts("SELECT max(id) FROM index_segments GROUP BY kind")) {
        rows.push_back(row);
      }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const std::string& row : rows) {
      if (row.empty()) {
        continue;
      }
      const std::string where = " FROM " + table + " WHERE " + key + " = " + row;
      const std::string before = shell.text("SELECT quote(" + name + ")" + where);
      for (const std::string& after :
           altered(shell.text("SELECT typeof(" + name + ")" + where), before)) {
        all.push_back({table, key, row, name, before, after});
      }
    }
  }
  return all;
}

struct Counts {
  int found = 0;
  int refused = 0;  ///< by a unique index or a column's type
  int garbage = 0;
  std::set<std::string> columns;  ///< in which an alteration was found
};

void try_alteration(const Alteration& alteration, storage::Storage& storage, Shell& shell,
                    Counts* counts) {
  const std::string update = "UPDATE " + alteration.table + " SET " + alteration.column + " = ";
  const std::string where = " WHERE " + alteration.key_column + " = ";
  const std::string new_key = alteration.column == alteration.key_column
                                  ? shell.text("SELECT " + alteration.after)
                                  : alteration.key;
  if (shell.text("SELECT quote(" + alteration.after + ")") == alteration.before) {
    return;
  }
  if (is_garbage(alteration, shell)) {
    ++counts->garbage;
    return;
  }
  if (!shell.run(update + alteration.after + where + alteration.key)) {
    ++counts->refused;
    return;
  }
  const auto report = verify_book(storage, {});
  const std::string message = report ? "verified" : report.error().message;
  CAPTURE(alteration.after);
  CHECK_MESSAGE((!report && report.error().code == Code::integrity_failure), alteration.table, " ",
                alteration.key, ".", alteration.column, ": ", message);
  const bool is_named = names(message, alteration, alteration.key) ||
                        names(message, alteration, new_key) || names_neighbour(message, alteration);
  CHECK_MESSAGE(is_named, alteration.table, " ", alteration.key, ".", alteration.column, ": ",
                message);
  ++counts->found;
  counts->columns.insert(alteration.table + "." + alteration.column);
  REQUIRE(shell.run(update + alteration.before + where + new_key));
}

}  // namespace

TEST_CASE("verify names every stored value that was altered by SQL") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  const FullBook book(path);
  storage::SqliteOptions options;
  options.is_read_only = true;
  auto storage = storage::open_sqlite(path, options);
  REQUIRE_MESSAGE(storage, storage.error().message);
  const auto whole = verify_book(**storage, {});
  REQUIRE_MESSAGE(whole, whole.error().message);
  CHECK(whole->transactions == 168);
  Shell shell(path);
  CHECK(
      shell.texts("SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) "
                  "c WHERE t.type = 'table' ORDER BY 1") == stored_columns);
  Counts counts;
  for (const storage::Schema* schema : storage::all_schemas()) {
    const std::vector<Alteration> alterations = alterations_of(*schema, shell);
    CHECK_MESSAGE(alterations.size() >= 2 * schema->columns.size() - 2, schema->table);
    for (const Alteration& alteration : alterations) {
      try_alteration(alteration, **storage, shell, &counts);
    }
  }
  CHECK(verify_book(**storage, {}));
  MESSAGE(counts.found << " alterations found, " << counts.refused << " refused by SQLite, "
                       << counts.garbage << " in blocks that wait to be destroyed");
  CHECK(counts.found >= 700);
  for (const std::string& column : stored_columns) {
    CHECK_MESSAGE(counts.columns.count(column) == 1, column, " was never altered");
  }
}
