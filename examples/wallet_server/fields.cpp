// SPDX-License-Identifier: MIT
// Fields: nothing is guessed; a number where a text belongs is refused, because it would already
// have lost digits on its way.
#include "fields.hpp"

#include <charconv>
#include <limits>

#include <coffer/core/text.hpp>

namespace demo {
namespace {

using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Timestamp;
using coffer::WalletTransactionType;

Error wrong(std::string_view field, std::string_view problem) {
  return {Code::invalid_argument, std::string(field) + ": " + std::string(problem)};
}

Result<Timestamp> parse_time(std::string_view field, std::string_view text) {
  Result<Timestamp> time = coffer::parse_time(text);
  return time ? time : wrong(field, time.error().message);
}

Result<std::int64_t> parse_number(std::string_view field, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return wrong(field, "'" + std::string(text) + "' is no whole number");
  }
  return value;
}

}  // namespace

Result<Json> parse_body(const Request& request) {
  Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) {
    return wrong("body", "is no JSON object");
  }
  return body;
}

Result<std::string> text_field(const Json& body, std::string_view name) {
  const auto found = body.find(std::string(name));
  if (found == body.end()) {
    return wrong(name, "is missing");
  }
  if (!found->is_string()) {
    return wrong(name, "must be a JSON string");
  }
  return found->get<std::string>();
}

Result<std::string> optional_text_field(const Json& body, std::string_view name) {
  return body.contains(std::string(name)) ? text_field(body, name)
                                          : Result<std::string>(std::string());
}

Result<std::string> user_field(const Json& body) {
  const auto found = body.find("user_id");
  if (found == body.end()) {
    return wrong("user_id", "is missing");
  }
  // Numbers without sign, fraction or exponent that fit 64 bits are "unsigned" here.
  const std::uint64_t user = found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  if (user == 0 || user > std::numeric_limits<std::int64_t>::max()) {
    return wrong("user_id", "must be a whole number from 1 to 9223372036854775807");
  }
  return std::to_string(user);
}

Result<Timestamp> time_field(const Json& body, std::string_view name) {
  if (!body.contains(std::string(name))) {
    return Timestamp{};
  }
  COFFER_TRY_ASSIGN(const std::string text, text_field(body, name));
  return parse_time(name, text);
}

Result<std::int64_t> path_id(const Request& request) {
  COFFER_TRY_ASSIGN(const std::int64_t id, parse_number("id", request.id));
  if (id < 1) {
    return wrong("id", "must be greater than zero");
  }
  return id;
}

Result<std::int64_t> number_parameter(const Request& request, const std::string& name,
                                      std::int64_t fallback) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? Result<std::int64_t>(fallback)
                                      : parse_number(name, found->second);
}

Result<std::optional<WalletTransactionType>> type_parameter(const Request& request) {
  const auto given = request.query.find("type");
  if (given == request.query.end()) {
    return std::optional<WalletTransactionType>();
  }
  for (const WalletTransactionType type :
       {WalletTransactionType::deposit, WalletTransactionType::withdraw,
        WalletTransactionType::transfer_in, WalletTransactionType::transfer_out,
        WalletTransactionType::exchange_in, WalletTransactionType::exchange_out,
        WalletTransactionType::other}) {
    if (name_of(type) == given->second) {
      return std::optional<WalletTransactionType>(type);
    }
  }
  return wrong("type", "'" + given->second + "' is none, e.g. deposit or withdraw");
}

Result<Timestamp> time_parameter(const Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? Result<Timestamp>(Timestamp{})
                                      : parse_time(name, found->second);
}

}  // namespace demo
