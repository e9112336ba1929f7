// SPDX-License-Identifier: MIT
// Tests of the scripts behind Bitcoin's addresses: outputs, multisig, taproot.
#include <coffer/chain/bitcoin_script.hpp>

#include <doctest/doctest.h>

using namespace coffer::chain;

TEST_CASE("an output key begins as the zero point with an even parity") {
  const TaprootOutput output;
  CHECK(output.key == std::array<std::uint8_t, 32>{});
  CHECK_FALSE(output.is_odd);
}
