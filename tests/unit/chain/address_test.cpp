// SPDX-License-Identifier: MIT
// Tests of addresses as a user meets them: made, read, refused with a reason, looked for.
#include <coffer/chain/address.hpp>

#include <doctest/doctest.h>

using namespace coffer::chain;

TEST_CASE("two addresses are equal when form and payload are") {
  Address a;
  a.form = AddressForm::p2wpkh;
  Address b = a;
  CHECK(a == b);
  b.payload = {1};
  CHECK_FALSE(a == b);
}
