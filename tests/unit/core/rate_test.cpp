// SPDX-License-Identifier: MIT
// Tests of exact rates.
#include <coffer/core/rate.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>

using coffer::Amount;
using coffer::Code;
using coffer::Rate;
using coffer::Rounding;

namespace {

Rate rate(std::string_view text) { return Rate::parse(text).value(); }

}  // namespace

TEST_CASE("a rate is kept in lowest terms") {
  const Rate fraction = *Rate::of(Amount(6), Amount(8));
  CHECK(fraction.numerator() == Amount(3));
  CHECK(fraction.denominator() == Amount(4));
  CHECK(fraction == rate("0.75"));
  CHECK(Rate() == rate("1"));
}

TEST_CASE("a rate is read from a decimal or a fraction") {
  CHECK(rate("1.0825") == *Rate::of(Amount(433), Amount(400)));
  CHECK(rate("3/7") == *Rate::of(Amount(3), Amount(7)));
  CHECK(rate("1.50") == rate("3/2"));
  CHECK(rate("0.000000000000000000000000000000000001").numerator() == Amount(1));
}

TEST_CASE("a text that is no rate is refused with its position") {
  struct Row {
    const char* text;
    Code code;
    const char* message;
  };
  constexpr Row rows[] = {
      {"", Code::amount_syntax, "rate: the end at position 1 where a digit is needed"},
      {"-1", Code::amount_syntax, "rate: '-' at position 1 where a digit is needed"},
      {"1e2", Code::amount_syntax, "rate: 'e' at position 2 where a digit is needed"},
      {"/7", Code::amount_syntax, "rate: '/' at position 1 where a digit is needed"},
      {"3/", Code::amount_syntax, "rate: the end at position 3 where a digit is needed"},
      {"3/-7", Code::amount_syntax, "rate: '-' at position 3 where a digit is needed"},
      {"3/7/2", Code::amount_syntax, "rate: '/' at position 4 where a digit is needed"},
      {"1.5/2", Code::amount_syntax, "rate: '.' at position 2 where a digit is needed"},
      {"1.5/x", Code::amount_syntax, "rate: '.' at position 2 where a digit is needed"},
      {"1.0000000000000000000000000000000000001", Code::amount_too_many_places,
       "rate: position 39 is beyond 36 places"},
      {"3/0", Code::division_by_zero, "rate: the denominator is zero"},
      {"0", Code::out_of_range, "rate: it must be greater than zero"},
      {"0/5", Code::out_of_range, "rate: it must be greater than zero"},
  };
  for (const Row& row : rows) {
    const auto result = Rate::parse(row.text);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == row.code);
    CHECK(result.error().message == row.message);
  }
  const std::string huge(80, '9');
  CHECK(Rate::parse(huge).error().message == "rate: the value does not fit 256 bits");
  CHECK(Rate::parse("1/" + huge).error().message == "rate: the denominator does not fit 256 bits");
  CHECK(Rate::parse(huge + "/1").error().message == "rate: the numerator does not fit 256 bits");
}

TEST_CASE("a rate is greater than zero") {
  CHECK(Rate::of(Amount(1), Amount(0)).error().code == Code::division_by_zero);
  CHECK(Rate::of(Amount(0), Amount(1)).error().code == Code::out_of_range);
  CHECK(Rate::of(Amount(-1), Amount(-1)).error().code == Code::out_of_range);
  CHECK(Rate::of(Amount(1), Amount(-1)).error().code == Code::out_of_range);
}

TEST_CASE("a conversion shifts between scales and rounds once") {
  const Rate euro_in_dollars = rate("1.0825");
  CHECK(*euro_in_dollars.apply(Amount(10000), 2, 2, Rounding::down) == Amount(10825));
  // 0.01 EUR is 1.0825 cents.
  CHECK(*euro_in_dollars.apply(Amount(1), 2, 2, Rounding::down) == Amount(1));
  CHECK(*euro_in_dollars.apply(Amount(1), 2, 2, Rounding::up) == Amount(2));
  CHECK(*euro_in_dollars.apply(Amount(-1), 2, 2, Rounding::floor) == Amount(-2));
  // 0.5 BTC at 97,123.45 USD.
  CHECK(*rate("97123.45").apply(Amount(50'000'000), 8, 2, Rounding::half_even) == Amount(4856172));
  // 1 USD in JPY, which has no places; and 1 JPY in BHD, which has three.
  CHECK(*rate("157.35").apply(Amount(100), 2, 0, Rounding::half_up) == Amount(157));
  CHECK(*rate("0.0024").apply(Amount(1), 0, 3, Rounding::half_up) == Amount(2));
  CHECK(*rate("1/3").apply(Amount(100), 2, 2, Rounding::half_up) == Amount(33));
}

TEST_CASE("a conversion of the widest values is exact or an overflow") {
  CHECK(*rate("1").apply(Amount::min(), 36, 36, Rounding::down) == Amount::min());
  CHECK(rate("1").apply(Amount::max(), 0, 1, Rounding::down).error().code == Code::amount_overflow);
  const Rate widest = *Rate::of(Amount::max(), Amount(1));
  CHECK(*widest.inverse().apply(Amount::max(), 0, 36, Rounding::down) ==
        *coffer::parse_integer_text("1000000000000000000000000000000000000"));
  CHECK(widest.apply(Amount::max(), 0, 36, Rounding::down).error().code == Code::amount_overflow);
}

TEST_CASE("a conversion refuses a scale outside 0..36") {
  CHECK(Rate().apply(Amount(1), 37, 2, Rounding::down).error().message ==
        "scale: 37 is outside 0..36");
  CHECK(Rate().apply(Amount(1), 2, -1, Rounding::down).error().message ==
        "scale: -1 is outside 0..36");
}

TEST_CASE("the inverse of the inverse is the rate") {
  CHECK(rate("4/5").inverse() == rate("1.25"));
  CHECK(rate("1.0825").inverse().inverse() == rate("1.0825"));
}

TEST_CASE("rates are ordered by value") {
  CHECK(rate("1/3") < rate("0.34"));
  CHECK(rate("1/3") > rate("0.333333333333333333333333333333333333"));
  CHECK(rate("2/4") == rate("0.5"));
  CHECK(*Rate::of(Amount::max(), Amount(1)) > *Rate::of(Amount::max(), Amount(2)));
}

TEST_CASE("a rate is written as a decimal when that is exact, else as a fraction") {
  CHECK(rate("1.0825").to_text() == "1.0825");
  CHECK(rate("2.50").to_text() == "2.5");
  CHECK(rate("97000").to_text() == "97000");
  CHECK(rate("1/3").to_text() == "1/3");
  CHECK(rate("1/1024").to_text() == "0.0009765625");
}

TEST_CASE("a random rate reads back from its text") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20'000; ++i) {
    const auto limb = [&] { return random() >> (random() % 64); };
    const Amount above = Amount::from_limbs({limb() | 1U, random() % 2 ? limb() : 0, 0, 0});
    const Amount below = random() % 2 ? Amount::from_limbs({limb() | 1U, 0, 0, 0})
                                      : Amount(1'000'000'000'000 << (random() % 20));
    const Rate original = *Rate::of(above, below);
    REQUIRE(*Rate::parse(original.to_text()) == original);
  }
}
