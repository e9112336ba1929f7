// SPDX-License-Identifier: MIT
// Argument checks and messages that are the same in every backend.
#include <coffer/storage/contract.hpp>

#include <string>

namespace coffer::storage {
namespace {

std::string table_of(const Schema& schema) { return std::string(schema.table); }

Status check_cells(const Schema& schema, const PathColumns& path, std::size_t first,
                   std::span<const Cell> cells, const char* what) {
  if (first + cells.size() > path.count) {
    return Error{Code::invalid_argument,
                 table_of(schema) + ": " + what + " has more values than the index has columns"};
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Column& column = schema.columns[path.positions[first + i]];
    if (cells[i].type != column.type) {
      return Error{Code::invalid_argument, table_of(schema) + ": the value for column " +
                                               std::string(column.name) + " has another type"};
    }
  }
  return {};
}

Status refuse_append_only(const Schema& schema, const char* verb) {
  if (schema.is_append_only) {
    return Error{Code::not_permitted,
                 table_of(schema) + ": rows are only ever appended, never " + verb};
  }
  return {};
}

}  // namespace

PathColumns path_columns(const Schema& schema, std::size_t index) noexcept {
  PathColumns path;
  const auto take = [&path](std::uint8_t position) {
    for (std::size_t i = 0; i < path.count; ++i) {
      if (path.positions[i] == position) {
        return;
      }
    }
    path.positions[path.count++] = position;
  };
  if (index > 0) {
    for (const std::uint8_t position : schema.indexes[index - 1].columns) {
      take(position);
    }
  }
  for (std::uint8_t position = 0; position < schema.key_columns; ++position) {
    take(position);
  }
  return path;
}

bool is_in_index(const Schema& schema, std::size_t index, const void* row) noexcept {
  for (const std::uint8_t position : schema.indexes[index - 1].columns) {
    if (schema.columns[position].optional) {
      const Cell cell = cell_of(schema, row, position);
      if (cell.type == CellType::integer ? cell.integer == 0 : cell.bytes.empty()) {
        return false;
      }
    }
  }
  return true;
}

Status check_key(const Schema& schema, std::span<const Cell> key) {
  if (key.size() != schema.key_columns) {
    return Error{Code::invalid_argument, table_of(schema) + ": a key needs " +
                                             std::to_string(schema.key_columns) +
                                             " value(s), not " + std::to_string(key.size())};
  }
  return check_cells(schema, path_columns(schema, 0), 0, key, "key");
}

Status check_scan(const Schema& schema, const ScanQuery& query) {
  if (query.index > schema.indexes.size()) {
    return Error{Code::invalid_argument,
                 table_of(schema) + ": there is no index " + std::to_string(query.index)};
  }
  if (query.limit < -1) {
    return Error{Code::invalid_argument, table_of(schema) + ": limit is below -1"};
  }
  const PathColumns path = path_columns(schema, query.index);
  COFFER_TRY(check_cells(schema, path, 0, query.equal, "equal"));
  COFFER_TRY(check_cells(schema, path, query.equal.size(), query.from, "from"));
  return check_cells(schema, path, query.equal.size(), query.to, "to");
}

Status check_put(const Schema& schema) { return refuse_append_only(schema, "overwritten"); }

Status check_replace(const Schema& schema) {
  COFFER_TRY(refuse_append_only(schema, "replaced"));
  if (schema.version_column == 0xff) {
    return Error{Code::not_permitted,
                 table_of(schema) + ": has no version to compare; use put instead of replace"};
  }
  return {};
}

Status check_destroy(const Schema& schema) {
  COFFER_TRY(refuse_append_only(schema, "destroyed"));
  if (schema.key_columns != 1 || schema.columns[0].type != CellType::integer) {
    return Error{Code::not_permitted, table_of(schema) + ": the key is not a single integer"};
  }
  return {};
}

std::string row_name(const Schema& schema, const void* row) {
  std::string name = table_of(schema);
  for (std::size_t i = 0; i < schema.key_columns; ++i) {
    const Cell cell = cell_of(schema, row, i);
    name +=
        ", " + std::string(schema.columns[i].name) + " " +
        (cell.type == CellType::integer ? std::to_string(cell.integer) : std::string(cell.bytes));
  }
  return name;
}

Error exists_error(const Schema& schema, const void* row) {
  return Error{Code::storage_conflict,
               row_name(schema, row) + ": this row or one with the same unique value exists"};
}

Error version_error(const Schema& schema, const void* row, std::int64_t expected) {
  return Error{Code::storage_conflict, row_name(schema, row) + ": its version is no longer " +
                                           std::to_string(expected) + ", or it is not there"};
}

}  // namespace coffer::storage
