// SPDX-License-Identifier: MIT
// RLP: a list's prefix is inserted when the list ends, because its length is known only then.
#include "crypto/rlp.hpp"

#include <array>

namespace coffer::crypto {

namespace {

constexpr std::uint8_t string_base = 0x80;
constexpr std::uint8_t list_base = 0xc0;
constexpr std::size_t short_max = 55;
constexpr unsigned depth_max = 256;

struct Prefix {
  std::array<std::uint8_t, 9> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::uint8_t> span() const noexcept {
    return std::span(bytes).first(size);
  }
};

Prefix prefix_of(std::uint8_t base, std::size_t length) noexcept {
  Prefix prefix;
  if (length <= short_max) {
    prefix.bytes[prefix.size++] = static_cast<std::uint8_t>(base + length);
    return prefix;
  }
  unsigned count = 0;
  for (std::size_t rest = length; rest != 0; rest >>= 8) {
    ++count;
  }
  prefix.bytes[prefix.size++] = static_cast<std::uint8_t>(base + short_max + count);
  while (count-- > 0) {
    prefix.bytes[prefix.size++] = static_cast<std::uint8_t>(length >> (8 * count));
  }
  return prefix;
}

// The content's place behind a prefix of `first - base`; false when it is not the shortest form.
bool locate(std::span<const std::uint8_t> bytes, unsigned code, std::size_t& start,
            std::size_t& length) noexcept {
  start = 1;
  length = code;
  if (code > short_max) {
    const std::size_t count = code - short_max;
    if (bytes.size() - 1 < count || bytes[1] == 0) {
      return false;
    }
    length = 0;
    for (std::size_t i = 0; i < count; ++i) {
      length = length << 8 | bytes[1 + i];
    }
    start += count;
    if (length <= short_max) {
      return false;
    }
  }
  return length <= bytes.size() - start;
}

bool is_valid(std::span<const std::uint8_t> content, unsigned depth) noexcept {
  while (!content.empty()) {
    const auto item = rlp_take(content);
    if (!item || (item->is_list && (depth == 0 || !is_valid(item->content, depth - 1)))) {
      return false;
    }
  }
  return true;
}

}  // namespace

RlpWriter& RlpWriter::bytes(std::span<const std::uint8_t> string) {
  if (string.size() != 1 || string[0] >= string_base) {
    raw(prefix_of(string_base, string.size()).span());
  }
  return raw(string);
}

RlpWriter& RlpWriter::number(std::uint64_t value) {
  std::array<std::uint8_t, 8> big_endian;
  for (std::size_t i = 0; i < big_endian.size(); ++i) {
    big_endian[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
  }
  return number(big_endian);
}

RlpWriter& RlpWriter::number(std::span<const std::uint8_t> big_endian) {
  while (!big_endian.empty() && big_endian[0] == 0) {
    big_endian = big_endian.subspan(1);
  }
  return bytes(big_endian);
}

RlpWriter& RlpWriter::raw(std::span<const std::uint8_t> encoded) {
  data_.insert(data_.end(), encoded.begin(), encoded.end());
  return *this;
}

RlpWriter& RlpWriter::begin_list() {
  open_.push_back(data_.size());
  return *this;
}

RlpWriter& RlpWriter::end_list() {
  if (!open_.empty()) {
    const std::size_t start = open_.back();
    open_.pop_back();
    const Prefix prefix = prefix_of(list_base, data_.size() - start);
    data_.insert(data_.begin() + static_cast<std::ptrdiff_t>(start), prefix.span().begin(),
                 prefix.span().end());
  }
  return *this;
}

std::optional<RlpItem> rlp_take(std::span<const std::uint8_t>& bytes) noexcept {
  if (bytes.empty()) {
    return std::nullopt;
  }
  const std::uint8_t first = bytes[0];
  RlpItem item;
  std::size_t start = 0;
  std::size_t length = 1;
  if (first >= string_base) {
    item.is_list = first >= list_base;
    const unsigned code = first - (item.is_list ? list_base : string_base);
    if (!locate(bytes, code, start, length)) {
      return std::nullopt;
    }
    // A single small byte stands for itself.
    if (!item.is_list && length == 1 && bytes[start] < string_base) {
      return std::nullopt;
    }
  }
  item.content = bytes.subspan(start, length);
  item.encoded = bytes.first(start + length);
  bytes = bytes.subspan(start + length);
  return item;
}

std::optional<std::vector<RlpItem>> rlp_items(std::span<const std::uint8_t> content) {
  std::vector<RlpItem> items;
  while (!content.empty()) {
    const auto item = rlp_take(content);
    if (!item) {
      return std::nullopt;
    }
    items.push_back(*item);
  }
  return items;
}

bool rlp_is_valid(std::span<const std::uint8_t> bytes) noexcept {
  const auto item = rlp_take(bytes);
  return item && bytes.empty() && (!item->is_list || is_valid(item->content, depth_max));
}

}  // namespace coffer::crypto
