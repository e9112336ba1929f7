// SPDX-License-Identifier: MIT
// Tests of amounts as people read them.
#include <coffer/core/display.hpp>

#include <doctest/doctest.h>

#include <string>

using coffer::Amount;
using coffer::display_amount;
using coffer::DisplayOptions;
using coffer::find_number_style;
using coffer::NumberStyle;
using coffer::Rounding;

namespace {

std::string styled(std::int64_t units, int scale, const NumberStyle& style) {
  DisplayOptions options;
  options.places_min = 2;
  options.style = style;
  return display_amount(Amount(units), scale, options);
}

std::string with_places(std::int64_t units, int scale, int places_min, int places_max,
                        Rounding rounding = Rounding::floor) {
  DisplayOptions options;
  options.places_min = places_min;
  options.places_max = places_max;
  options.rounding = rounding;
  return display_amount(Amount(units), scale, options);
}

}  // namespace

TEST_CASE("each style puts its own marks") {
  CHECK(styled(123456789, 2, coffer::style_en) == "1,234,567.89");
  CHECK(styled(123456789, 2, coffer::style_de) == "1.234.567,89");
  CHECK(styled(123456789, 2, coffer::style_fr) == "1\u202F234\u202F567,89");
  CHECK(styled(123456789, 2, coffer::style_hi) == "12,34,567.89");
  CHECK(styled(123456789, 2, coffer::style_plain) == "1234567.89");
  CHECK(styled(-123456789, 2, coffer::style_en) == "-1,234,567.89");
  CHECK(styled(12345678901, 0, coffer::style_hi) == "12,34,56,78,901");
}

TEST_CASE("a number without a full group has no mark") {
  CHECK(styled(0, 2, coffer::style_en) == "0.00");
  CHECK(styled(99999, 2, coffer::style_en) == "999.99");
  CHECK(styled(100000, 2, coffer::style_en) == "1,000.00");
  CHECK(styled(99999, 2, coffer::style_hi) == "999.99");
}

TEST_CASE("some languages leave four digits whole") {
  const NumberStyle polish = *find_number_style("pl");
  CHECK(styled(123456, 2, polish) == "1234,56");
  CHECK(styled(1234567, 2, polish) == "12\u00A0345,67");
}

TEST_CASE("a locale of the table has its marks and digits") {
  CHECK(styled(123456789, 2, *find_number_style("de-CH")) == "1\u2019234\u2019567.89");
  CHECK(styled(-123456, 2, *find_number_style("sv")) == "\u22121\u00A0234,56");
  CHECK(styled(123456789, 2, *find_number_style("bn")) ==
        "\u09E7\u09E8,\u09E9\u09EA,\u09EB\u09EC\u09ED.\u09EE\u09EF");
  CHECK(styled(123450, 2, *find_number_style("fa")) ==
        "\u06F1\u066C\u06F2\u06F3\u06F4\u066B\u06F5\u06F0");
  CHECK(styled(123456, 2, *find_number_style("en")) == styled(123456, 2, coffer::style_en));
}

TEST_CASE("a locale outside the table is not guessed from its language") {
  CHECK_FALSE(find_number_style("es-MX"));
  CHECK_FALSE(find_number_style("EN"));
  CHECK_FALSE(find_number_style(""));
}

TEST_CASE("zeros at the end are kept up to the least number of places") {
  CHECK(with_places(1'500'000'000, 9, 0, 9) == "1.5");
  CHECK(with_places(1'500'000'000, 9, 2, 9) == "1.50");
  CHECK(with_places(1'000'000'000, 9, 0, 9) == "1");
  CHECK(with_places(1'000'000'000, 9, 2, 9) == "1.00");
  CHECK(with_places(1'234'567'891, 9, 2, 9) == "1.234567891");
  CHECK(with_places(100, 0, 0, 0) == "100");
}

TEST_CASE("by default a balance never looks larger, nor a debt smaller") {
  CHECK(with_places(1'999'999, 6, 2, 2) == "1.99");
  CHECK(with_places(-1'991'000, 6, 2, 2) == "-2.00");
  CHECK(with_places(999'999, 6, 0, 0) == "0");
}

TEST_CASE("the rounding can be chosen") {
  CHECK(with_places(1'995'000, 6, 2, 2, Rounding::half_up) == "2.00");
  CHECK(with_places(1'985'000, 6, 2, 2, Rounding::half_even) == "1.98");
  CHECK(with_places(1'990'001, 6, 2, 2, Rounding::ceiling) == "2.00");
}

TEST_CASE("zero has no sign") { CHECK(with_places(-1, 6, 2, 2, Rounding::down) == "0.00"); }

TEST_CASE("places are clamped to the scale and the least wins over the most") {
  CHECK(with_places(1234, 2, 5, 9) == "12.34");
  CHECK(with_places(1234, 2, -1, -1) == "12");
  CHECK(with_places(1234, 2, 2, 1) == "12.34");
  CHECK(display_amount(Amount(5), 99, {}) == "0.000000000000000000000000000000000005");
  CHECK(display_amount(Amount(5), -1, {}) == "5");
}

TEST_CASE("dust gets the places it needs to be seen") {
  DisplayOptions options;
  options.places_min = 2;
  options.places_max = 8;
  options.significant_min = 2;
  CHECK(display_amount(Amount(1'234'567), 18, options) == "0.0000000000012");
  CHECK(display_amount(Amount(1), 18, options) == "0.000000000000000001");
  CHECK(display_amount(Amount(0), 18, options) == "0.00");
  CHECK(display_amount(Amount(1'234'567'890'123'456'789), 18, options) == "1.23456789");
}

TEST_CASE("an asset's usual options show fiat in full and crypto to eight places") {
  const auto dollar = display_options_for(*coffer::find_preset("USD"));
  CHECK(display_amount(Amount(1234500), 2, dollar) == "12,345.00");
  const auto yen = display_options_for(*coffer::find_preset("JPY"));
  CHECK(display_amount(Amount(1234500), 0, yen) == "1,234,500");
  const auto tether = display_options_for(*coffer::find_preset("USDT-TRON"), coffer::style_de);
  CHECK(display_amount(Amount(1'234'567'891), 6, tether) == "1.234,567891");
  const auto ether = display_options_for(*coffer::find_preset("ETH"));
  CHECK(display_amount(Amount(1'500'000'000'000'000'000), 18, ether) == "1.50");
  CHECK(display_amount(Amount(21'000), 18, ether) == "0.000000000000021");
}

TEST_CASE("the ends of the range are shown in full") {
  DisplayOptions options;
  options.style = coffer::style_plain;
  CHECK(display_amount(Amount::min(), 0, options) ==
        "-57896044618658097711785492504343953926634992332820282019728792003956564819968");
  options.places_max = 0;
  CHECK(display_amount(Amount::max(), 36, options) == "57896044618658097711785492504343953926634");
}
