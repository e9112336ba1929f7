// SPDX-License-Identifier: MIT
// The loops over columns that every row goes through; no allocation unless an amount is wide.
#include "storage/sqlite/row_codec.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include <coffer/storage/contract.hpp>

namespace coffer::storage::sqlite {
namespace {

template <class T>
const T& member(const char* row, std::uint16_t offset) noexcept {
  return *reinterpret_cast<const T*>(row + offset);
}

bool is_absent(const Column& column, const char* row) noexcept {
  if (column.type == CellType::integer) {
    return member<std::int64_t>(row, column.offset) == 0;
  }
  return member<std::string_view>(row, column.offset).empty();
}

int bind_amount(sqlite3_stmt* statement, int parameter, const Amount& amount) {
  if (const std::optional<std::int64_t> small = amount.to_int64()) {
    return sqlite3_bind_int64(statement, parameter, *small);
  }
  const std::string text = to_integer_text(amount);
  return sqlite3_bind_text(statement, parameter, text.data(), static_cast<int>(text.size()),
                           SQLITE_TRANSIENT);
}

/// SQLite takes a null pointer for NULL, so an empty value needs some address.
const char* address_of(std::string_view bytes) noexcept {
  return bytes.data() == nullptr ? "" : bytes.data();
}

int bind_member(sqlite3_stmt* statement, int parameter, const Column& column, const char* row) {
  switch (column.type) {
    case CellType::integer:
      return sqlite3_bind_int64(statement, parameter, member<std::int64_t>(row, column.offset));
    case CellType::amount:
      return bind_amount(statement, parameter, member<Amount>(row, column.offset));
    case CellType::text: {
      const auto& text = member<std::string_view>(row, column.offset);
      return sqlite3_bind_text64(statement, parameter, address_of(text), text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    case CellType::blob: {
      const auto& blob = member<std::string_view>(row, column.offset);
      return sqlite3_bind_blob64(statement, parameter, address_of(blob), blob.size(),
                                 SQLITE_STATIC);
    }
  }
  return SQLITE_MISUSE;
}

Status read_amount(sqlite3_stmt* statement, int position, Amount* amount) {
  switch (sqlite3_column_type(statement, position)) {
    case SQLITE_INTEGER:
      *amount = Amount(std::int64_t{sqlite3_column_int64(statement, position)});
      return {};
    case SQLITE_TEXT: {
      const auto* text = static_cast<const char*>(sqlite3_column_blob(statement, position));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, position));
      Result<Amount> wide = parse_integer_text(std::string_view(text, size));
      // One value has one form: what fits 64 bits is never a text.
      if (wide && !wide->to_int64()) {
        *amount = *wide;
        return {};
      }
      break;
    }
    default: break;
  }
  return Error{Code::storage_corrupt, "is not an amount"};
}

std::string_view read_bytes(sqlite3_stmt* statement, int position) {
  // Not sqlite3_column_text, which would copy the value to end it with a NUL.
  const void* bytes = sqlite3_column_blob(statement, position);
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement, position))};
}

}  // namespace

ColumnMask present_columns(const Schema& schema, const void* rows, std::size_t count) noexcept {
  ColumnMask present = 0;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    const Column& column = schema.columns[i];
    bool is_present = !column.optional;
    const char* row = static_cast<const char*>(rows);
    for (std::size_t r = 0; r < count && !is_present; ++r, row += schema.row_size) {
      is_present = !is_absent(column, row);
    }
    present |= static_cast<ColumnMask>(is_present ? 1U : 0U) << i;
  }
  return present;
}

int bind_rows(sqlite3_stmt* statement, const Schema& schema, const void* rows, std::size_t count,
              ColumnMask columns) {
  const char* row = static_cast<const char*>(rows);
  int parameter = 0;
  for (std::size_t r = 0; r < count; ++r, row += schema.row_size) {
    ColumnMask left = columns;
    for (const Column& column : schema.columns) {
      const bool is_named = (left & 1U) != 0;
      left >>= 1U;
      if (!is_named) {
        continue;
      }
      ++parameter;
      const int result = column.optional && is_absent(column, row)
                             ? sqlite3_bind_null(statement, parameter)
                             : bind_member(statement, parameter, column, row);
      if (result != SQLITE_OK) {
        return result;
      }
    }
  }
  return SQLITE_OK;
}

int bind_cells(sqlite3_stmt* statement, int first, std::span<const Cell> cells) {
  int parameter = first;
  for (const Cell& cell : cells) {
    int result = SQLITE_OK;
    switch (cell.type) {
      case CellType::integer:
        result = sqlite3_bind_int64(statement, parameter, cell.integer);
        break;
      case CellType::amount: result = bind_amount(statement, parameter, cell.amount); break;
      case CellType::text:
        result = sqlite3_bind_text64(statement, parameter, address_of(cell.bytes),
                                     cell.bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
      case CellType::blob:
        result = sqlite3_bind_blob64(statement, parameter, address_of(cell.bytes),
                                     cell.bytes.size(), SQLITE_STATIC);
        break;
    }
    if (result != SQLITE_OK) {
      return result;
    }
    ++parameter;
  }
  return SQLITE_OK;
}

Status read_row(sqlite3_stmt* statement, const Schema& schema, RowBuffer* row) {
  int position = 0;
  for (const Column& column : schema.columns) {
    void* const target = row->bytes.data() + column.offset;
    switch (column.type) {
      case CellType::integer: {
        const std::int64_t value = sqlite3_column_int64(statement, position);
        std::memcpy(target, &value, sizeof value);
        break;
      }
      case CellType::amount: {
        Amount amount;
        if (Status read = read_amount(statement, position, &amount); !read) {
          return Error{Code::storage_corrupt, row_name(schema, row->bytes.data()) + ": column " +
                                                  std::string(column.name) + " " +
                                                  read.error().message};
        }
        std::memcpy(target, &amount, sizeof amount);
        break;
      }
      case CellType::text:
      case CellType::blob: {
        const std::string_view bytes = read_bytes(statement, position);
        std::memcpy(target, &bytes, sizeof(std::string_view));
        break;
      }
    }
    ++position;
  }
  return {};
}

}  // namespace coffer::storage::sqlite
