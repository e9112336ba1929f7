// SPDX-License-Identifier: MIT
// Tests of secp256k1: keys, ECDSA, Schnorr and bulk children.
#include "crypto/secp256k1.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include <array>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/secp256k1_children.hpp"
#include "crypto/sha256.hpp"
#include "crypto_text.hpp"
#include "support/shared_vectors.hpp"

namespace curve = coffer::crypto::secp256k1;
using coffer::crypto::sha256;
using crypto_test::bytes_of;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

constexpr const char* order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr const char* one = "0000000000000000000000000000000000000000000000000000000000000001";
constexpr const char* generator =
    "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

template <class T>
std::string hex_or_none(const std::optional<T>& bytes) {
  return bytes ? hex_of(*bytes) : "none";
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) {
    fields.push_back(field);
  }
  return fields;
}

}  // namespace

TEST_CASE("secp256k1 takes secrets from 1 to the order less 1") {
  CHECK(hex_or_none(curve::public_key(fixed<32>(one))) == generator);
  CHECK_FALSE(curve::is_valid_secret(fixed<32>(order)));
  CHECK_FALSE(curve::is_valid_secret(std::array<std::uint8_t, 32>{}));
  CHECK_FALSE(curve::public_key(std::array<std::uint8_t, 32>{}).has_value());
}

TEST_CASE("secp256k1 compresses and uncompresses, and refuses what is no point") {
  const auto full = curve::uncompress(from_hex(generator));
  REQUIRE(full.has_value());
  CHECK(hex_of(*full) ==
        "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
  CHECK(hex_or_none(curve::compress(*full)) == generator);
  CHECK_FALSE(curve::compress({}).has_value());
  CHECK_FALSE(curve::compress(std::vector<std::uint8_t>(33)).has_value());
  CHECK_FALSE(curve::compress(std::vector<std::uint8_t>(64, 4)).has_value());
  CHECK_FALSE(curve::compress(
                  from_hex("020000000000000000000000000000000000000000000000000000000000000007"))
                  .has_value());
}

TEST_CASE("adding and multiplying secrets agrees with doing it to public keys") {
  auto secret = fixed<32>("c90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b14e5c9");
  const auto tweak = fixed<32>("b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfef");
  const auto key = curve::public_key(secret);
  REQUIRE(key.has_value());
  const auto sum = curve::add_to_public(*key, tweak);
  const auto product = curve::multiply_public(*key, tweak);
  auto other = secret;
  REQUIRE(curve::add_to_secret(secret, tweak));
  REQUIRE(curve::multiply_secret(other, tweak));
  CHECK(curve::public_key(secret) == sum);
  CHECK(curve::public_key(other) == product);
  const std::array<curve::CompressedKey, 2> keys{*key, *curve::public_key(tweak)};
  CHECK(curve::sum_of(keys) == sum);
}

TEST_CASE("an impossible sum is refused and leaves zeros") {
  auto secret = fixed<32>("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140");
  const auto key = *curve::public_key(secret);
  CHECK_FALSE(curve::add_to_public(key, fixed<32>(one)).has_value());
  CHECK_FALSE(curve::add_to_secret(secret, fixed<32>(one)));
  CHECK(secret == std::array<std::uint8_t, 32>{});
  const std::array<curve::CompressedKey, 2> opposite{key, fixed<33>(generator)};
  CHECK_FALSE(curve::sum_of(opposite).has_value());
  CHECK_FALSE(curve::sum_of({}).has_value());
}

TEST_CASE("ecdsa signs with the nonce of RFC 6979") {
  const auto signature = curve::sign(fixed<32>(one), sha256(bytes_of("Satoshi Nakamoto")));
  CHECK(hex_or_none(signature) ==
        "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
        "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
  REQUIRE(signature.has_value());
  CHECK(curve::verify(fixed<33>(generator), sha256(bytes_of("Satoshi Nakamoto")), *signature));
  CHECK_FALSE(curve::verify(fixed<33>(generator), sha256(bytes_of("Satoshi")), *signature));
  CHECK_FALSE(curve::sign(fixed<32>(order), sha256({})).has_value());
}

TEST_CASE("a signature with a low r has at most 70 bytes as DER") {
  for (std::uint8_t i = 1; i < 40; ++i) {
    std::array<std::uint8_t, 32> secret{};
    secret[31] = i;
    const auto digest = sha256(secret);
    const auto signature = curve::sign_low_r(secret, digest);
    REQUIRE(signature.has_value());
    CHECK(curve::verify(*curve::public_key(secret), digest, *signature));
    const auto der = curve::to_der(*signature);
    REQUIRE(der.has_value());
    CHECK(der->size <= 70);
    CHECK(curve::from_der(der->span()) == *signature);
  }
  CHECK(!curve::from_der({}));
}

TEST_CASE("the key of a recoverable signature is found again") {
  const auto secret = fixed<32>("c90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b14e5c9");
  const auto digest = sha256(bytes_of("recover me"));
  auto signature = curve::sign_recoverable(secret, digest);
  REQUIRE(signature.has_value());
  CHECK(curve::recover(*signature, digest) == curve::public_key(secret));
  signature->recovery_id = 4;
  CHECK_FALSE(curve::recover(*signature, digest).has_value());
  CHECK_FALSE(curve::recover({}, digest).has_value());
}

TEST_CASE("ecdsa passes the Wycheproof file with Bitcoin's rules") {
  const auto file = shared_vectors::json("wycheproof/ecdsa_secp256k1_sha256_bitcoin_test.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    const auto key = from_hex(group["publicKey"]["uncompressed"].get<std::string>());
    for (const auto& test : group["tests"]) {
      const auto signature = curve::from_der(from_hex(test["sig"].get<std::string>()));
      const bool valid =
          signature &&
          curve::verify(key, sha256(from_hex(test["msg"].get<std::string>())), *signature);
      INFO(test["tcId"].get<int>() << " " << test["comment"].get<std::string>());
      CHECK(valid == (test["result"] == "valid"));
      ++seen;
    }
  }
  CHECK(seen == 463);
}

TEST_CASE("ecdsa passes the Wycheproof file of plain signatures, a high s brought down first") {
  const auto file = shared_vectors::json("wycheproof/ecdsa_secp256k1_sha256_p1363_test.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    const auto key = from_hex(group["publicKey"]["uncompressed"].get<std::string>());
    for (const auto& test : group["tests"]) {
      const auto bytes = from_hex(test["sig"].get<std::string>());
      curve::Signature signature{};
      std::copy_n(bytes.begin(), std::min(bytes.size(), signature.size()), signature.begin());
      const auto normal = curve::normalise(signature);
      const auto digest = sha256(from_hex(test["msg"].get<std::string>()));
      const bool valid =
          bytes.size() == signature.size() && normal && curve::verify(key, digest, *normal);
      INFO(test["tcId"].get<int>() << " " << test["comment"].get<std::string>());
      CHECK(valid == (test["result"] == "valid"));
      CHECK((normal != signature && curve::verify(key, digest, signature)) == false);
      ++seen;
    }
  }
  CHECK(seen == 252);
}

TEST_CASE("a point times a secret passes the Wycheproof file of key agreement") {
  const auto file = shared_vectors::json("wycheproof/ecdh_secp256k1_test.json");
  if (!file) {
    return;
  }
  // What stands before the point of an X.509 key that names the curve; other forms are X.509's.
  const std::string uncompressed = "3056301006072a8648ce3d020106052b8104000a034200";
  const std::string compressed = "3036301006072a8648ce3d020106052b8104000a032200";
  int seen = 0;
  for (const auto& group : (*file)["testGroups"]) {
    for (const auto& test : group["tests"]) {
      const std::string text = test["public"].get<std::string>();
      const std::string secret = std::string(64, '0') + test["private"].get<std::string>();
      if (!(text.starts_with(uncompressed) && text.size() == 176) &&
          !(text.starts_with(compressed) && text.size() == 112)) {
        continue;
      }
      const auto key = from_hex(text.substr(uncompressed.size()));
      const auto product =
          curve::multiply_public(key, fixed<32>(secret.substr(secret.size() - 64)));
      INFO(test["tcId"].get<int>() << " " << test["comment"].get<std::string>());
      // What is "acceptable" may be refused.
      CHECK((test["result"] == "acceptable" || product.has_value() == (test["result"] == "valid")));
      if (product) {
        CHECK(hex_of(std::span(*product).subspan(1)) == test["shared"].get<std::string>());
      }
      ++seen;
    }
  }
  CHECK(seen == 496);
}

TEST_CASE("schnorr passes the vectors of BIP-340") {
  const auto file = shared_vectors::text("bip340/test-vectors.csv");
  if (!file) {
    return;
  }
  std::istringstream lines(*file);
  std::string line;
  std::getline(lines, line);
  int seen = 0;
  while (std::getline(lines, line)) {
    const auto fields = split(line);
    INFO(line);
    const auto message = from_hex(fields[4]);
    const auto signature = fixed<64>(fields[5]);
    const bool is_valid = fields[6] == "TRUE";
    CHECK(curve::verify_schnorr(fixed<32>(fields[2]), message, signature) == is_valid);
    if (!fields[1].empty()) {
      CHECK(curve::sign_schnorr(fixed<32>(fields[1]), message, fixed<32>(fields[3])) == signature);
    }
    ++seen;
  }
  CHECK(seen == 19);
}

TEST_CASE("schnorr gives the first signature of BIP-340") {
  const auto secret = fixed<32>("0000000000000000000000000000000000000000000000000000000000000003");
  const std::array<std::uint8_t, 32> zeros{};
  CHECK(hex_or_none(curve::sign_schnorr(secret, zeros, zeros)) ==
        "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215"
        "25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0");
}

TEST_CASE("an x-only key and its secret take the same tweak") {
  const auto tweak = sha256(bytes_of("tweak"));
  for (std::uint8_t i = 1; i < 20; ++i) {
    std::array<std::uint8_t, 32> secret{};
    secret[31] = i;
    const auto x = curve::x_only(*curve::public_key(secret));
    REQUIRE(x.has_value());
    CHECK(curve::is_valid_x_only(x->key));
    const auto tweaked = curve::add_to_x_only(x->key, tweak);
    REQUIRE(tweaked.has_value());
    REQUIRE(curve::add_to_x_only_secret(secret, tweak));
    CHECK(curve::x_only(*curve::public_key(secret))->key == tweaked->key);
  }
  std::array<std::uint8_t, 32> zeros{};
  CHECK_FALSE(curve::is_valid_x_only(zeros));
  CHECK_FALSE(curve::add_to_x_only_secret(zeros, tweak));
}

TEST_CASE("bulk children are those of the plain addition") {
  const auto parent = *curve::public_key(sha256(bytes_of("parent")));
  const auto children = curve::PublicChildren::of(parent);
  REQUIRE(children.has_value());
  coffer::crypto::Digest32 tweak = sha256(bytes_of("first"));
  for (int i = 0; i < 300; ++i) {
    CHECK(curve::compressed_of(*children->child(tweak)) == curve::add_to_public(parent, tweak));
    tweak = sha256(tweak);
  }
  CHECK(children->child(std::array<std::uint8_t, 32>{}) == curve::uncompress(parent));
  CHECK(children->child_plainly(tweak) == children->child(tweak));
}

TEST_CASE("bulk children refuse a tweak above the order and a sum that is no key") {
  const auto secret = fixed<32>("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140");
  const auto children = curve::PublicChildren::of(*curve::public_key(secret));
  REQUIRE(children.has_value());
  CHECK_FALSE(children->child(fixed<32>(order)).has_value());
  CHECK_FALSE(children->child(fixed<32>(one)).has_value());
  CHECK(children->child(secret).has_value());
  CHECK_FALSE(curve::PublicChildren::of(std::vector<std::uint8_t>(33)).has_value());
}
