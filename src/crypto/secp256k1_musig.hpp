// SPDX-License-Identifier: MIT
// MuSig2 (BIP-327) through libsecp256k1's own module; only in builds over a library that has it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "crypto/secp256k1.hpp"

namespace coffer::crypto::secp256k1 {

// As in secp256k1.hpp: values that are not valid are answered by false or none, none aborts, all
// may be called from many threads. What the library keeps between two calls is bytes here, of the
// sizes that it guarantees; they are no format and stay in this process.

using MusigContext = std::array<std::uint8_t, 197>;  ///< Aggregated keys and their tweaks.
using MusigState = std::array<std::uint8_t, 133>;    ///< A session: nonce, challenge, tweaks.
using MusigPublicNonce = std::array<std::uint8_t, 66>;
using MusigPartial = std::array<std::uint8_t, 32>;
inline constexpr std::size_t musig_secret_nonce_size = 132;
/// A secret nonce, where the library made it and reads it: it is never copied.
using MusigSecretNonce = std::span<std::uint8_t, musig_secret_nonce_size>;

struct MusigAggregate {
  MusigContext context{};
  CompressedKey key{};
};
/// KeyAgg of at least one key; none when one of them is not on the curve.
[[nodiscard]] std::optional<MusigAggregate> musig_aggregate(std::span<const CompressedKey> keys);
/// ApplyTweak, plain or x-only; none when the tweak is not below the order or no key is left.
[[nodiscard]] std::optional<MusigAggregate> musig_tweak(const MusigContext& context, bool is_x_only,
                                                        SecretView tweak) noexcept;

/// True when both halves are points of the curve.
[[nodiscard]] bool is_valid_musig_nonce(const MusigPublicNonce& nonce) noexcept;
/// NonceAgg of at least one nonce; none when one of them is not valid.
[[nodiscard]] std::optional<MusigPublicNonce> musig_aggregate_nonces(
    std::span<const MusigPublicNonce> nonces);

/// NonceGen. `random` is 32 fresh random bytes, which are zeros afterwards. Context and message
/// make a failure of the randomness less bad; either may be missing. None, with `nonce` zeros, when
/// the secret is not valid.
[[nodiscard]] std::optional<MusigPublicNonce> musig_make_nonce(
    MusigSecretNonce nonce, std::span<std::uint8_t, 32> random, SecretView secret,
    const MusigContext* context, const std::uint8_t* message) noexcept;

/// GetSessionValues for a message of 32 bytes; none when a half of the nonce is neither a point nor
/// the 33 zeros of infinity.
[[nodiscard]] std::optional<MusigState> musig_begin(const MusigContext& context,
                                                    const MusigPublicNonce& aggregate_nonce,
                                                    DigestView message) noexcept;

/// Sign. `nonce` is zeros afterwards, whatever the answer. None when the nonce was used or made for
/// another key, or the secret is not valid.
[[nodiscard]] std::optional<MusigPartial> musig_sign(MusigSecretNonce nonce, SecretView secret,
                                                     const MusigContext& context,
                                                     const MusigState& state) noexcept;
/// True when the bytes are a number below the order.
[[nodiscard]] bool is_valid_musig_partial(const MusigPartial& partial) noexcept;
/// PartialSigVerify: true when it is that of the key with that nonce.
[[nodiscard]] bool musig_verify(const MusigPartial& partial, const MusigPublicNonce& nonce,
                                const CompressedKey& key, const MusigContext& context,
                                const MusigState& state) noexcept;
/// PartialSigAgg: a signature, which may yet be wrong; none when a part is not below the order.
[[nodiscard]] std::optional<Signature> musig_aggregate_partials(
    const MusigState& state, std::span<const MusigPartial> partials);

}  // namespace coffer::crypto::secp256k1
