// SPDX-License-Identifier: MIT
// Tests of signing by MuSig2: nonces that sign once, sessions, who is named when it fails.
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

namespace {

// Several signers, each with a signer of his own that holds the private key 1, 2, ...
class Party {
 public:
  explicit Party(std::size_t size) : signers_(size) {
    for (std::size_t i = 0; i < size; ++i) {
      std::array<std::uint8_t, 32> secret{};
      secret[31] = static_cast<std::uint8_t>(i + 1);
      REQUIRE(signers_[i].add("own", Curve::secp256k1, secret).has_value());
      keys.push_back(*signers_[i].public_key(named("own")));
    }
  }

  SoftwareSigner& signer(std::size_t i) { return signers_[i]; }

  // The first round; fills `nonces` and `public_nonces`.
  MusigSession begin(const MusigKeys& aggregate) {
    nonces.clear();
    public_nonces.clear();
    for (SoftwareSigner& signer : signers_) {
      auto nonce = signer.musig_nonce({named("own"), &aggregate, message});
      REQUIRE(nonce.has_value());
      public_nonces.push_back(nonce->public_nonce());
      nonces.push_back(std::move(*nonce));
    }
    auto session = MusigSession::begin(aggregate, *aggregate_musig_nonces(public_nonces), message);
    REQUIRE(session.has_value());
    return std::move(*session);
  }
  // The second.
  std::vector<MusigPartialSignature> sign(const MusigSession& session) {
    std::vector<MusigPartialSignature> partials;
    for (std::size_t i = 0; i < signers_.size(); ++i) {
      const auto made = signers_[i].musig_sign(named("own"), session, std::move(nonces[i]));
      REQUIRE(made.has_value());
      partials.push_back(*made);
    }
    return partials;
  }

  std::vector<PublicKey> keys;
  std::vector<MusigNonce> nonces;
  std::vector<MusigPublicNonce> public_nonces;

 private:
  std::vector<SoftwareSigner> signers_;
};

void check_signs(Party& party, const MusigKeys& aggregate) {
  const MusigSession session = party.begin(aggregate);
  const auto partials = party.sign(session);
  for (std::size_t i = 0; i < partials.size(); ++i) {
    CHECK(session.verify(i, party.public_nonces[i], partials[i]).has_value());
  }
  const auto made = session.aggregate(partials);
  REQUIRE(made.has_value());
  CHECK(verify_signature(Curve::secp256k1, aggregate.public_key(), SignatureScheme::schnorr,
                         message, {*made, -1})
            .has_value());
}

}  // namespace

static_assert(!std::is_copy_constructible_v<MusigNonce>);
static_assert(!std::is_copy_assignable_v<MusigNonce>);
static_assert(!std::is_default_constructible_v<MusigNonce>);

TEST_CASE("an aggregate has an xpub and a taproot key, and its children can be signed for") {
  if (!has_musig()) {
    return;
  }
  Party party(3);
  const MusigKeys keys = aggregate_of(party.keys);
  const auto xpub = keys.xpub();
  REQUIRE(xpub.has_value());
  CHECK(hex_of(xpub->chain_code()) ==
        "868087ca02a6f974c4598924c36b57762d32cb45717167e300622c7167e38965");
  CHECK(xpub->to_text()->starts_with("xpub661MyMwAqRbc"));
  CHECK(keys.xpub(*key_version_named("tpub"))->to_text()->starts_with("tpub"));
  const Path path = *Path::parse("m/0/5");
  const auto child = keys.derive(path);
  REQUIRE(child.has_value());
  CHECK(hex_of(child->public_key()) ==
        "03a5ccde99f54307ea6227fb2d266843112ddc7eb6f36624168e35160dc86552ea");
  CHECK(child->public_key() == xpub->derive(path)->public_key());
  CHECK(keys.derive(*Path::parse("m/0'")).error().code == Code::hardened_from_public);
  CHECK(child->xpub().error().code == Code::invalid_argument);
  CHECK(child->derive(path).error().code == Code::invalid_argument);
  const auto output = keys.taproot();
  REQUIRE(output.has_value());
  CHECK(hex_of(output->x_only()) ==
        "df24a2baa32706323dce49f831742985efc052db033071286954ad369b5cfa65");
  CHECK(keys.taproot(message)->public_key() != output->public_key());
  check_signs(party, *child);
  check_signs(party, *output);
  check_signs(party, *child->taproot());
}

TEST_CASE("two to five signers give one signature that verifies under their key") {
  if (!has_musig()) {
    return;
  }
  for (std::size_t size = 1; size <= 5; ++size) {
    CAPTURE(size);
    Party party(size);
    check_signs(party, aggregate_of(party.keys));
  }
}

TEST_CASE("a nonce signs once, and is spent whatever the answer was") {
  if (!has_musig()) {
    return;
  }
  Party party(2);
  const MusigSession session = party.begin(aggregate_of(party.keys));
  MusigNonce& nonce = party.nonces[0];
  CHECK_FALSE(nonce.is_spent());
  REQUIRE(party.signer(0).musig_sign(named("own"), session, std::move(nonce)).has_value());
  CHECK(nonce.is_spent());
  const auto again = party.signer(0).musig_sign(named("own"), session, std::move(nonce));
  CHECK(again.error().code == Code::invalid_argument);
  CHECK(again.error().message == "nonce: it was used before, and signs once");
  MusigNonce& other = party.nonces[1];
  CHECK(party.signer(0).musig_sign(named("nobody"), session, std::move(other)).error().code ==
        Code::not_found);
  CHECK(other.is_spent());
}

TEST_CASE("no two nonces are the same, whatever they are made for") {
  if (!has_musig()) {
    return;
  }
  Party party(2);
  const MusigKeys keys = aggregate_of(party.keys);
  std::vector<MusigPublicNonce> seen;
  for (int i = 0; i < 4; ++i) {
    seen.push_back(party.signer(0).musig_nonce({named("own"), &keys, message})->public_nonce());
    seen.push_back(
        party.signer(0).musig_nonce({named("own"), nullptr, std::nullopt})->public_nonce());
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("who signs must own the nonce, and his key must be among those aggregated") {
  if (!has_musig()) {
    return;
  }
  Party party(3);
  const std::array two{party.keys[0], party.keys[1]};
  const MusigSession session = party.begin(aggregate_of(two));
  const auto outsider =
      party.signer(2).musig_sign(named("own"), session, std::move(party.nonces[2]));
  CHECK(outsider.error().code == Code::invalid_key);
  CHECK(outsider.error().message == "key: it is none of those that were aggregated");
  const auto stolen = party.signer(0).musig_sign(named("own"), session, std::move(party.nonces[1]));
  CHECK(stolen.error().code == Code::invalid_argument);
  CHECK(stolen.error().message == "nonce: it was made for another key");
  SoftwareSigner other;
  REQUIRE(other.add("nist", Curve::nist256p1, message).has_value());
  const KeyReference nist{"nist", Path(), Curve::nist256p1};
  CHECK(other.musig_nonce({nist, nullptr, std::nullopt}).error().code == Code::invalid_argument);
  CHECK(other.musig_sign(nist, session, std::move(party.nonces[0])).error().message ==
        "key: MuSig2 is on secp256k1");
}

TEST_CASE("a wrong part is named by the signer's place, when the nonces are there") {
  if (!has_musig()) {
    return;
  }
  Party party(4);
  const MusigSession session = party.begin(aggregate_of(party.keys));
  const auto good = party.sign(session);
  auto bad = good;
  bad[2][31] ^= 1U;
  CHECK(session.verify(1, party.public_nonces[1], bad[1]).has_value());
  CHECK(session.verify(2, party.public_nonces[2], bad[2]).error().code == Code::signature_invalid);
  CHECK(session.verify(1, party.public_nonces[0], good[1]).error().code == Code::signature_invalid);
  CHECK(session.verify(4, party.public_nonces[0], good[0]).error().code == Code::out_of_range);
  CHECK(session.verify(0, MusigPublicNonce{}, good[0]).error().message ==
        "public_nonces[0]: is not two points of the curve");
  CHECK(session.aggregate(bad).error().code == Code::signature_invalid);
  CHECK(session.aggregate(bad, party.public_nonces).error().message ==
        "partials[2]: is not the part of this signer in this session");
  bad[1] = order;
  CHECK(session.aggregate(bad).error().message == "partials[1]: is not below the group's order");
  auto nonces = party.public_nonces;
  nonces[3] = {};
  bad = good;
  bad[3][0] ^= 1U;
  CHECK(session.aggregate(bad, nonces).error().code == Code::signature_invalid);
  CHECK(session.aggregate(good, nonces).has_value());
  CHECK(session.aggregate(std::span(good).first(3)).error().message ==
        "partials: 3, not 4, one for each key");
  CHECK(session.aggregate(good, std::span(nonces).first(3)).error().code == Code::out_of_range);
  CHECK(session.aggregate({}).error().code == Code::out_of_range);
  CHECK(session.message() == message);
  CHECK(session.keys().keys().size() == 4);
}

TEST_CASE("a session of another aggregate nonce gives no signature, and parts do not fit another") {
  if (!has_musig()) {
    return;
  }
  Party party(2);
  const MusigSession first = party.begin(aggregate_of(party.keys));
  const auto partials = party.sign(first);
  const auto first_nonces = party.public_nonces;
  const MusigSession second = party.begin(aggregate_of(party.keys));
  CHECK(second.aggregate(partials).error().code == Code::signature_invalid);
  CHECK(second.verify(0, first_nonces[0], partials[0]).error().code == Code::signature_invalid);
  const MusigPublicNonce wrong =
      *aggregate_musig_nonces(std::array{party.public_nonces[0], party.public_nonces[0]});
  const auto session = MusigSession::begin(aggregate_of(party.keys), wrong, message);
  CHECK(session->aggregate(party.sign(*session), party.public_nonces).error().message ==
        "public_nonces: they are not those of this session");
}

TEST_CASE("read-only mode refuses nonces and parts of signatures in every build") {
  SoftwareSigner signer;
  REQUIRE(signer.add("own", Curve::secp256k1, message).has_value());
  signer.set_read_only(true);
  CHECK(signer.musig_nonce({named("own"), nullptr, std::nullopt}).error().code ==
        Code::signing_refused);
  if (!has_musig()) {
    return;
  }
  Party party(2);
  const MusigSession session = party.begin(aggregate_of(party.keys));
  party.signer(0).set_read_only(true);
  CHECK(
      party.signer(0).musig_sign(named("own"), session, std::move(party.nonces[0])).error().code ==
      Code::signing_refused);
}

TEST_CASE("a signer that asks the host has no MuSig2") {
  CallbackSigner signer(
      [](const KeyReference&) -> coffer::Result<PublicKey> { return key_1; },
      [](const SignRequest&) -> coffer::Result<Signature> { return Signature{}; });
  const auto nonce = signer.musig_nonce({named("own"), nullptr, std::nullopt});
  CHECK(nonce.error().code == Code::unsupported);
  CHECK(nonce.error().message == "this signer does not sign by MuSig2");
  if (!has_musig()) {
    return;
  }
  Party party(2);
  const MusigSession session = party.begin(aggregate_of(party.keys));
  CHECK(signer.musig_sign(named("own"), session, std::move(party.nonces[0])).error().code ==
        Code::unsupported);
}
