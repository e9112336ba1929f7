// SPDX-License-Identifier: MIT
// The characters of one address, kept without the heap.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <coffer/chain/address.hpp>

namespace coffer::chain {

/// An address while it is written. What does not fit is left out; no address is that long.
class AddressText {
 public:
  void append(std::string_view text) noexcept {
    const std::size_t size = std::min(text.size(), room().size());
    std::copy_n(text.data(), size, room().data());
    size_ += size;
  }
  void append(char c) noexcept { append(std::string_view(&c, 1)); }
  /// Where a writer may put what comes next; it says with `grow` how much it was.
  [[nodiscard]] std::span<char> room() noexcept { return std::span(characters_).subspan(size_); }
  void grow(std::size_t size) noexcept { size_ += std::min(size, room().size()); }
  [[nodiscard]] std::string_view view() const noexcept { return {characters_.data(), size_}; }

 private:
  std::array<char, address_size_max + 1> characters_{};
  std::size_t size_ = 0;
};

}  // namespace coffer::chain
