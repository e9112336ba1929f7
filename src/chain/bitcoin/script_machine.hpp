// SPDX-License-Identifier: MIT
// Runs the part of Bitcoin Script that wallets use; whatever else a script has makes the answer
// open, never "valid".
#pragma once

#include <cstdint>
#include <span>

#include "chain/bitcoin/script_stack.hpp"

namespace coffer::chain::bitcoin {

/// Under which rules a script runs.
enum class ScriptRules : std::uint8_t { legacy, segwit, tapscript };

/// What a running script asks about the chain tx that spends.
class SpendContext {
 public:
  virtual ~SpendContext() = default;
  /// Whether a signature that is not empty is right for `key` in `script`. A verdict that is not
  /// valid ends the script: the signature's form, its type, the key's form.
  [[nodiscard]] virtual Verdict check_signature(std::span<const std::uint8_t> signature,
                                                std::span<const std::uint8_t> key,
                                                std::span<const std::uint8_t> script,
                                                bool& is_right) = 0;
  [[nodiscard]] virtual bool reaches_lock_time(std::int64_t time) const = 0;
  [[nodiscard]] virtual bool reaches_sequence(std::int64_t sequence) const = 0;

 protected:
  SpendContext() = default;
  SpendContext(const SpendContext&) = default;
  SpendContext& operator=(const SpendContext&) = default;
};

/// Runs `script` on `stack` with the rules that BIP-322 adds to consensus: shortest pushes, no code
/// separator, failed signatures must be empty, conditions are empty or 1. What remains on the stack
/// is the caller's to judge.
[[nodiscard]] Verdict run_script(std::span<const std::uint8_t> script, ScriptRules rules,
                                 SpendContext& context, ScriptStack& stack);

}  // namespace coffer::chain::bitcoin
