// SPDX-License-Identifier: MIT
// How verification names a bad record: table, id, what is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/result.hpp>

namespace coffer::ledger {

/// "transactions 42: amount is 0, it must be greater than zero".
[[nodiscard]] inline Error problem(std::string_view table, std::int64_t id, std::string_view what) {
  std::string message(table);
  message.append(" ").append(std::to_string(id)).append(": ").append(what);
  return {Code::integrity_failure, std::move(message)};
}

[[nodiscard]] inline std::string text_of(std::int64_t value) { return std::to_string(value); }
[[nodiscard]] inline std::string text_of(const Amount& value) { return to_integer_text(value); }

/// "amount is 5, the event gives 4".
template <class A, class B>
[[nodiscard]] std::string differs(std::string_view field, const A& stored, std::string_view source,
                                  const B& expected) {
  std::string text(field);
  text.append(" is ").append(text_of(stored)).append(", ").append(source).append(" ");
  return text.append(text_of(expected));
}

}  // namespace coffer::ledger
