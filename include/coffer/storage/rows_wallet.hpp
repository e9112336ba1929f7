// SPDX-License-Identifier: MIT
// The rows of users' wallets and of reconciliations; append-only and covered by the audit chain.
#pragma once

#include <cstdint>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::storage {

struct WalletRow {
  std::int64_t id = 0;
  std::string_view user;
  std::int64_t asset = 0;
  std::int64_t account = 0;
  std::int64_t kind = 0;  ///< 0 traditional, 1 crypto
  std::string_view label;
  std::int64_t recorded_at = 0;
  static constexpr std::uint8_t by_user = 1;     ///< user, asset
  static constexpr std::uint8_t by_account = 2;  ///< unique
  static const Schema& schema();
};

struct ReconciliationRow {
  std::int64_t id = 0;
  std::int64_t wallet = 0;
  std::int64_t start_at = 0;  ///< inclusive
  std::int64_t end_at = 0;    ///< exclusive
  Amount system_balance;
  Amount external_balance;
  Amount difference;  ///< external - system
  Amount tolerance;
  std::int64_t status = 0;  ///< 1 matched, 2 mismatch
  std::string_view notes;
  std::int64_t recorded_at = 0;
  static constexpr std::uint8_t by_wallet = 1;
  static constexpr std::uint8_t by_range = 2;  ///< wallet, start_at, end_at
  static const Schema& schema();
};

}  // namespace coffer::storage
