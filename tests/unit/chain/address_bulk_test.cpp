// SPDX-License-Identifier: MIT
// Tests of bulk addresses: the same as one by one, in any number of threads.
#include <coffer/chain/address_bulk.hpp>

#include <doctest/doctest.h>

using namespace coffer::chain;

TEST_CASE("the usual stride has room for the longest address and its NUL") {
  CHECK(address_stride > address_size_max);
}
