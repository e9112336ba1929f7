// SPDX-License-Identifier: MIT
// The one rule by which every quotient of coffer becomes a whole number.
#pragma once

#include <cstdint>

#include <coffer/core/amount.hpp>

namespace coffer {

/// Where the discarded part of a quotient lies between zero and one unit.
enum class Discarded : std::uint8_t { nothing, below_half, half, above_half };

/// Whether a quotient, cut toward zero, has to move one unit away from zero.
[[nodiscard]] constexpr bool moves_away(Rounding rounding, Discarded discarded, bool negative,
                                        bool odd) noexcept {
  if (discarded == Discarded::nothing) {
    return false;
  }
  switch (rounding) {
    case Rounding::down: return false;
    case Rounding::up: return true;
    case Rounding::floor: return negative;
    case Rounding::ceiling: return !negative;
    case Rounding::half_up: return discarded != Discarded::below_half;
    case Rounding::half_down: return discarded == Discarded::above_half;
    case Rounding::half_even:
      return discarded == Discarded::above_half || (discarded == Discarded::half && odd);
  }
  return false;
}

/// Places a remainder (0 <= remainder < divisor) for `moves_away`.
template <class Integer>
[[nodiscard]] Discarded discarded_of(const Integer& remainder, const Integer& divisor) {
  if (remainder == 0) {
    return Discarded::nothing;
  }
  const Integer rest = divisor - remainder;
  return remainder < rest    ? Discarded::below_half
         : remainder == rest ? Discarded::half
                             : Discarded::above_half;
}

}  // namespace coffer
