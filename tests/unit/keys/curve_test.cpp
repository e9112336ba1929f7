// SPDX-License-Identifier: MIT
// Tests of the curves' names.
#include <coffer/keys/curve.hpp>

#include <doctest/doctest.h>

using coffer::keys::Curve;
using coffer::keys::name_of;

TEST_CASE("curves are named as in SLIP-10") {
  CHECK(name_of(Curve::secp256k1) == "secp256k1");
  CHECK(name_of(Curve::nist256p1) == "nist256p1");
  CHECK(name_of(Curve::ed25519) == "ed25519");
  CHECK(name_of(static_cast<Curve>(9)) == "unknown");
}
