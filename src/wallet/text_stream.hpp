// SPDX-License-Identifier: MIT
// TextStream: a text in pieces, read character by character.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/wallet/row_readers.hpp>

namespace coffer::wallet {

/// A row or an object of more bytes is refused, so that memory does not follow the text.
inline constexpr std::size_t row_bytes_max = std::size_t{64} * 1024;

/// A name out of the text for a message, in quotes; where it is long or can't be shown, its size.
/// Messages are stored with their rows, so they may be neither of any size nor of any bytes.
[[nodiscard]] std::string shown(std::string_view name);

class TextStream {
 public:
  static constexpr int end = -1;

  explicit TextStream(TextPieces& pieces) : pieces_(pieces) {}

  /// The next character without taking it; `end` after the last one, and after a failure.
  int peek() {
    if (at_ == size_ && !is_over_) {
      fill();
    }
    return at_ == size_ ? end : static_cast<unsigned char>(buffer_[at_]);
  }
  int take() {
    const int character = peek();
    if (character != end) {
      ++at_;
      line_ += character == '\n' ? 1 : 0;
    }
    return character;
  }
  [[nodiscard]] std::int64_t line() const noexcept { return line_; }
  /// Why the text can't be read further, if so.
  [[nodiscard]] const Status& status() const noexcept { return status_; }

 private:
  void fill() {
    const Result<std::size_t> size = pieces_.read(buffer_);
    status_ = size ? Status{} : Status{size.error()};
    at_ = 0;
    size_ = size ? *size : 0;
    is_over_ = size_ == 0;
  }

  TextPieces& pieces_;
  std::array<char, std::size_t{16} * 1024> buffer_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  bool is_over_ = false;
  std::int64_t line_ = 1;
  Status status_;
};

}  // namespace coffer::wallet
