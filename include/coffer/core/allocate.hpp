// SPDX-License-Identifier: MIT
// Dividing an amount into parts without losing or making a unit.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/result.hpp>

namespace coffer {

inline constexpr std::size_t parts_max = 1'000'000;

/// Divides `amount` in proportion to `weights`; the parts sum to `amount` exactly.
///
/// Each part lies within one unit of its exact share. Units left over go to the parts with the
/// largest remainders, on a tie to the earlier one, so the same input always gives the same parts.
/// A weight of zero gets zero. A negative amount gives the negated parts of its opposite.
///
/// Fails with, first match wins: `out_of_range` (no weights or more than `parts_max`, or a negative
/// weight; the message names its position, counted from 1), `division_by_zero` (all are zero).
/// Cost: O(n log n).
[[nodiscard]] Result<std::vector<Amount>> allocate(const Amount& amount,
                                                   std::span<const Amount> weights);

/// Divides `amount` into `count` parts that differ by at most one unit, the larger ones (by their
/// distance from zero) first: 100 into 3 is 34, 33, 33.
///
/// Fails with `out_of_range` (`count` is outside 1..`parts_max`).
[[nodiscard]] Result<std::vector<Amount>> split(const Amount& amount, std::size_t count);

}  // namespace coffer
