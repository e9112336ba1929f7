// SPDX-License-Identifier: MIT
// A strict reader of small JSON texts (RFC 8259): what keystores of other programs are written in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coffer::keys {

/// A value; numbers stay the text that they were, so that nothing is rounded.
struct JsonValue {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  std::string text;                ///< Of a number, a string, "true" or "false".
  std::vector<JsonValue> items;    ///< Of an array, or the members' values of an object.
  std::vector<std::string> names;  ///< The members' names, in the order of `items`.

  /// The member of an object, by its name without regard to ASCII case; null when there is none.
  [[nodiscard]] const JsonValue* member(std::string_view name) const noexcept;
  /// The member of exactly that name, the first of several; null when there is none.
  [[nodiscard]] const JsonValue* exact_member(std::string_view name) const noexcept;
};

/// The value of a whole text; none when it is malformed, deeper than 32 or longer than 1 MiB.
[[nodiscard]] std::optional<JsonValue> parse_json(std::string_view text);
/// The same; `failed_at` is the position of what can't be read, counted from 1, or 0 where the
/// whole text is to blame (its length, its UTF-8).
[[nodiscard]] std::optional<JsonValue> parse_json(std::string_view text, std::size_t& failed_at);

}  // namespace coffer::keys
