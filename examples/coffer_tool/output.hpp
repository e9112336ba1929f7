// SPDX-License-Identifier: MIT
// Output: results as lines for people or as JSON for programs, from the same values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <nlohmann/json.hpp>

#include "command_line.hpp"

namespace tool {

/// Members in the order in which they were set.
using Record = nlohmann::ordered_json;

/// One object: JSON on one line, or a line "name  value" for each member.
void print(const Record& record, bool is_json);
/// Many: one JSON object per line, or a table with the members' names above it.
void print(const std::vector<Record>& records, bool is_json);
/// "coffer: <what went wrong>" on stderr.
void print_problem(std::string_view problem);

/// The same for what is wrong in a file that the command line names.
[[nodiscard]] Exit print_file_problem(const coffer::Error& error);

/// What went wrong with its code: "amount: ... (amount_syntax)".
[[nodiscard]] std::string text_of(const coffer::Error& error);
/// A time as RFC 3339 text; empty for none.
[[nodiscard]] std::string text_of(coffer::Timestamp time);

}  // namespace tool
