// SPDX-License-Identifier: MIT
// C: amounts and rates.
#include <vector>

#include <coffer/core/allocate.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Amount;
using coffer::Code;
using coffer::Error;
using coffer::Rate;
using coffer::Result;
using coffer::Rounding;
using coffer::Status;

namespace {

/// A calculation with two amounts, and its answer.
template <class Calculate>
Status calculate(const coffer_amount* a, const coffer_amount* b, coffer_amount* out,
                 Calculate&& calculate_pair) {
  COFFER_TRY(require(a, "a"));
  COFFER_TRY(require(b, "b"));
  COFFER_TRY(require(out, "result"));
  COFFER_TRY_ASSIGN(const Amount result, calculate_pair(amount_of(*a), amount_of(*b)));
  *out = to_c(result);
  return {};
}

Status check_scale(int32_t scale) {
  if (scale < 0 || scale > coffer::asset_scale_max) {
    return Error{Code::out_of_range, "scale: " + std::to_string(scale) + " is outside 0..36"};
  }
  return {};
}

}  // namespace

coffer_amount coffer_amount_from_int64(int64_t units) { return to_c(Amount(units)); }

coffer_status coffer_amount_to_int64(const coffer_amount* amount, int64_t* units_out,
                                     coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(amount, "amount"));
    COFFER_TRY(require(units_out, "units_out"));
    const auto units = amount_of(*amount).to_int64();
    if (!units) {
      return Error{Code::amount_overflow, "amount: does not fit 64 bits"};
    }
    *units_out = *units;
    return {};
  });
}

coffer_status coffer_amount_parse(const char* text, size_t text_length, int32_t scale,
                                  coffer_amount* amount_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(amount_out, "amount_out"));
    COFFER_TRY_ASSIGN(const auto view, text_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const Amount amount, coffer::parse_decimal(view, scale));
    *amount_out = to_c(amount);
    return {};
  });
}

coffer_status coffer_amount_format(const coffer_amount* amount, int32_t scale, char* buffer,
                                   size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(amount, "amount"));
    COFFER_TRY(check_scale(scale));
    return put_text(coffer::format_decimal(amount_of(*amount), scale), buffer, size, needed_out);
  });
}

coffer_status coffer_amount_compare(const coffer_amount* a, const coffer_amount* b,
                                    int32_t* order_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(a, "a"));
    COFFER_TRY(require(b, "b"));
    COFFER_TRY(require(order_out, "order_out"));
    const auto order = amount_of(*a) <=> amount_of(*b);
    *order_out = order < 0 ? -1 : (order > 0 ? 1 : 0);
    return {};
  });
}

coffer_status coffer_amount_add(const coffer_amount* a, const coffer_amount* b,
                                coffer_amount* sum_out, coffer_error* err) {
  return guard(err, [&] {
    return calculate(a, b, sum_out,
                     [](const Amount& x, const Amount& y) { return coffer::add(x, y); });
  });
}

coffer_status coffer_amount_subtract(const coffer_amount* a, const coffer_amount* b,
                                     coffer_amount* difference_out, coffer_error* err) {
  return guard(err, [&] {
    return calculate(a, b, difference_out,
                     [](const Amount& x, const Amount& y) { return coffer::subtract(x, y); });
  });
}

coffer_status coffer_amount_multiply_divide(const coffer_amount* a, const coffer_amount* numerator,
                                            const coffer_amount* denominator,
                                            coffer_rounding rounding, coffer_amount* result_out,
                                            coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(denominator, "denominator"));
    COFFER_TRY_ASSIGN(const Rounding how, constant_of(rounding, Rounding::half_even, "rounding"));
    return calculate(a, numerator, result_out, [&](const Amount& x, const Amount& y) {
      return coffer::multiply_divide(x, y, amount_of(*denominator), how);
    });
  });
}

coffer_status coffer_amount_allocate(const coffer_amount* amount, const coffer_amount* weights,
                                     size_t count, coffer_amount* parts_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(amount, "amount"));
    if (count == 0 || count > coffer::parts_max) {
      return Error{Code::out_of_range,
                   "count: " + std::to_string(count) + " is outside 1..1000000"};
    }
    COFFER_TRY(require(weights, "weights"));
    COFFER_TRY(require(parts_out, "parts_out"));
    std::vector<Amount> shares(count);
    std::transform(weights, weights + count, shares.begin(), amount_of);
    COFFER_TRY_ASSIGN(const std::vector<Amount> parts,
                      coffer::allocate(amount_of(*amount), shares));
    std::transform(parts.begin(), parts.end(), parts_out,
                   [](const Amount& part) { return to_c(part); });
    return {};
  });
}

coffer_status coffer_rate_parse(const char* text, size_t text_length, coffer_rate* rate_out,
                                coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(rate_out, "rate_out"));
    COFFER_TRY_ASSIGN(const auto view, text_of(text, text_length, "text"));
    COFFER_TRY_ASSIGN(const Rate rate, Rate::parse(view));
    *rate_out = {to_c(rate.numerator()), to_c(rate.denominator())};
    return {};
  });
}

coffer_status coffer_rate_format(const coffer_rate* rate, char* buffer, size_t size,
                                 size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(rate, "rate"));
    COFFER_TRY_ASSIGN(const Rate exact, rate_of(*rate));
    return put_text(exact.to_text(), buffer, size, needed_out);
  });
}

coffer_status coffer_rate_apply(const coffer_rate* rate, const coffer_amount* amount,
                                int32_t from_scale, int32_t to_scale, coffer_rounding rounding,
                                coffer_amount* amount_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(rate, "rate"));
    COFFER_TRY(require(amount, "amount"));
    COFFER_TRY(require(amount_out, "amount_out"));
    COFFER_TRY_ASSIGN(const Rounding how, constant_of(rounding, Rounding::half_even, "rounding"));
    COFFER_TRY_ASSIGN(const Rate exact, rate_of(*rate));
    COFFER_TRY_ASSIGN(const Amount result,
                      exact.apply(amount_of(*amount), from_scale, to_scale, how));
    *amount_out = to_c(result);
    return {};
  });
}
