// SPDX-License-Identifier: MIT
// Fields: strict reading of what a request carries, each refusal naming its field.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>

#include "api.hpp"

namespace demo {

/// The body as a JSON object. Fails with `invalid_argument`.
[[nodiscard]] coffer::Result<Json> parse_body(const Request& request);
/// A text. Fails with `invalid_argument`: not there, or no text.
[[nodiscard]] coffer::Result<std::string> text_field(const Json& body, std::string_view name);
/// The same, or empty when it is not there.
[[nodiscard]] coffer::Result<std::string> optional_text_field(const Json& body,
                                                              std::string_view name);
/// A positive whole number, as its digits.
[[nodiscard]] coffer::Result<std::string> user_field(const Json& body);
/// A time, or none when it is not there.
[[nodiscard]] coffer::Result<coffer::Timestamp> time_field(const Json& body, std::string_view name);
/// The id in the path. Fails with `invalid_argument`.
[[nodiscard]] coffer::Result<std::int64_t> path_id(const Request& request);
/// A whole number behind the question mark, or `fallback`.
[[nodiscard]] coffer::Result<std::int64_t> number_parameter(const Request& request,
                                                            const std::string& name,
                                                            std::int64_t fallback);
/// The type of transactions behind the question mark, or none.
[[nodiscard]] coffer::Result<std::optional<coffer::WalletTransactionType>> type_parameter(
    const Request& request);
/// A time behind the question mark, or none.
[[nodiscard]] coffer::Result<coffer::Timestamp> time_parameter(const Request& request,
                                                               const std::string& name);

}  // namespace demo
