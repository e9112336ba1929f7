// SPDX-License-Identifier: MIT
// Checked arithmetic on amounts; products and quotients leave 64 bits only when they have to.
#include <coffer/core/amount.hpp>

#include "core/wide.hpp"

namespace coffer {
namespace {

Error overflow(const char* operation) {
  return Error{Code::amount_overflow,
               std::string("amount: the ") + operation + " does not fit 256 bits"};
}

Result<Amount> narrowed(const Wide& wide, const char* operation) {
  if (const std::optional<Amount> amount = from_wide(wide)) {
    return *amount;
  }
  return overflow(operation);
}

std::optional<std::int64_t> small_product(const Amount& a, const Amount& b) noexcept {
  const std::optional<std::int64_t> left = a.to_int64();
  const std::optional<std::int64_t> right = b.to_int64();
  std::int64_t product = 0;
  if (!left || !right || __builtin_mul_overflow(*left, *right, &product)) {
    return std::nullopt;
  }
  return product;
}

std::uint64_t distance_from_zero(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

}  // namespace

Result<Amount> add(const Amount& a, const Amount& b) {
  Amount sum;
  if (!add_checked(a, b, &sum)) {
    return overflow("sum");
  }
  return sum;
}

Result<Amount> subtract(const Amount& a, const Amount& b) {
  Amount difference;
  if (!subtract_checked(a, b, &difference)) {
    return overflow("difference");
  }
  return difference;
}

Result<Amount> negate(const Amount& a) {
  Amount negated;
  if (!subtract_checked(Amount{}, a, &negated)) {
    return overflow("negation");
  }
  return negated;
}

Result<Amount> absolute(const Amount& a) { return a.is_negative() ? negate(a) : Result<Amount>(a); }

Result<Amount> multiply(const Amount& a, const Amount& b) {
  if (const std::optional<std::int64_t> product = small_product(a, b)) {
    return Amount(*product);
  }
  return narrowed(to_wide(a) * to_wide(b), "product");
}

Result<Amount> multiply_divide(const Amount& a, const Amount& numerator, const Amount& denominator,
                               Rounding rounding) {
  if (denominator.is_zero()) {
    return Error{Code::division_by_zero, "denominator: it is zero"};
  }
  const std::optional<std::int64_t> product = small_product(a, numerator);
  const std::optional<std::int64_t> divisor = denominator.to_int64();
  if (product && divisor) {
    const std::uint64_t dividend_size = distance_from_zero(*product);
    const std::uint64_t divisor_size = distance_from_zero(*divisor);
    const bool negative = (*product < 0) != (*divisor < 0);
    std::uint64_t quotient = dividend_size / divisor_size;
    const Discarded discarded = discarded_of(dividend_size % divisor_size, divisor_size);
    if (moves_away(rounding, discarded, negative, (quotient & 1U) != 0)) {
      ++quotient;
    }
    if (const std::optional<Amount> amount = from_magnitude({quotient, 0, 0, 0}, negative)) {
      return *amount;
    }
  }
  return narrowed(divide_rounded(to_wide(a) * to_wide(numerator), to_wide(denominator), rounding),
                  "quotient");
}

}  // namespace coffer
