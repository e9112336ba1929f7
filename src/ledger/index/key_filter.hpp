// SPDX-License-Identifier: MIT
// KeyFilter: says of most keys that a segment does not have them, with one cache line of memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/index/key_hash.hpp"

namespace coffer::ledger {

/// A Bloom filter in lines of 512 bits; a key has one bit in each of the eight words of its line.
/// (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007.)
///
/// The line grows with the hash, so a filter is written in one pass over sorted hashes, and a file
/// holds it as the lines one after the other, words little endian.
class KeyFilter {
 public:
  static constexpr std::size_t line_bytes = 64;
  /// Young segments are many and small: they get more bits, so that all of them together seldom
  /// cost a useless look into a block. Part of the file format.
  [[nodiscard]] static std::int64_t line_count(std::int64_t items, std::int64_t level) noexcept {
    const std::int64_t bits_per_item = level < 2 ? 20 : 14;
    return std::max<std::int64_t>(1, (items * bits_per_item + 511) / 512);
  }

  explicit KeyFilter(std::int64_t lines)
      : line_count_(static_cast<std::uint64_t>(lines)),
        lines_(std::make_unique<Line[]>(static_cast<std::size_t>(lines))) {}

  [[nodiscard]] bool may_contain(std::uint64_t hash) const noexcept {
    const Line& line = lines_[line_of(hash)];
    const std::uint64_t bits = spread(hash);
    const std::uint64_t first = (line.words[0] >> (bits & 63U)) &
                                (line.words[1] >> ((bits >> 6U) & 63U)) &
                                (line.words[2] >> ((bits >> 12U) & 63U));
    if ((first & 1U) == 0) {
      return false;
    }
    return ((line.words[3] >> ((bits >> 18U) & 63U)) & (line.words[4] >> ((bits >> 24U) & 63U)) &
            (line.words[5] >> ((bits >> 30U) & 63U)) & (line.words[6] >> ((bits >> 36U) & 63U)) &
            (line.words[7] >> ((bits >> 42U) & 63U)) & 1U) != 0;
  }
  void prefetch(std::uint64_t hash) const noexcept { __builtin_prefetch(&lines_[line_of(hash)]); }
  void insert(std::uint64_t hash) noexcept { lines_[line_of(hash)].insert(hash); }

  /// The lines from `first_line` on, as a file has them. `bytes` are whole lines that fit.
  void set_lines(std::int64_t first_line, std::string_view bytes) noexcept;

  [[nodiscard]] static std::uint64_t line_of(std::uint64_t hash, std::uint64_t lines) noexcept {
    return ((hash >> (KeyHash::bits - 32U)) * lines) >> 32U;
  }

  struct alignas(line_bytes) Line {
    std::uint64_t words[8] = {};

    void insert(std::uint64_t hash) noexcept {
      std::uint64_t bits = spread(hash);
      for (std::uint64_t& word : words) {
        word |= 1ULL << (bits & 63U);
        bits >>= 6U;
      }
    }
    void append_to(std::string& bytes) const;
  };

 private:
  /// 48 well mixed bits: eight places within words.
  [[nodiscard]] static std::uint64_t spread(std::uint64_t hash) noexcept {
    const std::uint64_t mixed = (hash ^ (hash >> 23U)) * 0x9e3779b97f4a7c15ULL;
    return (mixed ^ (mixed >> 32U)) * 0xff51afd7ed558ccdULL >> 16U;
  }
  [[nodiscard]] std::size_t line_of(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(line_of(hash, line_count_));
  }

  std::uint64_t line_count_;
  std::unique_ptr<Line[]> lines_;
};

}  // namespace coffer::ledger
