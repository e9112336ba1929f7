// SPDX-License-Identifier: MIT
// Whether an input of a chain tx satisfies the script of the output that it spends.
#pragma once

#include <cstddef>
#include <span>

#include "chain/bitcoin/raw_transaction.hpp"
#include "chain/bitcoin/script_stack.hpp"

namespace coffer::chain::bitcoin {

/// Checks one input by consensus and by the required rules of BIP-322: all signatures with
/// SIGHASH_ALL (taproot: or the default), strict DER, low s. `spent` has the output of every input.
///
/// P2PKH and other scripts, P2SH, witness versions 0 and 1 with tapscript; other versions, leaf
/// versions, annexes and operations are `open`.
[[nodiscard]] Verdict check_input(const RawTransaction& transaction, std::size_t input,
                                  std::span<const Output> spent);

}  // namespace coffer::chain::bitcoin
