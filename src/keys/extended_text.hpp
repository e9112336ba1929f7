// SPDX-License-Identifier: MIT
// The 78 bytes of an extended key behind their Base58Check text.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/extended_key.hpp>

namespace coffer::keys {

/// What a text says, its key not yet checked against the curve.
struct ExtendedText {
  KeyVersion version;
  KeyOrigin origin;
  Secret chain_and_key;  ///< 32 bytes of chain code, 33 of key.
};

/// Reads the text of a public or of a private key. Fails with `extended_key`.
[[nodiscard]] Result<ExtendedText> read_extended_text(std::string_view text, bool is_private);

/// Writes it. `key` is 33 bytes, a private one with a zero in front.
[[nodiscard]] Secret write_extended_text(std::uint32_t version, const KeyOrigin& origin,
                                         std::span<const std::uint8_t, 32> chain_code,
                                         std::span<const std::uint8_t, 33> key);

}  // namespace coffer::keys
