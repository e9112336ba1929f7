// SPDX-License-Identifier: MIT
// Amounts as text: strict reading, exact writing, both quick while the value fits 64 bits.
#include <algorithm>

#include <coffer/core/amount.hpp>

#include "core/decimal_text.hpp"
#include "core/wide.hpp"

namespace coffer {
namespace {

constexpr int scale_max = 36;
constexpr std::size_t chunk_digits = 18;
constexpr std::uint64_t chunk_size = 1'000'000'000'000'000'000U;
// 2^255 has 77 digits, and four limbs hold any 77-digit number.
constexpr std::size_t digits_max = 77;

/// Digits of an unsigned value in front of a fixed end, most significant first.
class DigitBuffer {
 public:
  explicit DigitBuffer(const Amount& amount) {
    const std::array<std::uint64_t, 4> magnitude = magnitude_of(amount);
    if ((magnitude[1] | magnitude[2] | magnitude[3]) == 0) {
      put(magnitude[0], 1);
      return;
    }
    Wide rest;
    boost::multiprecision::import_bits(rest, magnitude.begin(), magnitude.end(), 64, false);
    Wide quotient;
    Wide chunk;
    while (rest >= chunk_size) {
      boost::multiprecision::divide_qr(rest, Wide(chunk_size), quotient, chunk);
      put(static_cast<std::uint64_t>(chunk), chunk_digits);
      rest = quotient;
    }
    put(static_cast<std::uint64_t>(rest), 1);
  }

  [[nodiscard]] std::string_view text() const noexcept {
    return {digits_.data() + begin_, digits_.size() - begin_};
  }

 private:
  void put(std::uint64_t value, std::size_t width_min) noexcept {
    std::size_t width = 0;
    while (value != 0 || width < width_min) {
      digits_[--begin_] = static_cast<char>('0' + value % 10);
      value /= 10;
      ++width;
    }
  }

  std::array<char, 80> digits_{};
  std::size_t begin_ = 80;
};

std::uint64_t read_chunk(std::uint64_t start, std::string_view digits) noexcept {
  for (const char digit : digits) {
    start = start * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return start;
}

std::string_view without_leading_zeros(std::string_view digits) noexcept {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// The number that the digits of `whole`, then `fraction`, then `zeros` zeros spell.
Result<Amount> amount_of(const DecimalText& text, std::size_t zeros) {
  const std::string_view whole = without_leading_zeros(text.whole);
  const std::string_view fraction =
      whole.empty() ? without_leading_zeros(text.fraction) : text.fraction;
  const std::size_t digits = whole.size() + fraction.size();
  if (digits + zeros <= chunk_digits) {
    const std::uint64_t size = read_chunk(read_chunk(read_chunk(0, whole), fraction),
                                          std::string_view("000000000000000000").substr(0, zeros));
    const auto units = static_cast<std::int64_t>(size);
    return Amount(text.negative ? -units : units);
  }
  if (digits == 0) {
    return Amount{};
  }
  if (digits + zeros <= digits_max) {
    Wide wide = 0;
    for (std::string_view part : {whole, fraction}) {
      while (!part.empty()) {
        const std::string_view chunk = part.substr(0, chunk_digits);
        wide = wide * power_of_ten(static_cast<int>(chunk.size())) + read_chunk(0, chunk);
        part.remove_prefix(chunk.size());
      }
    }
    wide *= power_of_ten(static_cast<int>(zeros));
    if (const auto amount = from_wide(text.negative ? Wide(-wide) : wide)) {
      return *amount;
    }
  }
  return Error{Code::amount_overflow, "amount: the value does not fit 256 bits"};
}

}  // namespace

std::string to_integer_text(const Amount& amount) { return format_decimal(amount, 0); }

Result<Amount> parse_integer_text(std::string_view text) {
  COFFER_TRY_ASSIGN(const DecimalText parts,
                    scan_decimal(text, {.field = "amount", .allows_dot = false}));
  return amount_of(parts, 0);
}

Result<Amount> parse_decimal(std::string_view text, int scale) {
  if (scale < 0 || scale > scale_max) {
    return Error{Code::out_of_range,
                 "scale: " + std::to_string(scale) + " is outside 0.." + std::to_string(scale_max)};
  }
  COFFER_TRY_ASSIGN(const DecimalText parts, scan_decimal(text, {.field = "amount"}));
  const auto places = static_cast<std::size_t>(scale);
  if (parts.fraction.size() > places) {
    const auto dot = static_cast<std::size_t>(parts.fraction.data() - text.data());
    return Error{Code::amount_too_many_places,
                 "amount: position " + std::to_string(dot + places + 1) + " is beyond the " +
                     std::to_string(scale) + " places of the asset"};
  }
  return amount_of(parts, places - parts.fraction.size());
}

std::string format_decimal(const Amount& amount, int scale) {
  const auto places = static_cast<std::size_t>(std::clamp(scale, 0, scale_max));
  const DigitBuffer buffer(amount);
  const std::string_view digits = buffer.text();
  const std::size_t whole = digits.size() > places ? digits.size() - places : 0;
  std::string text;
  text.reserve(std::max(digits.size(), places + 1) + 2);
  if (amount.is_negative()) {
    text += '-';
  }
  text += whole == 0 ? std::string_view("0") : digits.substr(0, whole);
  if (places > 0) {
    text += '.';
    text.append(places - (digits.size() - whole), '0');
    text += digits.substr(whole);
  }
  return text;
}

}  // namespace coffer
