// SPDX-License-Identifier: MIT
// How 31 locales write numbers: separators, grouping and digits as published in CLDR 47.
#include <algorithm>

#include <coffer/core/display.hpp>

namespace coffer {
namespace {

struct LocaleStyle {
  std::string_view locale;
  NumberStyle style;
};

constexpr LocaleStyle table[] = {
    {"ar", {".", ",", "\u200E-"}},
    {"bn", {".", ",", "-", 3, 2, 1, U'\u09E6'}},
    {"cs", {",", "\u00A0"}},
    {"de", {",", "."}},
    {"de-CH", {".", "\u2019"}},
    {"en", {".", ","}},
    {"en-CH", {".", "\u2019"}},
    {"en-IN", {".", ",", "-", 3, 2}},
    {"en-ZA", {",", "\u00A0"}},
    {"es", {",", ".", "-", 3, 3, 2}},
    {"es-419", {".", ","}},
    {"fa", {"\u066B", "\u066C", "\u200E\u2212", 3, 3, 1, U'\u06F0'}},
    {"fr", {",", "\u202F"}},
    {"fr-CH", {",", "\u202F"}},
    {"he", {".", ",", "\u200E-"}},
    {"hi", {".", ",", "-", 3, 2}},
    {"id", {",", "."}},
    {"ja", {".", ","}},
    {"ko", {".", ","}},
    {"nb", {",", "\u00A0", "\u2212"}},
    {"nl", {",", "."}},
    {"pl", {",", "\u00A0", "-", 3, 3, 2}},
    {"pt", {",", "."}},
    {"pt-PT", {",", "\u00A0", "-", 3, 3, 2}},
    {"ru", {",", "\u00A0"}},
    {"sv", {",", "\u00A0", "\u2212"}},
    {"th", {".", ","}},
    {"tr", {",", "."}},
    {"vi", {",", "."}},
    {"zh", {".", ","}},
    {"zh-Hant", {".", ","}},
};

}  // namespace

std::optional<NumberStyle> find_number_style(std::string_view locale) noexcept {
  const auto* const found =
      std::find_if(std::begin(table), std::end(table),
                   [&](const LocaleStyle& row) { return row.locale == locale; });
  return found != std::end(table) ? std::optional<NumberStyle>(found->style) : std::nullopt;
}

}  // namespace coffer
