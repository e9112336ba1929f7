// SPDX-License-Identifier: MIT
// Extended keys as objects over the child key functions.
#include <coffer/keys/extended_key.hpp>

#include <algorithm>

#include "crypto/hash160.hpp"
#include "crypto/hmac.hpp"
#include "keys/child_step.hpp"
#include "keys/extended_text.hpp"

namespace coffer::keys {

namespace {

Error too_deep() { return {Code::derivation_path, "path: the key has depth 255 already"}; }

Error skipped(std::uint32_t step) {
  return {Code::derivation_skipped,
          "child " + Path{step}.to_text().substr(2) + " has no valid key; the next number has"};
}

Error no_text() { return {Code::unsupported, "extended keys have a text on secp256k1 only"}; }

}  // namespace

Result<ExtendedPublicKey> ExtendedPublicKey::parse(std::string_view text) {
  COFFER_TRY_ASSIGN(const ExtendedText read, read_extended_text(text, false));
  const auto bytes = read.chain_and_key.bytes();
  const auto key = checked_public_key(Curve::secp256k1, bytes.subspan(32));
  if (!key) {
    return Error{Code::extended_key, "extended key: the public key is not on the curve"};
  }
  ExtendedPublicKey result;
  result.origin_ = read.origin;
  result.version_ = read.version;
  result.public_key_ = *key;
  std::copy_n(bytes.begin(), 32, result.chain_code_.begin());
  return result;
}

Result<ExtendedPublicKey> ExtendedPublicKey::from_parts(
    Curve curve, std::span<const std::uint8_t> public_key,
    std::span<const std::uint8_t, 32> chain_code, const KeyOrigin& origin,
    const KeyVersion& version) {
  const auto key = checked_public_key(curve, public_key);
  if (!key) {
    return Error{Code::invalid_key, "public_key: not a point of " + std::string(name_of(curve))};
  }
  if (origin.depth == 0 && (origin.parent_fingerprint != 0 || origin.child_number != 0)) {
    return Error{Code::extended_key, "origin: a master key (depth 0) has a parent or a number"};
  }
  ExtendedPublicKey result;
  result.curve_ = curve;
  result.origin_ = origin;
  result.version_ = version;
  result.public_key_ = *key;
  std::copy(chain_code.begin(), chain_code.end(), result.chain_code_.begin());
  return result;
}

Result<ExtendedPublicKey> ExtendedPublicKey::derive(std::uint32_t step) const {
  if (is_hardened(step) || curve_ == Curve::ed25519) {
    return Error{Code::hardened_from_public,
                 "child " + Path{step}.to_text().substr(2) +
                     (curve_ == Curve::ed25519 ? ": ed25519 has no children of public keys"
                                               : " is hardened and needs the private key")};
  }
  if (origin_.depth == Path::depth_max) {
    return too_deep();
  }
  ExtendedPublicKey child = *this;
  child.origin_ = {static_cast<std::uint8_t>(origin_.depth + 1), fingerprint(), step};
  std::array<std::uint8_t, 64> tweaks;
  if (public_child(curve_, crypto::HmacSha512(chain_code_), public_key_, step, child.public_key_,
                   tweaks) != Code::ok) {
    return skipped(step);
  }
  std::copy_n(tweaks.begin() + 32, 32, child.chain_code_.begin());
  wipe(tweaks);
  return child;
}

Result<ExtendedPublicKey> ExtendedPublicKey::derive(const Path& path) const {
  ExtendedPublicKey key = *this;
  for (const std::uint32_t step : path.steps()) {
    COFFER_TRY_ASSIGN(key, key.derive(step));
  }
  return key;
}

std::array<std::uint8_t, 20> ExtendedPublicKey::identifier() const noexcept {
  return crypto::hash160(public_key_);
}

std::uint32_t ExtendedPublicKey::fingerprint() const noexcept {
  const auto hash = identifier();
  return static_cast<std::uint32_t>(hash[0]) << 24 | static_cast<std::uint32_t>(hash[1]) << 16 |
         static_cast<std::uint32_t>(hash[2]) << 8 | hash[3];
}

ExtendedPublicKey ExtendedPublicKey::with_version(const KeyVersion& version) const {
  ExtendedPublicKey result = *this;
  result.version_ = version;
  return result;
}

Result<std::string> ExtendedPublicKey::to_text() const {
  if (curve_ != Curve::secp256k1) {
    return no_text();
  }
  return std::string(
      write_extended_text(version_.public_key, origin_, chain_code_, public_key_).text());
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::from_seed(std::span<const std::uint8_t> seed,
                                                         Curve curve, const KeyVersion& version) {
  if (seed.size() < 16 || seed.size() > 64) {
    return Error{Code::out_of_range,
                 "seed: " + std::to_string(seed.size()) + " bytes; 16 to 64 are possible"};
  }
  PrivateNode node;
  if (master_node(curve, seed, node) != Code::ok) {
    return Error{Code::extended_key, "seed: it has no master key; take another"};
  }
  ExtendedPrivateKey key;
  const auto public_key = public_key_of(curve, node.part<0, 32>());
  if (!public_key) {
    return Error{Code::invalid_key, "curve: no such value, or no memory for its arithmetic"};
  }
  key.public_.curve_ = curve;
  key.public_.version_ = version;
  key.public_.public_key_ = *public_key;
  std::copy_n(node.data() + 32, 32, key.public_.chain_code_.begin());
  key.secret_ = Secret::copy_of(node.part<0, 32>());
  return key;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::parse(std::string_view text) {
  COFFER_TRY_ASSIGN(const ExtendedText read, read_extended_text(text, true));
  const auto bytes = read.chain_and_key.bytes();
  const auto secret = bytes.subspan<33, 32>();
  const auto public_key = public_key_of(Curve::secp256k1, secret);
  if (!public_key) {
    return Error{Code::extended_key,
                 "extended key: the private key is 0 or not below the group's order"};
  }
  ExtendedPrivateKey key;
  key.public_.origin_ = read.origin;
  key.public_.version_ = read.version;
  key.public_.public_key_ = *public_key;
  std::copy_n(bytes.begin(), 32, key.public_.chain_code_.begin());
  key.secret_ = Secret::copy_of(secret);
  return key;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::from_parts(
    Curve curve, std::span<const std::uint8_t, 32> private_key,
    std::span<const std::uint8_t, 32> chain_code, const KeyOrigin& origin,
    const KeyVersion& version) {
  const auto public_key =
      is_private_key(curve, private_key) ? public_key_of(curve, private_key) : std::nullopt;
  if (!public_key) {
    return Error{Code::invalid_key, "private_key: not one of " + std::string(name_of(curve))};
  }
  ExtendedPrivateKey key;
  COFFER_TRY_ASSIGN(key.public_,
                    ExtendedPublicKey::from_parts(curve, *public_key, chain_code, origin, version));
  key.secret_ = Secret::copy_of(private_key);
  return key;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::derive(std::uint32_t step) const {
  if (public_.origin_.depth == Path::depth_max) {
    return too_deep();
  }
  PrivateNode node;
  const Code code = private_child(curve(), crypto::HmacSha512(public_.chain_code_), private_key(),
                                  public_.public_key_, step, node);
  if (code == Code::derivation_path) {
    return Error{
        code, "child " + Path{step}.to_text().substr(2) + ": ed25519 has hardened children only"};
  }
  const auto public_key =
      code == Code::ok ? public_key_of(curve(), node.part<0, 32>()) : std::nullopt;
  if (!public_key) {
    return skipped(step);
  }
  ExtendedPrivateKey child;
  child.public_ = public_;
  child.public_.origin_ = {static_cast<std::uint8_t>(public_.origin_.depth + 1),
                           public_.fingerprint(), step};
  child.public_.public_key_ = *public_key;
  std::copy_n(node.data() + 32, 32, child.public_.chain_code_.begin());
  child.secret_ = Secret::copy_of(node.part<0, 32>());
  return child;
}

Result<ExtendedPrivateKey> ExtendedPrivateKey::derive(const Path& path) const {
  ExtendedPrivateKey key = copy();
  for (const std::uint32_t step : path.steps()) {
    COFFER_TRY_ASSIGN(key, key.derive(step));
  }
  return key;
}

ExtendedPrivateKey ExtendedPrivateKey::copy() const {
  ExtendedPrivateKey key;
  key.public_ = public_;
  key.secret_ = Secret::copy_of(secret_.bytes());
  return key;
}

Result<Secret> ExtendedPrivateKey::to_text() const {
  if (curve() != Curve::secp256k1) {
    return no_text();
  }
  crypto::Wiped<33> key;
  std::copy_n(secret_.bytes().begin(), 32, key.data() + 1);
  return write_extended_text(public_.version_.private_key, public_.origin_, public_.chain_code_,
                             key.span());
}

}  // namespace coffer::keys
