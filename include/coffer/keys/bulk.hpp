// SPDX-License-Identifier: MIT
// Bulk derivation: the keys of many siblings in one call, into the caller's memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/path.hpp>

namespace coffer::keys {

/// A public key of secp256k1 with both coordinates: 04, x and y.
using PublicPoint = std::array<std::uint8_t, 65>;

/// Watches a bulk derivation, and may stop it.
class BulkObserver {
 public:
  virtual ~BulkObserver() = default;

  /// `done` children from the first on are complete, of `total`. False asks to stop.
  /// Called by one thread at a time, `done` never falls.
  [[nodiscard]] virtual bool on_progress(std::size_t done, std::size_t total) noexcept {
    return done <= total;
  }

  /// The public keys of the children from number `offset` of this call on are in place. Called by
  /// the thread that derived them, from several threads at once and in no order: the place to
  /// encode addresses without another pass. Fails with what the observer likes: that error ends the
  /// call.
  [[nodiscard]] virtual Status on_children(std::size_t offset,
                                           std::span<const PublicKey> keys) noexcept {
    static_cast<void>(offset);
    static_cast<void>(keys);
    return {};
  }

  /// True to be called with points as well. Asked for each chunk.
  [[nodiscard]] virtual bool wants_points() const noexcept { return false; }

  /// The same children as in the `on_children` that follows, for an observer that wants points and
  /// a parent on secp256k1; `points` lives only during the call. Here both coordinates cost
  /// nothing; out of a `PublicKey` the second one costs half as much as the derivation. Fails as
  /// `on_children`.
  [[nodiscard]] virtual Status on_points(std::size_t offset,
                                         std::span<const PublicPoint> points) noexcept {
    static_cast<void>(offset);
    static_cast<void>(points);
    return {};
  }
};

/// How a bulk derivation runs.
struct BulkOptions {
  /// How many threads work, the caller's included; 0 asks the system for its number of processors.
  /// The result does not depend on it.
  unsigned threads = 1;
  BulkObserver* observer = nullptr;  ///< May be null; used only during the call.
};

/// The private key of one child. The caller wipes it.
using PrivateKeyBytes = std::array<std::uint8_t, 32>;

/// Derives the children `first`, `first` + 1, ... of a public key, as many as `out` has room for.
///
/// Siblings share one HMAC state, and on secp256k1 a large call adds points of a table instead of
/// multiplying (about half of the time; the table takes half a MiB and some 30 ms, once for the
/// process). That arithmetic takes time by the values, which are known to every holder of `parent`;
/// it is used nowhere else, and one child in 256 is checked against the plain multiplication.
///
/// Fails with `hardened_from_public` (a hardened `first`, or ed25519), `out_of_range` (the last
/// number would reach 2^31), `derivation_path` (`parent` has depth 255), `derivation_skipped` (the
/// message names the child; a chance below 2^-127), `cancelled` (the observer's last `done`
/// children are valid, the rest of `out` is not), the observer's own error, `internal` (a check
/// failed). Threads: `parent` is only read. Cost: about 15 microseconds for each child and thread
/// on secp256k1.
[[nodiscard]] Status derive_public_children(const ExtendedPublicKey& parent, std::uint32_t first,
                                            std::span<PublicKey> out,
                                            const BulkOptions& options = {});

/// Derives the children `first`, `first` + 1, ... of a private key and follows `tail` from each of
/// them, e.g. 0' for the accounts of Solana or 0/0 for one account for each user.
///
/// `private_out` has the size of `public_out`, or is empty when only public keys are wanted. The
/// arithmetic takes constant time.
/// Fails with `invalid_argument` (sizes differ), `out_of_range` (the last number would reach 2^31,
/// hardened bit left aside), `derivation_path` (deeper than 255, or a non-hardened step on
/// ed25519), `derivation_skipped`, `cancelled`, the observer's own error, all as above. Cost: about
/// 30 microseconds for each child, step and thread on secp256k1.
[[nodiscard]] Status derive_children(const ExtendedPrivateKey& parent, std::uint32_t first,
                                     const Path& tail, std::span<PublicKey> public_out,
                                     std::span<PrivateKeyBytes> private_out = {},
                                     const BulkOptions& options = {});

}  // namespace coffer::keys
