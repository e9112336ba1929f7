// SPDX-License-Identifier: MIT
// Tests of MuSig2: aggregated keys, their tweaks, aggregated nonces, and a build without it.
#include <coffer/keys/musig.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <coffer/keys/signer.hpp>

#include "../crypto/crypto_text.hpp"
#include "musig_fixture.hpp"

using namespace coffer::keys;
using namespace musig_test;
using coffer::Code;
using crypto_test::fixed;
using crypto_test::hex_of;

TEST_CASE("a build over a library without MuSig2 names what is missing, and still sorts") {
  const auto made = MusigKeys::aggregate(keys_123);
  SoftwareSigner signer;
  REQUIRE(signer.add("own", Curve::secp256k1, message).has_value());
  const auto nonce = signer.musig_nonce({named("own"), nullptr, std::nullopt});
  const std::array<MusigPublicNonce, 1> nonces{};
  const auto sum = aggregate_musig_nonces(nonces);
  if (made) {
    CHECK(nonce.has_value());
    CHECK(sum.error().code == Code::invalid_argument);
  } else {
    for (const coffer::Error& error : {made.error(), nonce.error(), sum.error()}) {
      CHECK(error.code == Code::unsupported);
      CHECK(error.message ==
            "this library was built over a libsecp256k1 without its module musig (there was no "
            "secp256k1_musig.h)");
    }
  }
  std::array<PublicKey, 3> keys{key_3, key_1, key_2};
  sort_musig_keys(keys);
  CHECK(keys == keys_123);
  sort_musig_keys({});
}

// The figures of this file are of a computation of its own: BIP-327 and BIP-328 by hand in whole
// numbers, over private keys 1, 2 and 3.
TEST_CASE("the aggregate of keys depends on their order, unless they are sorted") {
  if (!has_musig()) {
    return;
  }
  const MusigKeys keys = aggregate_of(keys_123);
  CHECK(hex_of(keys.public_key()) ==
        "020a8111534296d6fef2b23ad86d0d982b7b2f0fe6a48f03b1827954da2026f8dc");
  CHECK(hex_of(keys.x_only()) ==
        "0a8111534296d6fef2b23ad86d0d982b7b2f0fe6a48f03b1827954da2026f8dc");
  CHECK(std::equal(keys.keys().begin(), keys.keys().end(), keys_123.begin(), keys_123.end()));
  std::array<PublicKey, 3> others{key_3, key_2, key_1};
  CHECK(hex_of(aggregate_of(others).public_key()) ==
        "021f6ce0b0cf9fd936649eb2bd1933feee2b26550a3da36ef28eb64e5aa5b74214");
  sort_musig_keys(others);
  CHECK(aggregate_of(others).public_key() == keys.public_key());
  CHECK(hex_of(aggregate_of(std::array<PublicKey, 1>{key_1}).public_key()) ==
        "03f9d42fa32f8a46f1b0f07f3e5b3bbe83f9eec0aff5aa8c60b93486b1ac313572");
}

TEST_CASE("keys that can't be aggregated are refused, and the first wrong one is named") {
  if (!has_musig()) {
    return;
  }
  const auto error_of = [](std::span<const PublicKey> keys) {
    return MusigKeys::aggregate(keys).error();
  };
  CHECK(error_of({}).code == Code::out_of_range);
  CHECK(error_of({}).message == "keys: 0 of them, not 1 to 1000");
  const std::vector<PublicKey> many(1001, key_1);
  CHECK(error_of(many).code == Code::out_of_range);
  CHECK(MusigKeys::aggregate(std::span(many).first(1000)).has_value());
  const PublicKey zeros{};
  CHECK(error_of(std::array{key_1, key_2, zeros}).code == Code::invalid_key);
  CHECK(error_of(std::array{key_1, zeros, zeros}).message ==
        "keys[1]: is no compressed point of secp256k1");
  PublicKey other = key_1;
  other[0] = 4;
  CHECK(error_of(std::array{other, key_1}).message.starts_with("keys[0]: "));
}

TEST_CASE("a tweak is plain or x-only, and one that gives no key is refused") {
  if (!has_musig()) {
    return;
  }
  const MusigKeys keys = aggregate_of(std::array<PublicKey, 1>{key_1});
  std::array<std::uint8_t, 32> tweak{};
  CHECK(keys.tweaked(MusigTweak::plain, tweak)->public_key() == keys.public_key());
  tweak.fill(7);
  CHECK(hex_of(keys.tweaked(MusigTweak::plain, tweak)->public_key()) ==
        "02258f6551ee601e0e96ea5582476be6e4bb85c77df719070a95653763538666b4");
  CHECK(hex_of(keys.tweaked(MusigTweak::x_only, tweak)->public_key()) ==
        "026b455e965e9b3e27b8e203baaea6e42ccf1a3591d740ff1bde6eb1151765c355");
  CHECK(keys.tweaked(MusigTweak::plain, order).error().code == Code::out_of_range);
  CHECK(keys.tweaked(MusigTweak::x_only, order).error().message ==
        "tweak: it is not below the group's order");
  const auto minus = fixed<32>("15462d89869058c3cd6a6b7147547384e472edba030b92aeda9503a6e66ba33d");
  CHECK(keys.tweaked(MusigTweak::plain, minus).error().code == Code::invalid_key);
}

TEST_CASE("nonces are summed point by point, infinity included, and wrong ones are named") {
  if (!has_musig()) {
    return;
  }
  const std::string g = hex_of(key_1);
  const std::string four_g = "02e493dbf1c10d80f3581e4904930b1404cc6c13900ee0758474fa94abe8c4cd13";
  const std::string five_g = "022f8bde4d1a07209355b4a7250a5c5128e88b84bddc619ab7cba8d569b240efe4";
  const auto nonce = [](const std::string& first, const std::string& second) {
    return fixed<66>(first + second);
  };
  const MusigPublicNonce one_two = nonce(g, hex_of(key_2));
  CHECK(hex_of(*aggregate_musig_nonces(std::array{one_two, nonce(hex_of(key_3), four_g)})) ==
        four_g + "03fff97bd5755eeea420453a14355235d382f6472f8568a18b2f057a1460297556");
  const MusigPublicNonce minus_five = nonce("03" + g.substr(2), five_g);
  const auto infinity = aggregate_musig_nonces(std::array{one_two, minus_five});
  CHECK(hex_of(*infinity) ==
        std::string(66, '0') +
            "025cbdf0646e5db4eaa398f365f2ea7a0e3d419b7e0330e39ce92bddedcac4f9bc");
  CHECK(MusigSession::begin(aggregate_of(keys_123), *infinity, message).has_value());
  CHECK(aggregate_musig_nonces({}).error().code == Code::out_of_range);
  const std::vector<MusigPublicNonce> many(1001, one_two);
  CHECK(aggregate_musig_nonces(many).error().message ==
        "public_nonces: 1001 of them, not 1 to 1000");
  const auto refused = aggregate_musig_nonces(std::array{one_two, one_two, *infinity});
  CHECK(refused.error().code == Code::invalid_argument);
  CHECK(refused.error().message == "public_nonces[2]: is not two points of the curve");
  MusigPublicNonce wrong = one_two;
  wrong[33] = 4;
  const auto session = MusigSession::begin(aggregate_of(keys_123), wrong, message);
  CHECK(session.error().code == Code::invalid_argument);
  CHECK(session.error().message.starts_with("aggregate_nonce: "));
}
