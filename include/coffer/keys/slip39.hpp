// SPDX-License-Identifier: MIT
// Shares of a secret (SLIP-39): guardians of whom a few together bring it back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/random.hpp>

namespace coffer::keys {

/// A group of guardians: any `threshold` of its `count` shares speak for it.
struct ShareGroup {
  unsigned threshold = 1;  ///< 1 to `count`.
  unsigned count = 1;      ///< 1 to 16; with a threshold of 1 only 1, as one share then says all.
};

/// How a secret is split.
struct ShareOptions {
  unsigned group_threshold = 1;     ///< How many groups are needed: 1 to the number of groups.
  unsigned iteration_exponent = 1;  ///< The passphrase costs 10,000 * 2^this rounds; 0 to 15.
  /// Shares of one secret made at different times have different identifiers and, when this is
  /// true, nevertheless open under the same passphrase.
  bool is_extendable = true;
};

/// What one share says about its set.
struct ShareInfo {
  std::uint16_t identifier = 0;  ///< 15 bits that all shares of a set have in common.
  bool is_extendable = false;
  unsigned iteration_exponent = 0;
  unsigned group_index = 0;  ///< Counted from 0.
  unsigned group_threshold = 0;
  unsigned group_count = 0;
  unsigned member_index = 0;  ///< Counted from 0.
  unsigned member_threshold = 0;
  std::size_t secret_size = 0;  ///< In bytes.
};

/// Splits `secret` among groups; the result has one list of sentences for each group.
///
/// `secret` has 16 to 64 bytes, an even number: for a wallet the seed's entropy or the seed itself.
/// Every passphrase opens the shares and gives another secret, so that a coerced guardian can be
/// given a decoy; a mistyped one is therefore not noticed.
/// Fails with `out_of_range` (the secret's size, the number of groups, a threshold, a count, the
/// exponent), `invalid_argument` (the passphrase has characters outside printable ASCII: the
/// standard knows no others); then as `random` fails.
/// Cost: 20,000 * 2^exponent HMACs.
[[nodiscard]] Result<std::vector<std::vector<Secret>>> split_secret(
    std::span<const std::uint8_t> secret, std::span<const ShareGroup> groups,
    std::string_view passphrase = {}, const ShareOptions& options = {},
    RandomSource& random = system_random());

/// Brings the secret back from exactly the threshold number of groups, each with exactly its
/// threshold of shares: more are refused, as the standard says, because a surplus share is a sign
/// of a mistake.
///
/// Fails with `share_invalid` (a sentence does not parse, or the shares do not fit together or are
/// too few; the message names the share, counted from 1, or the group, never a word),
/// `invalid_argument` (the passphrase).
[[nodiscard]] Result<Secret> combine_shares(std::span<const std::string_view> shares,
                                            std::string_view passphrase = {});

/// What one share says. Fails with `share_invalid`.
[[nodiscard]] Result<ShareInfo> inspect_share(std::string_view share);

}  // namespace coffer::keys
