// SPDX-License-Identifier: MIT
// CryptoWallets: address sources, jobs that create wallets in bulk, address pools, look-ups.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/chain/network.hpp>
#include <coffer/core/amount.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/wallet/address_pool.hpp>
#include <coffer/wallet/address_source.hpp>
#include <coffer/wallet/admission.hpp>
#include <coffer/wallet/crypto_wallet.hpp>
#include <coffer/wallet/wallet_job.hpp>

namespace coffer {

/// All pointers outlive the object.
struct CryptoWalletsOptions {
  AdmissionPolicy* admission = nullptr;      ///< none: every wallet becomes active
  WalletPermissions* permissions = nullptr;  ///< none: everybody may do everything
  chain::NetworkTable networks;              ///< with the rows that the host has added
};

/// Wallets whose money is on a chain (R1-R6, R43-R47, R92, R99-R108). The book holds addresses,
/// public keys and paths, never a private key.
///
/// A job is submitted with its rows, which are stored; then `run` makes the wallets, so many at
/// each call, and returns. The library has no thread of its own: the host calls `run` from where it
/// likes, again after a crash, until the job is completed. A commit holds a run of rows with their
/// results, indexes and addresses, so a killed process loses nothing and makes nothing twice.
///
/// Everything is an appended event of the book, in its audit chain; nothing is updated. Functions
/// that change something fail, after what they say, with `not_permitted` (read-only, or the
/// permissions), `closed` and the `storage_*` codes.
///
/// Threads: every member function from any thread. Those that add wallets take turns within one
/// object; over one ledger make one object.
class CryptoWallets {
 public:
  class Parts;  ///< of the implementation
  /// `ledger` outlives this object.
  explicit CryptoWallets(Ledger& ledger, CryptoWalletsOptions options = {});
  ~CryptoWallets();
  CryptoWallets(const CryptoWallets&) = delete;
  CryptoWallets& operator=(const CryptoWallets&) = delete;

  // --- Address sources.

  /// Adds a source, or finds the same one.
  ///
  /// Fails with `null_argument` (node), `key_required`, `key_too_long`, `invalid_utf8`,
  /// `text_too_long`, `network_not_found`, `unsupported` (the network has no such form),
  /// `invalid_key` (a node of another curve, or not at the place of the account in the seed),
  /// `out_of_range` (account, first index, gap limit), `exists_with_different_policy` (the same
  /// name, but another network, form, node or first index), `already_exists` (another source of
  /// this network has this node: both would give out the same addresses).
  [[nodiscard]] Result<AddedAddressSource> add_source(const AddressSourceDraft& draft);
  /// Fails with `not_found`.
  [[nodiscard]] Result<AddressSource> find_source(AddressSourceId id) const;
  /// The same by its name. Fails with `not_found`.
  [[nodiscard]] Result<AddressSource> find_source(std::string_view name) const;
  /// All of them in the order of their ids. Fails with the `storage_*` codes.
  [[nodiscard]] Result<std::vector<AddressSource>> sources() const;
  /// Sets how much the wallets of a source may hold together, in the smallest unit of the network's
  /// coin; none takes the limit away. A hot wallet holds little, so that little can be stolen
  /// (R93). The book keeps the limit and its history for whoever moves coins: to hold to it is
  /// theirs, as nothing here does.
  ///
  /// Fails with `not_found`, `out_of_range` (a negative limit).
  [[nodiscard]] Status set_balance_max(AddressSourceId source, const std::optional<Amount>& limit,
                                       std::string_view actor);

  // --- Jobs.

  /// Stores a job with its rows, in commits of some thousand rows. A repeat after a crash goes on
  /// where the storage ended.
  ///
  /// Fails with `key_required`, `key_too_long`, `invalid_utf8`, `invalid_argument` (no sources, too
  /// many, two of one network), `not_found` (a source), the reader's failure,
  /// `exists_with_different_policy` (same key, other options or sources),
  /// `exists_with_different_entries` (same key, other rows; the message names the first).
  /// Cost: memory for some thousand rows, however many there are.
  [[nodiscard]] Result<SubmittedJob> submit(const WalletJobDraft& draft, WalletRowReader& rows);
  /// Makes wallets for the next rows of a job. A job that is over stays as it is.
  ///
  /// Fails with `not_found`, `out_of_range` (`rows_max`), `condition_not_met` (its input is not
  /// whole, or it waits for approval), `invalid_key` (a private node that is missing or not the
  /// source's), `cancelled` (the observer; nothing of the present commit happened).
  [[nodiscard]] Result<WalletJob> run(WalletJobId job, const WalletRun& options = {});
  /// Lets a job run that waits for it. Fails with `not_found`, `condition_not_met` (it is over).
  [[nodiscard]] Result<WalletJob> approve(WalletJobId job, std::string_view actor);
  /// Stops a job for good; what it made stays. Safe to repeat. Fails with `not_found`,
  /// `condition_not_met` (it is over another way).
  [[nodiscard]] Result<WalletJob> cancel(WalletJobId job, std::string_view actor,
                                         std::string_view reason = {});
  /// Makes a completed job ready once more for its failed rows, those with wrong input excepted.
  /// Fails with `not_found`, `condition_not_met` (it is not completed).
  [[nodiscard]] Result<WalletJob> retry(WalletJobId job, std::string_view actor);
  /// Retires every wallet that the job made, at once and for good. Their indexes stay taken, their
  /// users are free for new wallets. Safe to repeat. Fails with `not_found`, `condition_not_met`
  /// (its input is not whole).
  [[nodiscard]] Result<WalletJob> roll_back(WalletJobId job, std::string_view actor,
                                            std::string_view reason = {});
  /// How far a job is. Fails with `not_found`. Cost: a few reads.
  [[nodiscard]] Result<WalletJob> find_job(WalletJobId job, std::string_view actor = {}) const;
  /// The same by the caller's key. Fails with `not_found`.
  [[nodiscard]] Result<WalletJob> find_job(std::string_view key, std::string_view actor = {}) const;
  /// Jobs in the order of their ids after `after`. Fails with `out_of_range` (`limit` outside
  /// 1..1000).
  [[nodiscard]] Result<std::vector<WalletJob>> jobs(WalletJobId after, std::uint32_t limit,
                                                    std::string_view actor = {}) const;
  /// The results of rows `after` + 1 and on, counted from 1, with `failed_only` of those that
  /// failed. Fails with `not_found`, `out_of_range` (`limit` outside 1..1000, `after` negative).
  [[nodiscard]] Result<std::vector<WalletRowResult>> results(WalletJobId job, std::int64_t after,
                                                             std::uint32_t limit,
                                                             bool failed_only = false,
                                                             std::string_view actor = {}) const;

  // --- Wallets.

  /// Fails with `wallet_not_found`.
  [[nodiscard]] Result<CryptoWallet> find(CryptoWalletId id) const;
  /// The user's wallet in a network that is not retired; the first when there are several. Fails
  /// with `wallet_not_found`.
  [[nodiscard]] Result<CryptoWallet> find(std::string_view user, std::string_view network) const;
  /// By its text, as `chain::address_of` writes it. Fails with `wallet_not_found`.
  [[nodiscard]] Result<CryptoWallet> find_address(std::string_view network,
                                                  std::string_view address) const;
  /// A user's wallets by network and id, or all wallets by id for an empty user, after `after`.
  /// Fails with `out_of_range` (`limit` outside 1..1000), `wallet_not_found` (`after`).
  [[nodiscard]] Result<std::vector<CryptoWallet>> list(std::string_view user, CryptoWalletId after,
                                                       std::uint32_t limit) const;
  /// Changes the status: `pending` and `refused` to each other, to active and retired; `active` to
  /// frozen and retired; `frozen` to active and retired. The same status again changes nothing.
  ///
  /// Fails with `wallet_not_found`, `text_too_long` (reason above 4096 bytes), `invalid_utf8`,
  /// `condition_not_met` (no such step, or an address of a pool).
  [[nodiscard]] Result<CryptoWallet> set_status(CryptoWalletId wallet, CryptoWalletStatus status,
                                                std::string_view actor,
                                                std::string_view reason = {});

  // --- Address pools.

  /// The counts of a pool. Fails with `not_found`. Cost: reads every address of the source.
  [[nodiscard]] Result<AddressPool> pool(AddressSourceId source) const;
  /// Derives addresses ahead until enough are free; the value is how many were added. Fails with
  /// `not_found`, `out_of_range` (`free_min`), `invalid_key` as `run`.
  [[nodiscard]] Result<std::int64_t> fill_pool(const PoolFilling& filling);
  /// Gives out the free address with the lowest index. Fails with `key_required`, `key_too_long`,
  /// `invalid_utf8`, `text_too_long`, `not_found` (source), `exists_with_different_owner` (same
  /// key, other owner or source), `condition_not_met` (none is free: fill the pool).
  [[nodiscard]] Result<AssignedAddress> assign_address(const AddressRequest& request);
  /// Marks a pool's address `used` or `retired`. Fails with `wallet_not_found`, `invalid_argument`
  /// (another status), `condition_not_met` (no address of a pool, or retired).
  [[nodiscard]] Result<CryptoWallet> mark_address(CryptoWalletId address, CryptoWalletStatus status,
                                                  std::string_view actor);
  /// Sets after how many unused addresses `is_beyond_gap` warns, 1..1,000,000. Fails with
  /// `not_found`, `out_of_range`.
  [[nodiscard]] Status set_gap_limit(AddressSourceId source, std::uint32_t limit,
                                     std::string_view actor);
  /// Looks for addresses that were used, also behind the last one of the book, until so many as the
  /// gap limit in a row were not; adds them to the pool as `used` (and the unused ones between as
  /// `retired`), so that none is given out again. Ends the warning of a restored source.
  ///
  /// Fails with `not_found`, `invalid_key` as `run`, and as `chain`.
  [[nodiscard]] Result<UsedAddresses> find_used(AddressSourceId source, ChainUse& chain,
                                                std::span<const PrivateNode> private_nodes = {},
                                                std::string_view actor = {});

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace coffer
