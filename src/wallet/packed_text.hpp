// SPDX-License-Identifier: MIT
// Packed numbers and texts: how a job's rows and results stand in one value of the book.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace coffer::wallet {

/// Numbers are written in groups of seven bits, the lowest first, the eighth bit set on all but the
/// last (LEB128); a text is its length and its bytes.
class Packer {
 public:
  void add_number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>(value | 0x80));
      value >>= 7U;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  void add_text(std::string_view text) {
    add_number(text.size());
    bytes_.append(text);
  }
  void append(const Packer& other) { bytes_.append(other.bytes_); }
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
  void clear() noexcept { bytes_.clear(); }

 private:
  std::string bytes_;
};

/// Reads what a Packer wrote. After bytes that no Packer writes, everything reads as 0 or empty and
/// `is_good` is false.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) noexcept : rest_(bytes) {}

  std::uint64_t number() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    fail();
    return 0;
  }
  std::int64_t integer() noexcept { return static_cast<std::int64_t>(number()); }
  std::string_view text() noexcept {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      fail();
      return {};
    }
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(found.size());
    return found;
  }
  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] bool is_good() const noexcept { return is_good_; }

 private:
  void fail() noexcept {
    rest_ = {};
    is_good_ = false;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace coffer::wallet
