// SPDX-License-Identifier: MIT
// MuSig2 (BIP-327): n signers with one key and one signature, which anyone verifies as BIP-340.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::keys {

// The order of things. All signers aggregate the same keys in the same order (`MusigKeys`) and
// tweak them alike. Each asks his signer for a nonce (`Signer::musig_nonce`) and sends its public
// half to all. The halves are aggregated; keys, nonce and message are a `MusigSession`, in which
// each signer signs once (`Signer::musig_sign`). Whoever has all partial signatures aggregates
// them.
//
// An optional part: over a libsecp256k1 without its module musig (before 0.6, e.g. Debian 12's) all
// of it but `sort_musig_keys` answers `unsupported`, and the message names the missing header.
// Messages are 32 bytes: that module takes no others.

/// The most keys of one aggregate. The standard has no such limit; this bounds what hostile input
/// costs.
inline constexpr std::size_t musig_keys_max = 1'000;

/// The public half of a nonce, or of all signers' nonces together: two points.
using MusigPublicNonce = std::array<std::uint8_t, 66>;
/// What one signer contributes to the signature.
using MusigPartialSignature = std::array<std::uint8_t, 32>;
/// What is signed: the digest of a transaction or of a message.
using MusigMessage = std::array<std::uint8_t, 32>;

/// How a tweak changes the aggregate key (BIP-327, "Tweaking the Aggregate Public Key").
enum class MusigTweak : std::uint8_t {
  plain = 1,   ///< Adds tweak * G to the key, as BIP-32 does.
  x_only = 2,  ///< Adds it to the key with the even y, as taproot does (BIP-341).
};

/// Sorts keys as KeySort does, by their bytes: then the aggregate is the same whatever order the
/// signers knew each other's keys in. There in every build.
void sort_musig_keys(std::span<PublicKey> keys);

/// The aggregate of several keys with its tweaks (BIP-327, "KeyAgg Context"). A plain value and no
/// secret. Threads: const functions from many threads.
class MusigKeys {
 public:
  /// KeyAgg, of compressed keys on secp256k1 in the order given; a key may stand there twice.
  ///
  /// Fails with `unsupported`, `out_of_range` (0 keys, more than `musig_keys_max`), `invalid_key`
  /// (no point of the curve; the message names the key's place, from 0).
  /// Cost: about 40 microseconds for each key.
  [[nodiscard]] static Result<MusigKeys> aggregate(std::span<const PublicKey> keys);

  /// ApplyTweak: the same keys with one tweak more.
  ///
  /// Take tweaks from a standard that commits to the key, as BIP-32 and BIP-341 do: one that
  /// another signer may choose freely is not safe. Fails with `out_of_range` (not below the group's
  /// order), `invalid_key` (the sum is the point at infinity).
  [[nodiscard]] Result<MusigKeys> tweaked(MusigTweak kind,
                                          std::span<const std::uint8_t, 32> tweak) const;

  /// Tweaked x-only to taproot's output key, with the root of a script tree or without scripts
  /// (BIP-341; BIP-86 for none): `public_key` is then what the address of `chain::taproot_output`
  /// carries. Fails as `tweaked`, with a chance below 2^-127.
  [[nodiscard]] Result<MusigKeys> taproot(
      const std::optional<std::array<std::uint8_t, 32>>& merkle_root = std::nullopt) const;

  /// The synthetic extended key of the aggregate (BIP-328); its children are receiving keys as any
  /// xpub's are. Fails with `invalid_argument` (these keys are tweaked).
  [[nodiscard]] Result<ExtendedPublicKey> xpub(const KeyVersion& version = {}) const;
  /// Tweaked to the descendant of `xpub` at the end of `path`, so that the signers can sign for it.
  ///
  /// Fails with `invalid_argument` (these keys are tweaked), `hardened_from_public`,
  /// `derivation_skipped` (no such child, with a chance below 2^-127).
  [[nodiscard]] Result<MusigKeys> derive(const Path& path) const;

  /// The aggregate key with all tweaks, compressed.
  [[nodiscard]] const PublicKey& public_key() const noexcept { return aggregate_; }
  /// The same as the 32 bytes under which the signature verifies (BIP-340).
  [[nodiscard]] std::span<const std::uint8_t, 32> x_only() const noexcept {
    return std::span(aggregate_).last<32>();
  }
  /// Whether any tweak was applied.
  [[nodiscard]] bool is_tweaked() const noexcept { return is_tweaked_; }
  /// The signers' keys, in the order in which they were aggregated.
  [[nodiscard]] std::span<const PublicKey> keys() const noexcept { return keys_; }

 private:
  friend class MusigSession;
  friend class MusigSigning;
  MusigKeys() = default;

  std::vector<PublicKey> keys_;
  [[maybe_unused]] std::array<std::uint8_t, 197> context_{};  // not in a build without MuSig2
  PublicKey aggregate_{};
  bool is_tweaked_ = false;
};

/// A nonce of one signer: it signs once. Its secret half stays in locked memory, is wiped when it
/// was used and can be neither read, copied nor stored: a nonce that signs twice gives the private
/// key away. So a process that ends between the two rounds begins again with a new one.
///
/// `Signer::musig_nonce` makes it. Threads: one thread at a time.
class MusigNonce {
 public:
  MusigNonce(MusigNonce&&) noexcept = default;
  MusigNonce& operator=(MusigNonce&&) noexcept = default;
  MusigNonce(const MusigNonce&) = delete;
  MusigNonce& operator=(const MusigNonce&) = delete;
  ~MusigNonce() = default;

  /// What the other signers need.
  [[nodiscard]] const MusigPublicNonce& public_nonce() const noexcept { return public_nonce_; }
  /// True after it was moved from, as signing does.
  [[nodiscard]] bool is_spent() const noexcept { return secret_.is_empty(); }

 private:
  friend class MusigSigning;
  MusigNonce(Secret secret, const MusigPublicNonce& public_nonce) noexcept;

  Secret secret_;
  MusigPublicNonce public_nonce_{};
};

/// NonceAgg: the public nonces of all signers as one, in any order. Anyone may do it and be trusted
/// with nothing: if it is wrong, so is the signature.
///
/// Fails with `unsupported`, `out_of_range` (0, more than `musig_keys_max`), `invalid_argument` (no
/// two points; the message names the nonce's place, from 0).
[[nodiscard]] Result<MusigPublicNonce> aggregate_musig_nonces(
    std::span<const MusigPublicNonce> public_nonces);

/// Keys, nonce and message of one signature (BIP-327, "Session Context"). No secret.
/// Threads: const functions from many threads.
class MusigSession {
 public:
  /// Copies the keys. Fails with `unsupported`, `invalid_argument` (the aggregate nonce is neither
  /// points nor infinity).
  [[nodiscard]] static Result<MusigSession> begin(const MusigKeys& keys,
                                                  const MusigPublicNonce& aggregate_nonce,
                                                  const MusigMessage& message);

  /// PartialSigVerify: whether the signer at `place` (from 0, as his key stands in `keys`) has done
  /// his part.
  ///
  /// It proves nothing to others: partial signatures can be forged, aggregated ones can't.
  /// Fails with `out_of_range` (no such signer), `invalid_argument` (his public nonce),
  /// `signature_invalid`; the message names his place. Cost: about 100 microseconds.
  [[nodiscard]] Status verify(std::size_t place, const MusigPublicNonce& public_nonce,
                              const MusigPartialSignature& partial) const;

  /// PartialSigAgg: the signature of 64 bytes, which `verify_signature` accepts under the aggregate
  /// key by `SignatureScheme::schnorr`; it is verified before you get it.
  ///
  /// `partials` stand in the order of the keys. With the signers' `public_nonces` in that order
  /// too, a failure names whose part is wrong; they are looked at only then. Fails with
  /// `out_of_range` (not one part for each key; nonces, but not one for each), `signature_invalid`.
  [[nodiscard]] Result<std::array<std::uint8_t, 64>> aggregate(
      std::span<const MusigPartialSignature> partials,
      std::span<const MusigPublicNonce> public_nonces = {}) const;

  [[nodiscard]] const MusigKeys& keys() const noexcept { return keys_; }
  [[nodiscard]] const MusigMessage& message() const noexcept { return message_; }

 private:
  friend class MusigSigning;
  MusigSession(MusigKeys keys, const MusigMessage& message);

  MusigKeys keys_;
  MusigMessage message_{};
  [[maybe_unused]] std::array<std::uint8_t, 133> state_{};  // not in a build without MuSig2
};

}  // namespace coffer::keys
