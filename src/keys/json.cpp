// SPDX-License-Identifier: MIT
// The JSON reader: one function for each rule of the grammar.
#include "keys/json.hpp"

#include <algorithm>
#include <cstdint>

#include <coffer/core/text.hpp>

namespace coffer::keys {

namespace {

constexpr std::size_t text_max = std::size_t{1} << 20;
constexpr unsigned depth_max = 32;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}

  bool document(JsonValue& value) { return element(value, 0) && text_.empty(); }

  [[nodiscard]] std::size_t left() const noexcept { return text_.size(); }

 private:
  void skip_space() noexcept {
    while (!text_.empty() &&
           (text_[0] == ' ' || text_[0] == '\t' || text_[0] == '\n' || text_[0] == '\r')) {
      text_.remove_prefix(1);
    }
  }

  bool take(std::string_view token) noexcept {
    const bool found = text_.starts_with(token);
    text_.remove_prefix(found ? token.size() : 0);
    return found;
  }

  bool element(JsonValue& value, unsigned depth) {
    skip_space();
    const bool done = depth <= depth_max && bare_value(value, depth);
    skip_space();
    return done;
  }

  bool bare_value(JsonValue& value, unsigned depth) {
    if (take("null")) {
      return true;
    }
    for (const std::string_view word : {"true", "false"}) {
      if (take(word)) {
        value.kind = JsonValue::Kind::boolean;
        value.text = word;
        return true;
      }
    }
    if (take("{")) {
      value.kind = JsonValue::Kind::object;
      return object(value, depth);
    }
    if (take("[")) {
      value.kind = JsonValue::Kind::array;
      return array(value, depth);
    }
    if (take("\"")) {
      value.kind = JsonValue::Kind::string;
      return string(value.text);
    }
    value.kind = JsonValue::Kind::number;
    return number(value.text);
  }

  bool object(JsonValue& value, unsigned depth) {
    skip_space();
    if (take("}")) {
      return true;
    }
    do {
      std::string name;
      JsonValue member;
      skip_space();
      if (!take("\"") || !string(name)) {
        return false;
      }
      skip_space();
      if (!take(":") || !element(member, depth + 1)) {
        return false;
      }
      value.names.push_back(std::move(name));
      value.items.push_back(std::move(member));
    } while (take(","));
    return take("}");
  }

  bool array(JsonValue& value, unsigned depth) {
    skip_space();
    if (take("]")) {
      return true;
    }
    do {
      JsonValue item;
      if (!element(item, depth + 1)) {
        return false;
      }
      value.items.push_back(std::move(item));
    } while (take(","));
    return take("]");
  }

  std::size_t digits() noexcept {
    const std::string_view before = text_;
    while (!text_.empty() && is_digit(text_[0])) {
      text_.remove_prefix(1);
    }
    return before.size() - text_.size();
  }

  bool number(std::string& out) {
    const std::string_view before = text_;
    take("-");
    if (!take("0") && digits() == 0) {
      return false;
    }
    if (take(".") && digits() == 0) {
      return false;
    }
    if (take("e") || take("E")) {
      if (!take("+")) {
        take("-");
      }
      if (digits() == 0) {
        return false;
      }
    }
    out = before.substr(0, before.size() - text_.size());
    return true;
  }

  bool string(std::string& out) {
    while (!text_.empty()) {
      const char c = text_[0];
      text_.remove_prefix(1);
      if (c == '"') {
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) {
        return false;
      }
      if (c != '\\') {
        out.push_back(c);
      } else if (!escape(out)) {
        return false;
      }
    }
    return false;
  }

  bool escape(std::string& out) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view values = "\"\\/\b\f\n\r\t";
    if (text_.empty()) {
      return false;
    }
    const char c = text_[0];
    text_.remove_prefix(1);
    if (const std::size_t at = names.find(c); at != std::string_view::npos) {
      out.push_back(values[at]);
      return true;
    }
    std::uint32_t point = 0;
    std::uint32_t low = 0;
    if (c != 'u' || !hex4(point) || (point >= 0xdc00 && point <= 0xdfff)) {
      return false;
    }
    if (point >= 0xd800 && point <= 0xdbff) {
      if (!take("\\u") || !hex4(low) || low < 0xdc00 || low > 0xdfff) {
        return false;
      }
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(point, out);
    return true;
  }

  bool hex4(std::uint32_t& value) noexcept {
    if (text_.size() < 4) {
      return false;
    }
    value = 0;
    for (const char c : text_.substr(0, 4)) {
      const char small = lower(c);
      if (!is_digit(small) && (small < 'a' || small > 'f')) {
        return false;
      }
      value =
          value << 4 | static_cast<std::uint32_t>(is_digit(small) ? small - '0' : small - 'a' + 10);
    }
    text_.remove_prefix(4);
    return true;
  }

  static void append_utf8(std::uint32_t point, std::string& out) {
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
      put(point);
      return;
    }
    if (point < 0x800) {
      put(0xc0 | point >> 6);
    } else if (point < 0x10000) {
      put(0xe0 | point >> 12);
      put(0x80 | (point >> 6 & 0x3f));
    } else {
      put(0xf0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3f));
      put(0x80 | (point >> 6 & 0x3f));
    }
    put(0x80 | (point & 0x3f));
  }

  std::string_view text_;
};

}  // namespace

const JsonValue* JsonValue::member(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::equal(names[i].begin(), names[i].end(), name.begin(), name.end(),
                   [](char a, char b) { return lower(a) == lower(b); })) {
      return &items[i];
    }
  }
  return nullptr;
}

const JsonValue* JsonValue::exact_member(std::string_view name) const noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

std::optional<JsonValue> parse_json(std::string_view text, std::size_t& failed_at) {
  failed_at = 0;
  if (text.size() > text_max || !is_valid_utf8(text)) {
    return std::nullopt;
  }
  JsonValue value;
  Reader reader(text);
  if (!reader.document(value)) {
    failed_at = text.size() - reader.left() + 1;
    return std::nullopt;
  }
  return value;
}

std::optional<JsonValue> parse_json(std::string_view text) {
  std::size_t failed_at = 0;
  return parse_json(text, failed_at);
}

}  // namespace coffer::keys
