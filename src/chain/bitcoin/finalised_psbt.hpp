// SPDX-License-Identifier: MIT
// Reads what a proof of funds is written in: a finalised PSBT (BIP-174).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "chain/bitcoin/raw_transaction.hpp"

namespace coffer::chain::bitcoin {

/// The chain tx with its signatures in place, and what each input spends where the PSBT says so.
struct FinalisedPsbt {
  RawTransaction transaction;
  std::vector<std::optional<Output>> spent;
};

/// Reads a PSBT of version 0. Outputs of whole earlier chain txs are checked against the ids of the
/// inputs and serve later inputs of the same id too, as BIP-322 allows. Returns none and a reason
/// when the bytes are malformed.
[[nodiscard]] std::optional<FinalisedPsbt> parse_finalised_psbt(std::span<const std::uint8_t> bytes,
                                                                std::string_view& reason);

}  // namespace coffer::chain::bitcoin
