// SPDX-License-Identifier: MIT
// What a signer does with a private key in MuSig2: the only code that sees secret nonces.
#pragma once

#include <cstdint>
#include <span>

#include <coffer/keys/musig.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::keys {

class MusigSigning {
 public:
  /// Fails with `unsupported`, `invalid_argument` (the key's curve).
  [[nodiscard]] static Result<MusigNonce> make_nonce(std::span<const std::uint8_t, 32> private_key,
                                                     const MusigNonceRequest& request);
  /// Fails with `unsupported`, `invalid_argument` (the curve, a nonce that is spent or another
  /// key's), `invalid_key` (none of the session's), `signature_invalid` (a fault).
  [[nodiscard]] static Result<MusigPartialSignature> sign(
      std::span<const std::uint8_t, 32> private_key, const KeyReference& key,
      const MusigSession& session, MusigNonce nonce);
};

}  // namespace coffer::keys
