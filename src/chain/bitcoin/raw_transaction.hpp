// SPDX-License-Identifier: MIT
// A Bitcoin chain tx as its fields, its bytes (BIP-144), its id and what its signatures cover.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "chain/bitcoin/wire.hpp"
#include "crypto/sha256.hpp"

namespace coffer::chain::bitcoin {

using crypto::Digest32;

/// An output of an earlier chain tx. The id is in the order of the bytes, not of the displays.
struct Outpoint {
  Digest32 id{};
  std::uint32_t index = 0;
  friend bool operator==(const Outpoint&, const Outpoint&) = default;
};

struct Input {
  Outpoint spends;
  Bytes script;
  std::uint32_t sequence = 0;
  std::vector<Bytes> witness;
};

struct Output {
  std::uint64_t value = 0;  ///< Satoshi.
  Bytes script;
};

struct RawTransaction {
  std::uint32_t version = 0;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::uint32_t lock_time = 0;
};

/// The bytes as they go over the network: with witnesses when there are any.
[[nodiscard]] Bytes serialise(const RawTransaction& transaction);
/// The reverse; none when the bytes are anything else than one whole chain tx, or one whose marker
/// promises witnesses that are all empty.
[[nodiscard]] std::optional<RawTransaction> parse_transaction(std::span<const std::uint8_t> bytes);
/// The same without witnesses, as in a PSBT.
[[nodiscard]] std::optional<RawTransaction> parse_stripped(std::span<const std::uint8_t> bytes);
/// The double SHA-256 of the bytes without witnesses.
[[nodiscard]] Digest32 id_of(const RawTransaction& transaction);

// What a signature with SIGHASH_ALL covers.

/// For outputs from before segwit: `script` is the one that is run.
[[nodiscard]] Digest32 legacy_digest(const RawTransaction& transaction, std::size_t input,
                                     std::span<const std::uint8_t> script);
/// For witness version 0 (BIP-143): `script` is what the BIP calls scriptCode.
[[nodiscard]] Digest32 segwit_digest(const RawTransaction& transaction, std::size_t input,
                                     std::span<const std::uint8_t> script, std::uint64_t value);
/// For witness version 1 (BIP-341, BIP-342), with no annex. `type` is 0 (default) or 1 (all);
/// `leaf` is the hash of the leaf that is spent by, none for the key.
[[nodiscard]] Digest32 taproot_digest(const RawTransaction& transaction, std::size_t input,
                                      std::span<const Output> spent, std::uint8_t type,
                                      const std::optional<Digest32>& leaf);

/// The tagged hash of BIP-340 over the concatenation of the parts.
[[nodiscard]] Digest32 tagged_hash(
    std::string_view tag, std::initializer_list<std::span<const std::uint8_t>> parts) noexcept;

}  // namespace coffer::chain::bitcoin
