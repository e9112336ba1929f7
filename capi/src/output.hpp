// SPDX-License-Identifier: MIT
// What goes out to C: texts into arrays and buffers, values into structs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/asset.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/ledger/operation.hpp>
#include <coffer/ledger/query.hpp>

#include "coffer_asset.h"
#include "coffer_history.h"

namespace coffer::capi {

/// Copies a text into a struct's array and ends it with NUL; the value is its length. The arrays
/// are one longer than the ledger's own limits, so nothing is ever cut.
template <std::size_t Size>
std::uint32_t put_text(char (&array)[Size], std::string_view text) noexcept {
  const std::size_t length = text.copy(array, Size - 1);
  array[length] = '\0';
  return static_cast<std::uint32_t>(length);
}

/// Copies a text into the caller's buffer. Fails with `null_argument`, `buffer_too_small`.
[[nodiscard]] Status put_text(std::string_view text, char* buffer, std::size_t size,
                              std::size_t* needed_out);

/// Tells how many results there are, and whether they fit. Fails with `null_argument`,
/// `buffer_too_small`.
[[nodiscard]] Status put_count(std::size_t count, const void* results, std::size_t capacity,
                               std::size_t* count_out);

template <class T>
void put_if(T* out, const T& value) noexcept {
  if (out != nullptr) {
    *out = value;
  }
}

[[nodiscard]] inline coffer_amount to_c(const Amount& amount) noexcept {
  const auto& limbs = amount.limbs();
  return {{limbs[0], limbs[1], limbs[2], limbs[3]}};
}
[[nodiscard]] coffer_asset to_c(const Asset& asset) noexcept;
[[nodiscard]] coffer_policy to_c(const Policy& policy) noexcept;
[[nodiscard]] coffer_balance to_c(const Balance& balance) noexcept;
[[nodiscard]] coffer_outcome to_c(const Outcome& outcome) noexcept;
[[nodiscard]] coffer_history_line to_c(const HistoryLine& line) noexcept;
[[nodiscard]] inline coffer_cursor to_c(const Cursor& cursor) noexcept {
  return {cursor.transaction.value(), cursor.line, {}};
}

/// Copies a page; all but the lines and their count may be null.
void put_lines(const HistoryPage& page, coffer_history_line* lines_out, std::size_t* count_out,
               coffer_cursor* next_out, std::uint8_t* has_more_out) noexcept;

/// Copies outcomes and counts the failures among them.
void put_outcomes(std::span<const Outcome> outcomes, coffer_outcome* outcomes_out,
                  std::size_t* failed_out) noexcept;

}  // namespace coffer::capi
