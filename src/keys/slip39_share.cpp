// SPDX-License-Identifier: MIT
// A share as a row of ten-bit words with a Reed-Solomon checksum over GF(1024).
#include "keys/slip39_share.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "keys/mnemonic_words.hpp"
#include "keys/wordlists/wordlists.hpp"

namespace coffer::keys {

namespace {

constexpr std::size_t header_words = 4;
constexpr std::size_t checksum_words = 3;
constexpr std::size_t words_min = 20;
constexpr std::size_t words_max = header_words + checksum_words + (share_secret_max * 8 + 9) / 10;

// The words' numbers; wiped, because they are the share.
struct Numbers {
  std::array<std::uint16_t, words_max> values{};
  std::size_t count = 0;
  Numbers() = default;
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers() { wipe({reinterpret_cast<std::uint8_t*>(values.data()), sizeof(values)}); }
};

std::uint32_t checksum(const Numbers& numbers, std::size_t count, bool is_extendable) noexcept {
  constexpr std::array<std::uint32_t, 10> generator = {
      0x00e0e040, 0x01c1c080, 0x03838100, 0x07070200, 0x0e0e0009,
      0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x03f3f120};
  std::uint32_t sum = 1;
  const auto add = [&](std::uint32_t value) {
    const std::uint32_t top = sum >> 20;
    sum = (sum & 0xfffffU) << 10 ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i) {
      sum ^= (top >> i & 1U) != 0 ? generator[i] : 0U;
    }
  };
  for (const char c : std::string_view(is_extendable ? "shamir_extendable" : "shamir")) {
    add(static_cast<std::uint8_t>(c));
  }
  for (std::size_t i = 0; i < count; ++i) {
    add(numbers.values[i]);
  }
  return sum;
}

Error refuse(std::string_view where, std::string_view reason) {
  return {Code::share_invalid, std::string(where) + ": " + std::string(reason)};
}

ShareInfo header_of(const Numbers& numbers) noexcept {
  const std::uint32_t first =
      static_cast<std::uint32_t>(numbers.values[0]) << 10 | numbers.values[1];
  const std::uint32_t second =
      static_cast<std::uint32_t>(numbers.values[2]) << 10 | numbers.values[3];
  ShareInfo info;
  info.identifier = static_cast<std::uint16_t>(first >> 5);
  info.is_extendable = (first >> 4 & 1U) != 0;
  info.iteration_exponent = first & 15U;
  info.group_index = second >> 16 & 15U;
  info.group_threshold = (second >> 12 & 15U) + 1;
  info.group_count = (second >> 8 & 15U) + 1;
  info.member_index = second >> 4 & 15U;
  info.member_threshold = (second & 15U) + 1;
  return info;
}

// The value's bits stand at the end of their words, behind up to eight bits of zeros.
bool read_value(const Numbers& numbers, Secret& value) {
  const std::size_t count = numbers.count - header_words - checksum_words;
  const std::size_t padding = count * 10 % 16;
  if (padding > 8) {
    return false;
  }
  value = Secret((count * 10 - padding) / 8);
  std::uint32_t bits = 0;
  // The padding takes part as if it were held already, so that bytes fall into their places.
  unsigned held = static_cast<unsigned>(0 - padding);
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    bits = bits << 10 | numbers.values[header_words + i];
    held += 10;
    if (i == 0 && (bits >> (10 - padding)) != 0) {
      return false;
    }
    while (held >= 8 && held < 0x80000000U) {
      held -= 8;
      value.bytes()[at++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  return true;
}

void write_value(std::span<const std::uint8_t> value, Numbers& numbers) noexcept {
  const std::size_t count = (value.size() * 8 + 9) / 10;
  unsigned held = static_cast<unsigned>(count * 10 - value.size() * 8);
  std::uint32_t bits = 0;
  for (const std::uint8_t byte : value) {
    bits = bits << 8 | byte;
    held += 8;
    if (held >= 10) {
      held -= 10;
      numbers.values[numbers.count++] = bits >> held & 1023U;
    }
  }
}

}  // namespace

Result<Share> read_share(std::string_view sentence, std::string_view where) {
  auto words = SentenceWords::split(sentence);
  if (!words) {
    return refuse(where, words.error().message);
  }
  const auto& list = words->list();
  if (list.size() < words_min || list.size() > words_max) {
    return refuse(where, std::to_string(list.size()) + " words; " + std::to_string(words_min) +
                             " to " + std::to_string(words_max) + " are possible");
  }
  Numbers numbers;
  for (const std::string_view word : list) {
    const auto number = slip39_wordlist().index_of(word);
    if (!number) {
      return refuse(where, "word " + std::to_string(numbers.count + 1) + " is not in the list");
    }
    numbers.values[numbers.count++] = *number;
  }
  Share share;
  share.info = header_of(numbers);
  if (checksum(numbers, numbers.count, share.info.is_extendable) != 1) {
    return refuse(where, "the checksum fails: a word is wrong or misplaced");
  }
  if (!read_value(numbers, share.value) || share.value.size() < share_secret_min) {
    return refuse(where, "the length or the padding is not possible");
  }
  if (share.info.group_threshold > share.info.group_count) {
    return refuse(where, "it needs more groups than there are");
  }
  share.info.secret_size = share.value.size();
  return share;
}

Secret write_share(const Share& share) {
  const ShareInfo& info = share.info;
  const std::uint32_t first = static_cast<std::uint32_t>(info.identifier) << 5 |
                              (info.is_extendable ? 1U << 4 : 0U) | info.iteration_exponent;
  const std::uint32_t second = info.group_index << 16 | (info.group_threshold - 1) << 12 |
                               (info.group_count - 1) << 8 | info.member_index << 4 |
                               (info.member_threshold - 1);
  Numbers numbers;
  for (const std::uint32_t part : {first, second}) {
    numbers.values[numbers.count++] = part >> 10 & 1023U;
    numbers.values[numbers.count++] = part & 1023U;
  }
  write_value(share.value.bytes(), numbers);
  // Three zeros take the checksum's place while it is computed.
  numbers.count += checksum_words;
  const std::uint32_t sum = checksum(numbers, numbers.count, info.is_extendable) ^ 1U;
  for (std::size_t i = 0; i < checksum_words; ++i) {
    numbers.values[numbers.count - checksum_words + i] = sum >> (20 - 10 * i) & 1023U;
  }
  const Wordlist& list = slip39_wordlist();
  std::size_t size = numbers.count - 1;
  for (std::size_t i = 0; i < numbers.count; ++i) {
    size += list.word(numbers.values[i]).size();
  }
  Secret text(size);
  auto* out = text.bytes().data();
  for (std::size_t i = 0; i < numbers.count; ++i) {
    const std::string_view word = list.word(numbers.values[i]);
    if (i > 0) {
      *out++ = ' ';
    }
    out = std::copy(word.begin(), word.end(), out);
  }
  return text;
}

}  // namespace coffer::keys
