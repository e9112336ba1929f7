// SPDX-License-Identifier: MIT
// A wallet and its transactions as users see them: one user's money in one currency.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/asset.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/ledger/query.hpp>

namespace coffer {

inline constexpr std::size_t user_bytes_max = 128;

/// Who can move the money (R18, R19). Values are frozen: they stand in files.
enum class WalletKind : std::uint8_t {
  traditional = 0,  ///< the institution; the ledger is the truth
  crypto = 1,       ///< who holds the key; the chain is the truth
};

/// One user's money in one asset. Everything but the balance stays as it was created.
struct Wallet {
  WalletId id;
  std::string user;
  AssetId asset_id;
  Asset asset;
  AccountId account;  ///< the ledger account behind it
  WalletKind kind = WalletKind::traditional;
  std::string label;
  Timestamp recorded_at;
};

/// A wallet, and whether it was there before the call.
struct CreatedWallet {
  Wallet wallet;
  bool existed = false;
};

/// What a transaction was for the wallet. The journal keeps it in the transaction's code.
enum class WalletTransactionType : std::uint8_t {
  other = 0,  ///< posted to the wallet's account by way of the ledger; see `is_incoming`
  deposit = 1,
  withdraw = 2,
  transfer_in = 3,
  transfer_out = 4,
  exchange_in = 5,
  exchange_out = 6,
};

/// The type in words: "deposit", "transfer_out". Lifetime: static.
[[nodiscard]] std::string_view name_of(WalletTransactionType type) noexcept;

/// The codes that wallets write into the journal (`Transaction::code`). A host's own codes stay
/// clear of 1001..1004, or its transactions are shown under these names.
enum class WalletCode : std::uint32_t {
  deposit = 1001,
  withdraw = 1002,
  transfer = 1003,
  exchange = 1004,
};

/// One line of a wallet's history. Every line is completed: what is not yet final is a hold, shown
/// in the balance's buckets. Amounts are in minor units; balance_before +- amount = balance_after.
struct WalletTransaction {
  TransactionId id;
  WalletId wallet;
  WalletTransactionType type = WalletTransactionType::other;
  bool is_incoming = false;  ///< raises the balance
  Amount amount;             ///< greater than zero
  Amount balance_before;
  Amount balance_after;
  std::string reference;  ///< the caller's, e.g. the documents' tx_hash
  std::string description;
  Timestamp recorded_at;
  Timestamp effective_at;
};

/// Which lines of a wallet's history. Text is read during the call only.
struct WalletQuery {
  WalletId wallet = {};
  bool is_oldest_first = false;
  Cursor after = {};         ///< the previous page's `next`; none: from the start
  std::uint32_t limit = 50;  ///< lines per page, 1..1000
  std::optional<WalletTransactionType> type = {};
  std::string_view reference = {};        ///< exactly this; empty: any
  Timestamp recorded_from = {};           ///< inclusive; none: from the beginning
  Timestamp recorded_to = {};             ///< exclusive; none: to the end
  std::optional<Amount> amount_min = {};  ///< inclusive
  std::optional<Amount> amount_max = {};  ///< inclusive
};

/// As `HistoryPage`: as long as `has_more` is true, ask again with `next`.
struct WalletPage {
  std::vector<WalletTransaction> lines;
  Cursor next;
  bool has_more = false;
};

/// A page by number, with the count of all lines that the query finds.
struct WalletNumberedPage {
  std::vector<WalletTransaction> lines;
  std::int64_t total = 0;
  std::int64_t page = 1;
  std::int64_t page_size = 10;
};

}  // namespace coffer
