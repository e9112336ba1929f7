// SPDX-License-Identifier: MIT
// The published vectors of MuSig2 (BIP-327) and of its extended keys (BIP-328).
#include <coffer/keys/musig.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <coffer/keys/signer.hpp>

#include "../crypto/crypto_text.hpp"
#include "support/shared_vectors.hpp"

// Three things can't be compared, because the interface has no place for them: a secret nonce never
// comes in or goes out, so what is signed with a given one (sign_verify, tweak) is verified instead
// of repeated; nonces have fresh randomness in them (nonce_gen) and there is no signing without
// (det_sign), so of the former nothing is left to check and of the latter the parts are verified;
// and libsecp256k1 takes messages of 32 bytes only, so cases with others are left out.

using namespace coffer::keys;
using coffer::Code;
using coffer::Result;
using crypto_test::fixed;
using crypto_test::from_hex;
using crypto_test::hex_of;
using nlohmann::json;

namespace {

std::optional<json> file(const std::string& name) {
  const std::array<PublicKey, 1> key{
      fixed<33>("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")};
  if (!MusigKeys::aggregate(key)) {
    MESSAGE("skipped, this build's libsecp256k1 has no MuSig2");
    return std::nullopt;
  }
  return shared_vectors::json(name);
}

std::optional<json> bip327(const std::string& name) {
  return file("bip327-musig2/" + name + "_vectors.json");
}

template <std::size_t size>
std::array<std::uint8_t, size> bytes(const json& text) {
  return fixed<size>(text.get<std::string>());
}

template <std::size_t size>
std::vector<std::array<std::uint8_t, size>> list(const json& texts) {
  std::vector<std::array<std::uint8_t, size>> out;
  for (const json& text : texts) {
    out.push_back(bytes<size>(text));
  }
  return out;
}

// The values of a list at the indices of another.
template <std::size_t size>
std::vector<std::array<std::uint8_t, size>> pick(const json& texts, const json& indices) {
  std::vector<std::array<std::uint8_t, size>> out;
  for (const std::size_t i : indices) {
    out.push_back(bytes<size>(texts[i]));
  }
  return out;
}

Result<MusigKeys> tweaked(Result<MusigKeys> keys, const std::vector<MusigMessage>& tweaks,
                          const json& is_x_only) {
  for (std::size_t i = 0; keys && i < tweaks.size(); ++i) {
    keys =
        keys->tweaked(is_x_only[i].get<bool>() ? MusigTweak::x_only : MusigTweak::plain, tweaks[i]);
  }
  return keys;
}

std::string lower(std::string text) { return hex_of(from_hex(text)); }

// Whether the part is that of the signer in a session of all nonces.
coffer::Status verify(const Result<MusigKeys>& keys, const std::vector<MusigPublicNonce>& nonces,
                      const std::string& message, std::size_t place, const std::string& partial) {
  COFFER_TRY(keys);
  COFFER_TRY_ASSIGN(const MusigPublicNonce sum, aggregate_musig_nonces(nonces));
  COFFER_TRY_ASSIGN(const MusigSession session,
                    MusigSession::begin(*keys, sum, bytes<32>(message)));
  return session.verify(place, nonces[place], bytes<32>(partial));
}

}  // namespace

TEST_CASE("BIP-327 key_sort_vectors") {
  const auto vectors = bip327("key_sort");
  if (!vectors) {
    return;
  }
  auto keys = list<33>(vectors->at("pubkeys"));
  sort_musig_keys(keys);
  CHECK(keys == list<33>(vectors->at("sorted_pubkeys")));
}

TEST_CASE("BIP-327 key_agg_vectors") {
  const auto vectors = bip327("key_agg");
  if (!vectors) {
    return;
  }
  for (const json& one : vectors->at("valid_test_cases")) {
    const auto keys = MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"]));
    REQUIRE(keys.has_value());
    CHECK(hex_of(keys->x_only()) == lower(one["expected"]));
  }
  for (const json& one : vectors->at("error_test_cases")) {
    CAPTURE(one.dump());
    const auto keys = MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"]));
    if (one["error"]["type"] == "invalid_contribution") {
      REQUIRE_FALSE(keys.has_value());
      CHECK(keys.error().code == Code::invalid_key);
      CHECK(keys.error().message.starts_with(
          "keys[" + std::to_string(one["error"]["signer"].get<int>()) + "]: "));
    } else {
      const auto tweaks = pick<32>(vectors->at("tweaks"), one["tweak_indices"]);
      const auto made = tweaked(keys, tweaks, one["is_xonly"]);
      REQUIRE_FALSE(made.has_value());
      const bool is_range = one["comment"] == "Tweak is out of range";
      CHECK(made.error().code == (is_range ? Code::out_of_range : Code::invalid_key));
    }
  }
}

TEST_CASE("BIP-327 nonce_agg_vectors") {
  const auto vectors = bip327("nonce_agg");
  if (!vectors) {
    return;
  }
  const json& nonces = vectors->at("pnonces");
  for (const json& one : vectors->at("valid_test_cases")) {
    const auto sum = aggregate_musig_nonces(pick<66>(nonces, one["pnonce_indices"]));
    REQUIRE(sum.has_value());
    CHECK(hex_of(*sum) == lower(one["expected"]));
  }
  for (const json& one : vectors->at("error_test_cases")) {
    CAPTURE(one.dump());
    const auto sum = aggregate_musig_nonces(pick<66>(nonces, one["pnonce_indices"]));
    REQUIRE_FALSE(sum.has_value());
    CHECK(sum.error().message.starts_with(
        "public_nonces[" + std::to_string(one["error"]["signer"].get<int>()) + "]: "));
  }
}

TEST_CASE("BIP-327 sign_verify_vectors: what is signed there verifies, what is wrong does not") {
  const auto vectors = bip327("sign_verify");
  if (!vectors) {
    return;
  }
  const json& keys = vectors->at("pubkeys");
  const auto check = [&](const json& one, const std::string& partial) {
    return verify(MusigKeys::aggregate(pick<33>(keys, one["key_indices"])),
                  pick<66>(vectors->at("pnonces"), one["nonce_indices"]),
                  vectors->at("msgs")[one["msg_index"].get<std::size_t>()],
                  one["signer_index"].get<std::size_t>(), partial);
  };
  int checked = 0;
  for (const json& one : vectors->at("valid_test_cases")) {
    if (vectors->at("msgs")[one["msg_index"].get<std::size_t>()].get<std::string>().size() == 64) {
      CHECK(check(one, one["expected"]).has_value());
      ++checked;
    }
  }
  CHECK(checked == 4);
  for (const json& one : vectors->at("verify_fail_test_cases")) {
    CAPTURE(one.dump());
    CHECK(check(one, one["sig"]).error().code == Code::signature_invalid);
  }
  for (const json& one : vectors->at("verify_error_test_cases")) {
    CAPTURE(one.dump());
    const bool is_key = one["error"]["contrib"] == "pubkey";
    CHECK(check(one, one["sig"]).error().code ==
          (is_key ? Code::invalid_key : Code::invalid_argument));
  }
}

TEST_CASE("BIP-327 sign_verify_vectors: who can't sign is told why") {
  const auto vectors = bip327("sign_verify");
  if (!vectors) {
    return;
  }
  SoftwareSigner signer;
  const KeyReference own{"own", Path(), Curve::secp256k1};
  REQUIRE(signer.add("own", Curve::secp256k1, bytes<32>(vectors->at("sk"))).has_value());
  for (const json& one : vectors->at("sign_error_test_cases")) {
    CAPTURE(one.dump());
    const auto keys = MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"]));
    const json& contribution = one["error"].value("contrib", json());
    if (contribution == "pubkey") {
      CHECK(keys.error().message.starts_with("keys[2]: "));
      continue;
    }
    const auto session = MusigSession::begin(
        *keys, bytes<66>(vectors->at("aggnonces")[one["aggnonce_index"].get<std::size_t>()]),
        bytes<32>(vectors->at("msgs")[0]));
    if (contribution == "aggnonce") {
      CHECK(session.error().message.starts_with("aggregate_nonce: "));
      continue;
    }
    // The last one is a nonce that was used: here it is one of the type that signs once.
    auto nonce = signer.musig_nonce({own, nullptr, std::nullopt});
    const bool is_used = one["secnonce_index"] == 1;
    if (is_used) {
      CHECK(signer.musig_sign(own, *session, std::move(*nonce)).has_value());
    }
    CHECK(signer.musig_sign(own, *session, std::move(*nonce)).error().code ==
          (is_used ? Code::invalid_argument : Code::invalid_key));
  }
}

TEST_CASE("BIP-327 tweak_vectors: what is signed there verifies under the tweaked key") {
  const auto vectors = bip327("tweak");
  if (!vectors) {
    return;
  }
  const auto keys_of = [&](const json& one) {
    return tweaked(MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"])),
                   pick<32>(vectors->at("tweaks"), one["tweak_indices"]), one["is_xonly"]);
  };
  for (const json& one : vectors->at("valid_test_cases")) {
    CAPTURE(one.dump());
    const auto nonces = pick<66>(vectors->at("pnonces"), one["nonce_indices"]);
    CHECK(hex_of(*aggregate_musig_nonces(nonces)) == lower(vectors->at("aggnonce")));
    CHECK(verify(keys_of(one), nonces, vectors->at("msg"), one["signer_index"], one["expected"])
              .has_value());
  }
  for (const json& one : vectors->at("error_test_cases")) {
    CHECK(keys_of(one).error().code == Code::out_of_range);
  }
}

TEST_CASE("BIP-327 sig_agg_vectors") {
  const auto vectors = bip327("sig_agg");
  if (!vectors) {
    return;
  }
  const auto run = [&](const json& one) -> Result<std::array<std::uint8_t, 64>> {
    const auto nonces = pick<66>(vectors->at("pnonces"), one["nonce_indices"]);
    const auto keys =
        tweaked(MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"])),
                pick<32>(vectors->at("tweaks"), one["tweak_indices"]), one["is_xonly"]);
    CHECK(hex_of(*aggregate_musig_nonces(nonces)) == lower(one["aggnonce"]));
    COFFER_TRY_ASSIGN(
        const MusigSession session,
        MusigSession::begin(*keys, bytes<66>(one["aggnonce"]), bytes<32>(vectors->at("msg"))));
    return session.aggregate(pick<32>(vectors->at("psigs"), one["psig_indices"]), nonces);
  };
  for (const json& one : vectors->at("valid_test_cases")) {
    const auto signature = run(one);
    REQUIRE(signature.has_value());
    CHECK(hex_of(*signature) == lower(one["expected"]));
  }
  for (const json& one : vectors->at("error_test_cases")) {
    CHECK(run(one).error().message == "partials[1]: is not below the group's order");
  }
}

TEST_CASE("BIP-327 det_sign_vectors: what is signed there verifies") {
  const auto vectors = bip327("det_sign");
  if (!vectors) {
    return;
  }
  int checked = 0;
  for (const json& one : vectors->at("valid_test_cases")) {
    const std::string message = vectors->at("msgs")[one["msg_index"].get<std::size_t>()];
    if (message.size() != 64) {
      continue;
    }
    const auto own = bytes<66>(one["expected"][0]);
    const auto keys =
        tweaked(MusigKeys::aggregate(pick<33>(vectors->at("pubkeys"), one["key_indices"])),
                list<32>(one["tweaks"]), one["is_xonly"]);
    // The others' nonces come as one, and add up like one more.
    const auto sum = aggregate_musig_nonces(std::array{own, bytes<66>(one["aggothernonce"])});
    const auto session = MusigSession::begin(*keys, *sum, bytes<32>(message));
    CHECK(session->verify(one["signer_index"], own, bytes<32>(one["expected"][1])).has_value());
    ++checked;
  }
  CHECK(checked == 3);
}

TEST_CASE("BIP-328 vectors of synthetic extended keys") {
  const auto vectors = file("bip328-musig-bip32/vectors.json");
  if (!vectors) {
    return;
  }
  for (const json& one : *vectors) {
    const auto keys = MusigKeys::aggregate(list<33>(one["keys"]));
    REQUIRE(keys.has_value());
    CHECK(hex_of(keys->public_key()) == one["aggregate_pubkey"].get<std::string>());
    CHECK(*keys->xpub()->to_text() == one["xpub"].get<std::string>());
  }
}
