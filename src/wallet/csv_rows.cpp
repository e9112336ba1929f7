// SPDX-License-Identifier: MIT
// CSV: a heading that names the columns, then a record for each row.
#include <algorithm>
#include <string>
#include <vector>

#include <coffer/wallet/row_readers.hpp>

#include "wallet/text_stream.hpp"

namespace coffer {
namespace {

using wallet::TextStream;

constexpr std::array<std::string_view, 5> column_names{"user", "network", "key", "label", "extra"};

std::string_view* field_of(WalletRow& row, std::size_t name) {
  const std::array<std::string_view*, column_names.size()> fields{&row.user, &row.network, &row.key,
                                                                  &row.label, &row.extra};
  return fields[name];
}

Error broken(std::string message) { return {Code::invalid_argument, std::move(message)}; }

}  // namespace

class CsvRows::State {
 public:
  explicit State(TextPieces& pieces) : stream_(pieces) {}

  Result<bool> next(Item& item) {
    if (columns_.empty()) {
      COFFER_TRY(read_heading());
    }
    item = Item{};
    COFFER_TRY_ASSIGN(const bool has_record, read_record());
    if (!has_record) {
      return false;
    }
    ++row_;
    if (fault_.empty() && fields_.size() != columns_.size()) {
      fault_ = "has " + std::to_string(fields_.size()) + " fields, the heading has " +
               std::to_string(columns_.size());
    }
    if (!fault_.empty()) {
      item.error = broken("row " + std::to_string(row_) + " (line " + std::to_string(line_) +
                          "): " + fault_);
      return true;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      *field_of(item.row, columns_[i]) = fields_[i];
    }
    return true;
  }

 private:
  Status read_heading() {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    for (std::size_t i = 0;
         i < mark.size() && stream_.peek() == static_cast<unsigned char>(mark[i]); ++i) {
      stream_.take();
    }
    COFFER_TRY_ASSIGN(const bool has_heading, read_record());
    if (!has_heading || !fault_.empty()) {
      return broken("heading: " + (has_heading ? fault_ : "the text is empty"));
    }
    for (const std::string& field : fields_) {
      const auto* name = std::find(column_names.begin(), column_names.end(), field);
      if (name == column_names.end()) {
        return broken("heading: " + wallet::shown(field) +
                      " is no column; there are user, network, key, label, extra");
      }
      const auto column = static_cast<std::size_t>(name - column_names.begin());
      if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
        return broken("heading: '" + field + "' stands there twice");
      }
      columns_.push_back(column);
    }
    if (std::find(columns_.begin(), columns_.end(), 0U) == columns_.end()) {
      columns_.clear();
      return broken("heading: the column 'user' is missing");
    }
    return {};
  }

  /// Reads the next record that is no empty line into `fields_`; what is wrong with it is `fault_`.
  Result<bool> read_record() {
    while (stream_.peek() == '\n' || stream_.peek() == '\r') {
      stream_.take();
    }
    fields_.clear();
    fault_.clear();
    bytes_ = 0;
    line_ = stream_.line();
    if (stream_.peek() == TextStream::end) {
      COFFER_TRY(stream_.status());
      return false;
    }
    for (bool has_more = true; has_more;) {
      COFFER_TRY_ASSIGN(has_more, read_field());
    }
    COFFER_TRY(stream_.status());
    return true;
  }

  /// False when it was the record's last.
  Result<bool> read_field() {
    // Its separator counts, or a row of commas alone would have no end.
    COFFER_TRY(count());
    std::string& field = fields_.emplace_back();
    is_quoted_ = false;
    if (stream_.peek() == '"') {
      stream_.take();
      COFFER_TRY(read_quoted(field));
    }
    for (;;) {
      const int c = stream_.take();
      if (c == ',' || c == '\n' || c == TextStream::end) {
        return c == ',';
      }
      if (c == '\r' && stream_.peek() == '\n') {
        continue;
      }
      if (is_quoted_) {
        fault_ = "field " + std::to_string(fields_.size()) + " goes on after its closing quote";
      } else if (c == '"' || c == '\r') {
        fault_ = "field " + std::to_string(fields_.size()) + " has a " +
                 (c == '"' ? "quote" : "carriage return") + " and is not quoted";
      }
      COFFER_TRY(add(field, c));
    }
  }

  /// Up to and with the closing quote.
  Status read_quoted(std::string& field) {
    for (;;) {
      const int c = stream_.take();
      if (c == TextStream::end) {
        return broken("row " + std::to_string(row_ + 1) + " (line " + std::to_string(line_) +
                      "): field " + std::to_string(fields_.size()) +
                      " is quoted to the end of the "
                      "text");
      }
      if (c == '"' && stream_.peek() != '"') {
        break;
      }
      if (c == '"') {
        stream_.take();
      }
      COFFER_TRY(add(field, c));
    }
    const int next = stream_.peek();
    is_quoted_ = next != ',' && next != '\n' && next != '\r' && next != TextStream::end;
    return {};
  }

  Status add(std::string& field, int c) {
    COFFER_TRY(count());
    field.push_back(static_cast<char>(c));
    return {};
  }

  Status count() {
    if (++bytes_ <= wallet::row_bytes_max) {
      return {};
    }
    return broken("row " + std::to_string(row_ + 1) + " (line " + std::to_string(line_) +
                  "): is longer than 65536 bytes");
  }

  TextStream stream_;
  std::vector<std::size_t> columns_;  ///< positions in `column_names`
  std::vector<std::string> fields_;
  std::string fault_;
  bool is_quoted_ = false;  ///< the present field had a closing quote, and something behind it
  std::size_t bytes_ = 0;
  std::int64_t line_ = 0;  ///< in which the present record begins
  std::int64_t row_ = 0;
};

CsvRows::CsvRows(TextPieces& pieces) : state_(std::make_unique<State>(pieces)) {}

CsvRows::~CsvRows() = default;

Result<bool> CsvRows::next(Item& item) { return state_->next(item); }

}  // namespace coffer
