// SPDX-License-Identifier: MIT
// Importer: within a batch wallets are created first, so that later rows can name them.
#include "importer.hpp"

#include <algorithm>
#include <utility>

#include "rows.hpp"

namespace tool {
namespace {

using coffer::BatchMode;
using coffer::Outcome;
using coffer::WalletOperation;

class Import {
 public:
  Import(coffer::Engine& engine, std::istream& input, const ImportOptions& options)
      : wallets_(engine.wallets()),
        options_(options),
        csv_(input),
        reader_(csv_),
        names_(wallets_) {}

  Result<ImportReport> run() {
    COFFER_TRY(reader_.read_header());
    for (bool has_more = true; has_more && !report_.is_cancelled;) {
      has_more = read_batch();
      COFFER_TRY(execute(true));
      COFFER_TRY(execute(false));
      report_refused();
      report_.is_cancelled = options_.progress && !options_.progress(csv_.bytes(), report_.rows);
    }
    return report_;
  }

 private:
  bool read_batch() {
    rows_.clear();
    while (rows_.size() < options_.batch) {
      Row row;
      std::string problem;
      const CsvReader::Kind kind = reader_.next(row, problem);
      if (kind == CsvReader::Kind::end) {
        return false;
      }
      ++report_.rows;
      if (kind == CsvReader::Kind::bad) {
        refuse(row.line, problem);
      } else {
        rows_.push_back(std::move(row));
      }
    }
    return true;
  }

  Status execute(bool creations) {
    operations_.clear();
    lines_.clear();
    for (const Row& row : rows_) {
      if (is_creation(row) != creations) {
        continue;
      }
      Result<WalletOperation> operation = operation_of(row, names_);
      if (operation) {
        operations_.push_back(*std::move(operation));
        lines_.push_back(row.line);
      } else if (concerns_the_row(operation.error().code)) {
        refuse(row.line, operation.error().message);
      } else {
        return std::move(operation).error();
      }
    }
    if (operations_.empty()) {
      return {};
    }
    std::vector<Outcome> outcomes(operations_.size());
    COFFER_TRY(wallets_.execute(operations_, BatchMode::independent, outcomes));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].code != Code::ok) {
        refuse(lines_[i], describe(outcomes[i]));
      } else {
        ++(outcomes[i].existed ? report_.existed : report_.done);
      }
    }
    return {};
  }

  /// Codes from 600 to 699 are the storage's.
  static bool concerns_the_row(Code code) {
    const auto number = static_cast<std::int32_t>(code);
    return (number < 600 || number >= 700) && code != Code::closed && code != Code::not_permitted;
  }

  void refuse(std::int64_t line, const std::string& problem) {
    ++report_.refused;
    refused_.emplace_back(line, problem);
  }

  /// A row may fail when it is read, understood or executed; people want the order of the file.
  void report_refused() {
    std::sort(refused_.begin(), refused_.end());
    for (const auto& [line, problem] : refused_) {
      if (options_.refused) {
        options_.refused(line, problem);
      }
    }
    refused_.clear();
  }

  coffer::Wallets& wallets_;
  const ImportOptions& options_;
  CsvReader csv_;
  RowReader reader_;
  WalletNames names_;
  ImportReport report_;
  std::vector<Row> rows_;
  std::vector<WalletOperation> operations_;
  std::vector<std::int64_t> lines_;
  std::vector<std::pair<std::int64_t, std::string>> refused_;
};

}  // namespace

Result<ImportReport> import_rows(coffer::Engine& engine, std::istream& input,
                                 const ImportOptions& options) {
  return Import(engine, input, options).run();
}

}  // namespace tool
