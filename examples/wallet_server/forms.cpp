// SPDX-License-Identifier: MIT
// Forms: member names are the documents' own, capital letters included.
#include "forms.hpp"

#include <charconv>
#include <cstdlib>

#include <coffer/core/text.hpp>

namespace demo {

namespace {

constexpr std::int64_t minute_ns = 60'000'000'000;

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// The user ids of the documents are numbers; those of the library may be any text.
Json user_of(const std::string& user) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(user.data(), user.data() + user.size(), number);
  if (error == std::errc() && end == user.data() + user.size()) {
    return number;
  }
  return user;
}

}  // namespace

std::optional<Zone> parse_zone(std::string_view text) {
  const auto digits = [&text](std::size_t at) -> std::int64_t {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
  };
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
      text.find_first_not_of("0123456789+-:") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::int64_t hours = digits(1);
  const std::int64_t minutes = digits(4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    return std::nullopt;
  }
  const std::int64_t offset = hours * 60 + minutes;
  return Zone{text[0] == '-' ? -offset : offset};
}

std::string text_of(coffer::Timestamp time, Zone zone) {
  std::string text =
      coffer::format_time(coffer::Timestamp{time.ns + zone.offset_minutes * minute_ns});
  text.pop_back();  // the Z
  const std::int64_t minutes = std::abs(zone.offset_minutes);
  return text + (zone.offset_minutes < 0 ? "-" : "+") + two_digits(minutes / 60) + ":" +
         two_digits(minutes % 60);
}

std::string text_of(const coffer::Amount& amount, const coffer::Asset& asset) {
  std::string text = coffer::format_decimal(amount, asset.scale);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text;
}

Json form_of(const coffer::Wallet& wallet, const coffer::Amount& balance,
             coffer::Timestamp updated_at, Zone zone) {
  Json form;
  form["ID"] = wallet.id.value();
  form["CreatedAt"] = text_of(wallet.recorded_at, zone);
  form["UpdatedAt"] = text_of(updated_at, zone);
  form["UserID"] = user_of(wallet.user);
  form["Currency"] = wallet.asset.code;
  form["Balance"] = text_of(balance, wallet.asset);
  return form;
}

Json form_of(const coffer::WalletTransaction& transaction, const coffer::Asset& asset, Zone zone) {
  Json form;
  form["ID"] = transaction.id.value();
  form["CreatedAt"] = text_of(transaction.recorded_at, zone);
  form["UpdatedAt"] = text_of(transaction.recorded_at, zone);
  form["WalletID"] = transaction.wallet.value();
  form["Type"] = name_of(transaction.type);
  form["Amount"] = text_of(transaction.amount, asset);
  form["BalanceBefore"] = text_of(transaction.balance_before, asset);
  form["BalanceAfter"] = text_of(transaction.balance_after, asset);
  form["Status"] = "completed";
  form["TxHash"] = transaction.reference;
  form["Description"] = transaction.description;
  return form;
}

Json form_of(const coffer::Reconciliation& record, const coffer::Asset& asset, Zone zone) {
  Json form;
  form["ID"] = record.id.value();
  form["CreatedAt"] = text_of(record.recorded_at, zone);
  form["UpdatedAt"] = text_of(record.recorded_at, zone);
  form["WalletID"] = record.wallet.value();
  form["StartTime"] = text_of(record.start_at, zone);
  form["EndTime"] = text_of(record.end_at, zone);
  form["SystemBalance"] = text_of(record.system_balance, asset);
  form["ExternalBalance"] = text_of(record.external_balance, asset);
  form["Status"] = name_of(record.status);
  form["Difference"] = text_of(record.difference, asset);
  form["Notes"] = record.notes;
  return form;
}

}  // namespace demo
