/* SPDX-License-Identifier: MIT */
/* Amounts, rates and assets without a book. */
#include "expect.h"

static coffer_amount parsed(const char* text, int32_t scale) {
  coffer_amount amount;
  memset(&amount, 0, sizeof amount);
  EXPECT_OK(coffer_amount_parse(TEXT(text), scale, &amount, NULL));
  return amount;
}

static void a_decimal_becomes_units_and_back(void) {
  char text[COFFER_AMOUNT_TEXT_SIZE];
  size_t needed = 0;
  coffer_amount amount = parsed("-12.34", 2);
  EXPECT(units_of(amount) == -1234);
  EXPECT_OK(coffer_amount_format(&amount, 2, text, sizeof text, &needed, NULL));
  EXPECT(strcmp(text, "-12.34") == 0);
  EXPECT(needed == 7);
}

static void the_smallest_amount_fits_its_buffer(void) {
  char text[COFFER_AMOUNT_TEXT_SIZE];
  coffer_amount least;
  memset(&least, 0, sizeof least);
  least.limbs[3] = UINT64_C(1) << 63;
  EXPECT_OK(coffer_amount_format(&least, 36, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text,
                "-57896044618658097711785492504343953926634"
                ".992332820282019728792003956564819968") == 0);
}

static void a_wrong_decimal_names_the_position(void) {
  coffer_error err;
  coffer_amount amount = coffer_amount_from_int64(7);
  EXPECT_STATUS(COFFER_ERR_AMOUNT_SYNTAX, coffer_amount_parse(TEXT("1,5"), 2, &amount, &err));
  EXPECT(err.code == COFFER_ERR_AMOUNT_SYNTAX);
  EXPECT(strchr(err.message, '2') != NULL);
  EXPECT(units_of(amount) == 7);
  EXPECT_STATUS(COFFER_ERR_AMOUNT_TOO_MANY_PLACES,
                coffer_amount_parse(TEXT("1.005"), 2, &amount, &err));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_amount_parse(TEXT("1"), 37, &amount, &err));
}

static void a_success_empties_the_error(void) {
  coffer_error err;
  coffer_amount amount;
  memset(&err, 'x', sizeof err);
  EXPECT_OK(coffer_amount_parse(TEXT("1"), 0, &amount, &err));
  EXPECT(err.code == COFFER_OK);
  EXPECT(err.message[0] == '\0');
}

static void a_buffer_too_small_is_an_error_that_says_the_size(void) {
  char text[3] = "ab";
  size_t needed = 0;
  coffer_amount amount = coffer_amount_from_int64(1234);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_amount_format(&amount, 2, text, sizeof text, &needed, NULL));
  EXPECT(needed == 6);
  EXPECT(strcmp(text, "ab") == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_amount_format(&amount, 2, NULL, 0, &needed, NULL));
}

static void sums_that_do_not_fit_are_refused(void) {
  coffer_amount greatest = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1}};
  coffer_amount one = coffer_amount_from_int64(1);
  coffer_amount sum = coffer_amount_from_int64(0);
  int32_t order = 0;
  int64_t units = 0;
  EXPECT_STATUS(COFFER_ERR_AMOUNT_OVERFLOW, coffer_amount_add(&greatest, &one, &sum, NULL));
  EXPECT_OK(coffer_amount_subtract(&greatest, &one, &sum, NULL));
  EXPECT_OK(coffer_amount_compare(&sum, &greatest, &order, NULL));
  EXPECT(order == -1);
  EXPECT_STATUS(COFFER_ERR_AMOUNT_OVERFLOW, coffer_amount_to_int64(&greatest, &units, NULL));
}

static void allocating_loses_no_unit(void) {
  coffer_amount weights[3];
  coffer_amount parts[3];
  coffer_amount amount = coffer_amount_from_int64(100);
  weights[0] = weights[1] = weights[2] = coffer_amount_from_int64(1);
  EXPECT_OK(coffer_amount_allocate(&amount, weights, 3, parts, NULL));
  EXPECT(units_of(parts[0]) == 34);
  EXPECT(units_of(parts[1]) == 33);
  EXPECT(units_of(parts[2]) == 33);
  weights[1] = weights[2] = weights[0] = coffer_amount_from_int64(0);
  EXPECT_STATUS(COFFER_ERR_DIVISION_BY_ZERO,
                coffer_amount_allocate(&amount, weights, 3, parts, NULL));
}

static void a_rate_converts_exactly_and_rounds_once(void) {
  char text[COFFER_RATE_TEXT_SIZE];
  coffer_rate rate;
  coffer_amount amount = coffer_amount_from_int64(10000);
  coffer_amount result;
  memset(&rate, 0, sizeof rate);
  EXPECT_STATUS(COFFER_ERR_DIVISION_BY_ZERO,
                coffer_rate_apply(&rate, &amount, 2, 2, COFFER_ROUNDING_DOWN, &result, NULL));
  EXPECT_OK(coffer_rate_parse(TEXT("1.0825"), &rate, NULL));
  EXPECT_OK(coffer_rate_apply(&rate, &amount, 2, 2, COFFER_ROUNDING_HALF_EVEN, &result, NULL));
  EXPECT(units_of(result) == 10825);
  EXPECT_OK(coffer_rate_format(&rate, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "1.0825") == 0);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_rate_apply(&rate, &amount, 2, 2, 7, &result, NULL));
}

static void a_quotient_rounds_as_told(void) {
  const coffer_amount seven = coffer_amount_from_int64(7);
  const coffer_amount one = coffer_amount_from_int64(1);
  const coffer_amount two = coffer_amount_from_int64(2);
  coffer_amount result;
  EXPECT_OK(
      coffer_amount_multiply_divide(&seven, &one, &two, COFFER_ROUNDING_HALF_EVEN, &result, NULL));
  EXPECT(units_of(result) == 4);
  EXPECT_OK(coffer_amount_multiply_divide(&seven, &one, &two, COFFER_ROUNDING_DOWN, &result, NULL));
  EXPECT(units_of(result) == 3);
}

static void built_in_assets_and_currencies_are_found_by_code(void) {
  coffer_asset asset;
  coffer_currency currency;
  coffer_currency all[200];
  size_t count = 0;
  EXPECT_OK(coffer_asset_preset(TEXT("USDT-BSC"), &asset, NULL));
  EXPECT(asset.scale == 18);
  EXPECT(asset.kind == COFFER_ASSET_CRYPTO);
  EXPECT(strcmp(asset.network, "BSC") == 0);
  EXPECT_STATUS(COFFER_ERR_ASSET_NOT_FOUND, coffer_asset_preset(TEXT("usd"), &asset, NULL));
  EXPECT_OK(coffer_currency_find(TEXT("JPY"), &currency, NULL));
  EXPECT(currency.number == 392);
  EXPECT(currency.minor_units == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL, coffer_currency_list(NULL, 0, &count, NULL));
  EXPECT(count == 178);
  EXPECT_OK(coffer_currency_list(all, 200, &count, NULL));
  EXPECT(strcmp(all[0].code, "AED") == 0);
}

static void an_amount_is_shown_in_the_manner_of_a_locale(void) {
  char text[64];
  coffer_asset usd;
  coffer_amount amount = coffer_amount_from_int64(123456789);
  EXPECT_OK(coffer_asset_preset(TEXT("USD"), &usd, NULL));
  EXPECT_OK(coffer_asset_display(&usd, &amount, TEXT("de"), text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "1.234.567,89") == 0);
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND,
                coffer_asset_display(&usd, &amount, TEXT("??"), text, sizeof text, NULL, NULL));
}

static void an_asset_is_checked_field_by_field(void) {
  coffer_error err;
  coffer_asset asset;
  EXPECT_OK(coffer_asset_preset(TEXT("USD"), &asset, NULL));
  EXPECT_OK(coffer_asset_check(&asset, NULL));
  asset.scale = 37;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_asset_check(&asset, &err));
  EXPECT(strncmp(err.message, "scale", 5) == 0);
}

static void codes_have_names_and_some_are_transient(void) {
  EXPECT(strcmp(coffer_status_name(COFFER_ERR_EXCEEDS_BALANCE), "exceeds_balance") == 0);
  EXPECT(strcmp(coffer_status_name(-5), "unknown") == 0);
  EXPECT(coffer_status_is_transient(COFFER_ERR_STORAGE_BUSY) == 1);
  EXPECT(coffer_status_is_transient(COFFER_ERR_UNBALANCED) == 0);
}

static void the_library_tells_its_version_and_the_sizes_of_structs(void) {
  EXPECT(strcmp(coffer_version(), "0.1.0") == 0);
  EXPECT(coffer_abi_version() == 0);
  EXPECT(coffer_abi_sizeof("coffer_amount") == sizeof(coffer_amount));
  EXPECT(coffer_abi_sizeof("coffer_transfer") == sizeof(coffer_transfer));
  EXPECT(coffer_abi_sizeof("int") == 0);
  EXPECT(sizeof(coffer_error) == 256);
}

const test_case amount_cases[] = {
    {"a decimal becomes units and back", a_decimal_becomes_units_and_back},
    {"the smallest amount fits its buffer", the_smallest_amount_fits_its_buffer},
    {"a wrong decimal names the position", a_wrong_decimal_names_the_position},
    {"a success empties the error", a_success_empties_the_error},
    {"a buffer too small is an error that says the size",
     a_buffer_too_small_is_an_error_that_says_the_size},
    {"sums that do not fit are refused", sums_that_do_not_fit_are_refused},
    {"allocating loses no unit", allocating_loses_no_unit},
    {"a rate converts exactly and rounds once", a_rate_converts_exactly_and_rounds_once},
    {"a quotient rounds as told", a_quotient_rounds_as_told},
    {"built-in assets and currencies are found by code",
     built_in_assets_and_currencies_are_found_by_code},
    {"an amount is shown in the manner of a locale", an_amount_is_shown_in_the_manner_of_a_locale},
    {"an asset is checked field by field", an_asset_is_checked_field_by_field},
    {"codes have names and some are transient", codes_have_names_and_some_are_transient},
    {"the library tells its version and the sizes of structs",
     the_library_tells_its_version_and_the_sizes_of_structs},
    {NULL, NULL},
};
