// SPDX-License-Identifier: MIT
// How an account's policy is stored in the flags of an AccountChangeRow.
#pragma once

#include <cstdint>

#include <coffer/ledger/account.hpp>
#include <coffer/storage/rows_ledger.hpp>

namespace coffer::ledger {

/// The bits of `AccountChangeRow::flags`; frozen, they stand in files.
struct AccountFlags {
  static constexpr std::int64_t has_minimum = 1;
  static constexpr std::int64_t has_maximum = 2;
  static constexpr std::int64_t is_frozen = 4;
  static constexpr std::int64_t is_closed = 8;
  static constexpr std::int64_t all = 15;
};

[[nodiscard]] Policy policy_of(const storage::AccountChangeRow& row) noexcept;

}  // namespace coffer::ledger
