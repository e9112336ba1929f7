// SPDX-License-Identifier: MIT
// Derivation paths (BIP-32, BIP-44): the way from a master key to one of its descendants.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <coffer/core/result.hpp>

namespace coffer::keys {

/// The bit that makes a child number hardened.
inline constexpr std::uint32_t hardened_bit = 0x80000000U;

/// Child number `index` (below 2^31) in its hardened form, written `index'`.
[[nodiscard]] constexpr std::uint32_t hardened(std::uint32_t index) noexcept {
  return index | hardened_bit;
}

/// Whether a child number is hardened: such a child needs the parent's private key.
[[nodiscard]] constexpr bool is_hardened(std::uint32_t step) noexcept {
  return (step & hardened_bit) != 0;
}

/// Steps from a key to a descendant, at most 255 of them.
///
/// A path prints as it was written: with or without the leading "m", with ', h or H as the mark of
/// a hardened step. Two paths are equal when their steps are. Threads: like a plain struct.
class Path {
 public:
  /// The most steps that a path may have: an extended key counts its depth in one byte.
  static constexpr std::size_t depth_max = 255;

  /// No step: the key itself. Prints as "m".
  Path() = default;
  /// A path of these child numbers, hardened ones with their bit set; more than `depth_max` are cut
  /// off. Prints with "m" and the mark '.
  explicit Path(std::vector<std::uint32_t> steps);
  Path(std::initializer_list<std::uint32_t> steps);

  /// Reads "m/84'/0'/0'/0/5", "84h/0h/0h" or "m".
  ///
  /// Each step is a decimal number below 2^31 without leading zeros, and the mark of hardened steps
  /// is the same throughout. "m/" and an empty text are refused.
  /// Fails with `derivation_path`; the message names the step, counted from 1, and the reason.
  [[nodiscard]] static Result<Path> parse(std::string_view text);

  /// m / purpose' / coin_type' / account', the account node of BIP-44, 49, 84 and 86. Numbers are
  /// below 2^31; `coin_type` is that of SLIP-44.
  [[nodiscard]] static Path account(std::uint32_t purpose, std::uint32_t coin_type,
                                    std::uint32_t account);

  [[nodiscard]] std::span<const std::uint32_t> steps() const noexcept { return steps_; }
  [[nodiscard]] std::size_t depth() const noexcept { return steps_.size(); }
  /// Whether any step is hardened, so that a public key can't take this path.
  [[nodiscard]] bool has_hardened() const noexcept;

  /// This path and one step more; unchanged when it has `depth_max` steps.
  [[nodiscard]] Path child(std::uint32_t step) const;
  /// This path and then `tail`, as far as `depth_max` allows.
  [[nodiscard]] Path joined(const Path& tail) const;

  /// The text, as it was written.
  [[nodiscard]] std::string to_text() const;

  friend bool operator==(const Path& a, const Path& b) noexcept { return a.steps_ == b.steps_; }

 private:
  std::vector<std::uint32_t> steps_;
  char mark_ = '\'';
  bool has_root_ = true;
};

}  // namespace coffer::keys
