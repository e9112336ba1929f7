// SPDX-License-Identifier: MIT
// Rows of any kind made from a seed, and a naive model of what a table of them answers.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage::conformance {

/// A small linear congruential generator: the same numbers everywhere.
class Seeded {
 public:
  explicit Seeded(std::uint64_t seed) noexcept : state_(seed) {}
  /// 0 .. bound-1
  [[nodiscard]] std::size_t below(std::size_t bound) noexcept;

 private:
  std::uint64_t state_;
};

/// Structs of one kind, one after another as `append` takes them, with their texts.
class SampleRows {
 public:
  explicit SampleRows(const Schema& schema) : schema_(schema) {}

  /// Adds a row with this key; other columns are drawn. Columns of unique indexes hold the key.
  void add(std::int64_t key, Seeded* random);
  /// Adds a row whose every column is set by `set(cell, column)`.
  void add_cells(const std::vector<Cell>& cells);

  [[nodiscard]] const void* data() const noexcept { return memory_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] const void* row(std::size_t i) const noexcept {
    return reinterpret_cast<const char*>(memory_.data()) + i * schema_.row_size;
  }
  [[nodiscard]] const Schema& schema() const noexcept { return schema_; }

  /// The positions of the rows that `query` visits, in its order.
  [[nodiscard]] std::vector<std::size_t> visited_by(const ScanQuery& query) const;

 private:
  [[nodiscard]] std::string_view keep(std::string text);
  [[nodiscard]] Cell drawn(std::size_t column, std::int64_t key, Seeded* random);

  const Schema& schema_;
  std::vector<std::uint64_t> memory_;  ///< row sizes are multiples of eight
  std::size_t count_ = 0;
  std::deque<std::string> texts_;
};

/// "" when both rows have the same values, else the name of the first column that differs.
[[nodiscard]] std::string difference(const Schema& schema, const void* a, const void* b);

/// A value that every column of its type can hold, picked from a list of awkward ones.
[[nodiscard]] Amount awkward_amount(std::size_t choice) noexcept;

}  // namespace coffer::storage::conformance
