// SPDX-License-Identifier: MIT
// Stands in for MuSig2 in builds over a libsecp256k1 without it.
#include <coffer/keys/musig.hpp>

#include <algorithm>
#include <utility>

#include "keys/musig_signing.hpp"

namespace coffer::keys {

namespace {

Error absent() {
  return {Code::unsupported,
          "this library was built over a libsecp256k1 without its module musig "
          "(there was no secp256k1_musig.h)"};
}

}  // namespace

void sort_musig_keys(std::span<PublicKey> keys) { std::sort(keys.begin(), keys.end()); }

Result<MusigKeys> MusigKeys::aggregate(std::span<const PublicKey> /*keys*/) { return absent(); }
Result<MusigKeys> MusigKeys::tweaked(MusigTweak /*kind*/,
                                     std::span<const std::uint8_t, 32> /*tweak*/) const {
  return absent();
}
Result<MusigKeys> MusigKeys::taproot(
    const std::optional<std::array<std::uint8_t, 32>>& /*merkle_root*/) const {
  return absent();
}
Result<ExtendedPublicKey> MusigKeys::xpub(const KeyVersion& /*version*/) const { return absent(); }
Result<MusigKeys> MusigKeys::derive(const Path& /*path*/) const { return absent(); }

MusigNonce::MusigNonce(Secret secret, const MusigPublicNonce& public_nonce) noexcept
    : secret_(std::move(secret)), public_nonce_(public_nonce) {}

Result<MusigPublicNonce> aggregate_musig_nonces(
    std::span<const MusigPublicNonce> /*public_nonces*/) {
  return absent();
}

MusigSession::MusigSession(MusigKeys keys, const MusigMessage& message)
    : keys_(std::move(keys)), message_(message) {}

Result<MusigSession> MusigSession::begin(const MusigKeys& /*keys*/,
                                         const MusigPublicNonce& /*aggregate_nonce*/,
                                         const MusigMessage& /*message*/) {
  return absent();
}
Status MusigSession::verify(std::size_t /*place*/, const MusigPublicNonce& /*public_nonce*/,
                            const MusigPartialSignature& /*partial*/) const {
  return absent();
}
Result<std::array<std::uint8_t, 64>> MusigSession::aggregate(
    std::span<const MusigPartialSignature> /*partials*/,
    std::span<const MusigPublicNonce> /*public_nonces*/) const {
  return absent();
}

Result<MusigNonce> MusigSigning::make_nonce(std::span<const std::uint8_t, 32> /*private_key*/,
                                            const MusigNonceRequest& /*request*/) {
  return absent();
}
Result<MusigPartialSignature> MusigSigning::sign(std::span<const std::uint8_t, 32> /*private_key*/,
                                                 const KeyReference& /*key*/,
                                                 const MusigSession& /*session*/,
                                                 MusigNonce /*nonce*/) {
  return absent();
}

}  // namespace coffer::keys
