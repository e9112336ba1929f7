// SPDX-License-Identifier: MIT
// Composer: turns operations on wallets into operations of the ledger, entries and keys included.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include <coffer/ledger/operation.hpp>
#include <coffer/wallet/wallet_operation.hpp>

#include "wallet/directory.hpp"

namespace coffer::wallet {

/// An operation on wallets, ready for the ledger; or why the ledger need not be asked.
///
/// `operation` holds views of the other members: an item stays where it was composed.
struct Item {
  Operation operation;
  Error refusal{Code::ok, {}};
  std::int64_t refused_subject = 0;  ///< what an outcome says beside the refusal's code
  WalletId wallet;    ///< the one that the operation is named by, e.g. that a transfer leaves
  WalletId other;     ///< the receiving one of a transfer or exchange
  WalletPlace place;  ///< of `wallet`
  WalletPlace other_place;
  Amount amount;
  Amount received;  ///< of an exchange
  std::string key;
  std::string metadata;
  std::array<Entry, 4> entries;
};

/// Threads: one thread at a time; made for one call of `Wallets`.
class Composer {
 public:
  explicit Composer(Directory& directory) noexcept : directory_(directory) {}

  /// Composes one more item. Fails only as the storage does; what is wrong with the operation
  /// itself stands in the item's `refusal`.
  [[nodiscard]] Result<Item*> compose(const WalletOperation& operation);

 private:
  [[nodiscard]] Status fill(Item& item, const WalletDraft& draft);
  [[nodiscard]] Status fill(Item& item, const Deposit& deposit);
  [[nodiscard]] Status fill(Item& item, const Withdrawal& withdrawal);
  [[nodiscard]] Status fill(Item& item, const WalletTransfer& transfer);
  [[nodiscard]] Status fill(Item& item, const WalletExchange& exchange);
  [[nodiscard]] Status place(Item& item, WalletId wallet);
  [[nodiscard]] Status place_both(Item& item, WalletId from, WalletId to);

  Directory& directory_;
  std::deque<Item> items_;  ///< a deque, because operations hold views of their items
};

}  // namespace coffer::wallet
