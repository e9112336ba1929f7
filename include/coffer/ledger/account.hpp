// SPDX-License-Identifier: MIT
// Accounts: who owns them, in which asset, and what may happen to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/transaction/draft.hpp>

namespace coffer {

/// What may happen to an account; every change of it is journaled.
///
/// Bounds are in the account's normal direction and in minor units. The minimum binds the available
/// balance (so that holds count): 0 forbids overdraft, -50000 is a credit limit of 500.00, none
/// lets the account fall without limit. The maximum binds the posted balance.
struct Policy {
  std::optional<Amount> minimum = Amount(0);
  std::optional<Amount> maximum;
  bool is_frozen = false;  ///< no entry, no new hold; what is held stays held
  bool is_closed = false;  ///< for good: nothing any more

  friend bool operator==(const Policy&, const Policy&) = default;
};

/// What an account is opened with. Text is read during the call only.
struct AccountDraft {
  std::string_view key;    ///< idempotency key, 1..128 bytes, unique among accounts
  std::string_view owner;  ///< at most 128 bytes of UTF-8; several accounts may share it
  AssetId asset;
  std::string_view purpose;  ///< at most 32 bytes, e.g. "trading", "savings", "clearing"
  Side normal_side = Side::credit;
  Policy policy;
  std::string_view metadata;  ///< at most 4096 bytes of UTF-8
};

/// An account as it is now.
struct Account {
  AccountId id;
  std::string key;
  std::string owner;
  AssetId asset;
  std::string purpose;
  Side normal_side = Side::credit;
  Policy policy;
  std::string metadata;
  Timestamp recorded_at;
};

/// The money in one account, in its normal direction and in minor units.
///
/// posted = the sum of all entries = available + held + pending + frozen. While an account is
/// frozen its available part is shown as frozen.
struct Balance {
  Amount posted;
  Amount available;
  Amount held;                     ///< reserved for something outgoing
  Amount pending;                  ///< incoming: credited, not yet to be used
  Amount frozen;                   ///< set aside by decision of the institution
  TransactionId last_transaction;  ///< the newest one that touched the account; none: 0
};

}  // namespace coffer
