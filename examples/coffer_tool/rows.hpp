// SPDX-License-Identifier: MIT
// Rows: one operation as named texts, from a CSV file or from the command line.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/wallet/wallet_operation.hpp>

#include "book.hpp"
#include "csv_reader.hpp"

namespace tool {

enum class Field : std::uint8_t {
  op,
  key,
  wallet,
  user,
  currency,
  amount,
  to_wallet,
  to_user,
  to_currency,
  rate,
  rounding,
  description,
  effective_at,
  label,
};
inline constexpr std::array<std::string_view, 14> field_names{
    "op",      "key",         "wallet", "user",     "currency",    "amount",       "to_wallet",
    "to_user", "to_currency", "rate",   "rounding", "description", "effective_at", "label"};

/// What the rows mean; a part of the help of `import` and `post`.
extern const std::string_view rows_help;

struct Row {
  std::int64_t line = 0;
  std::array<std::string, field_names.size()> values;

  [[nodiscard]] std::string& operator[](Field field) {
    return values[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] const std::string& operator[](Field field) const {
    return values[static_cast<std::size_t>(field)];
  }
};

/// Reads rows by the header of their file.
class RowReader {
 public:
  explicit RowReader(CsvReader& csv) : csv_(csv) {}

  /// Reads the header. Fails with `invalid_argument`: a column that is unknown or stands twice, or
  /// no column "op".
  [[nodiscard]] Status read_header();
  /// Reads the next row into `row`; `problem` says why it is none (`Kind::bad`).
  [[nodiscard]] CsvReader::Kind next(Row& row, std::string& problem);

 private:
  CsvReader& csv_;
  std::vector<Field> columns_;
};

[[nodiscard]] bool is_creation(const Row& row);

/// The operation of a row; it views the row's texts. Fails with the first field that is wrong.
[[nodiscard]] Result<coffer::WalletOperation> operation_of(const Row& row, WalletNames& names);

}  // namespace tool
