// SPDX-License-Identifier: MIT
// Tests of the version as text.
#include <coffer/core/version.hpp>

#include <doctest/doctest.h>

TEST_CASE("version gives the numbers of the headers as text") {
  CHECK(coffer::version() == "0.1.0");
}
