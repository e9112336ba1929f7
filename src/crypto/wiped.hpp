// SPDX-License-Identifier: MIT
// A fixed number of secret bytes on the stack that are zeroed when they go out of scope.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <coffer/core/secret.hpp>

namespace coffer::crypto {

/// For secrets that live for one call; those that live longer belong into `coffer::Secret`.
template <std::size_t size_>
class Wiped {
 public:
  Wiped() noexcept { bytes_.fill(0); }
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { wipe(bytes_); }

  [[nodiscard]] std::uint8_t* data() noexcept { return bytes_.data(); }
  [[nodiscard]] const std::uint8_t* data() const noexcept { return bytes_.data(); }
  [[nodiscard]] static constexpr std::size_t size() noexcept { return size_; }
  [[nodiscard]] std::uint8_t& operator[](std::size_t i) noexcept { return bytes_[i]; }
  [[nodiscard]] std::uint8_t operator[](std::size_t i) const noexcept { return bytes_[i]; }
  [[nodiscard]] std::span<std::uint8_t, size_> span() noexcept { return bytes_; }
  [[nodiscard]] std::span<const std::uint8_t, size_> span() const noexcept { return bytes_; }
  /// The `count` bytes from `offset` on, both known when this is compiled.
  template <std::size_t offset, std::size_t count>
  [[nodiscard]] std::span<std::uint8_t, count> part() noexcept {
    return std::span<std::uint8_t, size_>(bytes_).template subspan<offset, count>();
  }

 private:
  std::array<std::uint8_t, size_> bytes_;
};

}  // namespace coffer::crypto
