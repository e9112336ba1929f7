// SPDX-License-Identifier: MIT
// A fuzz target's input, eaten piece by piece; when it is used up, zeros.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace coffer::fuzz {

inline void demand(bool condition, const char* what) {
  if (!condition) {
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
  }
}

class InputStream {
 public:
  InputStream(const std::uint8_t* data, std::size_t size) noexcept : data_(data), left_(size) {}
  [[nodiscard]] bool is_empty() const noexcept { return left_ == 0; }
  std::uint8_t byte() noexcept {
    if (left_ == 0) {
      return 0;
    }
    --left_;
    return *data_++;
  }
  /// Big-endian, `bytes` of them.
  std::uint64_t number(int bytes) noexcept {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) {
      value = value << 8U | byte();
    }
    return value;
  }
  /// The next `wanted` bytes of the input, or those that are left.
  const char* take(std::size_t* wanted) noexcept {
    *wanted = std::min(*wanted, left_);
    const auto* start = reinterpret_cast<const char*>(data_);
    data_ += *wanted;
    left_ -= *wanted;
    return start;
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

}  // namespace coffer::fuzz
