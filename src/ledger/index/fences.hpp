// SPDX-License-Identifier: MIT
// Fences: the first item of each block of a segment, and its last item.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/index/index_item.hpp"

namespace coffer::ledger {

/// With these in memory an exact look into a segment of any size reads one block.
class Fences {
 public:
  /// Adds the next block by its first item.
  void add_block(const IndexItem& first) {
    majors_.push_back(first.major);
    ids_.push_back(first.id);
    if (first.minor != 0 || !minors_.empty()) {
      minors_.resize(majors_.size() - 1, 0);
      minors_.push_back(first.minor);
    }
  }
  void set_last(const IndexItem& last) noexcept { last_ = last; }

  [[nodiscard]] std::int64_t block_count() const noexcept {
    return static_cast<std::int64_t>(majors_.size());
  }
  [[nodiscard]] IndexItem first() const noexcept { return at(0); }
  [[nodiscard]] const IndexItem& last() const noexcept { return last_; }
  [[nodiscard]] std::uint64_t major_of(std::int64_t block) const noexcept {
    return majors_[static_cast<std::size_t>(block)];
  }
  /// The last block whose first item is not after `item`; 0 when there is none.
  [[nodiscard]] std::int64_t block_of(const IndexItem& item) const noexcept;

  /// As a segment's filter blocks carry them, after the lines of the filter.
  [[nodiscard]] std::string to_bytes() const;
  /// False when the bytes are damaged.
  [[nodiscard]] bool from_bytes(std::string_view bytes, std::int64_t block_count);

 private:
  [[nodiscard]] IndexItem at(std::size_t block) const noexcept {
    return {majors_[block], minors_.empty() ? 0 : minors_[block], ids_[block]};
  }

  std::vector<std::uint64_t> majors_;
  std::vector<std::int64_t> minors_;  ///< empty when all are 0
  std::vector<std::int64_t> ids_;
  IndexItem last_;
};

}  // namespace coffer::ledger
