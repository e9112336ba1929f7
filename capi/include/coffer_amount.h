/* SPDX-License-Identifier: MIT */
/* Amounts: 256-bit counts of minor units, every operation checked; exact rates between assets. */
#ifndef COFFER_AMOUNT_H
#define COFFER_AMOUNT_H

/* Threads: any. Functions here keep no state and change nothing but their outputs. */

#include "coffer_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A signed 256-bit whole number in two's complement, the least significant limb first. There is no
 *  floating point in any interface of coffer. */
typedef struct coffer_amount {
  uint64_t limbs[4];
} coffer_amount;

/** An exact price: numerator / denominator whole units of one asset for one of another. Both are
 *  greater than zero; a zeroed struct is no rate. */
typedef struct coffer_rate {
  coffer_amount numerator;
  coffer_amount denominator;
} coffer_rate;

/** A buffer of this size holds every text of an amount. */
#define COFFER_AMOUNT_TEXT_SIZE 84
/** A buffer of this size holds every text of a rate. */
#define COFFER_RATE_TEXT_SIZE 160

/** How a quotient that is not exact becomes a whole number of units. */
typedef uint8_t coffer_rounding;
#define COFFER_ROUNDING_DOWN ((coffer_rounding)0)      /**< toward zero */
#define COFFER_ROUNDING_UP ((coffer_rounding)1)        /**< away from zero */
#define COFFER_ROUNDING_FLOOR ((coffer_rounding)2)     /**< toward negative infinity */
#define COFFER_ROUNDING_CEILING ((coffer_rounding)3)   /**< toward positive infinity */
#define COFFER_ROUNDING_HALF_UP ((coffer_rounding)4)   /**< to nearest, ties away from zero */
#define COFFER_ROUNDING_HALF_DOWN ((coffer_rounding)5) /**< to nearest, ties toward zero */
#define COFFER_ROUNDING_HALF_EVEN ((coffer_rounding)6) /**< to nearest, ties to the even unit */

/** The amount of this many units. */
COFFER_API coffer_amount coffer_amount_from_int64(int64_t units);

/** The units, when they fit 64 bits. Returns COFFER_ERR_AMOUNT_OVERFLOW when they do not. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_to_int64(const coffer_amount* amount,
                                                                 int64_t* units_out,
                                                                 coffer_error* err);

/** Reads a decimal such as "-12.34" as units of an asset with `scale` places.
 *
 *  Strict: digits, one optional leading minus, one optional dot with digits on both sides; nothing
 *  else, and no more places than `scale`. The message names the position, counted from 1.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (scale outside 0..36), COFFER_ERR_AMOUNT_SYNTAX and
 *              COFFER_ERR_AMOUNT_TOO_MANY_PLACES, COFFER_ERR_AMOUNT_OVERFLOW.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_parse(const char* text, size_t text_length,
                                                              int32_t scale,
                                                              coffer_amount* amount_out,
                                                              coffer_error* err);

/** Writes units as a decimal with exactly `scale` places: 1234 with 2 is "12.34". A scale of 0
 *  writes the plain number of units. Returns COFFER_ERR_OUT_OF_RANGE (scale outside 0..36),
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_format(const coffer_amount* amount,
                                                               int32_t scale, char* buffer,
                                                               size_t size, size_t* needed_out,
                                                               coffer_error* err);

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_compare(const coffer_amount* a,
                                                                const coffer_amount* b,
                                                                int32_t* order_out,
                                                                coffer_error* err);

/** a + b. Returns COFFER_ERR_AMOUNT_OVERFLOW when it does not fit 256 bits. Like all of these,
 *  `sum_out` may point at `a` or `b`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_add(const coffer_amount* a,
                                                            const coffer_amount* b,
                                                            coffer_amount* sum_out,
                                                            coffer_error* err);

/** a - b. Returns COFFER_ERR_AMOUNT_OVERFLOW. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_subtract(const coffer_amount* a,
                                                                 const coffer_amount* b,
                                                                 coffer_amount* difference_out,
                                                                 coffer_error* err);

/** a * numerator / denominator, the product taken exactly, then rounded once. Returns
 *  COFFER_ERR_INVALID_ARGUMENT (rounding), COFFER_ERR_DIVISION_BY_ZERO,
 *  COFFER_ERR_AMOUNT_OVERFLOW. */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_multiply_divide(
    const coffer_amount* a, const coffer_amount* numerator, const coffer_amount* denominator,
    coffer_rounding rounding, coffer_amount* result_out, coffer_error* err);

/** Divides `amount` in proportion to `count` weights, without losing or making a unit; writes
 *  `count` parts. Units left over go to the largest remainders, on a tie to the earlier part.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (no weights, more than a million, or a negative one),
 *              COFFER_ERR_DIVISION_BY_ZERO (all are zero).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_amount_allocate(const coffer_amount* amount,
                                                                 const coffer_amount* weights,
                                                                 size_t count,
                                                                 coffer_amount* parts_out,
                                                                 coffer_error* err);

/** Reads "1.0825" (at most 36 places) or "3/7": digits only.
 *
 *  Returns:    COFFER_ERR_AMOUNT_SYNTAX, COFFER_ERR_AMOUNT_TOO_MANY_PLACES,
 *              COFFER_ERR_AMOUNT_OVERFLOW, COFFER_ERR_DIVISION_BY_ZERO, COFFER_ERR_OUT_OF_RANGE (it
 *              is zero).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_rate_parse(const char* text, size_t text_length,
                                                            coffer_rate* rate_out,
                                                            coffer_error* err);

/** Writes what `coffer_rate_parse` reads back to the same rate. Returns
 * COFFER_ERR_DIVISION_BY_ZERO, COFFER_ERR_OUT_OF_RANGE (it is no rate),
 * COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_rate_format(const coffer_rate* rate, char* buffer,
                                                             size_t size, size_t* needed_out,
                                                             coffer_error* err);

/** Converts minor units of an asset with `from_scale` places into minor units of one with
 * `to_scale` places, rounded once: 100.00 EUR at 1.0825 into USD is 10000 with 2 and 2, which gives
 * 10825.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (rounding), COFFER_ERR_DIVISION_BY_ZERO,
 *              COFFER_ERR_OUT_OF_RANGE (it is no rate; a scale outside 0..36),
 *              COFFER_ERR_AMOUNT_OVERFLOW.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_rate_apply(
    const coffer_rate* rate, const coffer_amount* amount, int32_t from_scale, int32_t to_scale,
    coffer_rounding rounding, coffer_amount* amount_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_AMOUNT_H */
