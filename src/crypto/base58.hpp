// SPDX-License-Identifier: MIT
// Base58 and Base58Check, the text form of Bitcoin's addresses and keys; any alphabet of 58
// letters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::crypto {

/// Bitcoin's alphabet; Solana, TRON, Stellar's neighbours use it too.
inline constexpr std::string_view base58_bitcoin =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// XRP's alphabet.
inline constexpr std::string_view base58_ripple =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// The longest text that the decoders look at: decoding takes quadratic time.
inline constexpr std::size_t base58_text_max = 512;

/// The text of `bytes`; a leading zero byte is one leading first letter. Quadratic in the size.
[[nodiscard]] std::string base58_encode(std::span<const std::uint8_t> bytes,
                                        std::string_view alphabet = base58_bitcoin);

/// Writes the text of at most 64 bytes to `out` and says its number of characters; 0 when there are
/// more bytes, none, or `out` is too small. Takes no memory.
[[nodiscard]] std::size_t base58_write(std::span<const std::uint8_t> bytes, std::span<char> out,
                                       std::string_view alphabet = base58_bitcoin) noexcept;

/// The same of at most 60 bytes followed by the first four bytes of their double SHA-256.
[[nodiscard]] std::size_t base58check_write(std::span<const std::uint8_t> bytes,
                                            std::span<char> out,
                                            std::string_view alphabet = base58_bitcoin) noexcept;

/// The bytes of `text`; none when a character is foreign to the alphabet or the text too long.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base58_decode(
    std::string_view text, std::string_view alphabet = base58_bitcoin);

/// The text of `bytes` followed by the first four bytes of their double SHA-256.
[[nodiscard]] std::string base58check_encode(std::span<const std::uint8_t> bytes,
                                             std::string_view alphabet = base58_bitcoin);

/// Why a Base58Check text was refused.
enum class Base58Error : std::uint8_t { none, syntax, too_short, checksum };

/// The bytes without their checksum, or the reason.
struct Base58Checked {
  Base58Error error = Base58Error::none;
  std::vector<std::uint8_t> bytes;
};

/// The reverse of `base58check_encode`.
[[nodiscard]] Base58Checked base58check_decode(std::string_view text,
                                               std::string_view alphabet = base58_bitcoin);

}  // namespace coffer::crypto
