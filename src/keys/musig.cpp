// SPDX-License-Identifier: MIT
// MuSig2: aggregated keys, nonces that sign once, sessions, and who is to blame.
#include <coffer/keys/musig.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/hmac.hpp"
#include "crypto/random.hpp"
#include "crypto/secp256k1_musig.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wiped.hpp"
#include "keys/child_step.hpp"
#include "keys/musig_signing.hpp"

namespace coffer::keys {

namespace {

namespace curve = crypto::secp256k1;

Status check_count(std::size_t count, std::string_view name) {
  if (count == 0 || count > musig_keys_max) {
    return Error{Code::out_of_range,
                 std::string(name) + ": " + std::to_string(count) + " of them, not 1 to 1000"};
  }
  return {};
}

std::string at(std::string_view name, std::size_t place) {
  return std::string(name) + "[" + std::to_string(place) + "]: ";
}

Error no_nonce(const std::string& name) {
  return {Code::invalid_argument, name + "is not two points of the curve"};
}

Status check_curve(const KeyReference& key) {
  if (key.curve != Curve::secp256k1) {
    return Error{Code::invalid_argument, "key: MuSig2 is on secp256k1"};
  }
  return {};
}

// SHA-256 of "MuSig2MuSig2MuSig2" (BIP-328).
constexpr std::array<std::uint8_t, 32> synthetic_chain_code{
    0x86, 0x80, 0x87, 0xca, 0x02, 0xa6, 0xf9, 0x74, 0xc4, 0x59, 0x89, 0x24, 0xc3, 0x6b, 0x57, 0x76,
    0x2d, 0x32, 0xcb, 0x45, 0x71, 0x71, 0x67, 0xe3, 0x00, 0x62, 0x2c, 0x71, 0x67, 0xe3, 0x89, 0x65};

Error already_tweaked() {
  return {Code::invalid_argument, "keys: they are tweaked; an xpub is that of the bare aggregate"};
}

}  // namespace

void sort_musig_keys(std::span<PublicKey> keys) { std::sort(keys.begin(), keys.end()); }

Result<MusigKeys> MusigKeys::aggregate(std::span<const PublicKey> keys) {
  COFFER_TRY(check_count(keys.size(), "keys"));
  const auto made = curve::musig_aggregate(keys);
  if (!made) {
    const auto wrong = std::find_if_not(keys.begin(), keys.end(), [](const PublicKey& key) {
      return curve::compress(key).has_value();
    });
    return Error{Code::invalid_key, at("keys", static_cast<std::size_t>(wrong - keys.begin())) +
                                        "is no compressed point of secp256k1"};
  }
  MusigKeys out;
  out.keys_.assign(keys.begin(), keys.end());
  out.context_ = made->context;
  out.aggregate_ = made->key;
  return out;
}

Result<MusigKeys> MusigKeys::tweaked(MusigTweak kind,
                                     std::span<const std::uint8_t, 32> tweak) const {
  const auto made = curve::musig_tweak(context_, kind == MusigTweak::x_only, tweak);
  if (!made) {
    // A tweak of zero changes nothing, so one that was refused is no secret only if it is too
    // great.
    return curve::is_valid_secret(tweak)
               ? Error{Code::invalid_key, "tweak: it leaves no key but infinity"}
               : Error{Code::out_of_range, "tweak: it is not below the group's order"};
  }
  MusigKeys out = *this;
  out.context_ = made->context;
  out.aggregate_ = made->key;
  out.is_tweaked_ = true;
  return out;
}

Result<MusigKeys> MusigKeys::taproot(
    const std::optional<std::array<std::uint8_t, 32>>& merkle_root) const {
  constexpr std::string_view tag = "TapTweak";
  const crypto::Digest32 tag_hash =
      crypto::sha256({reinterpret_cast<const std::uint8_t*>(tag.data()), tag.size()});
  crypto::Sha256 hash;
  hash.update(tag_hash).update(tag_hash).update(x_only());
  if (merkle_root) {
    hash.update(*merkle_root);
  }
  return tweaked(MusigTweak::x_only, hash.finish());
}

Result<ExtendedPublicKey> MusigKeys::xpub(const KeyVersion& version) const {
  if (is_tweaked_) {
    return already_tweaked();
  }
  return ExtendedPublicKey::from_parts(Curve::secp256k1, aggregate_, synthetic_chain_code, {},
                                       version);
}

Result<MusigKeys> MusigKeys::derive(const Path& path) const {
  if (is_tweaked_) {
    return already_tweaked();
  }
  if (path.has_hardened()) {
    return Error{Code::hardened_from_public, "path: an aggregate has no hardened children"};
  }
  MusigKeys out = *this;
  std::array<std::uint8_t, 32> chain_code = synthetic_chain_code;
  for (const std::uint32_t step : path.steps()) {
    std::array<std::uint8_t, 64> tweak;
    public_tweak(crypto::HmacSha512(chain_code), out.aggregate_, step, tweak);
    auto child = out.tweaked(MusigTweak::plain, std::span(tweak).first<32>());
    if (!child) {
      return Error{Code::derivation_skipped, "path: there is no child " + std::to_string(step)};
    }
    out = std::move(*child);
    std::copy_n(tweak.begin() + 32, chain_code.size(), chain_code.begin());
  }
  return out;
}

MusigNonce::MusigNonce(Secret secret, const MusigPublicNonce& public_nonce) noexcept
    : secret_(std::move(secret)), public_nonce_(public_nonce) {}

Result<MusigPublicNonce> aggregate_musig_nonces(std::span<const MusigPublicNonce> public_nonces) {
  COFFER_TRY(check_count(public_nonces.size(), "public_nonces"));
  const auto sum = curve::musig_aggregate_nonces(public_nonces);
  if (!sum) {
    const auto wrong =
        std::find_if_not(public_nonces.begin(), public_nonces.end(), &curve::is_valid_musig_nonce);
    return no_nonce(at("public_nonces", static_cast<std::size_t>(wrong - public_nonces.begin())));
  }
  return *sum;
}

MusigSession::MusigSession(MusigKeys keys, const MusigMessage& message)
    : keys_(std::move(keys)), message_(message) {}

Result<MusigSession> MusigSession::begin(const MusigKeys& keys,
                                         const MusigPublicNonce& aggregate_nonce,
                                         const MusigMessage& message) {
  MusigSession session(keys, message);
  const auto state = curve::musig_begin(session.keys_.context_, aggregate_nonce, message);
  if (!state) {
    return Error{Code::invalid_argument,
                 "aggregate_nonce: is not two points of the curve, or of infinity"};
  }
  session.state_ = *state;
  return session;
}

Status MusigSession::verify(std::size_t place, const MusigPublicNonce& public_nonce,
                            const MusigPartialSignature& partial) const {
  if (place >= keys_.keys_.size()) {
    return Error{Code::out_of_range, "place: " + std::to_string(place) + ", there are " +
                                         std::to_string(keys_.keys_.size()) + " signers"};
  }
  if (!curve::is_valid_musig_nonce(public_nonce)) {
    return no_nonce(at("public_nonces", place));
  }
  if (!curve::musig_verify(partial, public_nonce, keys_.keys_[place], keys_.context_, state_)) {
    return Error{Code::signature_invalid,
                 at("partials", place) + "is not the part of this signer in this session"};
  }
  return {};
}

Result<std::array<std::uint8_t, 64>> MusigSession::aggregate(
    std::span<const MusigPartialSignature> partials,
    std::span<const MusigPublicNonce> public_nonces) const {
  const std::size_t signers = keys_.keys_.size();
  const auto wrong_count = [signers](std::string_view name, std::size_t count) {
    return Error{Code::out_of_range, std::string(name) + ": " + std::to_string(count) + ", not " +
                                         std::to_string(signers) + ", one for each key"};
  };
  if (partials.size() != signers) {
    return wrong_count("partials", partials.size());
  }
  if (!public_nonces.empty() && public_nonces.size() != signers) {
    return wrong_count("public_nonces", public_nonces.size());
  }
  const auto signature = curve::musig_aggregate_partials(state_, partials);
  if (signature && curve::verify_schnorr(keys_.x_only(), message_, *signature)) {
    return *signature;
  }
  for (std::size_t i = 0; i < signers; ++i) {
    if (!curve::is_valid_musig_partial(partials[i])) {
      return Error{Code::signature_invalid, at("partials", i) + "is not below the group's order"};
    }
  }
  for (std::size_t i = 0; i < public_nonces.size(); ++i) {
    if (const Status status = verify(i, public_nonces[i], partials[i]); !status) {
      return Error{Code::signature_invalid, status.error().message};
    }
  }
  return Error{Code::signature_invalid,
               public_nonces.empty()
                   ? "partials: together they do not verify; public_nonces would say whose is wrong"
                   : "public_nonces: they are not those of this session"};
}

Result<MusigNonce> MusigSigning::make_nonce(std::span<const std::uint8_t, 32> private_key,
                                            const MusigNonceRequest& request) {
  COFFER_TRY(check_curve(request.key));
  crypto::Wiped<32> random;
  if (!crypto::random_bytes(random.span())) {
    return Error{Code::unsupported, "the system's random generator gives no bytes"};
  }
  Secret secret(curve::musig_secret_nonce_size);
  const auto made = curve::musig_make_nonce(
      secret.bytes().first<curve::musig_secret_nonce_size>(), random.span(), private_key,
      request.keys == nullptr ? nullptr : &request.keys->context_,
      request.message ? request.message->data() : nullptr);
  if (!made) {
    return Error{Code::internal, "key: no nonce could be made for it"};
  }
  return MusigNonce(std::move(secret), *made);
}

Result<MusigPartialSignature> MusigSigning::sign(std::span<const std::uint8_t, 32> private_key,
                                                 const KeyReference& key,
                                                 const MusigSession& session, MusigNonce nonce) {
  COFFER_TRY(check_curve(key));
  if (nonce.is_spent()) {
    return Error{Code::invalid_argument, "nonce: it was used before, and signs once"};
  }
  const auto own = curve::public_key(private_key);
  const MusigKeys& keys = session.keys_;
  if (!own || std::find(keys.keys_.begin(), keys.keys_.end(), *own) == keys.keys_.end()) {
    return Error{Code::invalid_key, "key: it is none of those that were aggregated"};
  }
  const auto partial =
      curve::musig_sign(nonce.secret_.bytes().first<curve::musig_secret_nonce_size>(), private_key,
                        keys.context_, session.state_);
  if (!partial) {
    return Error{Code::invalid_argument, "nonce: it was made for another key"};
  }
  // The library leaves this check of BIP-327 to the caller. A wrong part of a faulty machine could
  // give the key away.
  if (!curve::musig_verify(*partial, nonce.public_nonce_, *own, keys.context_, session.state_)) {
    return Error{Code::signature_invalid, "the part that was made does not verify: a fault"};
  }
  return *partial;
}

}  // namespace coffer::keys
