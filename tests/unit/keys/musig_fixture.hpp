// SPDX-License-Identifier: MIT
// What the tests of MuSig2 share: three public keys, a message, and whether this build has it.
#pragma once

#include <array>
#include <span>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include <coffer/keys/musig.hpp>
#include <coffer/keys/signer.hpp>

#include "../crypto/crypto_text.hpp"

namespace musig_test {

// The points 1 G to 3 G.
inline const coffer::keys::PublicKey key_1 =
    crypto_test::fixed<33>("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
inline const coffer::keys::PublicKey key_2 =
    crypto_test::fixed<33>("02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5");
inline const coffer::keys::PublicKey key_3 =
    crypto_test::fixed<33>("02f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9");
inline const std::array<coffer::keys::PublicKey, 3> keys_123{key_1, key_2, key_3};
inline const coffer::keys::MusigMessage message =
    crypto_test::fixed<32>("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// Of the group: the least number that is no private key or tweak.
inline const auto order =
    crypto_test::fixed<32>("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

inline bool has_musig() {
  const bool has = coffer::keys::MusigKeys::aggregate(keys_123).has_value();
  if (!has) {
    MESSAGE("skipped, this build's libsecp256k1 has no MuSig2");
  }
  return has;
}

inline coffer::keys::MusigKeys aggregate_of(std::span<const coffer::keys::PublicKey> keys) {
  auto made = coffer::keys::MusigKeys::aggregate(keys);
  REQUIRE(made.has_value());
  return std::move(*made);
}

inline coffer::keys::KeyReference named(const std::string& name) {
  return {name, coffer::keys::Path(), coffer::keys::Curve::secp256k1};
}

}  // namespace musig_test
