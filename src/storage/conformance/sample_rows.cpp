// SPDX-License-Identifier: MIT
// Drawing rows, and answering scans by looking at every row.
#include "storage/conformance/sample_rows.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstring>
#include <limits>

#include <coffer/storage/contract.hpp>

namespace coffer::storage::conformance {
namespace {

constexpr std::array<std::int64_t, 8> integers = {0,
                                                  1,
                                                  2,
                                                  3,
                                                  -1,
                                                  1'734'862'530'000'000'001,
                                                  std::numeric_limits<std::int64_t>::max(),
                                                  std::numeric_limits<std::int64_t>::min()};

constexpr std::array<std::string_view, 8> texts = {"",
                                                   "a",
                                                   "aa",
                                                   "b",
                                                   "Z",
                                                   "\xc3\xa4",
                                                   "\xf0\x9f\xaa\x99 coin",
                                                   "0123456789 0123456789 0123456789"};

std::strong_ordering order(const Cell& a, const Cell& b) {
  if (a.type == CellType::integer) {
    return a.integer <=> b.integer;
  }
  return a.bytes.compare(b.bytes) <=> 0;
}

bool is_unique_column(const Schema& schema, std::size_t column) {
  return std::any_of(schema.indexes.begin(), schema.indexes.end(), [column](const Index& index) {
    return index.is_unique &&
           std::find(index.columns.begin(), index.columns.end(), column) != index.columns.end();
  });
}

std::strong_ordering compare_tuple(const Schema& schema, const PathColumns& path, std::size_t first,
                                   std::span<const Cell> cells, const void* row) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto result = order(cell_of(schema, row, path.positions[first + i]), cells[i]);
    if (result != 0) {
      return result;
    }
  }
  return std::strong_ordering::equal;
}

bool matches(const Schema& schema, const PathColumns& path, const ScanQuery& query,
             const void* row) {
  if (query.index > 0 && !is_in_index(schema, query.index, row)) {
    return false;
  }
  const std::size_t next = query.equal.size();
  if (compare_tuple(schema, path, 0, query.equal, row) != 0) {
    return false;
  }
  const auto from = compare_tuple(schema, path, next, query.from, row);
  const auto to = compare_tuple(schema, path, next, query.to, row);
  const bool is_after = query.from.empty() || from > 0 || (from == 0 && !query.is_from_exclusive);
  const bool is_before = query.to.empty() || to < 0 || (to == 0 && query.is_to_inclusive);
  return is_after && is_before;
}

}  // namespace

std::size_t Seeded::below(std::size_t bound) noexcept {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::size_t>(state_ >> 33U) % bound;
}

Amount awkward_amount(std::size_t choice) noexcept {
  const std::array<Amount, 8> amounts = {
      Amount(0),
      Amount(1),
      Amount(-1),
      Amount(std::numeric_limits<std::int64_t>::max()),
      Amount(std::numeric_limits<std::int64_t>::min()),
      Amount::from_limbs({1ULL << 63U, 0, 0, 0}),  // the least that 64 bits do not hold
      Amount::max(),
      Amount::min()};
  return amounts[choice % amounts.size()];
}

std::string_view SampleRows::keep(std::string text) {
  texts_.push_back(std::move(text));
  return texts_.back();
}

Cell SampleRows::drawn(std::size_t column, std::int64_t key, Seeded* random) {
  const CellType type = schema_.columns[column].type;
  if (column == 0) {
    return Cell::of(key);
  }
  if (is_unique_column(schema_, column)) {
    return type == CellType::integer ? Cell::of(key)
                                     : Cell{type, 0, {}, keep("u" + std::to_string(key))};
  }
  const std::size_t choice = random->below(8);
  switch (type) {
    case CellType::integer: return Cell::of(integers[choice]);
    case CellType::amount: return Cell{type, 0, awkward_amount(choice), {}};
    case CellType::text: return Cell{type, 0, {}, keep(std::string(texts[choice]))};
    case CellType::blob:
      return Cell{
          type, 0, {}, keep(std::string(choice * 3, static_cast<char>(random->below(256))))};
  }
  return {};
}

void SampleRows::add(std::int64_t key, Seeded* random) {
  std::vector<Cell> cells;
  for (std::size_t column = 0; column < schema_.columns.size(); ++column) {
    cells.push_back(drawn(column, key, random));
  }
  add_cells(cells);
}

void SampleRows::add_cells(const std::vector<Cell>& cells) {
  const std::size_t words = schema_.row_size / sizeof(std::uint64_t);
  memory_.resize(memory_.size() + words);
  void* const row = memory_.data() + count_ * words;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    set_cell(schema_, row, column, cells[column]);
  }
  ++count_;
}

std::vector<std::size_t> SampleRows::visited_by(const ScanQuery& query) const {
  const PathColumns path = path_columns(schema_, query.index);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < count_; ++i) {
    if (matches(schema_, path, query, row(i))) {
      found.push_back(i);
    }
  }
  std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < path.count; ++i) {
      const auto result = order(cell_of(schema_, row(a), path.positions[i]),
                                cell_of(schema_, row(b), path.positions[i]));
      if (result != 0) {
        return query.is_backward ? result > 0 : result < 0;
      }
    }
    return false;
  });
  if (query.limit >= 0 && found.size() > static_cast<std::size_t>(query.limit)) {
    found.resize(static_cast<std::size_t>(query.limit));
  }
  return found;
}

std::string difference(const Schema& schema, const void* a, const void* b) {
  for (std::size_t column = 0; column < schema.columns.size(); ++column) {
    const Cell left = cell_of(schema, a, column);
    const Cell right = cell_of(schema, b, column);
    if (left.integer != right.integer || left.amount != right.amount || left.bytes != right.bytes) {
      return std::string(schema.columns[column].name);
    }
  }
  return {};
}

}  // namespace coffer::storage::conformance
