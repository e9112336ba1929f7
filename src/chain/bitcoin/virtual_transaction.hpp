// SPDX-License-Identifier: MIT
// The two chain txs of BIP-322 that no network ever sees, and the texts of the second.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chain/bitcoin/raw_transaction.hpp"

namespace coffer::chain::bitcoin {

/// The tagged hash of the message.
[[nodiscard]] Digest32 bip322_message_hash(std::string_view message);
/// The one that pays the address: its only output has `script`, its only input the message's hash.
[[nodiscard]] RawTransaction to_spend(std::string_view message,
                                      std::span<const std::uint8_t> script);
/// The one that spends it, without its signatures; all times zero.
[[nodiscard]] RawTransaction to_sign(const RawTransaction& spent);

/// The format that a signature is written in.
enum class SignedForm : std::uint8_t { simple, full, proof_of_funds };

/// A signature as it was written.
struct SignedText {
  SignedForm form = SignedForm::simple;
  bool has_prefix = false;
  Bytes bytes;
};
/// Reads the prefix and the Base64; none when the latter is malformed.
[[nodiscard]] std::optional<SignedText> read_signed_text(std::string_view text);
/// The reverse, with the prefix.
[[nodiscard]] std::string signed_text(SignedForm form, std::span<const std::uint8_t> bytes);

/// The whole witness of a simple signature; none when the bytes are anything else.
[[nodiscard]] std::optional<std::vector<Bytes>> parse_witness(std::span<const std::uint8_t> bytes);

}  // namespace coffer::chain::bitcoin
