// SPDX-License-Identifier: MIT
// Tests of dividing amounts: literal cases, and the properties on random input.
#include <coffer/core/allocate.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include <boost/multiprecision/cpp_int.hpp>

using coffer::allocate;
using coffer::Amount;
using coffer::Code;
using coffer::split;

namespace {

std::vector<Amount> amounts(std::initializer_list<int> units) {
  std::vector<Amount> result;
  for (const int unit : units) {
    result.emplace_back(unit);
  }
  return result;
}

Amount sum_of(const std::vector<Amount>& parts) {
  Amount sum;
  for (const Amount& part : parts) {
    REQUIRE(add_checked(sum, part, &sum));
  }
  return sum;
}

boost::multiprecision::cpp_int model_of(const Amount& amount) {
  return boost::multiprecision::cpp_int(to_integer_text(amount));
}

}  // namespace

TEST_CASE("parts follow the weights") {
  CHECK(*allocate(Amount(100), amounts({1, 3})) == amounts({25, 75}));
  CHECK(*allocate(Amount(100), amounts({50})) == amounts({100}));
  CHECK(*allocate(Amount(0), amounts({1, 2})) == amounts({0, 0}));
}

TEST_CASE("units left over go to the largest remainders, on a tie to the earlier part") {
  CHECK(*allocate(Amount(100), amounts({1, 1, 1})) == amounts({34, 33, 33}));
  CHECK(*allocate(Amount(5), amounts({3, 7})) == amounts({2, 3}));
  CHECK(*allocate(Amount(10), amounts({1, 2, 4})) == amounts({1, 3, 6}));
  CHECK(*allocate(Amount(1), amounts({1, 1000})) == amounts({0, 1}));
}

TEST_CASE("a weight of zero gets zero") {
  CHECK(*allocate(Amount(2), amounts({0, 1, 0, 1, 1})) == amounts({0, 1, 0, 1, 0}));
}

TEST_CASE("a negative amount gives the negated parts") {
  CHECK(*allocate(Amount(-100), amounts({1, 1, 1})) == amounts({-34, -33, -33}));
}

TEST_CASE("the whole range can be divided") {
  const std::vector<Amount> weights{Amount::max(), Amount::max(), Amount::max()};
  for (const Amount& amount : {Amount::max(), Amount::min()}) {
    CHECK(sum_of(*allocate(amount, weights)) == amount);
  }
}

TEST_CASE("weights without a proportion are refused") {
  CHECK(allocate(Amount(1), {}).error().code == Code::out_of_range);
  CHECK(allocate(Amount(1), amounts({0, 0})).error().code == Code::division_by_zero);
  CHECK(allocate(Amount(1), amounts({1, -1})).error().message == "weights: number 2 is negative");
}

TEST_CASE("parts of random amounts sum up and lie within one unit of their exact share") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 5'000; ++round) {
    const auto limb = [&] { return random() >> (random() % 64); };
    const Amount amount = Amount::from_limbs({limb(), limb(), limb(), random() % 2 ? 0 : random()});
    std::vector<Amount> weights(1 + random() % 8);
    for (Amount& weight : weights) {
      weight = Amount::from_limbs({limb(), random() % 2 ? limb() : 0, 0, 0});
    }
    boost::multiprecision::cpp_int weight_sum = 0;
    for (const Amount& weight : weights) {
      weight_sum += model_of(weight);
    }
    const auto parts = allocate(amount, weights);
    if (weight_sum == 0) {
      REQUIRE(parts.error().code == Code::division_by_zero);
      continue;
    }
    REQUIRE(sum_of(*parts) == amount);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const boost::multiprecision::cpp_int distance =
          model_of((*parts)[i]) * weight_sum - model_of(amount) * model_of(weights[i]);
      REQUIRE(abs(distance) < weight_sum);
    }
  }
}

TEST_CASE("split makes parts that differ by one unit at most, larger ones first") {
  CHECK(*split(Amount(100), 3) == amounts({34, 33, 33}));
  CHECK(*split(Amount(-101), 3) == amounts({-34, -34, -33}));
  CHECK(*split(Amount(2), 4) == amounts({1, 1, 0, 0}));
  CHECK(*split(Amount(7), 1) == amounts({7}));
  CHECK(sum_of(*split(Amount::min(), 7)) == Amount::min());
}

TEST_CASE("split refuses no parts and too many") {
  CHECK(split(Amount(1), 0).error().message == "count: 0 is outside 1..1000000");
  CHECK(split(Amount(1), coffer::parts_max + 1).error().code == Code::out_of_range);
  CHECK(split(Amount(1), coffer::parts_max)->size() == coffer::parts_max);
}
