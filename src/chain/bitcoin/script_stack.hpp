// SPDX-License-Identifier: MIT
// The stack of a running script and the operations that need nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "chain/bitcoin/script.hpp"

namespace coffer::chain::bitcoin {

/// What came of a check. `open`: it holds something that is not known here.
enum class Judgement : std::uint8_t { valid, invalid, open };

struct Verdict {
  Judgement judgement = Judgement::valid;
  std::string_view reason;  ///< A literal; empty when valid.
  [[nodiscard]] bool is_valid() const noexcept { return judgement == Judgement::valid; }
};
[[nodiscard]] constexpr Verdict invalid(std::string_view reason) noexcept {
  return {Judgement::invalid, reason};
}
[[nodiscard]] constexpr Verdict open_verdict(std::string_view reason) noexcept {
  return {Judgement::open, reason};
}

/// The elements, the top one last.
class ScriptStack {
 public:
  [[nodiscard]] bool pop(Bytes& out);
  /// Takes a number of at most four bytes.
  [[nodiscard]] Verdict pop_number(std::int64_t& value);
  /// Takes a count, at most `count_max`, and as many elements, the top one first.
  [[nodiscard]] Verdict pop_list(std::int64_t count_max, std::vector<Bytes>& list);
  void push(Bytes element) { elements_.push_back(std::move(element)); }
  void push_truth(bool value) { elements_.push_back(value ? Bytes{1} : Bytes{}); }
  void push_number(std::int64_t value) { elements_.push_back(script_number_bytes(value)); }

  /// Runs an operation that moves, compares, counts or hashes elements. `is_known` is false for
  /// any other operation, and nothing is done then.
  [[nodiscard]] Verdict run(Op op, bool& is_known);
  /// Pushes a truth, or takes it as the condition of a verifying operation.
  [[nodiscard]] Verdict conclude(bool value, bool is_verifying);
  /// Takes a truth that must hold.
  [[nodiscard]] Verdict verify();

  [[nodiscard]] std::size_t size() const noexcept { return elements_.size(); }
  [[nodiscard]] const Bytes& top() const noexcept { return elements_.back(); }

 private:
  [[nodiscard]] Verdict arrange(Op op);
  [[nodiscard]] Verdict compare(bool is_verifying);
  [[nodiscard]] Verdict change_number(Op op);
  [[nodiscard]] Verdict combine(Op op);
  [[nodiscard]] Verdict hash(Op op);

  std::vector<Bytes> elements_;
};

/// Whether a stack element counts as true.
[[nodiscard]] bool is_true(std::span<const std::uint8_t> element) noexcept;

/// The verdict on an operation that finds too little.
inline constexpr Verdict too_few = {Judgement::invalid, "the script takes more than the stack has"};

}  // namespace coffer::chain::bitcoin
