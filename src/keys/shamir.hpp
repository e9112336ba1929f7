// SPDX-License-Identifier: MIT
// Shamir's secret sharing over GF(256) with the digest share of SLIP-39.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/random.hpp>

namespace coffer::keys {

/// A value of the polynomials at `x`.
struct Point {
  std::uint8_t x = 0;
  Secret y;
};

/// Shares number 0 to `count` - 1 of `secret`, any `threshold` of which determine it.
[[nodiscard]] Result<std::vector<Point>> shamir_split(std::span<const std::uint8_t> secret,
                                                      unsigned threshold, unsigned count,
                                                      RandomSource& random);

/// The secret of `points`, as many as the threshold and different from each other; none when its
/// digest fails: a point is wrong.
[[nodiscard]] std::optional<Secret> shamir_combine(const std::vector<Point>& points);

}  // namespace coffer::keys
