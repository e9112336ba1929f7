// SPDX-License-Identifier: MIT
// Tests of Amount's arithmetic: edges by hand, and a big-integer model on random input.
#include <coffer/core/amount.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <type_traits>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

using coffer::Amount;
using coffer::Code;
using coffer::Rounding;

static_assert(!std::is_constructible_v<Amount, bool>);
static_assert(!std::is_convertible_v<int, Amount>);

namespace {

// Of unlimited size, and asked through its decimal text: nothing is shared with the code under
// test.
using Model = boost::multiprecision::cpp_int;

const Model model_max = (Model(1) << 255) - 1;
const Model model_min = -(Model(1) << 255);

Model model_of(const Amount& amount) {
  Model value = 0;
  for (int limb = 3; limb >= 0; --limb) {
    value <<= 64;
    value += amount.limbs()[static_cast<std::size_t>(limb)];
  }
  return amount.is_negative() ? Model(value - (Model(1) << 256)) : value;
}

bool fits(const Model& value) { return value >= model_min && value <= model_max; }

/// Amounts of all sizes with edges mixed in, from a fixed seed.
class AmountSource {
 public:
  Amount next() {
    const std::uint64_t choice = random_() % 16;
    if (choice < edges_.size()) {
      return edges_[choice];
    }
    std::array<std::uint64_t, 4> limbs{};
    const std::uint64_t bits = 1 + random_() % 255;
    for (std::uint64_t& limb : limbs) {
      limb = random_();
    }
    for (std::size_t bit = bits; bit < 256; ++bit) {
      limbs[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
    }
    Amount result = Amount::from_limbs(limbs);
    if (random_() % 2 == 0) {
      REQUIRE(subtract_checked(Amount{}, result, &result));
    }
    return result;
  }

 private:
  std::mt19937_64 random_{20241222};
  std::vector<Amount> edges_{Amount::max(), Amount::min(),     Amount(0),         Amount(1),
                             Amount(-1),    Amount(INT64_MAX), Amount(INT64_MIN), Amount(10)};
};

void check_against(const coffer::Result<Amount>& result, const Model& expected) {
  if (fits(expected)) {
    REQUIRE(result.has_value());
    REQUIRE(model_of(*result) == expected);
  } else {
    REQUIRE_FALSE(result.has_value());
    REQUIRE(result.error().code == Code::amount_overflow);
  }
}

/// Division by the definition of each mode, on unlimited integers.
Model rounded_quotient(const Model& dividend, const Model& divisor, Rounding rounding) {
  const bool negative = (dividend < 0) != (divisor < 0);
  const Model size = abs(dividend);
  const Model unit = abs(divisor);
  Model quotient = size / unit;
  const Model twice = 2 * (size % unit);
  bool away = false;
  switch (rounding) {
    case Rounding::down: break;
    case Rounding::up: away = twice > 0; break;
    case Rounding::floor: away = twice > 0 && negative; break;
    case Rounding::ceiling: away = twice > 0 && !negative; break;
    case Rounding::half_up: away = twice >= unit; break;
    case Rounding::half_down: away = twice > unit; break;
    case Rounding::half_even: away = twice > unit || (twice == unit && quotient % 2 == 1); break;
  }
  if (away) {
    ++quotient;
  }
  return negative ? Model(-quotient) : quotient;
}

constexpr Rounding all_roundings[] = {Rounding::down,     Rounding::up,      Rounding::floor,
                                      Rounding::ceiling,  Rounding::half_up, Rounding::half_down,
                                      Rounding::half_even};

}  // namespace

TEST_CASE("an amount keeps the sign and value of 64-bit units in four limbs") {
  CHECK(Amount(5).limbs() == std::array<std::uint64_t, 4>{5, 0, 0, 0});
  CHECK(Amount(-1).limbs() == std::array<std::uint64_t, 4>{~0ULL, ~0ULL, ~0ULL, ~0ULL});
  CHECK(Amount(INT64_MIN).to_int64() == INT64_MIN);
  CHECK(Amount::max().to_int64() == std::nullopt);
  CHECK(Amount::from_limbs({1ULL << 63U, 0, 0, 0}).to_int64() == std::nullopt);
}

TEST_CASE("an unsigned number of 64 bits keeps its value") {
  CHECK(Amount(UINT64_MAX).limbs() == std::array<std::uint64_t, 4>{~0ULL, 0, 0, 0});
  CHECK(Amount(std::uint8_t{200}) == Amount(200));
}

TEST_CASE("signs are told apart") {
  CHECK(Amount(1).is_positive());
  CHECK_FALSE(Amount(0).is_positive());
  CHECK(Amount(0).is_zero());
  CHECK(Amount(-1).is_negative());
  CHECK(Amount::min().is_negative());
  CHECK(Amount::max().is_positive());
}

TEST_CASE("amounts are ordered by value over the whole range") {
  const Amount ordered[] = {Amount::min(),
                            Amount(INT64_MIN),
                            Amount(-1),
                            Amount(0),
                            Amount(1),
                            Amount(INT64_MAX),
                            Amount::from_limbs({1ULL << 63U, 0, 0, 0}),
                            Amount::from_limbs({0, 1, 0, 0}),
                            Amount::max()};
  for (std::size_t i = 0; i + 1 < std::size(ordered); ++i) {
    CHECK(ordered[i] < ordered[i + 1]);
  }
}

TEST_CASE("arithmetic refuses what does not fit 256 bits") {
  CHECK(add(Amount::max(), Amount(1)).error().code == Code::amount_overflow);
  CHECK(add(Amount::min(), Amount(-1)).error().code == Code::amount_overflow);
  CHECK(subtract(Amount(0), Amount::min()).error().code == Code::amount_overflow);
  CHECK(negate(Amount::min()).error().code == Code::amount_overflow);
  CHECK(absolute(Amount::min()).error().code == Code::amount_overflow);
  CHECK(multiply(Amount::min(), Amount(-1)).error().code == Code::amount_overflow);
  CHECK(multiply(Amount::max(), Amount(2)).error().message ==
        "amount: the product does not fit 256 bits");
}

TEST_CASE("arithmetic reaches the ends of the range") {
  CHECK(*add(Amount::max(), Amount::min()) == Amount(-1));
  CHECK(*subtract(Amount(-1), Amount::max()) == Amount::min());
  CHECK(*negate(Amount::max()) == *add(Amount::min(), Amount(1)));
  CHECK(*multiply(Amount::min(), Amount(1)) == Amount::min());
  CHECK(*multiply_divide(Amount::min(), Amount(-1), Amount(-1), Rounding::down) == Amount::min());
  CHECK(*multiply_divide(Amount(INT64_MIN), Amount(1), Amount(-1), Rounding::down) ==
        Amount::from_limbs({1ULL << 63U, 0, 0, 0}));
}

TEST_CASE("a checked sum may be written over one of its terms") {
  Amount total = Amount::max();
  CHECK_FALSE(add_checked(total, Amount(1), &total));
  CHECK(total == Amount::min());
  Amount rest(-1);
  CHECK(subtract_checked(rest, Amount::max(), &rest));
  CHECK(rest == Amount::min());
}

TEST_CASE("a product is exact before it is divided") {
  CHECK(*multiply_divide(Amount::max(), Amount::max(), Amount::max(), Rounding::down) ==
        Amount::max());
  CHECK(multiply_divide(Amount::max(), Amount(2), Amount(1), Rounding::down).error().code ==
        Code::amount_overflow);
}

TEST_CASE("a zero denominator is named before an overflow") {
  CHECK(multiply_divide(Amount::max(), Amount::max(), Amount(0), Rounding::down).error().code ==
        Code::division_by_zero);
}

TEST_CASE("each rounding mode treats halves, thirds and signs as its name says") {
  struct Row {
    int dividend, divisor;
    int down, up, floor, ceiling, half_up, half_down, half_even;
  };
  constexpr Row rows[] = {
      {5, 2, 2, 3, 2, 3, 3, 2, 2},    {-5, 2, -2, -3, -3, -2, -3, -2, -2},
      {7, 2, 3, 4, 3, 4, 4, 3, 4},    {-7, 2, -3, -4, -4, -3, -4, -3, -4},
      {4, 3, 1, 2, 1, 2, 1, 1, 1},    {-4, 3, -1, -2, -2, -1, -1, -1, -1},
      {5, 3, 1, 2, 1, 2, 2, 2, 2},    {5, -3, -1, -2, -2, -1, -2, -2, -2},
      {1, 2, 0, 1, 0, 1, 1, 0, 0},    {-1, 2, 0, -1, -1, 0, -1, 0, 0},
      {6, 3, 2, 2, 2, 2, 2, 2, 2},    {0, 7, 0, 0, 0, 0, 0, 0, 0},
      {1, 1000, 0, 1, 0, 1, 0, 0, 0}, {-999, 1000, 0, -1, -1, 0, -1, -1, -1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.dividend);
    CAPTURE(row.divisor);
    const int expected[] = {row.down,    row.up,        row.floor,    row.ceiling,
                            row.half_up, row.half_down, row.half_even};
    for (std::size_t i = 0; i < std::size(all_roundings); ++i) {
      CAPTURE(i);
      // Once in 64 bits, once with both numbers far outside of them.
      CHECK(*multiply_divide(Amount(row.dividend), Amount(1), Amount(row.divisor),
                             all_roundings[i]) == Amount(expected[i]));
      const Amount huge = Amount::from_limbs({0, 0, 1, 0});
      CHECK(*multiply_divide(Amount(row.dividend), huge, *multiply(Amount(row.divisor), huge),
                             all_roundings[i]) == Amount(expected[i]));
    }
  }
}

TEST_CASE("arithmetic agrees with a big-integer model on random amounts") {
  AmountSource source;
  for (int i = 0; i < 100'000; ++i) {
    const Amount a = source.next();
    const Amount b = source.next();
    const Model x = model_of(a);
    const Model y = model_of(b);
    REQUIRE((a < b) == (x < y));
    REQUIRE((a == b) == (x == y));
    check_against(add(a, b), x + y);
    check_against(subtract(a, b), x - y);
    check_against(multiply(a, b), x * y);
    check_against(negate(a), -x);
    check_against(absolute(a), abs(x));
  }
}

TEST_CASE("multiply_divide agrees with a big-integer model in every rounding mode") {
  AmountSource source;
  for (int i = 0; i < 100'000; ++i) {
    const Amount a = source.next();
    const Amount numerator = source.next();
    const Amount denominator = source.next();
    const Rounding rounding = all_roundings[static_cast<std::size_t>(i) % 7];
    const auto result = multiply_divide(a, numerator, denominator, rounding);
    if (denominator.is_zero()) {
      REQUIRE(result.error().code == Code::division_by_zero);
      continue;
    }
    check_against(result, rounded_quotient(model_of(a) * model_of(numerator), model_of(denominator),
                                           rounding));
  }
}

TEST_CASE("text agrees with a big-integer model and reads back on random amounts") {
  AmountSource source;
  for (int i = 0; i < 100'000; ++i) {
    const Amount amount = source.next();
    const std::string text = to_integer_text(amount);
    REQUIRE(text == model_of(amount).str());
    REQUIRE(*coffer::parse_integer_text(text) == amount);
    const int scale = i % 37;
    REQUIRE(*coffer::parse_decimal(format_decimal(amount, scale), scale) == amount);
  }
}
