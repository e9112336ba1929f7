// SPDX-License-Identifier: MIT
// The readers that need no syntax: arrays, and texts in memory; how names of a text are shown.
#include <coffer/wallet/row_readers.hpp>

#include <algorithm>

#include <coffer/core/text.hpp>

#include "wallet/text_stream.hpp"

namespace coffer {

std::string wallet::shown(std::string_view name) {
  constexpr std::size_t shown_bytes_max = 40;
  const bool has_control = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (name.size() > shown_bytes_max || has_control || !is_valid_utf8(name)) {
    return "a text of " + std::to_string(name.size()) + (name.size() == 1 ? " byte" : " bytes");
  }
  return "'" + std::string(name) + "'";
}

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
