// SPDX-License-Identifier: MIT
// The part of the storage contract that is the same in every backend: arguments and messages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage {

/// For authors of backends: what the port promises about wrong calls, written once.
///
/// Threads: any. Cost: a few comparisons per column; only failures allocate.

/// The columns of an access path in order, the primary key's at the end.
struct PathColumns {
  std::array<std::uint8_t, 16> positions{};  ///< in `Schema::columns`
  std::size_t count = 0;
};
/// The columns of `index`, which is valid and numbered as in `ScanQuery`: 0 is the primary key.
[[nodiscard]] PathColumns path_columns(const Schema& schema, std::size_t index) noexcept;

/// True when the row stands in index `index` (from 1): none of its optional columns is absent.
[[nodiscard]] bool is_in_index(const Schema& schema, std::size_t index, const void* row) noexcept;

/// Fails with `invalid_argument` when `key` is not one value of the right type per key column.
[[nodiscard]] Status check_key(const Schema& schema, std::span<const Cell> key);
/// Fails with `invalid_argument`: no such index, a limit below -1, too many values, a wrong type.
[[nodiscard]] Status check_scan(const Schema& schema, const ScanQuery& query);
/// Fails with `not_permitted` for append-only kinds.
[[nodiscard]] Status check_put(const Schema& schema);
/// Fails with `not_permitted` for append-only kinds and for those without a version.
[[nodiscard]] Status check_replace(const Schema& schema);
/// Fails with `not_permitted` for append-only kinds and for those with another key than an integer.
[[nodiscard]] Status check_destroy(const Schema& schema);

/// "transactions, id 17", for messages.
[[nodiscard]] std::string row_name(const Schema& schema, const void* row);
/// `storage_conflict`: a row to append is there already, or its unique values are.
[[nodiscard]] Error exists_error(const Schema& schema, const void* row);
/// `storage_conflict`: a row to replace has another version, or is not there.
[[nodiscard]] Error version_error(const Schema& schema, const void* row, std::int64_t expected);

}  // namespace coffer::storage
