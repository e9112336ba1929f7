// SPDX-License-Identifier: MIT
// Reading Bech32 addresses with a reason for each refusal.
#pragma once

#include <string_view>

#include <coffer/core/result.hpp>

#include "crypto/bech32.hpp"

namespace coffer::chain {

/// Whether a text can only be meant as Bech32: one case, a prefix, '1', and letters of its
/// alphabet.
[[nodiscard]] bool looks_like_bech32(std::string_view text) noexcept;

/// A Bech32 or Bech32m text whose prefix must be `prefix`; which of the two is the caller's to
/// check. Fails with `address_syntax`, `address_checksum`.
[[nodiscard]] Result<crypto::Bech32Text> read_bech32(std::string_view text,
                                                     std::string_view prefix);

}  // namespace coffer::chain
