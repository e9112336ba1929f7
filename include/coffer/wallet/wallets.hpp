// SPDX-License-Identifier: MIT
// Wallets: users' money over the ledger; create, deposit, withdraw, transfer, exchange, look.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/wallet/wallet.hpp>
#include <coffer/wallet/wallet_operation.hpp>

namespace coffer {

/// Every wallet is one credit-normal account that may not fall below zero. Money that comes from
/// outside or leaves is posted against one clearing account per asset and purpose ("cash",
/// "exchange"), opened on first use and free of bounds, so that the books always balance.
///
/// Errors of money movements begin with the documents' words: "invalid deposit amount",
/// "transaction already processed", "insufficient balance".
///
/// Threads: every member function may be called from any thread at any time.
class Wallets {
 public:
  /// `ledger` outlives this object.
  explicit Wallets(Ledger& ledger) noexcept : ledger_(&ledger) {}

  // --- Wallets.

  /// Creates the wallet of a user in a currency; there is at most one (R24, R45), and a repeat
  /// gives the first. Fails with `invalid_argument` (user or currency empty), `text_too_long`,
  /// `invalid_utf8`, `asset_not_found` (neither registered nor built in), `storage_*`.
  [[nodiscard]] Result<CreatedWallet> create(const WalletDraft& draft);
  /// Fails with `wallet_not_found`.
  [[nodiscard]] Result<Wallet> find(WalletId id) const;
  /// Fails with `asset_not_found`, `wallet_not_found`.
  [[nodiscard]] Result<Wallet> find(std::string_view user, std::string_view currency) const;
  /// A user's wallets in the order of their assets, after the wallet `after` (none: from the
  /// start). An empty user: all wallets in the order of their ids.
  ///
  /// Fails with `out_of_range` (`limit` outside 1..1000), `wallet_not_found` (`after` is no wallet
  /// of this user).
  [[nodiscard]] Result<std::vector<Wallet>> list(std::string_view user, WalletId after,
                                                 std::uint32_t limit) const;

  // --- Money.

  /// Adds money from outside. The same reference with the same content gives the first result
  /// again (`existed`), with other content `exists_with_different_*`.
  ///
  /// Fails with, first match wins: `wallet_not_found`, `amount_not_positive`, `key_required`
  /// (reference), `text_too_long`, `invalid_utf8`, `exists_with_different_*`, `account_closed`,
  /// `wallet_frozen`, `effective_in_future`, `exceeds_limit`, `amount_overflow`, `storage_*`.
  [[nodiscard]] Result<Receipt> deposit(const Deposit& deposit);
  /// The same with a decimal text such as "100" or "0.5". Fails as above, and after
  /// `wallet_not_found` with `amount_syntax`, `amount_too_many_places`, `amount_overflow`.
  [[nodiscard]] Result<Receipt> deposit(WalletId wallet, std::string_view amount,
                                        std::string_view reference,
                                        std::string_view description = {});
  /// Takes money out. Fails as `deposit`, and with `insufficient_balance` (the message says what is
  /// available) in place of `exceeds_limit`.
  [[nodiscard]] Result<Receipt> withdraw(const Withdrawal& withdrawal);
  /// The same with a decimal text. Fails as both above.
  [[nodiscard]] Result<Receipt> withdraw(WalletId wallet, std::string_view amount,
                                         std::string_view reference,
                                         std::string_view description = {});
  /// Moves money between wallets of one asset. Fails as `withdraw`, and before the amount with
  /// `same_account`, `asset_mismatch`.
  [[nodiscard]] Result<Receipt> transfer(const WalletTransfer& transfer);
  /// Exchanges money between wallets of two assets. Fails as `withdraw`, before the amount with
  /// `asset_mismatch` (both are of the same asset), and after it with `amount_overflow` and
  /// `amount_not_positive` (so little that nothing would be received).
  [[nodiscard]] Result<ExchangeReceipt> exchange(const WalletExchange& exchange);
  /// Executes many operations with one commit; `outcomes[i]` belongs to `operations[i]`. Its id is
  /// the wallet's for a creation and the transaction's otherwise; `subject` of a failure is the
  /// wallet of `wallet_not_found`, `wallet_frozen` and `insufficient_balance`, the earlier
  /// transaction of `exists_with_different_*`, less than 0 for a field, the account of other codes
  /// about one, and 0 where the code says all. `describe` puts it into words.
  ///
  /// A wallet that is created here can't be named by a movement in the same call. Fails as a whole
  /// with `invalid_argument` (sizes differ), `closed`, `storage_*`; else each item as above.
  /// Cost: one unit of work; a read per wallet named.
  [[nodiscard]] Status execute(std::span<const WalletOperation> operations, BatchMode mode,
                               std::span<Outcome> outcomes);

  // --- State.

  /// Stops every movement of a wallet, in and out, and every new hold. `reason` (at most 4096 bytes
  /// of UTF-8) is journaled with it. A frozen wallet stays as it is. Fails with `wallet_not_found`,
  /// `account_closed`, `text_too_long`, `invalid_utf8`, `storage_*`.
  [[nodiscard]] Status freeze(WalletId wallet, std::string_view reason);
  /// Lets the wallet move again. Fails as `freeze`.
  [[nodiscard]] Status thaw(WalletId wallet, std::string_view reason);
  /// Fails with `wallet_not_found`.
  [[nodiscard]] Result<bool> is_frozen(WalletId wallet) const;

  // --- Questions.

  /// The money in its buckets: available, held, pending, frozen. Fails with `wallet_not_found`.
  [[nodiscard]] Result<Balance> balance(WalletId wallet) const;
  /// One page, newest first unless asked otherwise. Fails with `wallet_not_found`, `out_of_range`
  /// (limit). Cost: the same however deep the page lies.
  [[nodiscard]] Result<WalletPage> transactions(const WalletQuery& query) const;
  /// A page by number, counted from 1, for interfaces that need one (R64); `after` and `limit` of
  /// `query` are not read.
  ///
  /// Fails with `wallet_not_found`, `out_of_range` (`page` below 1, `page_size` outside 1..1000).
  /// Cost: walks all that the query finds, to count it; prefer the form with a cursor.
  [[nodiscard]] Result<WalletNumberedPage> transactions(const WalletQuery& query, std::int64_t page,
                                                        std::int64_t page_size) const;

 private:
  Ledger* ledger_;
};

}  // namespace coffer
