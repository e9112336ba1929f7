// SPDX-License-Identifier: MIT
// Zeroing of memory that held a secret, in a way that the optimiser may not drop.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace coffer::crypto {

/// Overwrites `bytes` with zeros.
void wipe(std::span<std::uint8_t> bytes) noexcept;

/// An array of bytes on the stack that is zeroed when it goes out of scope.
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
  /// The `length` bytes from `offset` on.
  [[nodiscard]] std::span<std::uint8_t> part(std::size_t offset, std::size_t length) noexcept {
    return std::span<std::uint8_t>(bytes_).subspan(offset, length);
  }

 private:
  std::array<std::uint8_t, size_> bytes_;
};

/// True when both are equal; takes the same time wherever they differ. Sizes are public.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::uint8_t> a,
                                          std::span<const std::uint8_t> b) noexcept;

}  // namespace coffer::crypto
