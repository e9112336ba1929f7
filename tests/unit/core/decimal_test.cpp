// SPDX-License-Identifier: MIT
// Tests of amounts as text: what is read, what is refused and where, what is written.
#include <coffer/core/amount.hpp>

#include <doctest/doctest.h>

#include <string>

using coffer::Amount;
using coffer::Code;
using coffer::format_decimal;
using coffer::parse_decimal;
using coffer::parse_integer_text;

namespace {

void check_refused(const coffer::Result<Amount>& result, Code code, const std::string& message) {
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == code);
  CHECK(result.error().message == message);
}

const std::string max_text =
    "57896044618658097711785492504343953926634992332820282019728792003956564819967";
const std::string min_text =
    "-57896044618658097711785492504343953926634992332820282019728792003956564819968";

}  // namespace

TEST_CASE("a decimal is read as units of the asset's scale") {
  CHECK(*parse_decimal("12.34", 2) == Amount(1234));
  CHECK(*parse_decimal("-12.34", 2) == Amount(-1234));
  CHECK(*parse_decimal("12.3", 2) == Amount(1230));
  CHECK(*parse_decimal("12", 2) == Amount(1200));
  CHECK(*parse_decimal("12", 0) == Amount(12));
  CHECK(*parse_decimal("0.01", 2) == Amount(1));
  CHECK(*parse_decimal("007.50", 2) == Amount(750));
  CHECK(*parse_decimal("-0.00", 2) == Amount(0));
  CHECK(*parse_decimal("9223372036854775807", 0) == Amount(INT64_MAX));
  CHECK(*parse_decimal("-9223372036854775808", 0) == Amount(INT64_MIN));
  CHECK(*parse_decimal("9.2", 18) == Amount(9'200'000'000'000'000'000));
  CHECK(*parse_decimal("18.446744073709551616", 18) == Amount::from_limbs({0, 1, 0, 0}));
  CHECK(*parse_decimal("0.000000000000000000000000000000000001", 36) == Amount(1));
}

TEST_CASE("any number of leading zeros is read") {
  CHECK(*parse_decimal(std::string(500, '0') + "1.5", 2) == Amount(150));
  CHECK(*parse_integer_text(std::string(500, '0')) == Amount(0));
}

TEST_CASE("the ends of the range are read and one beyond is an overflow") {
  CHECK(*parse_integer_text(max_text) == Amount::max());
  CHECK(*parse_integer_text(min_text) == Amount::min());
  const std::string message = "amount: the value does not fit 256 bits";
  check_refused(parse_integer_text(min_text.substr(1)), Code::amount_overflow, message);
  check_refused(parse_integer_text("-" + max_text.substr(0, 76) + "9"), Code::amount_overflow,
                message);
  check_refused(parse_decimal(max_text, 1), Code::amount_overflow, message);
  check_refused(parse_integer_text(std::string(10'000, '9')), Code::amount_overflow, message);
}

TEST_CASE("what is not a plain decimal is refused with its position") {
  struct Row {
    const char* text;
    const char* message;
  };
  constexpr Row rows[] = {
      {"", "amount: the end at position 1 where a digit is needed"},
      {"-", "amount: the end at position 2 where a digit is needed"},
      {"+1", "amount: '+' at position 1 where a digit is needed"},
      {"--1", "amount: '-' at position 2 where a digit is needed"},
      {".5", "amount: '.' at position 1 where a digit is needed"},
      {"5.", "amount: the end at position 3 where a digit is needed"},
      {"1.2.3", "amount: '.' at position 4 where a digit is needed"},
      {"1e3", "amount: 'e' at position 2 where a digit is needed"},
      {"NaN", "amount: 'N' at position 1 where a digit is needed"},
      {"inf", "amount: 'i' at position 1 where a digit is needed"},
      {"1,000", "amount: ',' at position 2 where a digit is needed"},
      {" 1", "amount: ' ' at position 1 where a digit is needed"},
      {"1 ", "amount: ' ' at position 2 where a digit is needed"},
      {"0x10", "amount: 'x' at position 2 where a digit is needed"},
      {"1\n", "amount: byte 0x0a at position 2 where a digit is needed"},
      {"\xD9\xA1", "amount: byte 0xd9 at position 1 where a digit is needed"},
  };
  for (const Row& row : rows) {
    check_refused(parse_decimal(row.text, 2), Code::amount_syntax, row.message);
  }
  check_refused(parse_decimal(std::string_view("1\0", 2), 2), Code::amount_syntax,
                "amount: byte 0x00 at position 2 where a digit is needed");
}

TEST_CASE("an integer text has no dot") {
  check_refused(parse_integer_text("1.0"), Code::amount_syntax,
                "amount: '.' at position 2 where a digit is needed");
}

TEST_CASE("more places than the scale are refused even when they are zeros") {
  check_refused(parse_decimal("12.345", 2), Code::amount_too_many_places,
                "amount: position 6 is beyond the 2 places of the asset");
  check_refused(parse_decimal("-12.340", 2), Code::amount_too_many_places,
                "amount: position 7 is beyond the 2 places of the asset");
  check_refused(parse_decimal("12.0", 0), Code::amount_too_many_places,
                "amount: position 4 is beyond the 0 places of the asset");
}

TEST_CASE("a wrong character is named before too many places, and those before an overflow") {
  CHECK(parse_decimal("1.234x", 2).error().code == Code::amount_syntax);
  CHECK(parse_decimal(max_text + ".123", 2).error().code == Code::amount_too_many_places);
}

TEST_CASE("a scale outside 0..36 is refused") {
  check_refused(parse_decimal("x", 37), Code::out_of_range, "scale: 37 is outside 0..36");
  check_refused(parse_decimal("1", -1), Code::out_of_range, "scale: -1 is outside 0..36");
}

TEST_CASE("a decimal is written with exactly the places of the scale") {
  CHECK(format_decimal(Amount(1234), 2) == "12.34");
  CHECK(format_decimal(Amount(-1234), 2) == "-12.34");
  CHECK(format_decimal(Amount(5), 0) == "5");
  CHECK(format_decimal(Amount(0), 0) == "0");
  CHECK(format_decimal(Amount(0), 3) == "0.000");
  CHECK(format_decimal(Amount(5), 2) == "0.05");
  CHECK(format_decimal(Amount(-5), 18) == "-0.000000000000000005");
  CHECK(format_decimal(Amount(1200), 2) == "12.00");
  CHECK(format_decimal(Amount(INT64_MIN), 18) == "-9.223372036854775808");
  CHECK(format_decimal(Amount::from_limbs({0, 1, 0, 0}), 18) == "18.446744073709551616");
}

TEST_CASE("the scale of a written decimal is clamped") {
  CHECK(format_decimal(Amount(5), -3) == "5");
  CHECK(format_decimal(Amount(5), 99) == "0.000000000000000000000000000000000005");
}

TEST_CASE("the ends of the range are written in full") {
  CHECK(to_integer_text(Amount::max()) == max_text);
  CHECK(to_integer_text(Amount::min()) == min_text);
  CHECK(format_decimal(Amount::min(), 36) ==
        "-57896044618658097711785492504343953926634.992332820282019728792003956564819968");
}

TEST_CASE("zeros inside a wide number are kept") {
  // 10^36 + 1: the middle of the digits is all zeros.
  const Amount amount = *parse_integer_text("1000000000000000000000000000000000001");
  CHECK(to_integer_text(amount) == "1000000000000000000000000000000000001");
  CHECK(format_decimal(amount, 36) == "1.000000000000000000000000000000000001");
}
