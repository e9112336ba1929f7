// SPDX-License-Identifier: MIT
// Text at the border: UTF-8, hexadecimal and RFC 3339 times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>

namespace coffer {

/// The number of bytes at the front of `text` that are whole, well-formed UTF-8 characters; equal
/// to `text.size()` when all are.
///
/// Well-formed as in Unicode 15, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF.
/// Cost: linear; eight ASCII bytes a step.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text) noexcept;

/// True when all of `text` is well-formed UTF-8. NUL and control characters are well-formed.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// Lower-case hexadecimal, two digits a byte. Not constant in time: never for secrets.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);

/// Reads what `to_hex` writes, and capital digits too; no "0x", no blanks. Empty gives empty.
/// Fails with `invalid_argument` (odd length, or the message names the position, counted from 1).
[[nodiscard]] Result<std::vector<std::uint8_t>> parse_hex(std::string_view text);

/// The time in UTC as RFC 3339: "2024-12-22T10:15:30.000000001Z".
///
/// The fraction is left out when it is zero and has 3, 6 or 9 digits otherwise. Every `Timestamp`
/// can be written, from 1677-09-21 to 2262-04-11.
[[nodiscard]] std::string format_time(Timestamp time);

/// Reads an RFC 3339 date-time: full date, "T", time with an optional fraction of 1..9 digits, and
/// "Z" or an offset such as "+08:00". "t" and "z" are read too (RFC 3339, 5.6); a blank in place of
/// "T" is not.
///
/// The very start of 1970 reads as the `Timestamp` that means "none".
/// A second of 60 is refused: a `Timestamp` counts no leap seconds, so it has no place for one.
/// Fails with `invalid_argument` (the message names the position, counted from 1), then
/// `out_of_range` (before 1677-09-21 or after 2262-04-11).
[[nodiscard]] Result<Timestamp> parse_time(std::string_view text);

}  // namespace coffer
