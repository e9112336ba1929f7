// SPDX-License-Identifier: MIT
// Signing with the bytes of a private key.
#pragma once

#include <cstdint>
#include <span>

#include <coffer/core/result.hpp>
#include <coffer/keys/curve.hpp>
#include <coffer/keys/signer.hpp>

namespace coffer::keys {

/// Signs `request.message` with a valid private key of `curve`. Fails with `invalid_argument`,
/// `invalid_key` (the tweak gives no key), `unsupported` (OpenSSL refuses).
[[nodiscard]] Result<Signature> sign_with(Curve curve, std::span<const std::uint8_t, 32> key,
                                          const SignRequest& request);

/// Whether the scheme exists on the curve and the message has a size for it.
[[nodiscard]] Status check_scheme(Curve curve, SignatureScheme scheme,
                                  std::span<const std::uint8_t> message);

}  // namespace coffer::keys
