// SPDX-License-Identifier: MIT
// The BCH code over GF(32) of BIP-173, with the two final constants of BIP-173 and BIP-350.
#include "crypto/bech32.hpp"

#include <algorithm>
#include <array>

namespace coffer::crypto {

namespace {

constexpr std::string_view letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_size = 6;

constexpr std::uint32_t constant_of(Bech32 variant) noexcept {
  return variant == Bech32::bech32 ? 1U : 0x2bc830a3U;
}

constexpr std::uint8_t no_letter = 0xff;
constexpr std::array<std::uint8_t, 128> values = [] {
  std::array<std::uint8_t, 128> table{};
  table.fill(no_letter);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    table[static_cast<std::uint8_t>(letters[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

class Checksum {
 public:
  explicit Checksum(std::string_view prefix) noexcept {
    for (const char c : prefix) {
      add(static_cast<std::uint8_t>(c) >> 5);
    }
    add(0);
    for (const char c : prefix) {
      add(static_cast<std::uint8_t>(c) & 31U);
    }
  }
  void add(std::uint32_t group) noexcept {
    const std::uint32_t top = sum_ >> 25;
    sum_ = (sum_ & 0x1ffffffU) << 5 ^ group;
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                     0x2a1462b3};
    for (std::size_t i = 0; i < generator.size(); ++i) {
      sum_ ^= (top >> i & 1U) != 0 ? generator[i] : 0U;
    }
  }
  [[nodiscard]] std::uint32_t sum() const noexcept { return sum_; }

 private:
  std::uint32_t sum_ = 1;
};

bool is_printable(char c) noexcept { return c >= 33 && c <= 126; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }

Bech32Error check_letters(std::string_view text) noexcept {
  bool upper = false;
  bool lower = false;
  for (const char c : text) {
    if (!is_printable(c)) {
      return Bech32Error::syntax;
    }
    upper = upper || is_upper(c);
    lower = lower || is_lower(c);
  }
  return upper && lower ? Bech32Error::mixed_case : Bech32Error::none;
}

Bech32Text refused(Bech32Error error) {
  Bech32Text text;
  text.error = error;
  return text;
}

bool is_prefix(std::string_view prefix) noexcept {
  if (prefix.empty() || prefix.size() > 83) {
    return false;
  }
  for (const char c : prefix) {
    if (!is_printable(c) || is_upper(c)) {
      return false;
    }
  }
  return true;
}

bool is_program_size(std::uint8_t version, std::size_t size) noexcept {
  return size >= 2 && size <= 40 && (version != 0 || size == 20 || size == 32);
}

}  // namespace

std::optional<std::string> bech32_encode(Bech32 variant, std::string_view prefix,
                                         std::span<const std::uint8_t> groups,
                                         std::size_t text_max) {
  if (!is_prefix(prefix) || prefix.size() + 1 + groups.size() + checksum_size > text_max) {
    return std::nullopt;
  }
  Checksum checksum(prefix);
  std::string text;
  text.reserve(prefix.size() + 1 + groups.size() + checksum_size);
  text.append(prefix).push_back('1');
  for (const std::uint8_t group : groups) {
    if (group > 31) {
      return std::nullopt;
    }
    checksum.add(group);
    text.push_back(letters[group]);
  }
  for (std::size_t i = 0; i < checksum_size; ++i) {
    checksum.add(0);
  }
  const std::uint32_t sum = checksum.sum() ^ constant_of(variant);
  for (int shift = 25; shift >= 0; shift -= 5) {
    text.push_back(letters[sum >> shift & 31U]);
  }
  return text;
}

std::size_t bech32_write(Bech32 variant, std::string_view prefix,
                         std::span<const std::uint8_t> head, std::span<const std::uint8_t> bytes,
                         std::span<char> out) noexcept {
  const std::size_t group_count = head.size() + (bytes.size() * 8 + 4) / 5;
  const std::size_t size = prefix.size() + 1 + group_count + checksum_size;
  if (!is_prefix(prefix) || size > out.size()) {
    return 0;
  }
  Checksum checksum(prefix);
  char* next = std::copy(prefix.begin(), prefix.end(), out.data());
  *next++ = '1';
  const auto put = [&](std::uint32_t group) {
    checksum.add(group);
    *next++ = letters[group];
  };
  for (const std::uint8_t group : head) {
    if (group > 31) {
      return 0;
    }
    put(group);
  }
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5;) {
      held -= 5;
      put(bits >> held & 31U);
    }
  }
  if (held > 0) {
    put(bits << (5 - held) & 31U);
  }
  for (std::size_t i = 0; i < checksum_size; ++i) {
    checksum.add(0);
  }
  const std::uint32_t sum = checksum.sum() ^ constant_of(variant);
  for (int shift = 25; shift >= 0; shift -= 5) {
    *next++ = letters[sum >> shift & 31U];
  }
  return size;
}

Bech32Text bech32_decode(std::string_view text, std::size_t text_max) {
  if (text.size() > text_max) {
    return refused(Bech32Error::too_long);
  }
  if (const Bech32Error error = check_letters(text); error != Bech32Error::none) {
    return refused(error);
  }
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0 || separator > 83 ||
      text.size() - separator - 1 < checksum_size) {
    return refused(Bech32Error::syntax);
  }
  Bech32Text result;
  for (const char c : text.substr(0, separator)) {
    result.prefix.push_back(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
  }
  Checksum checksum(result.prefix);
  for (char c : text.substr(separator + 1)) {
    c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
    if (value == no_letter) {
      return refused(Bech32Error::syntax);
    }
    checksum.add(value);
    result.groups.push_back(value);
  }
  result.groups.resize(result.groups.size() - checksum_size);
  if (checksum.sum() == constant_of(Bech32::bech32m)) {
    result.variant = Bech32::bech32m;
  } else if (checksum.sum() != constant_of(Bech32::bech32)) {
    return refused(Bech32Error::checksum);
  }
  return result;
}

std::vector<std::uint8_t> to_five_bits(std::span<const std::uint8_t> bytes) {
  std::vector<std::uint8_t> groups;
  groups.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 5;) {
      held -= 5;
      groups.push_back(bits >> held & 31U);
    }
  }
  if (held > 0) {
    groups.push_back(bits << (5 - held) & 31U);
  }
  return groups;
}

std::optional<std::vector<std::uint8_t>> from_five_bits(std::span<const std::uint8_t> groups) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(groups.size() * 5 / 8);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const std::uint8_t group : groups) {
    if (group > 31) {
      return std::nullopt;
    }
    bits = bits << 5 | group;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> held));
    }
  }
  if (held >= 5 || (bits & ((1U << held) - 1)) != 0) {
    return std::nullopt;
  }
  return bytes;
}

std::optional<std::string> segwit_encode(std::string_view prefix, std::uint8_t version,
                                         std::span<const std::uint8_t> program) {
  if (version > 16 || !is_program_size(version, program.size())) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> groups = to_five_bits(program);
  groups.insert(groups.begin(), version);
  return bech32_encode(version == 0 ? Bech32::bech32 : Bech32::bech32m, prefix, groups);
}

WitnessProgram segwit_decode(std::string_view text) {
  WitnessProgram result;
  Bech32Text read = bech32_decode(text);
  result.error = read.error;
  if (read.error != Bech32Error::none) {
    return result;
  }
  if (read.groups.empty()) {
    result.error = Bech32Error::syntax;
    return result;
  }
  result.version = read.groups.front();
  if (result.version > 16) {
    result.error = Bech32Error::version;
    return result;
  }
  if ((result.version == 0) != (read.variant == Bech32::bech32)) {
    result.error = Bech32Error::variant;
    return result;
  }
  auto program = from_five_bits(std::span(read.groups).subspan(1));
  if (!program) {
    result.error = Bech32Error::padding;
    return result;
  }
  if (!is_program_size(result.version, program->size())) {
    result.error = Bech32Error::program_size;
    return result;
  }
  result.program = std::move(*program);
  result.prefix = std::move(read.prefix);
  return result;
}

}  // namespace coffer::crypto
