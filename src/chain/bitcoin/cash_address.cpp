// SPDX-License-Identifier: MIT
// The BCH code of CashAddr ("Address format for Bitcoin Cash", 2017).
#include "chain/bitcoin/cash_address.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chain/refusal.hpp"
#include "crypto/bech32.hpp"

namespace coffer::chain::bitcoin {

namespace {

constexpr std::string_view letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_size = 8;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class Checksum {
 public:
  explicit Checksum(std::string_view prefix) noexcept {
    for (const char c : prefix) {
      add(static_cast<std::uint8_t>(c) & 31U);
    }
    add(0);
  }
  void add(std::uint64_t group) noexcept {
    const std::uint64_t top = sum_ >> 35;
    sum_ = (sum_ & 0x07ffffffffULL) << 5 ^ group;
    constexpr std::array<std::uint64_t, 5> generator{0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4,
                                                     0xae2eabe2a8, 0x1e4f43e470};
    for (std::size_t i = 0; i < generator.size(); ++i) {
      sum_ ^= (top >> i & 1U) != 0 ? generator[i] : 0U;
    }
  }
  [[nodiscard]] std::uint64_t sum() const noexcept { return sum_ ^ 1U; }

 private:
  std::uint64_t sum_ = 1;
};

// The bits of the version byte: the kind of hash, then its size (0 for 20 bytes, 3 for 32).
constexpr unsigned type_of(AddressForm form) noexcept {
  return form == AddressForm::cash_p2sh ? 1 : 0;
}

bool has_prefix(std::string_view prefix, std::string_view text) noexcept {
  return text.size() > prefix.size() && text[prefix.size()] == ':' &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return a == lower(b); });
}

bool is_one_case(std::string_view text) noexcept {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::none_of(text.begin(), text.end(), is_lower) ||
         std::none_of(text.begin(), text.end(), is_upper);
}

bool is_in_alphabet(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return letters.find(lower(c)) != std::string_view::npos; });
}

Result<Address> read_payload(std::span<const std::uint8_t> groups) {
  const auto bytes = crypto::from_five_bits(groups);
  if (!bytes || bytes->empty()) {
    return refused(Code::address_syntax, "the bits that fill the last character are not zero");
  }
  const unsigned version = bytes->front();
  const std::size_t size = (version & 7U) == 0 ? 20 : 32;
  if ((version & 0x80U) != 0 || ((version & 7U) != 0 && (version & 7U) != 3) ||
      bytes->size() != size + 1) {
    return refused(Code::address_syntax, "version byte " + hex_byte(version) + " and a hash of " +
                                             std::to_string(bytes->size() - 1) +
                                             " bytes do not belong together");
  }
  Address address;
  switch (version >> 3) {
    case 0: address.form = AddressForm::cash_p2pkh; break;
    case 1: address.form = AddressForm::cash_p2sh; break;
    case 2:
    case 3: return refused(Code::address_syntax, "addresses for tokens are not supported");
    default:
      return refused(Code::address_syntax, "version byte " + hex_byte(version) + " has no meaning");
  }
  if (address.form == AddressForm::cash_p2pkh && size != 20) {
    return refused(Code::address_syntax, "the hash of a key has 20 bytes, not 32");
  }
  address.payload.assign(bytes->begin() + 1, bytes->end());
  return address;
}

}  // namespace

void write_cash_address(std::string_view prefix, AddressForm form,
                        std::span<const std::uint8_t> hash, AddressText& text) noexcept {
  Checksum checksum(prefix);
  text.append(prefix);
  text.append(':');
  const auto put = [&](std::uint32_t group) {
    checksum.add(group);
    text.append(letters[group]);
  };
  std::uint32_t bits = type_of(form) << 3 | (hash.size() == 32 ? 3U : 0U);
  unsigned held = 8;
  const auto flush = [&] {
    while (held >= 5) {
      held -= 5;
      put(bits >> held & 31U);
    }
  };
  flush();
  for (const std::uint8_t byte : hash) {
    bits = bits << 8 | byte;
    held += 8;
    flush();
  }
  if (held > 0) {
    put(bits << (5 - held) & 31U);
  }
  for (std::size_t i = 0; i < checksum_size; ++i) {
    checksum.add(0);
  }
  for (int shift = 35; shift >= 0; shift -= 5) {
    text.append(letters[checksum.sum() >> shift & 31U]);
  }
}

bool looks_like_cash_address(std::string_view prefix, std::string_view text) noexcept {
  return has_prefix(prefix, text) ||
         ((text.size() == 42 || text.size() == 61) && is_one_case(text) && is_in_alphabet(text));
}

Result<Address> read_cash_address(std::string_view prefix, std::string_view text) {
  const std::size_t skipped = has_prefix(prefix, text) ? prefix.size() + 1 : 0;
  const std::string_view body = text.substr(skipped);
  if (!is_one_case(text)) {
    return refused(Code::address_syntax, "upper and lower case are mixed");
  }
  std::string in_lower(body);
  std::transform(body.begin(), body.end(), in_lower.begin(), lower);
  if (auto error =
          foreign_character(in_lower, letters, "CashAddr (which has no 1, b, i and o)", skipped)) {
    return std::move(*error);
  }
  if (body.size() != 42 && body.size() != 61) {
    return refused(Code::address_syntax, "an address has 42 or 61 characters behind '" +
                                             std::string(prefix) + ":', not " +
                                             std::to_string(body.size()));
  }
  Checksum checksum(prefix);
  std::vector<std::uint8_t> groups;
  groups.reserve(body.size());
  for (const char c : in_lower) {
    groups.push_back(static_cast<std::uint8_t>(letters.find(c)));
    checksum.add(groups.back());
  }
  if (checksum.sum() != 0) {
    return refused(Code::address_checksum,
                   "the checksum is wrong: a character was mistyped or is missing");
  }
  return read_payload(std::span(groups).first(groups.size() - checksum_size));
}

}  // namespace coffer::chain::bitcoin
