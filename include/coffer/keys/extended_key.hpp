// SPDX-License-Identifier: MIT
// Extended keys: hierarchical derivation by BIP-32 (secp256k1) and SLIP-10 (ed25519, nist256p1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::keys {

/// The first four bytes of an extended key's text: which network and script it is meant for.
struct KeyVersion {
  std::uint32_t public_key = 0x0488b21e;
  std::uint32_t private_key = 0x0488ade4;
  std::string_view public_name = "xpub";  ///< What the text begins with. Static.

  friend constexpr bool operator==(const KeyVersion& a, const KeyVersion& b) noexcept {
    return a.public_key == b.public_key && a.private_key == b.private_key;
  }
};

/// The versions of BIP-32 and SLIP-132, and those of Litecoin and Dogecoin.
[[nodiscard]] std::span<const KeyVersion> key_versions() noexcept;

/// The version whose public keys begin with `public_name`, e.g. "zpub" or "tpub".
/// Fails with `not_found`.
[[nodiscard]] Result<KeyVersion> key_version_named(std::string_view public_name);

/// Where a node stands in its tree.
struct KeyOrigin {
  std::uint8_t depth = 0;
  std::uint32_t parent_fingerprint = 0;  ///< 0 for a master key.
  std::uint32_t child_number = 0;        ///< With the hardened bit.
  friend bool operator==(const KeyOrigin&, const KeyOrigin&) = default;
};

/// A public key with a chain code: it gives the public keys of all its non-hardened descendants.
///
/// Keep it confidential: it shows all payments, and together with the private key of one
/// non-hardened child it gives the parent's private key.
/// Threads: like a plain struct. Nothing is cached behind const.
class ExtendedPublicKey {
 public:
  /// Reads an "xpub...", of any version in `key_versions`.
  ///
  /// Fails with `extended_key`: no Base58Check text, a wrong size, an unknown version, a private
  /// key under a public version, a key that is not on the curve, a master key with a parent or a
  /// number (the rules of BIP-32's test vector 5). The message names the part.
  [[nodiscard]] static Result<ExtendedPublicKey> parse(std::string_view text);

  /// Puts a key together from its parts, e.g. from a hardware wallet.
  /// Fails with `invalid_key` (no point of the curve), `extended_key` (depth 0 with a parent).
  [[nodiscard]] static Result<ExtendedPublicKey> from_parts(
      Curve curve, std::span<const std::uint8_t> public_key,
      std::span<const std::uint8_t, 32> chain_code, const KeyOrigin& origin = {},
      const KeyVersion& version = {});

  /// The child with that number.
  ///
  /// Fails with `hardened_from_public` (also for any child on ed25519), `derivation_path` (this key
  /// has depth 255), `derivation_skipped` (no such child, with a chance below 2^-127: take the next
  /// number).
  /// Cost: 30 microseconds on secp256k1; many children: `derive_public_children`.
  [[nodiscard]] Result<ExtendedPublicKey> derive(std::uint32_t step) const;
  /// The descendant at the end of `path`, which starts at this key. Fails as one step does.
  [[nodiscard]] Result<ExtendedPublicKey> derive(const Path& path) const;

  [[nodiscard]] Curve curve() const noexcept { return curve_; }
  [[nodiscard]] const PublicKey& public_key() const noexcept { return public_key_; }
  [[nodiscard]] const std::array<std::uint8_t, 32>& chain_code() const noexcept {
    return chain_code_;
  }
  [[nodiscard]] const KeyOrigin& origin() const noexcept { return origin_; }
  [[nodiscard]] const KeyVersion& version() const noexcept { return version_; }
  /// HASH160 of the public key (BIP-32, "identifiers").
  [[nodiscard]] std::array<std::uint8_t, 20> identifier() const noexcept;
  /// The first four bytes of the identifier, as a big-endian number.
  [[nodiscard]] std::uint32_t fingerprint() const noexcept;

  /// The same key for another network or script. Its children inherit the version.
  [[nodiscard]] ExtendedPublicKey with_version(const KeyVersion& version) const;
  /// The text of BIP-32. Fails with `unsupported` (not secp256k1: no standard has a text for it).
  [[nodiscard]] Result<std::string> to_text() const;

  friend bool operator==(const ExtendedPublicKey&, const ExtendedPublicKey&) = default;

 private:
  friend class ExtendedPrivateKey;
  ExtendedPublicKey() = default;

  Curve curve_ = Curve::secp256k1;
  KeyOrigin origin_;
  KeyVersion version_;
  PublicKey public_key_{};
  std::array<std::uint8_t, 32> chain_code_{};
};

/// A private key with a chain code. The private key lives in a `Secret`; it moves and never copies.
///
/// Keep the account node and derive from it: starting at the seed costs five steps for each
/// address. Threads: const functions from many threads.
class ExtendedPrivateKey {
 public:
  /// The master key of a seed of 16 to 64 bytes.
  ///
  /// Fails with `out_of_range` (the seed's size), `extended_key` (secp256k1 only: this seed has no
  /// master key, with a chance below 2^-127).
  [[nodiscard]] static Result<ExtendedPrivateKey> from_seed(std::span<const std::uint8_t> seed,
                                                            Curve curve = Curve::secp256k1,
                                                            const KeyVersion& version = {});

  /// Reads an "xprv..." of any version in `key_versions`. The caller's text is the caller's to
  /// wipe. Fails with `extended_key` as `ExtendedPublicKey::parse` does, or when the private key is
  /// 0 or not below the group's order.
  [[nodiscard]] static Result<ExtendedPrivateKey> parse(std::string_view text);

  /// Puts a key together from its parts. A key that stands alone takes zeros as its chain code.
  /// Fails with `invalid_key` (not a private key of the curve), `extended_key` (depth 0 with a
  /// parent or a number).
  [[nodiscard]] static Result<ExtendedPrivateKey> from_parts(
      Curve curve, std::span<const std::uint8_t, 32> private_key,
      std::span<const std::uint8_t, 32> chain_code, const KeyOrigin& origin = {},
      const KeyVersion& version = {});

  /// The child with that number.
  ///
  /// Fails with `derivation_path` (this key has depth 255, or a non-hardened child on ed25519),
  /// `derivation_skipped` (secp256k1 only: no such child, with a chance below 2^-127; SLIP-10 goes
  /// on by itself).
  /// Cost: 30 microseconds on secp256k1; many children: `derive_children`.
  [[nodiscard]] Result<ExtendedPrivateKey> derive(std::uint32_t step) const;
  /// The descendant at the end of `path`, which starts at this key. Fails as one step does.
  [[nodiscard]] Result<ExtendedPrivateKey> derive(const Path& path) const;

  /// The public half, which may leave the machine: what a server without secrets works with.
  [[nodiscard]] const ExtendedPublicKey& to_public() const noexcept { return public_; }
  /// The 32 bytes of the private key. They live as long as this object.
  [[nodiscard]] std::span<const std::uint8_t, 32> private_key() const noexcept {
    return secret_.bytes().first<32>();
  }
  [[nodiscard]] Curve curve() const noexcept { return public_.curve_; }
  /// A second object with the same key: copying is always written out.
  [[nodiscard]] ExtendedPrivateKey copy() const;
  /// The "xprv..." text. Fails with `unsupported` (not secp256k1).
  [[nodiscard]] Result<Secret> to_text() const;

 private:
  ExtendedPrivateKey() = default;

  ExtendedPublicKey public_;
  Secret secret_;
};

}  // namespace coffer::keys
