// SPDX-License-Identifier: MIT
// Ledger: one book of double-entry accounts, posted to by one writer and read by many.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/asset.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/ledger/event.hpp>
#include <coffer/ledger/hold.hpp>
#include <coffer/ledger/operation.hpp>
#include <coffer/ledger/query.hpp>
#include <coffer/ledger/verify.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer {

struct LedgerOptions {
  bool is_read_only = false;  ///< follow what another process writes
  storage::Takeover takeover = storage::Takeover::refuse;
  std::int64_t takeover_wait_ns = 0;
  EventSink* events = nullptr;               ///< outlives the ledger
  bool use_builder_thread = true;            ///< sort index segments beside the writer
  std::int64_t filter_bytes_max = 32 << 20;  ///< memory for key filters
  /// Throw the stored index away and build it again from the journal: what to do when an error or
  /// `verify` says that it is damaged. Takes about a microsecond and 130 bytes of memory a
  /// transaction (measured with a million), until the ledger is closed or its segments are written.
  /// Writers only.
  bool rebuild_index = false;
};

/// A registered asset.
struct RegisteredAsset {
  AssetId id;
  Asset asset;
};

/// Threads: every member function may be called from any thread at any time. Callers that write at
/// the same moment share one commit (group commit). Answers never show what is not committed.
///
/// Every write returns after its commit is as durable as the storage promises. When the storage
/// fails, nothing of the call happened unless its message says that the outcome is unknown; repeat
/// it with the same keys: what did happen answers as `existed`.
class Ledger {
 public:
  /// Opens the book in `storage`, creating it when it is empty; replays what follows the last
  /// sealed segment. Fails with `invalid_argument` (options that exclude each other),
  /// `storage_busy` (another writer), `storage_corrupt` and the `storage_*` codes. `storage` and
  /// `clock` outlive the ledger.
  [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(storage::Storage& storage, Clock& clock,
                                                            const LedgerOptions& options);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Seals what is in memory and gives up the writer's role. Later calls fail with `closed`.
  [[nodiscard]] Status close();

  // --- Assets.

  /// Registers an asset, or finds the same one. Fails with `invalid_argument` (the message names
  /// the field; also for a new asset with the code of a currency of ISO 4217 that is not fiat or
  /// has other places than the standard: "USD" is cents in every book), `asset_scale_fixed`,
  /// `exists_with_different_asset`, and those of every write.
  [[nodiscard]] Result<AssetId> register_asset(const Asset& asset);
  /// Fails with `asset_not_found`.
  [[nodiscard]] Result<RegisteredAsset> find_asset(std::string_view code) const;
  [[nodiscard]] Result<RegisteredAsset> find_asset(AssetId id) const;
  [[nodiscard]] Result<std::vector<RegisteredAsset>> assets() const;

  // --- Accounts.

  /// Opens an account; the same key with the same content gives the first one again. Fails with
  /// `key_required`, `key_too_long`, `text_too_long`, `invalid_utf8`, `invalid_bounds` (they
  /// exclude zero; closed from the start), `exists_with_different_{asset,owner,policy}`,
  /// `asset_not_found`.
  [[nodiscard]] Result<AccountId> open_account(const AccountDraft& draft);
  /// Sets bounds, frozen, closed or metadata. Fails with `text_too_long`, `invalid_utf8`,
  /// `account_not_found`, `account_closed`, `account_not_empty` (closing), `invalid_bounds` (least
  /// above greatest, or what is in it now outside).
  [[nodiscard]] Status change_account(const PolicyChange& change);
  /// Fails with `account_not_found`.
  [[nodiscard]] Result<Account> find_account(AccountId id) const;
  [[nodiscard]] Result<Account> find_account(std::string_view key) const;
  /// An owner's accounts in id order after `after`, at most `limit` (1..1000). Empty owner: all.
  [[nodiscard]] Result<std::vector<Account>> accounts(std::string_view owner, AccountId after,
                                                      std::uint32_t limit) const;

  // --- Posting.

  /// Posts one transaction, or changes nothing.
  ///
  /// Fails with, first match wins: `key_required`, `key_too_long`, `text_too_long`, `invalid_utf8`,
  /// `no_entries`, `too_many_entries`, `amount_not_positive`, `exists_with_different_*` (same key,
  /// other content), `account_not_found`, `unbalanced`, `account_closed`, `account_frozen`,
  /// `effective_in_future`, `condition_not_met`, `amount_overflow`, `exceeds_balance`,
  /// `exceeds_limit`, and the `storage_*` codes.
  ///
  /// Of several differences the first of these is told: kind or code, entries (of transfers:
  /// account, amount), value date, texts.
  [[nodiscard]] Result<Outcome> post(const Draft& draft);
  /// Posts many two-entry transfers with one commit; `outcomes[i]` belongs to `transfers[i]`.
  ///
  /// Fails as a whole only with `invalid_argument` (sizes differ), `closed` and the `storage_*`
  /// codes; then nothing happened. A transfer's own failure stands in its outcome: as `post`, and
  /// `asset_mismatch`, `same_account`, `group_failed`, `not_attempted`.
  /// Cost: one unit of work; about 2 microseconds each on the machine of the README's table.
  [[nodiscard]] Status post(std::span<const Transfer> transfers, BatchMode mode,
                            std::span<Outcome> outcomes);
  /// Undoes a transaction by a new one with the opposite entries. What a capture took goes back as
  /// available money; its hold stays captured. Fails with `transaction_not_found`,
  /// `already_reversed`, `not_reversible` (a reversal itself), and as `post`.
  [[nodiscard]] Result<Outcome> reverse(const Reversal& reversal);
  /// Executes items of any kind with one commit; `outcomes[i]` belongs to `operations[i]`.
  [[nodiscard]] Status execute(std::span<const Operation> operations, BatchMode mode,
                               std::span<Outcome> outcomes);
  /// Lists every reason why `draft` would be refused now; changes nothing. Empty: it would post.
  [[nodiscard]] Result<std::vector<Error>> check(const Draft& draft) const;
  /// Does everything that `execute` does, then forgets it: the outcomes are what would happen.
  [[nodiscard]] Status dry_run(std::span<const Operation> operations, BatchMode mode,
                               std::span<Outcome> outcomes);

  // --- Holds.

  /// Reserves money. Fails with `key_*`, `text_too_long`, `invalid_utf8`, `amount_not_positive`,
  /// `exists_with_different_*`, `account_not_found`, `account_closed`, `account_frozen`; of the
  /// destination `account_not_found`, `same_account`, `asset_mismatch`; `invalid_argument` (expiry
  /// not in the future), `amount_overflow`, `exceeds_balance`. Of several differences the first of
  /// these is told: account, amount, bucket (as kind), expiry, reference.
  [[nodiscard]] Result<Outcome> reserve(const HoldDraft& draft);
  /// Posts what a hold reserved. Fails with `key_*`, `amount_not_positive`, `hold_not_found`,
  /// `exists_with_different_*`, `hold_not_open`, `invalid_argument` (no destination),
  /// `exceeds_hold`, and as `post`.
  [[nodiscard]] Result<Outcome> capture(const Capture& capture);
  /// Gives back the rest of a hold. Fails with `hold_not_found`, `hold_not_open`.
  [[nodiscard]] Result<Outcome> release(HoldId hold);
  /// Journals the expiry of holds that are over (their money was available again at the exact time
  /// of expiry, journaled or not); the value is how many.
  [[nodiscard]] Result<std::int64_t> expire_due_holds();
  [[nodiscard]] Result<Hold> find_hold(HoldId id) const;
  [[nodiscard]] Result<std::vector<Hold>> open_holds(AccountId account) const;

  // --- Questions.

  /// Fails with `account_not_found`.
  [[nodiscard]] Result<Balance> balance(AccountId account) const;
  /// The posted balance when everything up to and including `time` on that axis counts.
  [[nodiscard]] Result<Amount> balance_as_of(AccountId account, Timestamp time,
                                             TimeAxis axis) const;
  /// One page of an account's history. Fails with `account_not_found`, `out_of_range` (limit).
  [[nodiscard]] Result<HistoryPage> history(const HistoryQuery& query) const;
  /// Fails with `transaction_not_found`.
  [[nodiscard]] Result<Transaction> find_transaction(TransactionId id) const;
  [[nodiscard]] Result<Transaction> find_transaction(std::string_view key) const;
  /// All of an owner's accounts summed per asset.
  [[nodiscard]] Result<std::vector<OwnerTotal>> totals(std::string_view owner) const;
  [[nodiscard]] Result<Statistics> statistics() const;

  // --- Proof and care.

  /// The newest point of the audit chain.
  [[nodiscard]] Result<ChainHead> chain_head() const;
  /// See `verify_book`.
  [[nodiscard]] Result<VerifyReport> verify(const VerifyOptions& options) const;
  [[nodiscard]] Status backup(std::string_view path, const storage::Progress& progress) const;

  [[nodiscard]] Clock& clock() const noexcept;
  /// The storage, for modules that keep their own rows (wallets, reconciliations).
  [[nodiscard]] storage::Storage& storage() const noexcept;

 private:
  struct Parts;
  explicit Ledger(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace coffer
