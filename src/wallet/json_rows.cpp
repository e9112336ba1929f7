// SPDX-License-Identifier: MIT
// JSON: objects one after the other, or in an array; each is cut out, then read strictly.
#include <algorithm>
#include <string>

#include <coffer/core/text.hpp>
#include <coffer/wallet/row_readers.hpp>

#include "keys/json.hpp"
#include "wallet/text_stream.hpp"

namespace coffer {
namespace {

using keys::JsonValue;
using wallet::TextStream;

Error broken(std::string message) { return {Code::invalid_argument, std::move(message)}; }

bool is_blank(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void write_string(std::string_view text, std::string* out) {
  *out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      *out += '\\';
    }
    *out += byte < 0x20 ? "\\u00" + to_hex(std::span(&byte, 1)) : std::string(1, c);
  }
  *out += '"';
}

/// The value as compact JSON; numbers stay as they were written.
void write(const JsonValue& value, std::string* out) {
  const bool is_object = value.kind == JsonValue::Kind::object;
  switch (value.kind) {
    case JsonValue::Kind::null: *out += "null"; return;
    case JsonValue::Kind::boolean:
    case JsonValue::Kind::number: *out += value.text; return;
    case JsonValue::Kind::string: write_string(value.text, out); return;
    case JsonValue::Kind::array:
    case JsonValue::Kind::object: break;
  }
  *out += is_object ? '{' : '[';
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    *out += i == 0 ? "" : ",";
    if (is_object) {
      write_string(value.names[i], out);
      *out += ':';
    }
    write(value.items[i], out);
  }
  *out += is_object ? '}' : ']';
}

}  // namespace

class JsonRows::State {
 public:
  explicit State(TextPieces& pieces) : stream_(pieces) {}

  Result<bool> next(Item& item) {
    item = Item{};
    COFFER_TRY_ASSIGN(const bool has_object, find_object());
    if (!has_object) {
      return false;
    }
    line_ = stream_.line();
    ++row_;
    COFFER_TRY(cut_object());
    const std::string fault = read_object(item.row);
    if (!fault.empty()) {
      item.row = {};
      item.error = broken(place() + fault);
    }
    return true;
  }

 private:
  [[nodiscard]] std::string place() const {
    return "row " + std::to_string(row_) + " (line " + std::to_string(line_) + "): ";
  }

  int skip_blanks() {
    while (is_blank(stream_.peek())) {
      stream_.take();
    }
    return stream_.peek();
  }

  Error unexpected(std::string_view wanted) {
    const int c = stream_.peek();
    const char shown = static_cast<char>(c);
    return broken("line " + std::to_string(stream_.line()) + ": " +
                  (c == TextStream::end ? "the text ends" : wallet::shown({&shown, 1})) +
                  " where there should be " + std::string(wanted));
  }

  /// Goes to the next '{'; false at the end of the text.
  Result<bool> find_object() {
    int c = skip_blanks();
    COFFER_TRY(stream_.status());
    if (row_ == 0 && !is_array_ && c == '[') {
      is_array_ = true;
      stream_.take();
      c = skip_blanks();
    } else if (is_array_ && c == ',' && row_ > 0) {
      stream_.take();
      if (skip_blanks() != '{') {
        return unexpected("an object");
      }
      return true;
    }
    if (is_array_ && (c == ']' || is_closed_)) {
      if (!is_closed_) {
        stream_.take();
        is_closed_ = true;
      }
      return skip_blanks() == TextStream::end ? Result<bool>(false) : unexpected("nothing more");
    }
    if (c == TextStream::end && !is_array_) {
      COFFER_TRY(stream_.status());
      return false;
    }
    if (c != '{' || (is_array_ && row_ > 0)) {
      return unexpected(is_array_ && row_ > 0 ? "',' or ']'" : "an object");
    }
    return true;
  }

  /// Takes the text from '{' to the '}' that closes it.
  Status cut_object() {
    text_.clear();
    int depth = 0;
    bool is_in_string = false;
    do {
      const int c = stream_.take();
      COFFER_TRY(stream_.status());
      if (c == TextStream::end) {
        return broken(place() + "the text ends within the object");
      }
      if (text_.size() == wallet::row_bytes_max) {
        return broken(place() + "is longer than 65536 bytes");
      }
      text_.push_back(static_cast<char>(c));
      if (is_in_string && c == '\\' && stream_.peek() != TextStream::end) {
        text_.push_back(static_cast<char>(stream_.take()));
      } else if (c == '"') {
        is_in_string = !is_in_string;
      } else if (!is_in_string) {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
    } while (depth > 0);
    return {};
  }

  /// What is wrong with the object; empty when `row` has it.
  std::string read_object(WalletRow& row) {
    std::optional<JsonValue> object = keys::parse_json(text_);
    if (!object) {
      return "is no well-formed JSON object";
    }
    object_ = *std::move(object);
    for (std::size_t i = 0; i < object_.names.size(); ++i) {
      const std::string& name = object_.names[i];
      const JsonValue& value = object_.items[i];
      if (std::find(object_.names.begin(), object_.names.begin() + static_cast<long>(i), name) !=
          object_.names.begin() + static_cast<long>(i)) {
        return "the member " + wallet::shown(name) + " stands there twice";
      }
      std::string_view* field = name == "user"      ? &row.user
                                : name == "network" ? &row.network
                                : name == "key"     ? &row.key
                                : name == "label"   ? &row.label
                                : name == "extra"   ? &row.extra
                                                    : nullptr;
      if (field == nullptr) {
        return wallet::shown(name) + " is no member; there are user, network, key, label, extra";
      }
      if (value.kind == JsonValue::Kind::string) {
        *field = value.text;
      } else if (name == "extra" && value.kind == JsonValue::Kind::object) {
        extra_.clear();
        write(value, &extra_);
        *field = extra_;
      } else if (value.kind != JsonValue::Kind::null) {
        return "'" + name + "' is no string" + (name == "extra" ? " and no object" : "");
      }
    }
    return {};
  }

  TextStream stream_;
  bool is_array_ = false;
  bool is_closed_ = false;
  std::string text_;
  JsonValue object_;
  std::string extra_;
  std::int64_t line_ = 0;
  std::int64_t row_ = 0;
};

JsonRows::JsonRows(TextPieces& pieces) : state_(std::make_unique<State>(pieces)) {}

JsonRows::~JsonRows() = default;

Result<bool> JsonRows::next(Item& item) { return state_->next(item); }

}  // namespace coffer
