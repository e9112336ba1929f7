// SPDX-License-Identifier: MIT
// Any bytes given to the readers of wallet rows: they end, keep their limits whatever the pieces,
// say why in words that can be shown, and read what is written from a row as that row.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/text.hpp>
#include <coffer/wallet/row_readers.hpp>

namespace {

using coffer::Code;
using coffer::CsvRows;
using coffer::Error;
using coffer::JsonRows;
using coffer::Result;
using coffer::WalletRow;
using coffer::WalletRowReader;

constexpr std::size_t row_bytes_max = 64 * 1024;

void demand(bool condition, const char* what) {
  if (!condition) {
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
  }
}

/// The text in pieces of one size.
class Pieces final : public coffer::TextPieces {
 public:
  Pieces(std::string_view text, std::size_t size) : text_(text), size_(size) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    demand(!buffer.empty(), "there is room for a piece");
    const std::size_t taken = std::min({buffer.size(), text_.size(), size_});
    std::copy_n(text_.begin(), taken, buffer.begin());
    text_.remove_prefix(taken);
    return taken;
  }

 private:
  std::string_view text_;
  std::size_t size_;
};

/// A row with texts of its own, or what is wrong with it, or (the last one) with the whole text.
struct Read {
  std::vector<std::string> fields;
  std::string message;
  Code code = Code::ok;
  bool is_whole_text = false;

  bool operator==(const Read&) const = default;
};

void check_message(const Error& error) {
  demand(error.code == Code::invalid_argument, "the readers know one failure");
  demand(!error.message.empty() && error.message.size() <= 251, "a message has its size");
  demand(coffer::is_valid_utf8(error.message), "a message is UTF-8");
  demand(std::none_of(error.message.begin(), error.message.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
         "a message can be shown");
}

Read keep(const WalletRowReader::Item& item) {
  if (item.error.code != Code::ok) {
    check_message(item.error);
    return {{}, item.error.message, item.error.code, false};
  }
  Read read;
  std::size_t bytes = 0;
  for (const std::string_view field :
       {item.row.user, item.row.network, item.row.key, item.row.label, item.row.extra}) {
    read.fields.emplace_back(field);
    bytes += field.size();
  }
  // JSON that is written anew takes six bytes for a control character.
  demand(bytes <= 6 * row_bytes_max, "a row keeps its limit");
  return read;
}

template <class Reader>
std::vector<Read> read_all(std::string_view text, std::size_t piece) {
  Pieces pieces(text, piece);
  Reader reader(pieces);
  std::vector<Read> all;
  for (;;) {
    WalletRowReader::Item item;
    const Result<bool> has_row = reader.next(item);
    if (!has_row) {
      check_message(has_row.error());
      all.push_back({{}, has_row.error().message, has_row.error().code, true});
      return all;
    }
    if (!*has_row) {
      const Result<bool> again = reader.next(item);
      demand(again.has_value() && !*again, "the end stays the end");
      return all;
    }
    all.push_back(keep(item));
    demand(all.size() <= text.size() + 1, "there are no more rows than bytes");
  }
}

/// Escaped it could be beyond the limit.
bool is_long(const Read& row) {
  std::size_t bytes = 0;
  for (const std::string& field : row.fields) {
    bytes += field.size();
  }
  return bytes > row_bytes_max / 8;
}

std::string as_csv(const std::vector<Read>& rows) {
  std::string text = "user,network,key,label,extra\n";
  for (const Read& row : rows) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : row.fields[i]) {
        text.append(c == '"' ? 2 : 1, c);
      }
      text += '"';
    }
    text += "\r\n";
  }
  return text;
}

std::string as_json(const std::vector<Read>& rows) {
  static constexpr std::array<const char*, 5> names{"user", "network", "key", "label", "extra"};
  std::string text = "[";
  for (const Read& row : rows) {
    text += text.size() == 1 ? "{" : ",{";
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      text += (i == 0 ? "\"" : ",\"") + std::string(names.at(i)) + "\":\"";
      for (const char c : row.fields[i]) {
        std::array<char, 8> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned char>(c));
        text += c == '"' || c == '\\'                  ? std::string("\\") + c
                : static_cast<unsigned char>(c) < 0x20 ? std::string(escaped.data())
                                                       : std::string(1, c);
      }
      text += '"';
    }
    text += '}';
  }
  return text + "]";
}

}  // namespace

/// The first byte chooses the form, the second the size of the pieces: "c1" and "j1" begin the
/// committed inputs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const bool is_csv = data[0] % 2 == 1;
  const std::size_t piece = data[1] % 48U == 0 ? 1 : data[1];
  const auto read = is_csv ? read_all<CsvRows> : read_all<JsonRows>;
  std::vector<Read> rows = read(text, SIZE_MAX);
  demand(read(text, piece) == rows, "pieces make no difference");
  std::erase_if(rows, [](const Read& row) { return row.code != Code::ok || is_long(row); });
  demand(read_all<CsvRows>(as_csv(rows), SIZE_MAX) == rows, "CSV reads as it was written");
  if (!is_csv) {
    demand(read_all<JsonRows>(as_json(rows), SIZE_MAX) == rows, "JSON reads as it was written");
  }
  return 0;
}
