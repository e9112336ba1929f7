// SPDX-License-Identifier: MIT
// Rate: an exact positive rational, the price of one whole unit of an asset in another.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/result.hpp>

namespace coffer {

/// How many whole units of one asset are paid for one whole unit of another.
///
/// Exact, because a rate such as 1/3 or the inverse of 1.0825 has no finite decimal; rounding
/// happens once, when the rate is applied, and by a mode that the caller states. Always greater
/// than zero and kept in lowest terms, so that equal rates have equal members.
class Rate {
 public:
  /// One to one.
  constexpr Rate() noexcept = default;

  /// numerator / denominator. Fails with `division_by_zero`, `out_of_range` (one of them is not
  /// greater than zero).
  [[nodiscard]] static Result<Rate> of(const Amount& numerator, const Amount& denominator);

  /// Reads "1.0825" (at most 36 places) or "3/7" (two whole numbers): digits only, no sign,
  /// exponent, grouping or blank.
  ///
  /// Fails with `amount_syntax` (the message names the position, counted from 1),
  /// `amount_too_many_places`, `amount_overflow`, `division_by_zero`, `out_of_range` (it is zero).
  [[nodiscard]] static Result<Rate> parse(std::string_view text);

  [[nodiscard]] constexpr const Amount& numerator() const noexcept { return numerator_; }
  [[nodiscard]] constexpr const Amount& denominator() const noexcept { return denominator_; }

  /// The same price seen from the other side: 4/5 becomes 5/4.
  [[nodiscard]] constexpr Rate inverse() const noexcept { return Rate(denominator_, numerator_); }

  /// What `parse` reads back to the same rate: a decimal when it is exact in 36 places and 256
  /// bits, else "numerator/denominator".
  [[nodiscard]] std::string to_text() const;

  /// Converts minor units of an asset with `from_scale` places into minor units of one with
  /// `to_scale` places, rounded once: 100.00 EUR at 1.0825 into USD is (10000, 2, 2) -> 10825.
  ///
  /// The amount may be negative. Fails with `out_of_range` (a scale outside 0..36),
  /// `amount_overflow`.
  [[nodiscard]] Result<Amount> apply(const Amount& amount, int from_scale, int to_scale,
                                     Rounding rounding) const;

  friend constexpr bool operator==(const Rate&, const Rate&) noexcept = default;
  /// By value, exactly.
  friend std::strong_ordering operator<=>(const Rate& a, const Rate& b) noexcept;

 private:
  constexpr Rate(const Amount& numerator, const Amount& denominator) noexcept
      : numerator_(numerator), denominator_(denominator) {}

  Amount numerator_{1};
  Amount denominator_{1};
};

}  // namespace coffer
