// SPDX-License-Identifier: MIT
// Tests of timestamps and clocks.
#include <coffer/core/clock.hpp>

#include <doctest/doctest.h>

using coffer::ManualClock;
using coffer::Timestamp;

TEST_CASE("a timestamp of zero means none") {
  CHECK_FALSE(Timestamp{});
  CHECK(Timestamp{1});
  CHECK(Timestamp{-1});
}

TEST_CASE("timestamps are ordered by time") {
  CHECK(Timestamp{-1} < Timestamp{0});
  CHECK(Timestamp{1} < Timestamp{2});
}

TEST_CASE("a manual clock stands still until it is moved") {
  ManualClock clock(Timestamp{100});
  CHECK(clock.now() == Timestamp{100});
  CHECK(clock.now() == Timestamp{100});
  clock.advance(5);
  CHECK(clock.now() == Timestamp{105});
  clock.set(Timestamp{7});
  CHECK(clock.now() == Timestamp{7});
}

TEST_CASE("the system clock gives nanoseconds of this century and one object for all") {
  coffer::Clock& clock = coffer::system_clock();
  CHECK(&clock == &coffer::system_clock());
  const Timestamp first = clock.now();
  CHECK(first > Timestamp{1'700'000'000'000'000'000});
  CHECK(first < Timestamp{4'102'444'800'000'000'000});
}
