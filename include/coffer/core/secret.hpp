// SPDX-License-Identifier: MIT
// Secret: bytes that are wiped when they are no longer needed, and never copied by accident.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace coffer {

/// Overwrites bytes with zeros; the compiler may not leave it out.
void wipe(std::span<std::uint8_t> bytes) noexcept;

/// Whether both hold the same bytes. Takes the same time wherever they differ; only a difference
/// in length shows, so compare values of a fixed length.
[[nodiscard]] bool equal_constant_time(std::span<const std::uint8_t> a,
                                       std::span<const std::uint8_t> b) noexcept;

/// Owns a fixed number of bytes: a seed, a private key, a password.
///
/// The bytes are zeroed on destruction and when another value is moved in. They live in pages of
/// their own, which are kept out of swap (mlock) and out of core dumps (MADV_DONTDUMP) where the
/// system allows it. There is no copy, no operator<< and no conversion to text: what reads the
/// bytes has to say so.
///
/// Threads: like a plain struct; reading from many threads is fine.
/// Cost: a few microseconds and at least one page of memory each. For many short-lived keys take a
/// buffer on the stack and `wipe` it.
class Secret {
 public:
  /// Empty.
  Secret() noexcept = default;
  /// `size` zero bytes. Throws only `std::bad_alloc`.
  explicit Secret(std::size_t size);
  /// A copy; the caller's own bytes are still the caller's to wipe. Throws only `std::bad_alloc`.
  [[nodiscard]] static Secret copy_of(std::span<const std::uint8_t> bytes);
  /// As above, for passwords and mnemonics.
  [[nodiscard]] static Secret copy_of(std::string_view text);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<std::uint8_t> bytes() noexcept { return {data_, size_}; }
  /// The bytes as text. The view is as secret as this object and does not outlive it.
  [[nodiscard]] std::string_view text() const noexcept {
    return {reinterpret_cast<const char*>(data_), size_};
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool is_empty() const noexcept { return size_ == 0; }
  /// Whether the system promised to keep the bytes out of swap. An empty secret says false.
  [[nodiscard]] bool is_locked() const noexcept { return is_locked_; }

 private:
  void release() noexcept;

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  bool is_locked_ = false;
};

}  // namespace coffer
