// SPDX-License-Identifier: MIT
// A filter's lines as bytes, the same on every machine.
#include "ledger/index/key_filter.hpp"

namespace coffer::ledger {

void KeyFilter::Line::append_to(std::string& bytes) const {
  for (std::uint64_t word : words) {
    for (int i = 0; i < 8; ++i) {
      bytes.push_back(static_cast<char>(word & 0xffU));
      word >>= 8U;
    }
  }
}

void KeyFilter::set_lines(std::int64_t first_line, std::string_view bytes) noexcept {
  auto line = static_cast<std::size_t>(first_line);
  for (; bytes.size() >= line_bytes; bytes.remove_prefix(line_bytes), ++line) {
    for (std::size_t word = 0; word < 8; ++word) {
      std::uint64_t value = 0;
      for (std::size_t i = 8; i-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[word * 8 + i]);
      }
      lines_[line].words[word] = value;
    }
  }
}

}  // namespace coffer::ledger
