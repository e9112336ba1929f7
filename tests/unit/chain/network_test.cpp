// SPDX-License-Identifier: MIT
// Tests of the network table: what its rows say, and what it refuses to add.
#include <coffer/chain/network.hpp>

#include <doctest/doctest.h>

using namespace coffer::chain;

TEST_CASE("a row says nothing about a family that it does not belong to") {
  const Network row;
  CHECK_FALSE(row.p2pkh_version.has_value());
  CHECK(row.chain_id == 0);
  CHECK(row.prefix.empty());
}
