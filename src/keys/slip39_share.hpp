// SPDX-License-Identifier: MIT
// One share of SLIP-39: its fields, its words and its checksum.
#pragma once

#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/slip39.hpp>

namespace coffer::keys {

/// The size of the smallest and largest secret, in bytes.
inline constexpr std::size_t share_secret_min = 16;
inline constexpr std::size_t share_secret_max = 64;

struct Share {
  ShareInfo info;
  Secret value;
};

/// Reads a sentence. `where` begins the message of a failure, which is `share_invalid`.
[[nodiscard]] Result<Share> read_share(std::string_view sentence, std::string_view where);

/// Writes it.
[[nodiscard]] Secret write_share(const Share& share);

}  // namespace coffer::keys
