// SPDX-License-Identifier: MIT
// Rates in lowest terms; one division at the end of each conversion.
#include <coffer/core/rate.hpp>

#include "core/decimal_text.hpp"
#include "core/wide.hpp"

namespace coffer {
namespace {

constexpr int places_max = 36;

Result<Rate> parse_fraction(std::string_view text, std::size_t slash) {
  const DecimalRules above{"rate", false, false, 0, slash};
  const DecimalRules below{"rate", false, false, slash + 1};
  COFFER_TRY(scan_decimal(text, above));
  COFFER_TRY(scan_decimal(text, below));
  const Result<Amount> numerator = parse_integer_text(text.substr(0, slash));
  const Result<Amount> denominator = parse_integer_text(text.substr(slash + 1));
  if (!numerator || !denominator) {
    return Error{Code::amount_overflow, std::string("rate: the ") +
                                            (numerator ? "denominator" : "numerator") +
                                            " does not fit 256 bits"};
  }
  return Rate::of(*numerator, *denominator);
}

}  // namespace

Result<Rate> Rate::of(const Amount& numerator, const Amount& denominator) {
  if (denominator.is_zero()) {
    return Error{Code::division_by_zero, "rate: the denominator is zero"};
  }
  if (!numerator.is_positive() || denominator.is_negative()) {
    return Error{Code::out_of_range, "rate: it must be greater than zero"};
  }
  const Wide above = to_wide(numerator);
  const Wide below = to_wide(denominator);
  const Wide divisor = boost::multiprecision::gcd(above, below);
  return Rate(*from_wide(above / divisor), *from_wide(below / divisor));
}

Result<Rate> Rate::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    return parse_fraction(text, slash);
  }
  COFFER_TRY_ASSIGN(const DecimalText parts,
                    scan_decimal(text, {.field = "rate", .allows_minus = false}));
  if (parts.fraction.size() > static_cast<std::size_t>(places_max)) {
    return Error{Code::amount_too_many_places,
                 "rate: position " + std::to_string(parts.whole.size() + 1 + places_max + 1) +
                     " is beyond 36 places"};
  }
  const int places = static_cast<int>(parts.fraction.size());
  const Result<Amount> numerator = parse_decimal(text, places);
  if (!numerator) {
    return Error{Code::amount_overflow, "rate: the value does not fit 256 bits"};
  }
  return of(*numerator, *from_wide(power_of_ten(places)));
}

std::string Rate::to_text() const {
  const Wide below = to_wide(denominator_);
  for (int places = 0; places <= places_max; ++places) {
    const Wide shift = power_of_ten(places);
    if ((shift % below).is_zero()) {
      if (const auto units = from_wide(to_wide(numerator_) * (shift / below))) {
        return format_decimal(*units, places);
      }
      break;
    }
  }
  return to_integer_text(numerator_) + "/" + to_integer_text(denominator_);
}

Result<Amount> Rate::apply(const Amount& amount, int from_scale, int to_scale,
                           Rounding rounding) const {
  for (const int scale : {from_scale, to_scale}) {
    if (scale < 0 || scale > places_max) {
      return Error{Code::out_of_range, "scale: " + std::to_string(scale) + " is outside 0..36"};
    }
  }
  const Wide dividend = to_wide(amount) * to_wide(numerator_) * power_of_ten(to_scale);
  const Wide divisor = to_wide(denominator_) * power_of_ten(from_scale);
  if (const auto converted = from_wide(divide_rounded(dividend, divisor, rounding))) {
    return *converted;
  }
  return Error{Code::amount_overflow, "amount: the converted value does not fit 256 bits"};
}

std::strong_ordering operator<=>(const Rate& a, const Rate& b) noexcept {
  const Wide left = to_wide(a.numerator()) * to_wide(b.denominator());
  const Wide right = to_wide(b.numerator()) * to_wide(a.denominator());
  return left.compare(right) <=> 0;
}

}  // namespace coffer
