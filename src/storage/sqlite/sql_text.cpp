// SPDX-License-Identifier: MIT
// Writing SQL from schemas. Values are always parameters, never text.
#include "storage/sqlite/sql_text.hpp"

#include <coffer/storage/contract.hpp>

namespace coffer::storage::sqlite {
namespace {

std::string column_name(const Schema& schema, std::size_t position) {
  return std::string(schema.columns[position].name);
}

/// "a, b, c" of the path's columns from `first`, `count` of them.
std::string path_names(const Schema& schema, const PathColumns& path, std::size_t first,
                       std::size_t count, const char* suffix) {
  std::string names;
  for (std::size_t i = first; i < first + count; ++i) {
    names += (i == first ? "" : ", ") + column_name(schema, path.positions[i]) + suffix;
  }
  return names;
}

std::string all_names(const Schema& schema) {
  std::string names;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    names += (i == 0 ? "" : ", ") + column_name(schema, i);
  }
  return names;
}

std::string marks(std::size_t count) {
  std::string text = "(?";
  for (std::size_t i = 1; i < count; ++i) {
    text += ",?";
  }
  return text + ")";
}

std::string bound(const Schema& schema, const PathColumns& path, std::size_t first,
                  std::size_t count, const char* comparison) {
  if (count == 0) {
    return {};
  }
  return " AND (" + path_names(schema, path, first, count, "") + ") " + comparison + " " +
         marks(count);
}

}  // namespace

std::uint64_t write_key(const Schema& schema, Verb verb, std::size_t rows,
                        ColumnMask columns) noexcept {
  return static_cast<std::uint64_t>(columns) << 32U | static_cast<std::uint64_t>(rows) << 16U |
         static_cast<std::uint64_t>(schema.kind) << 8U | static_cast<std::uint64_t>(verb);
}

std::uint64_t scan_key(const Schema& schema, const ScanQuery& query) noexcept {
  const std::uint64_t flags = (query.is_from_exclusive ? 1U : 0U) |
                              (query.is_to_inclusive ? 2U : 0U) | (query.is_backward ? 4U : 0U);
  return flags << 48U | static_cast<std::uint64_t>(query.to.size()) << 40U |
         static_cast<std::uint64_t>(query.from.size()) << 32U |
         static_cast<std::uint64_t>(query.equal.size()) << 24U |
         static_cast<std::uint64_t>(query.index) << 16U |
         static_cast<std::uint64_t>(schema.kind) << 8U | static_cast<std::uint64_t>(Verb::scan);
}

std::string insert_sql(const Schema& schema, Verb verb, std::size_t rows, ColumnMask columns) {
  std::string names;
  std::size_t count = 0;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if ((columns >> i & 1U) != 0) {
      names += (count == 0 ? "" : ", ") + column_name(schema, i);
      ++count;
    }
  }
  // FAIL and not the default ABORT: a unit that failed is rolled back as a whole, so SQLite need
  // not keep an undo copy of each page for this single statement.
  std::string sql = verb == Verb::put ? "INSERT OR REPLACE INTO " : "INSERT OR FAIL INTO ";
  sql += std::string(schema.table) + " (" + names + ") VALUES ";
  for (std::size_t row = 0; row < rows; ++row) {
    sql += (row == 0 ? "" : ",") + marks(count);
  }
  return sql;
}

std::string replace_sql(const Schema& schema) {
  std::string sql = "UPDATE " + std::string(schema.table) + " SET ";
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + column_name(schema, i) + " = ?" + std::to_string(i + 1);
  }
  sql += " WHERE ";
  for (std::size_t i = 0; i < schema.key_columns; ++i) {
    sql += column_name(schema, i) + " = ?" + std::to_string(i + 1) + " AND ";
  }
  return sql + column_name(schema, schema.version_column) + " = ?" +
         std::to_string(schema.columns.size() + 1);
}

std::string destroy_sql(const Schema& schema) {
  return "DELETE FROM " + std::string(schema.table) + " WHERE " + column_name(schema, 0) +
         " BETWEEN ? AND ?";
}

std::string find_sql(const Schema& schema) {
  std::string sql =
      "SELECT " + all_names(schema) + " FROM " + std::string(schema.table) + " WHERE ";
  for (std::size_t i = 0; i < schema.key_columns; ++i) {
    sql += (i == 0 ? "" : " AND ") + column_name(schema, i) + " = ?";
  }
  return sql;
}

std::string probe_sql(const Schema& schema) {
  return "SELECT 1 FROM " + std::string(schema.table) + " LIMIT 1";
}

std::string scan_sql(const Schema& schema, const ScanQuery& query) {
  const PathColumns path = path_columns(schema, query.index);
  std::string sql = "SELECT " + all_names(schema) + " FROM " + std::string(schema.table);
  // Naming the index keeps the cost of a query the same whatever the planner thinks.
  if (query.index > 0) {
    sql += " INDEXED BY " + std::string(schema.indexes[query.index - 1].name);
  }
  sql += " WHERE 1";
  if (query.index > 0) {
    for (const std::uint8_t position : schema.indexes[query.index - 1].columns) {
      if (schema.columns[position].optional) {
        sql += " AND " + column_name(schema, position) + " IS NOT NULL";
      }
    }
  }
  for (std::size_t i = 0; i < query.equal.size(); ++i) {
    sql += " AND " + column_name(schema, path.positions[i]) + " = ?";
  }
  sql += bound(schema, path, query.equal.size(), query.from.size(),
               query.is_from_exclusive ? ">" : ">=");
  sql +=
      bound(schema, path, query.equal.size(), query.to.size(), query.is_to_inclusive ? "<=" : "<");
  return sql + " ORDER BY " +
         path_names(schema, path, 0, path.count, query.is_backward ? " DESC" : "") + " LIMIT ?";
}

}  // namespace coffer::storage::sqlite
