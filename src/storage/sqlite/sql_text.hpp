// SPDX-License-Identifier: MIT
// The SQL of each verb of the port, made from schemas, and the numbers that stand for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage::sqlite {

/// Which of a schema's columns a statement names, a bit each.
using ColumnMask = std::uint32_t;

enum class Verb : std::uint8_t {
  insert = 1,
  put = 2,
  replace = 3,
  destroy = 4,
  find = 5,
  scan = 6,
  begin = 7,
  commit = 8,
  probe = 9
};

/// The keys under which statements are kept; different texts have different keys.
[[nodiscard]] std::uint64_t write_key(const Schema& schema, Verb verb, std::size_t rows,
                                      ColumnMask columns) noexcept;
[[nodiscard]] std::uint64_t scan_key(const Schema& schema, const ScanQuery& query) noexcept;

/// INSERT of `rows` rows in one statement; columns that are not named become NULL.
[[nodiscard]] std::string insert_sql(const Schema& schema, Verb verb, std::size_t rows,
                                     ColumnMask columns);
/// UPDATE of all columns where the key and the version match; parameters: columns, version.
[[nodiscard]] std::string replace_sql(const Schema& schema);
[[nodiscard]] std::string destroy_sql(const Schema& schema);
[[nodiscard]] std::string find_sql(const Schema& schema);
/// A row when the table has any.
[[nodiscard]] std::string probe_sql(const Schema& schema);
/// Parameters: equal, from, to, limit.
[[nodiscard]] std::string scan_sql(const Schema& schema, const ScanQuery& query);

}  // namespace coffer::storage::sqlite
