// SPDX-License-Identifier: MIT
// Rounds an amount to the places that are shown, then puts in the marks of a language.
#include <coffer/core/display.hpp>

#include <algorithm>

#include "core/wide.hpp"

namespace coffer {
namespace {

constexpr int crypto_places_min = 2;
constexpr int crypto_places_max = 8;
constexpr int crypto_significant_min = 2;

int shown_places(const Amount& amount, int scale, const DisplayOptions& options) {
  int places = std::clamp(options.places_max, 0, scale);
  if (options.significant_min > 0 && !amount.is_zero()) {
    const std::string text = to_integer_text(amount);
    const int digits = static_cast<int>(text.size()) - (amount.is_negative() ? 1 : 0);
    const int significant_min = std::min(options.significant_min, asset_scale_max);
    places = std::clamp(scale - digits + significant_min, places, scale);
  }
  return std::max(places, std::clamp(options.places_min, 0, scale));
}

/// One digit of a numbering system as UTF-8.
void put_digit(std::string& text, char digit, char32_t zero) {
  const auto point = static_cast<std::uint32_t>(zero) + static_cast<std::uint32_t>(digit - '0');
  const auto tail = [&](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += {static_cast<char>(0xC0U | (point >> 6U)), tail(0)};
  } else if (point < 0x10000) {
    text += {static_cast<char>(0xE0U | (point >> 12U)), tail(6), tail(0)};
  } else {
    text += {static_cast<char>(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
  }
}

bool starts_group(std::size_t digits_left, std::size_t whole, const NumberStyle& style) {
  const auto first = static_cast<std::size_t>(std::max(style.group_first, 1));
  const auto next = static_cast<std::size_t>(std::max(style.group_next, 1));
  const auto least = static_cast<std::size_t>(std::max(style.group_digits_min, 1));
  return digits_left != whole && whole >= first + least && digits_left >= first &&
         (digits_left - first) % next == 0;
}

}  // namespace

DisplayOptions display_options_for(const Asset& asset, const NumberStyle& style) noexcept {
  DisplayOptions options;
  options.style = style;
  if (asset.kind == AssetKind::fiat) {
    options.places_min = asset.scale;
    options.places_max = asset.scale;
  } else {
    options.places_min = crypto_places_min;
    options.places_max = crypto_places_max;
    options.significant_min = crypto_significant_min;
  }
  return options;
}

std::string display_amount(const Amount& amount, int scale, const DisplayOptions& options) {
  scale = std::clamp(scale, 0, asset_scale_max);
  const int places = shown_places(amount, scale, options);
  // Divided by a power of ten, an amount always fits; dividing by one changes nothing.
  const Amount rounded =
      *from_wide(divide_rounded(to_wide(amount), power_of_ten(scale - places), options.rounding));
  const std::string plain = format_decimal(rounded, places);
  std::string_view digits = plain;
  if (rounded.is_negative()) {
    digits.remove_prefix(1);
  }
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  const auto places_min = static_cast<std::size_t>(std::clamp(options.places_min, 0, places));
  std::size_t end = digits.size();
  while (end > whole + 1 + places_min && digits[end - 1] == '0') {
    --end;
  }
  if (end == whole + 1) {
    end = whole;
  }

  std::string text;
  if (rounded.is_negative()) {
    text += options.style.minus;
  }
  for (std::size_t i = 0; i < end; ++i) {
    if (i == whole) {
      text += options.style.decimal_mark;
      continue;
    }
    if (i < whole && starts_group(whole - i, whole, options.style)) {
      text += options.style.group_mark;
    }
    put_digit(text, digits[i], options.style.digit_zero);
  }
  return text;
}

}  // namespace coffer
