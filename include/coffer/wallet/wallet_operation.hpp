// SPDX-License-Identifier: MIT
// What can be done with wallets: drafts of single operations, and the items of a bulk call.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/core/rate.hpp>
#include <coffer/ledger/operation.hpp>
#include <coffer/wallet/wallet.hpp>

namespace coffer {

/// Text of all drafts is read during the call only.
///
/// `reference` is the caller's name for the operation (a payment id, the documents' tx_hash),
/// 1..256 bytes of UTF-8. It is the idempotency key, and unique for ever within (wallet, kind of
/// operation): the same reference may stand in another wallet, or in a deposit and a withdrawal.

struct WalletDraft {
  std::string_view user = {};      ///< 1..128 bytes of UTF-8
  std::string_view currency = {};  ///< the asset's code; a built-in one is registered on first use
  std::string_view label = {};     ///< at most 256 bytes of UTF-8; kept from the first creation
};

struct Deposit {
  WalletId wallet = {};
  Amount amount = {};  ///< greater than zero
  std::string_view reference = {};
  std::string_view description = {};  ///< at most 1024 bytes of UTF-8
  Timestamp effective_at = {};        ///< value date; none: the time of recording
};

struct Withdrawal {
  WalletId wallet = {};
  Amount amount = {};  ///< greater than zero
  std::string_view reference = {};
  std::string_view description = {};
  Timestamp effective_at = {};
};

/// Moves money between two wallets of one asset; the reference is unique within `from`.
struct WalletTransfer {
  WalletId from = {};
  WalletId to = {};
  Amount amount = {};  ///< greater than zero
  std::string_view reference = {};
  std::string_view description = {};
  Timestamp effective_at = {};
};

/// Changes money of `from` into the asset of `to`; the reference is unique within `from`.
///
/// One transaction of both assets, through a clearing account per asset, so that either both
/// wallets move or neither does. The rate and the rounding stand in the transaction's metadata.
struct WalletExchange {
  WalletId from = {};
  WalletId to = {};
  Amount amount = {};  ///< of the asset of `from`, greater than zero
  Rate rate = {};      ///< whole units of the asset of `to` for one of `from`
  Rounding rounding = Rounding::down;
  std::string_view reference = {};
  std::string_view description = {};
  Timestamp effective_at = {};
};

/// One item of a bulk call.
using WalletOperation =
    std::variant<WalletDraft, Deposit, Withdrawal, WalletTransfer, WalletExchange>;

/// What a movement of money became.
struct Receipt {
  TransactionId transaction;
  bool existed = false;  ///< the reference was there with the same content: its first result
  Timestamp recorded_at;
};

/// What an exchange became.
struct ExchangeReceipt {
  Receipt receipt;
  Amount received;  ///< by the wallet `to`
};

}  // namespace coffer
