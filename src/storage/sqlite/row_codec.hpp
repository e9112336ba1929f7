// SPDX-License-Identifier: MIT
// Rows of SQLite to and from the plain structs: binding from them, reading into them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>

#include "storage/sqlite/sql_text.hpp"

struct sqlite3_stmt;

namespace coffer::storage::sqlite {

inline constexpr std::size_t row_size_max = 512;

/// Memory for one row of any kind.
struct RowBuffer {
  alignas(8) std::array<std::byte, row_size_max> bytes{};
};

/// The columns that are present in at least one of `count` rows, and all that are not optional.
[[nodiscard]] ColumnMask present_columns(const Schema& schema, const void* rows,
                                         std::size_t count) noexcept;

/// Binds the columns in `columns` of `count` rows to parameters 1, 2, ... The rows must live until
/// the statement was stepped. The result is SQLite's.
[[nodiscard]] int bind_rows(sqlite3_stmt* statement, const Schema& schema, const void* rows,
                            std::size_t count, ColumnMask columns);

/// Binds cells from parameter `first` on. The result is SQLite's.
[[nodiscard]] int bind_cells(sqlite3_stmt* statement, int first, std::span<const Cell> cells);

/// Reads the current row; views point into the statement until its next step.
/// Fails with `storage_corrupt` for an amount that is none.
[[nodiscard]] Status read_row(sqlite3_stmt* statement, const Schema& schema, RowBuffer* row);

}  // namespace coffer::storage::sqlite
