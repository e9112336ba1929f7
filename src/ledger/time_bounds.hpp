// SPDX-License-Identifier: MIT
// The times that a book counts with, so that the next one always fits.
#pragma once

#include <algorithm>
#include <cstdint>

#include <coffer/core/clock.hpp>

namespace coffer::ledger {

/// 2200-01-01T00:00:00Z.
inline constexpr std::int64_t clock_max_ns = 7'258'118'400'000'000'000;
/// Times of recording go on by one where the clock stands still; no book gets so far beyond it.
inline constexpr std::int64_t recorded_at_max = clock_max_ns + (std::int64_t{1} << 60);

/// What a clock says, or the border when that lies outside of 1970 to 2199.
[[nodiscard]] constexpr Timestamp within_bounds(Timestamp now) noexcept {
  return Timestamp{std::clamp<std::int64_t>(now.ns, 0, clock_max_ns)};
}

}  // namespace coffer::ledger
