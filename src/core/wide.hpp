// SPDX-License-Identifier: MIT
// Wide integers for the steps that leave 256 bits, and the way there and back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <boost/multiprecision/cpp_int.hpp>

#include <coffer/core/amount.hpp>

#include "core/magnitude.hpp"
#include "core/rounding.hpp"

namespace coffer {

/// Fixed at 1024 bits, so that nothing is allocated. The widest value that coffer forms is
/// amount * numerator * 10^36, at most 631 bits.
using Wide = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    1024, 1024, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

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
