// SPDX-License-Identifier: MIT
// Amounts for people: places, safe rounding, and the marks of a language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/asset.hpp>

namespace coffer {

/// How a language writes numbers. The views outlive the style; those of the presets live for ever.
struct NumberStyle {
  std::string_view decimal_mark = ".";
  std::string_view group_mark = ",";  ///< empty: digits are not grouped
  std::string_view minus = "-";
  int group_first = 3;         ///< digits in the group before the decimal mark
  int group_next = 3;          ///< digits in each further group; 2 in India
  int group_digits_min = 1;    ///< digits needed before the first mark; 2 leaves "1234" whole
  char32_t digit_zero = U'0';  ///< the digits are this character and the nine after it
};

inline constexpr NumberStyle style_plain{".", ""};
inline constexpr NumberStyle style_en{".", ","};
inline constexpr NumberStyle style_de{",", "."};
inline constexpr NumberStyle style_fr{",", "\u202F"};
inline constexpr NumberStyle style_hi{".", ",", "-", 3, 2};

/// The style of a locale by its CLDR tag, e.g. "de-CH"; none for a tag that is not in the table of
/// 31 locales (CLDR 47, default numbering system of each).
///
/// Exact tags only: "es" writes 1.234,5 and "es-MX" writes 1,234.5, so falling back to the language
/// would change what a balance says.
[[nodiscard]] std::optional<NumberStyle> find_number_style(std::string_view locale) noexcept;

/// How `display_amount` writes.
struct DisplayOptions {
  int places_min = 0;   ///< zeros are kept up to here
  int places_max = 36;  ///< digits behind are rounded away
  /// When more than 0: an amount so small that fewer significant digits than this would be left
  /// gets more places than `places_max`, down to its smallest unit.
  int significant_min = 0;
  /// By default never shows more money than there is, nor a debt smaller than it is.
  Rounding rounding = Rounding::floor;
  NumberStyle style;
};

/// The usual options for an asset: all places of a fiat currency; 2 to 8 of a crypto asset, and at
/// least two significant digits, so that dust does not look like nothing.
[[nodiscard]] DisplayOptions display_options_for(const Asset& asset,
                                                 const NumberStyle& style = style_en) noexcept;

/// Writes units of an asset with `scale` places (clamped to 0..36) for a person to read.
///
/// For people only: the text may be rounded and is not parsed by anything here. Records and
/// interfaces take `format_decimal`. Zero never has a sign. Place numbers are clamped to 0..scale.
[[nodiscard]] std::string display_amount(const Amount& amount, int scale,
                                         const DisplayOptions& options);

}  // namespace coffer
