// SPDX-License-Identifier: MIT
// The part of the storage contract that every backend checks in the same way: arguments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage {

/// The columns of an access path in order, the primary key's at the end.
struct PathColumns {
  std::array<std::uint8_t, 16> positions{};
  std::size_t count = 0;
};
/// `index` as in `ScanQuery`, and valid.
[[nodiscard]] PathColumns path_columns(const Schema& schema, std::size_t index) noexcept;

/// True when no optional column of index `index` (from 1) is absent from the row.
[[nodiscard]] bool is_in_index(const Schema& schema, std::size_t index, const void* row) noexcept;

/// Each fails with `invalid_argument` or `not_permitted`, as the port says, naming the table.
[[nodiscard]] Status check_key(const Schema& schema, std::span<const Cell> key);
[[nodiscard]] Status check_scan(const Schema& schema, const ScanQuery& query);
[[nodiscard]] Status check_put(const Schema& schema);
[[nodiscard]] Status check_replace(const Schema& schema);
[[nodiscard]] Status check_destroy(const Schema& schema);

/// "transactions, id 17" or "index_blocks, id 3", for messages.
[[nodiscard]] std::string row_name(const Schema& schema, const void* row);
/// The conflict of inserting a row that is there, or whose unique columns are.
[[nodiscard]] Error exists_error(const Schema& schema, const void* row);
/// The conflict of replacing a row that moved on or is not there.
[[nodiscard]] Error version_error(const Schema& schema, const void* row, std::int64_t expected);

}  // namespace coffer::storage
