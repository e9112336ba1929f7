// SPDX-License-Identifier: MIT
// Wide integers for the steps that leave 256 bits, and the way there and back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <boost/multiprecision/cpp_int.hpp>

#include <coffer/core/amount.hpp>

#include "core/rounding.hpp"

namespace coffer {

/// Fixed at 1024 bits, so that nothing is allocated. The widest value that coffer forms is
/// amount * numerator * 10^36, at most 631 bits.
using Wide = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    1024, 1024, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

/// The distance from zero in four limbs; exact for `Amount::min()` too, whose magnitude is 2^255.
[[nodiscard]] constexpr std::array<std::uint64_t, 4> magnitude_of(const Amount& amount) noexcept {
  std::array<std::uint64_t, 4> limbs = amount.limbs();
  if (amount.is_negative()) {
    std::uint64_t carry = 1;
    for (std::uint64_t& limb : limbs) {
      limb = ~limb + carry;
      carry = carry & (limb == 0 ? 1U : 0U);
    }
  }
  return limbs;
}

/// The amount with this sign and distance from zero, when it fits.
[[nodiscard]] constexpr std::optional<Amount> from_magnitude(
    const std::array<std::uint64_t, 4>& magnitude, bool negative) noexcept {
  const Amount positive = Amount::from_limbs(magnitude);
  if (positive.is_negative()) {
    // Past the largest amount only 2^255 is left, whose bits are those of the lowest amount.
    return negative && positive == Amount::min() ? std::optional<Amount>(positive) : std::nullopt;
  }
  Amount result = positive;
  return !negative || subtract_checked(Amount{}, positive, &result) ? std::optional<Amount>(result)
                                                                    : std::nullopt;
}

[[nodiscard]] inline Wide to_wide(const Amount& amount) {
  const std::array<std::uint64_t, 4> limbs = magnitude_of(amount);
  Wide wide;
  boost::multiprecision::import_bits(wide, limbs.begin(), limbs.end(), 64, false);
  return amount.is_negative() ? Wide(-wide) : wide;
}

[[nodiscard]] inline std::optional<Amount> from_wide(const Wide& wide) {
  const bool negative = wide.sign() < 0;
  Wide rest = negative ? Wide(-wide) : wide;
  std::array<std::uint64_t, 4> limbs{};
  for (std::uint64_t& limb : limbs) {
    limb = static_cast<std::uint64_t>(rest & ~std::uint64_t{0});
    rest >>= 64;
  }
  return rest.is_zero() ? from_magnitude(limbs, negative) : std::nullopt;
}

/// 10^exponent, exponent 0..72.
[[nodiscard]] inline Wide power_of_ten(int exponent) {
  return boost::multiprecision::pow(Wide(10), static_cast<unsigned>(exponent));
}

/// dividend / divisor, rounded once; the divisor is not zero.
[[nodiscard]] inline Wide divide_rounded(const Wide& dividend, const Wide& divisor,
                                         Rounding rounding) {
  const bool negative = (dividend.sign() < 0) != (divisor.sign() < 0);
  const Wide size = boost::multiprecision::abs(divisor);
  Wide quotient;
  Wide remainder;
  boost::multiprecision::divide_qr(Wide(boost::multiprecision::abs(dividend)), size, quotient,
                                   remainder);
  const bool odd = boost::multiprecision::bit_test(quotient, 0);
  if (moves_away(rounding, discarded_of(remainder, size), negative, odd)) {
    ++quotient;
  }
  return negative ? Wide(-quotient) : quotient;
}

}  // namespace coffer
