// SPDX-License-Identifier: MIT
// Bech32 (BIP-173) and Bech32m (BIP-350), and the segwit addresses made of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::crypto {

/// Which constant the checksum ends in.
enum class Bech32 : std::uint8_t { bech32, bech32m };

/// The longest text of a segwit address. Other users of the code allow more: give their limit.
inline constexpr std::size_t bech32_text_max = 90;

/// Why a text was refused. `variant` means: valid, but with the checksum of the other standard.
enum class Bech32Error : std::uint8_t {
  none,
  syntax,        ///< No separator, an empty or foreign part, or a character that is not allowed.
  mixed_case,    ///< Upper and lower case in one text.
  too_long,      ///< Longer than the limit.
  checksum,      ///< The checksum fails under both standards.
  variant,       ///< The checksum is that of the other standard.
  padding,       ///< The bits that fill the last group are not zero, or are too many.
  version,       ///< A witness version above 16.
  program_size,  ///< A witness program of a size that its version does not allow.
};

/// What a Bech32 text says.
struct Bech32Text {
  Bech32Error error = Bech32Error::none;
  Bech32 variant = Bech32::bech32;
  std::string prefix;                ///< In lower case.
  std::vector<std::uint8_t> groups;  ///< Of five bits each, the checksum left out.
};

/// The text of five-bit `groups` after `prefix`; none when a prefix or group is not allowed, or the
/// text would be longer than `text_max`.
[[nodiscard]] std::optional<std::string> bech32_encode(Bech32 variant, std::string_view prefix,
                                                       std::span<const std::uint8_t> groups,
                                                       std::size_t text_max = bech32_text_max);

/// Writes the text of `head` (groups of five bits) and then of `bytes` to `out` and says its number
/// of characters; 0 when `bech32_encode` would refuse or `out` is too small. Takes no memory.
[[nodiscard]] std::size_t bech32_write(Bech32 variant, std::string_view prefix,
                                       std::span<const std::uint8_t> head,
                                       std::span<const std::uint8_t> bytes,
                                       std::span<char> out) noexcept;

/// Reads a text under either standard and says which one it was.
[[nodiscard]] Bech32Text bech32_decode(std::string_view text,
                                       std::size_t text_max = bech32_text_max);

/// Bytes as groups of five bits, the last one filled with zeros.
[[nodiscard]] std::vector<std::uint8_t> to_five_bits(std::span<const std::uint8_t> bytes);

/// The reverse; none when the filling is not zero or is a whole group.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> from_five_bits(
    std::span<const std::uint8_t> groups);

/// A segwit output: witness version 0 to 16 and program of 2 to 40 bytes.
struct WitnessProgram {
  Bech32Error error = Bech32Error::none;
  std::uint8_t version = 0;
  std::vector<std::uint8_t> program;
  std::string prefix;
};

/// The address of a witness program: Bech32 for version 0, Bech32m above. None when the version or
/// the size is not allowed (version 0: 20 or 32 bytes).
[[nodiscard]] std::optional<std::string> segwit_encode(std::string_view prefix,
                                                       std::uint8_t version,
                                                       std::span<const std::uint8_t> program);

/// The reverse of `segwit_encode` for any prefix; the caller compares the prefix with its
/// network's.
[[nodiscard]] WitnessProgram segwit_decode(std::string_view text);

}  // namespace coffer::crypto
