// SPDX-License-Identifier: MIT
// The text of views that several migrations write.
#pragma once

#include <string>
#include <string_view>

namespace coffer::storage::sqlite {

/// `script` with each $decimal(column) and $time(column) written out as SQL.
[[nodiscard]] std::string with_decimals_and_times(std::string script);

/// The view wallet_transaction. `id` is SQL for a leg's id, from account_leg as l; `further` more
/// columns at the end.
[[nodiscard]] std::string wallet_transaction_view(std::string_view id, std::string_view further);

}  // namespace coffer::storage::sqlite
