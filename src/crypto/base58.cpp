// SPDX-License-Identifier: MIT
// Base58 by repeated division, seven or so digits at a time in machine words.
#include "crypto/base58.hpp"

#include <algorithm>
#include <array>

#include "crypto/sha256.hpp"
#include "crypto/wiped.hpp"

namespace coffer::crypto {

namespace {

// 58^5 is the largest power whose product with 2^32 and a carry stays within 64 bits with room.
constexpr std::uint64_t five_digits = 58ULL * 58 * 58 * 58 * 58;

void wipe_words(std::vector<std::uint32_t>& words) noexcept {
  wipe({reinterpret_cast<std::uint8_t*>(words.data()), words.size() * sizeof(std::uint32_t)});
}

/// What `values_of` says of a byte that is no digit.
constexpr std::uint8_t no_digit = 0xff;

std::array<std::uint8_t, 256> values_of(std::string_view alphabet) noexcept {
  std::array<std::uint8_t, 256> values;
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size() && i < 58; ++i) {
    values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::size_t write_bytes_max = 64;

// Little-endian words of five base-58 digits each, multiplied by 256 for every byte that comes.
// `words` are zeros, enough of them; 0 when `out` is too small.
std::size_t write_digits(std::span<const std::uint8_t> bytes, std::span<std::uint32_t> words,
                         std::span<char> out, std::string_view alphabet) noexcept {
  std::size_t zeros = 0;
  while (zeros < bytes.size() && bytes[zeros] == 0) {
    ++zeros;
  }
  std::size_t used = 0;
  for (const std::uint8_t byte : bytes.subspan(zeros)) {
    std::uint64_t carry = byte;
    for (std::uint32_t& word : words.first(used)) {
      carry += std::uint64_t{word} << 8;
      word = static_cast<std::uint32_t>(carry % five_digits);
      carry /= five_digits;
    }
    if (carry != 0) {
      words[used++] = static_cast<std::uint32_t>(carry);
    }
  }
  std::size_t digits = used * 5;
  if (used > 0) {
    for (std::uint64_t top = words[used - 1]; top < five_digits / 58; top *= 58) {
      --digits;
    }
  }
  if (zeros + digits > out.size()) {
    return 0;
  }
  std::fill_n(out.begin(), zeros, alphabet[0]);
  for (std::size_t i = 0; i < digits; ++i) {
    out[zeros + digits - 1 - i] = alphabet[words[i / 5] % 58];
    words[i / 5] /= 58;
  }
  return zeros + digits;
}

}  // namespace

std::string base58_encode(std::span<const std::uint8_t> bytes, std::string_view alphabet) {
  // A digit holds 5.85 bits, a word 29.2.
  std::vector<std::uint32_t> words(bytes.size() / 3 + 1);
  std::string text(bytes.size() * 2, '\0');
  text.resize(write_digits(bytes, words, text, alphabet));
  wipe_words(words);
  return text;
}

std::size_t base58_write(std::span<const std::uint8_t> bytes, std::span<char> out,
                         std::string_view alphabet) noexcept {
  if (bytes.size() > write_bytes_max) {
    return 0;
  }
  std::array<std::uint32_t, write_bytes_max / 3 + 1> words{};
  return write_digits(bytes, words, out, alphabet);
}

std::size_t base58check_write(std::span<const std::uint8_t> bytes, std::span<char> out,
                              std::string_view alphabet) noexcept {
  std::array<std::uint8_t, write_bytes_max> checked{};
  if (bytes.size() > write_bytes_max - 4) {
    return 0;
  }
  const Digest32 digest = sha256_twice(bytes);
  const auto end = std::copy(bytes.begin(), bytes.end(), checked.begin());
  std::copy_n(digest.begin(), 4, end);
  return base58_write(std::span(checked).first(bytes.size() + 4), out, alphabet);
}

std::optional<std::vector<std::uint8_t>> base58_decode(std::string_view text,
                                                       std::string_view alphabet) {
  if (text.size() > base58_text_max) {
    return std::nullopt;
  }
  const auto values = values_of(alphabet);
  std::size_t zeros = 0;
  while (zeros < text.size() && text[zeros] == alphabet[0]) {
    ++zeros;
  }
  std::vector<std::uint32_t> words;
  words.reserve(text.size() / 5 + 1);
  for (const char c : text.substr(zeros)) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
    if (value == no_digit) {
      wipe_words(words);
      return std::nullopt;
    }
    std::uint64_t carry = value;
    for (std::uint32_t& word : words) {
      carry += std::uint64_t{word} * 58;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) {
      words.push_back(static_cast<std::uint32_t>(carry));
    }
  }
  std::vector<std::uint8_t> bytes;
  bytes.reserve(zeros + words.size() * 4);
  for (const std::uint32_t word : words) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
  }
  while (!bytes.empty() && bytes.back() == 0) {
    bytes.pop_back();
  }
  bytes.insert(bytes.end(), zeros, std::uint8_t{0});
  std::reverse(bytes.begin(), bytes.end());
  wipe_words(words);
  return bytes;
}

std::string base58check_encode(std::span<const std::uint8_t> bytes, std::string_view alphabet) {
  std::vector<std::uint8_t> checked;
  checked.reserve(bytes.size() + 4);
  checked.assign(bytes.begin(), bytes.end());
  const Digest32 digest = sha256_twice(bytes);
  checked.insert(checked.end(), digest.begin(), digest.begin() + 4);
  std::string text = base58_encode(checked, alphabet);
  wipe(checked);
  return text;
}

Base58Checked base58check_decode(std::string_view text, std::string_view alphabet) {
  auto bytes = base58_decode(text, alphabet);
  if (!bytes) {
    return {Base58Error::syntax, {}};
  }
  if (bytes->size() < 4) {
    return {Base58Error::too_short, {}};
  }
  const std::size_t size = bytes->size() - 4;
  const Digest32 digest = sha256_twice(std::span(*bytes).first(size));
  if (!std::equal(digest.begin(), digest.begin() + 4, bytes->begin() + std::ptrdiff_t(size))) {
    wipe(*bytes);
    return {Base58Error::checksum, {}};
  }
  bytes->resize(size);
  return {Base58Error::none, std::move(*bytes)};
}

}  // namespace coffer::crypto
