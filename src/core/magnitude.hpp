// SPDX-License-Identifier: MIT
// An amount taken apart into its sign and its distance from zero, and put together again.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <coffer/core/amount.hpp>

namespace coffer {

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

}  // namespace coffer
