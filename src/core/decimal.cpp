// SPDX-License-Identifier: MIT
// Amounts as text: strict reading, exact writing, both quick while the value fits 64 bits.
#include <algorithm>

#include <coffer/core/amount.hpp>

#include "core/decimal_text.hpp"
#include "core/magnitude.hpp"

namespace coffer {
namespace {

constexpr int scale_max = 36;
constexpr std::string_view zero_digits = "000000000000000000000000000000000000";
// What 64 signed bits hold for certain.
constexpr std::size_t small_digits = 18;
// 2^255 has 77 digits, and four limbs hold any 77-digit number.
constexpr std::size_t digits_max = 77;
constexpr std::size_t chunk_digits = 9;
constexpr std::uint32_t chunk_size = 1'000'000'000U;

/// An unsigned 256-bit number in steps of 32 bits, for which no machine needs a wider type than 64.
class WideDigits {
 public:
  WideDigits() noexcept = default;
  explicit WideDigits(const std::array<std::uint64_t, 4>& limbs) noexcept {
    for (std::size_t i = 0; i < limbs.size(); ++i) {
      steps_[2 * i] = static_cast<std::uint32_t>(limbs[i]);
      steps_[2 * i + 1] = static_cast<std::uint32_t>(limbs[i] >> 32U);
    }
  }

  /// The value becomes value * factor + addend; the caller knows that it fits.
  void multiply_add(std::uint32_t factor, std::uint32_t addend) noexcept {
    std::uint64_t carry = addend;
    for (std::uint32_t& step : steps_) {
      carry += std::uint64_t{step} * factor;
      step = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
  }

  /// Divides by 10^9; the answer is the remainder, the last nine digits.
  std::uint32_t take_chunk() noexcept {
    std::uint64_t rest = 0;
    for (std::size_t i = steps_.size(); i-- > 0;) {
      rest = rest << 32U | steps_[i];
      steps_[i] = static_cast<std::uint32_t>(rest / chunk_size);
      rest %= chunk_size;
    }
    return static_cast<std::uint32_t>(rest);
  }

  [[nodiscard]] std::array<std::uint64_t, 4> limbs() const noexcept {
    std::array<std::uint64_t, 4> limbs{};
    for (std::size_t i = 0; i < limbs.size(); ++i) {
      limbs[i] = std::uint64_t{steps_[2 * i + 1]} << 32U | steps_[2 * i];
    }
    return limbs;
  }
  [[nodiscard]] bool fits_one_chunk() const noexcept {
    return steps_[0] < chunk_size && std::all_of(steps_.begin() + 1, steps_.end(),
                                                 [](std::uint32_t step) { return step == 0; });
  }

 private:
  std::array<std::uint32_t, 8> steps_{};
};

/// Digits of an unsigned value in front of a fixed end, most significant first.
class DigitBuffer {
 public:
  explicit DigitBuffer(const Amount& amount) noexcept {
    const std::array<std::uint64_t, 4> magnitude = magnitude_of(amount);
    if ((magnitude[1] | magnitude[2] | magnitude[3]) == 0) {
      put(magnitude[0], 1);
      return;
    }
    WideDigits rest(magnitude);
    while (!rest.fits_one_chunk()) {
      put(rest.take_chunk(), chunk_digits);
    }
    put(rest.take_chunk(), 1);
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

void append_digits(WideDigits& value, std::string_view digits) noexcept {
  while (!digits.empty()) {
    const std::string_view chunk = digits.substr(0, chunk_digits);
    std::uint32_t power = 1;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      power *= 10;
    }
    value.multiply_add(power, static_cast<std::uint32_t>(read_chunk(0, chunk)));
    digits.remove_prefix(chunk.size());
  }
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
  if (digits + zeros <= small_digits) {
    const std::uint64_t size =
        read_chunk(read_chunk(read_chunk(0, whole), fraction), zero_digits.substr(0, zeros));
    const auto units = static_cast<std::int64_t>(size);
    return Amount(text.negative ? -units : units);
  }
  if (digits == 0) {
    return Amount{};
  }
  if (digits + zeros <= digits_max) {
    WideDigits wide;
    append_digits(wide, whole);
    append_digits(wide, fraction);
    append_digits(wide, zero_digits.substr(0, zeros));
    if (const auto amount = from_magnitude(wide.limbs(), text.negative)) {
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
