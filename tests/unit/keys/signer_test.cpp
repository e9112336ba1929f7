// SPDX-License-Identifier: MIT
// Tests of the signers: every scheme, read-only mode, and hosts that answer wrongly.
#include <coffer/keys/signer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "../crypto/crypto_text.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::bytes_of;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

ExtendedPrivateKey master(Curve curve = Curve::secp256k1) {
  auto key = ExtendedPrivateKey::from_seed(from_hex("000102030405060708090a0b0c0d0e0f"), curve);
  REQUIRE(key.has_value());
  return std::move(*key);
}

const std::array<std::uint8_t, 32> digest =
    fixed<32>("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

SignRequest request_of(SignatureScheme scheme, Curve curve = Curve::secp256k1) {
  SignRequest request;
  request.key = {"main", Path{hardened(44), hardened(0)}, curve};
  request.scheme = scheme;
  request.message = digest;
  return request;
}

Code code_of(const coffer::Status& status) { return status ? Code::ok : status.error().code; }

}  // namespace

TEST_CASE("the software signer makes every signature of its key's curve") {
  for (const Curve curve : {Curve::secp256k1, Curve::nist256p1, Curve::ed25519}) {
    SoftwareSigner signer;
    REQUIRE(signer.add("main", master(curve)).has_value());
    for (int value = 1; value <= 5; ++value) {
      const auto scheme = static_cast<SignatureScheme>(value);
      const SignRequest request = request_of(scheme, curve);
      const auto signature = signer.sign(request);
      const bool exists = curve == Curve::secp256k1   ? value <= 4
                          : curve == Curve::nist256p1 ? value == 1
                                                      : value == 5;
      CHECK(signature.has_value() == exists);
      if (!exists) {
        CHECK(signature.error().code == Code::invalid_argument);
        continue;
      }
      const auto key = signer.public_key(request.key);
      REQUIRE(key.has_value());
      CHECK(verify_signature(curve, *key, scheme, digest, *signature).has_value());
      Signature wrong = *signature;
      wrong.bytes[40] ^= 1;
      CHECK(code_of(verify_signature(curve, *key, scheme, digest, wrong)) ==
            Code::signature_invalid);
      CHECK((signature->recovery_id >= 0) == (scheme == SignatureScheme::ecdsa_recoverable));
    }
  }
}

TEST_CASE("read-only mode refuses inside the signing call and still shows public keys") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  signer.set_read_only(true);
  CHECK(signer.is_read_only());
  CHECK(signer.sign(request_of(SignatureScheme::ecdsa)).error().code == Code::signing_refused);
  CHECK(signer.public_key({"main", Path(), Curve::secp256k1}).has_value());
  signer.set_read_only(false);
  CHECK(signer.sign(request_of(SignatureScheme::ecdsa)).has_value());
}

TEST_CASE("a taproot tweak gives the signature of the output key") {
  SoftwareSigner signer;
  const auto secret = fixed<32>("0000000000000000000000000000000000000000000000000000000000000003");
  REQUIRE(signer.add("single", Curve::secp256k1, secret).has_value());
  SignRequest request;
  request.key = {"single", Path(), Curve::secp256k1};
  request.scheme = SignatureScheme::schnorr;
  request.message = bytes_of("any size");
  const auto plain = signer.sign(request);
  request.taproot_tweak = digest;
  const auto tweaked = signer.sign(request);
  REQUIRE(tweaked.has_value());
  CHECK(plain->bytes != tweaked->bytes);
  CHECK(code_of(verify_signature(Curve::secp256k1, *signer.public_key(request.key),
                                 SignatureScheme::schnorr, request.message, *tweaked)) ==
        Code::signature_invalid);
  request.scheme = SignatureScheme::ecdsa;
  request.message = digest;
  CHECK(signer.sign(request).error().code == Code::invalid_argument);
  request.key.path = Path{1};
  CHECK(signer.sign(request).error().code == Code::derivation_path);
}

TEST_CASE("the software signer derives the same keys again from kept nodes") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 12; ++i) {
      const Path path{hardened(84), hardened(0), hardened(i), 0, i};
      CHECK(*signer.public_key({"main", path, Curve::secp256k1}) ==
            master().derive(path)->to_public().public_key());
    }
  }
}

TEST_CASE("names are unique, known and can be removed") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  CHECK(code_of(signer.add("main", master())) == Code::already_exists);
  CHECK(code_of(signer.add("", master())) == Code::invalid_argument);
  CHECK(code_of(signer.add("zero", Curve::secp256k1, std::array<std::uint8_t, 32>{})) ==
        Code::invalid_key);
  CHECK(signer.sign(request_of(SignatureScheme::ed25519, Curve::ed25519)).error().message ==
        "key: 'main' lives on secp256k1");
  REQUIRE(signer.remove("main").has_value());
  CHECK(code_of(signer.remove("main")) == Code::not_found);
  CHECK(signer.sign(request_of(SignatureScheme::ecdsa)).error().code == Code::not_found);
}

TEST_CASE("ecdsa signs digests of 32 bytes only") {
  SoftwareSigner signer;
  REQUIRE(signer.add("main", master()).has_value());
  SignRequest request = request_of(SignatureScheme::ecdsa);
  request.message = bytes_of("short");
  CHECK(signer.sign(request).error().message ==
        "message: ECDSA signs a digest of 32 bytes, these are 5");
}

TEST_CASE("a callback signer passes on what verifies and nothing else") {
  SoftwareSigner device;
  REQUIRE(device.add("main", master()).has_value());
  int breakage = 0;
  CallbackSigner signer([&](const KeyReference& key) { return device.public_key(key); },
                        [&](const SignRequest& request) -> coffer::Result<Signature> {
                          if (breakage == 2) {
                            return coffer::Error{Code::signing_refused, "the person pressed no"};
                          }
                          auto signature = device.sign(request);
                          if (signature && breakage == 1) {
                            signature->bytes[5] ^= 1;
                          }
                          return signature;
                        });
  for (int value = 1; value <= 4; ++value) {
    CHECK(signer.sign(request_of(static_cast<SignatureScheme>(value))).has_value());
  }
  SignRequest taproot = request_of(SignatureScheme::schnorr);
  taproot.taproot_tweak = digest;
  CHECK(signer.sign(taproot).has_value());
  breakage = 1;
  CHECK(signer.sign(taproot).error().code == Code::signature_invalid);
  CHECK(signer.sign(request_of(SignatureScheme::ecdsa)).error().code == Code::signature_invalid);
  breakage = 2;
  CHECK(signer.sign(taproot).error().message == "the person pressed no");
  breakage = 0;
  signer.set_read_only(true);
  CHECK(signer.sign(taproot).error().code == Code::signing_refused);
}
