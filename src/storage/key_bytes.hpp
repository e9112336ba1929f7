// SPDX-License-Identifier: MIT
// Keys as byte strings whose plain order is the order of the rows.
#pragma once

#include <optional>
#include <span>
#include <string>

#include <coffer/storage/schema.hpp>

namespace coffer::storage {

/// Appends one value so that byte order is value order and no encoding is a prefix of another.
/// Integers: big endian with the sign turned. Bytes: 00 becomes 00 FF, and 00 00 ends them.
inline void append_key_cell(std::string* key, const Cell& cell) {
  if (cell.type == CellType::integer) {
    const std::uint64_t bits = static_cast<std::uint64_t>(cell.integer) ^ (1ULL << 63U);
    for (unsigned shift = 64; shift > 0; shift -= 8) {
      key->push_back(static_cast<char>(static_cast<unsigned char>(bits >> (shift - 8))));
    }
    return;
  }
  for (const char byte : cell.bytes) {
    key->push_back(byte);
    if (byte == '\0') {
      key->push_back('\xff');
    }
  }
  key->append(2, '\0');
}

inline void append_key_cells(std::string* key, std::span<const Cell> cells) {
  for (const Cell& cell : cells) {
    append_key_cell(key, cell);
  }
}

/// The first key after all keys that begin with `prefix`; none when there can't be one.
[[nodiscard]] inline std::optional<std::string> after_prefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') {
    prefix.pop_back();
  }
  if (prefix.empty()) {
    return std::nullopt;
  }
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1U);
  return prefix;
}

}  // namespace coffer::storage
