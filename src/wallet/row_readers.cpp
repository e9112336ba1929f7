// SPDX-License-Identifier: MIT
// The readers that need no syntax: arrays, and texts in memory.
#include <coffer/wallet/row_readers.hpp>

#include <algorithm>

namespace coffer {

Result<bool> ArrayRows::next(Item& item) {
  if (at_ == rows_.size()) {
    return false;
  }
  item = Item{};
  item.row = rows_[at_++];
  return true;
}

Result<std::size_t> WholeText::read(std::span<char> buffer) {
  const std::size_t size = std::min(buffer.size(), text_.size());
  std::copy_n(text_.begin(), size, buffer.begin());
  text_.remove_prefix(size);
  return size;
}

}  // namespace coffer
