// SPDX-License-Identifier: MIT
// Rows: fields to drafts of wallet operations, each refusal naming its field.
#include "rows.hpp"

#include <algorithm>

#include <coffer/core/text.hpp>

namespace tool {

using coffer::Amount;
using coffer::Deposit;
using coffer::Rate;
using coffer::Rounding;
using coffer::Timestamp;
using coffer::Wallet;
using coffer::WalletDraft;
using coffer::WalletExchange;
using coffer::WalletOperation;
using coffer::WalletTransfer;
using coffer::Withdrawal;

const std::string_view rows_help =
    "Operations (op) and the fields they read:\n"
    "  create    user, currency, label?\n"
    "  deposit   key, wallet, amount, description?, effective_at?\n"
    "  withdraw  key, wallet, amount, description?, effective_at?\n"
    "  transfer  key, wallet, to_wallet, amount, description?, effective_at?\n"
    "  exchange  key, wallet, to_wallet, amount, rate, rounding?, description?, effective_at?\n"
    "\n"
    "A wallet is named by its id (wallet, to_wallet) or by user and currency (to_user,\n"
    "to_currency). An amount is a decimal with no more places than its currency has. A rate says\n"
    "how many units of the receiving currency are paid for one: 1.0825 or 3/7. Rounding is down\n"
    "(the default), up, floor, ceiling, half_up, half_down or half_even. The key names the\n"
    "operation for ever within its wallet and op: a row that was done before is not done again.\n";

namespace {

Error wrong(Field field, const std::string& problem) {
  return {Code::invalid_argument,
          std::string(field_names[static_cast<std::size_t>(field)]) + ": " + problem};
}

Result<Timestamp> time_of(const Row& row) {
  if (row[Field::effective_at].empty()) {
    return Timestamp{};
  }
  Result<Timestamp> time = coffer::parse_time(row[Field::effective_at]);
  return time ? time : wrong(Field::effective_at, time.error().message);
}

Result<Amount> amount_of(const Row& row, const Wallet& wallet) {
  return coffer::parse_decimal(row[Field::amount], wallet.asset.scale);
}

Result<Rounding> rounding_of(const Row& row) {
  constexpr std::array<std::string_view, 7> names{"down",    "up",        "floor",    "ceiling",
                                                  "half_up", "half_down", "half_even"};
  const std::string& given = row[Field::rounding];
  if (given.empty()) {
    return Rounding::down;
  }
  const auto found = std::find(names.begin(), names.end(), given);
  if (found == names.end()) {
    return wrong(Field::rounding, "'" + given + "' is no rounding");
  }
  return static_cast<Rounding>(found - names.begin());
}

Result<const Wallet*> source_of(const Row& row, WalletNames& names) {
  return names.find(row[Field::wallet], row[Field::user], row[Field::currency]);
}

Result<const Wallet*> target_of(const Row& row, WalletNames& names, const Wallet& source) {
  // A transfer stays in its currency, so the second one may be left out.
  const std::string& currency =
      row[Field::to_currency].empty() ? source.asset.code : row[Field::to_currency];
  return names.find(row[Field::to_wallet], row[Field::to_user], currency, "to_");
}

template <class Movement>
Result<WalletOperation> simple_movement(const Row& row, WalletNames& names) {
  COFFER_TRY_ASSIGN(const Wallet* wallet, source_of(row, names));
  COFFER_TRY_ASSIGN(const Amount amount, amount_of(row, *wallet));
  COFFER_TRY_ASSIGN(const Timestamp time, time_of(row));
  return WalletOperation(
      Movement{wallet->id, amount, row[Field::key], row[Field::description], time});
}

Result<WalletOperation> transfer_of(const Row& row, WalletNames& names) {
  COFFER_TRY_ASSIGN(const Wallet* from, source_of(row, names));
  COFFER_TRY_ASSIGN(const Wallet* to, target_of(row, names, *from));
  COFFER_TRY_ASSIGN(const Amount amount, amount_of(row, *from));
  COFFER_TRY_ASSIGN(const Timestamp time, time_of(row));
  return WalletOperation(
      WalletTransfer{from->id, to->id, amount, row[Field::key], row[Field::description], time});
}

Result<WalletOperation> exchange_of(const Row& row, WalletNames& names) {
  COFFER_TRY_ASSIGN(const Wallet* from, source_of(row, names));
  COFFER_TRY_ASSIGN(const Wallet* to, target_of(row, names, *from));
  COFFER_TRY_ASSIGN(const Amount amount, amount_of(row, *from));
  Result<Rate> rate = Rate::parse(row[Field::rate]);
  if (!rate) {
    return std::move(rate).error();
  }
  COFFER_TRY_ASSIGN(const Rounding rounding, rounding_of(row));
  COFFER_TRY_ASSIGN(const Timestamp time, time_of(row));
  return WalletOperation(WalletExchange{from->id, to->id, amount, *rate, rounding, row[Field::key],
                                        row[Field::description], time});
}

}  // namespace

Status RowReader::read_header() {
  if (csv_.next() != CsvReader::Kind::record) {
    return Error{Code::invalid_argument,
                 csv_.problem().empty() ? "the file is empty" : "line 1: " + csv_.problem()};
  }
  for (const std::string& name : csv_.fields()) {
    const auto found = std::find(field_names.begin(), field_names.end(), name);
    if (found == field_names.end()) {
      return Error{Code::invalid_argument, "line 1: '" + name + "' is no column"};
    }
    const auto field = static_cast<Field>(found - field_names.begin());
    if (std::find(columns_.begin(), columns_.end(), field) != columns_.end()) {
      return Error{Code::invalid_argument, "line 1: column '" + name + "' stands twice"};
    }
    columns_.push_back(field);
  }
  if (std::find(columns_.begin(), columns_.end(), Field::op) == columns_.end()) {
    return Error{Code::invalid_argument, "line 1: there is no column 'op'"};
  }
  return {};
}

CsvReader::Kind RowReader::next(Row& row, std::string& problem) {
  CsvReader::Kind kind = csv_.next();
  row.line = csv_.line();
  if (kind == CsvReader::Kind::bad) {
    problem = csv_.problem();
    return kind;
  }
  if (kind == CsvReader::Kind::end) {
    return kind;
  }
  const std::vector<std::string>& fields = csv_.fields();
  if (fields.size() != columns_.size()) {
    problem = "has " + std::to_string(fields.size()) + " fields, the header has " +
              std::to_string(columns_.size());
    return CsvReader::Kind::bad;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    row[columns_[i]] = fields[i];
  }
  return kind;
}

bool is_creation(const Row& row) { return row[Field::op] == "create"; }

Result<WalletOperation> operation_of(const Row& row, WalletNames& names) {
  const std::string& op = row[Field::op];
  if (op == "create") {
    return WalletOperation(WalletDraft{row[Field::user], row[Field::currency], row[Field::label]});
  }
  if (op == "deposit") {
    return simple_movement<Deposit>(row, names);
  }
  if (op == "withdraw") {
    return simple_movement<Withdrawal>(row, names);
  }
  if (op == "transfer") {
    return transfer_of(row, names);
  }
  if (op == "exchange") {
    return exchange_of(row, names);
  }
  return wrong(Field::op,
               "'" + op + "' is not one of create, deposit, withdraw, transfer, exchange");
}

}  // namespace tool
