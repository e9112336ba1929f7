// SPDX-License-Identifier: MIT
// Amount: a signed 256-bit count of an asset's smallest unit, every operation checked.
#pragma once

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>

namespace coffer {

/// How a quotient that is not exact becomes a whole number of units.
enum class Rounding : std::uint8_t {
  down = 0,       ///< toward zero
  up = 1,         ///< away from zero
  floor = 2,      ///< toward negative infinity
  ceiling = 3,    ///< toward positive infinity
  half_up = 4,    ///< to nearest, ties away from zero
  half_down = 5,  ///< to nearest, ties toward zero
  half_even = 6,  ///< to nearest, ties to the even unit (bankers' rounding)
};

/// An integer type of at most 64 bits that is not `bool`.
template <class Number>
concept WholeNumber =
    std::integral<Number> && !std::same_as<Number, bool> && sizeof(Number) <= sizeof(std::int64_t);

/// A signed 256-bit whole number of minor units, two's complement in four 64-bit limbs, least
/// significant first. Range: -2^255 .. 2^255-1 (an EVM uint256 up to 2^255-1 fits).
///
/// There is no operator+ on purpose: a sum that does not fit must be looked at.
class Amount {
  template <WholeNumber Number>
  static constexpr std::uint64_t sign_of(Number units) noexcept {
    if constexpr (std::unsigned_integral<Number>) {
      return 0;
    } else {
      return units < 0 ? ~0ULL : 0ULL;
    }
  }

 public:
  constexpr Amount() noexcept = default;
  /// Any whole number of up to 64 bits, at its value. A fraction or a truth value does not compile.
  template <WholeNumber Number>
  constexpr explicit Amount(Number units) noexcept
      : limbs_{static_cast<std::uint64_t>(units), sign_of(units), sign_of(units), sign_of(units)} {}

  [[nodiscard]] static constexpr Amount from_limbs(
      const std::array<std::uint64_t, 4>& limbs) noexcept {
    Amount amount;
    amount.limbs_ = limbs;
    return amount;
  }
  [[nodiscard]] constexpr const std::array<std::uint64_t, 4>& limbs() const noexcept {
    return limbs_;
  }
  [[nodiscard]] static constexpr Amount max() noexcept {
    return from_limbs({~0ULL, ~0ULL, ~0ULL, ~0ULL >> 1U});
  }
  [[nodiscard]] static constexpr Amount min() noexcept {
    return from_limbs({0, 0, 0, 1ULL << 63U});
  }

  [[nodiscard]] constexpr bool is_negative() const noexcept { return (limbs_[3] >> 63U) != 0; }
  [[nodiscard]] constexpr bool is_zero() const noexcept {
    return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0;
  }
  [[nodiscard]] constexpr bool is_positive() const noexcept { return !is_negative() && !is_zero(); }

  /// The value when it fits 64 signed bits.
  [[nodiscard]] constexpr std::optional<std::int64_t> to_int64() const noexcept {
    const auto low = static_cast<std::int64_t>(limbs_[0]);
    if (*this == Amount(low)) {
      return low;
    }
    return std::nullopt;
  }

  friend constexpr bool operator==(const Amount&, const Amount&) noexcept = default;
  friend constexpr std::strong_ordering operator<=>(const Amount& a, const Amount& b) noexcept {
    const auto top_a = static_cast<std::int64_t>(a.limbs_[3]);
    const auto top_b = static_cast<std::int64_t>(b.limbs_[3]);
    if (top_a != top_b) {
      return top_a <=> top_b;
    }
    for (int i = 2; i >= 0; --i) {
      const auto limb = static_cast<std::size_t>(i);
      if (a.limbs_[limb] != b.limbs_[limb]) {
        return a.limbs_[limb] <=> b.limbs_[limb];
      }
    }
    return std::strong_ordering::equal;
  }

 private:
  std::array<std::uint64_t, 4> limbs_{};
};

/// Adds into `*sum`; false, leaving the wrapped result in `*sum`, when the sum does not fit.
/// `sum` may point at `a` or `b`.
[[nodiscard]] constexpr bool add_checked(const Amount& a, const Amount& b, Amount* sum) noexcept {
  std::array<std::uint64_t, 4> out{};
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t partial = a.limbs()[i] + b.limbs()[i];
    const std::uint64_t carried = partial < a.limbs()[i] ? 1U : 0U;
    out[i] = partial + carry;
    carry = carried | (out[i] < partial ? 1U : 0U);
  }
  const Amount result = Amount::from_limbs(out);
  const bool fits = a.is_negative() != b.is_negative() || result.is_negative() == a.is_negative();
  *sum = result;
  return fits;
}

/// Subtracts into `*difference`; false, leaving the wrapped result there, when it does not fit.
/// `difference` may point at `a` or `b`.
[[nodiscard]] constexpr bool subtract_checked(const Amount& a, const Amount& b,
                                              Amount* difference) noexcept {
  std::array<std::uint64_t, 4> out{};
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t partial = a.limbs()[i] - b.limbs()[i];
    const std::uint64_t borrowed = a.limbs()[i] < b.limbs()[i] ? 1U : 0U;
    out[i] = partial - borrow;
    borrow = borrowed | (partial < borrow ? 1U : 0U);
  }
  const Amount result = Amount::from_limbs(out);
  const bool fits = a.is_negative() == b.is_negative() || result.is_negative() == a.is_negative();
  *difference = result;
  return fits;
}

/// The sum. Fails with `amount_overflow`.
[[nodiscard]] Result<Amount> add(const Amount& a, const Amount& b);
/// The difference. Fails with `amount_overflow`.
[[nodiscard]] Result<Amount> subtract(const Amount& a, const Amount& b);
/// The amount with its sign turned. Fails with `amount_overflow` (only for `Amount::min()`).
[[nodiscard]] Result<Amount> negate(const Amount& a);
/// The distance from zero. Fails with `amount_overflow` (only for `Amount::min()`).
[[nodiscard]] Result<Amount> absolute(const Amount& a);
/// The product. Fails with `amount_overflow`.
[[nodiscard]] Result<Amount> multiply(const Amount& a, const Amount& b);
/// a * numerator / denominator, the product taken exactly (512 bits), then rounded once.
/// Fails with `division_by_zero`, then `amount_overflow`.
[[nodiscard]] Result<Amount> multiply_divide(const Amount& a, const Amount& numerator,
                                             const Amount& denominator, Rounding rounding);

/// The count of units as a plain integer text: "-12", "0",
/// "340282366920938463463374607431768211456".
[[nodiscard]] std::string to_integer_text(const Amount& amount);
/// Reads what `to_integer_text` writes; also accepts leading zeros, but no plus sign, blank, dot or
/// exponent. Fails with `amount_syntax` (the message names the position), `amount_overflow`.
[[nodiscard]] Result<Amount> parse_integer_text(std::string_view text);

/// Reads a decimal such as "-12.34" as units of an asset with `scale` places (0..36).
///
/// Strict: digits, one optional leading minus, one optional dot with digits on both sides; no
/// exponent, sign "+", grouping, blank, NaN. Trailing zeros beyond the scale are refused too.
/// Fails with `out_of_range` (scale), `amount_syntax` and `amount_too_many_places` (the message
/// names the position, counted from 1), `amount_overflow`.
[[nodiscard]] Result<Amount> parse_decimal(std::string_view text, int scale);

/// Writes units as a decimal with exactly `scale` places: (1234, 2) is "12.34", (5, 0) is "5".
/// `scale` is clamped to 0..36.
[[nodiscard]] std::string format_decimal(const Amount& amount, int scale);

}  // namespace coffer
