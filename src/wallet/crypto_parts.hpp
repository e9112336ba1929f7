// SPDX-License-Identifier: MIT
// What CryptoWallets is made of: the ledger, the hooks, and one way to append prepared rows.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/wallet/crypto_wallets.hpp>

#include "wallet/job_rows.hpp"
#include "wallet/wallet_records.hpp"

namespace coffer::wallet {

/// A record that is to be appended. Text is read until it is committed.
struct NewRecord {
  RecordKind kind = RecordKind::source;
  std::int64_t subject = 0;  ///< 0: the record itself
  std::int64_t position = 0;
  std::int64_t status = 0;
  std::string_view key = {};
  std::string_view actor = {};
  std::string_view data = {};
};

/// A job as its records tell.
struct JobHead {
  StoredRecord begin;
  std::vector<std::int64_t> sources;
  WalletJobState state = WalletJobState::receiving;
  std::string reason;
  Timestamp updated_at;
  JobCounts counts;
  std::int64_t rows = 0;
  bool is_whole = false;  ///< all of its input is stored

  [[nodiscard]] bool has(std::int64_t flag) const noexcept { return (begin.status & flag) != 0; }
};

/// The flags of a job's first record. Frozen.
struct JobFlag {
  static constexpr std::int64_t none = 1;  ///< always set, so that the status is never 0
  static constexpr std::int64_t all_or_nothing = 2;
  static constexpr std::int64_t several = 4;
  static constexpr std::int64_t approval = 8;
};

/// Fails with `not_found`.
[[nodiscard]] Result<JobHead> read_job(WalletRecords& records, std::int64_t id);
[[nodiscard]] WalletJob describe(const JobHead& head);
/// The newest results of rows `first` to before `end`, by row.
[[nodiscard]] Result<std::map<std::int64_t, RowOutcome>> read_results(WalletRecords& records,
                                                                      const JobHead& head,
                                                                      std::int64_t first,
                                                                      std::int64_t end);
/// Input with texts of its own.
struct JobInput {
  std::vector<StoredRecord> records;
  std::vector<InputRow> rows;
};
[[nodiscard]] Result<JobInput> read_input(WalletRecords& records, std::int64_t job,
                                          std::int64_t first, std::int64_t end);

/// Checks of what callers say; `field` is for the message.
[[nodiscard]] Status check_key(std::string_view field, std::string_view key);
[[nodiscard]] Status check_text(std::string_view field, std::string_view text,
                                std::size_t bytes_max);

/// The addresses of consecutive indexes of a source.
struct DerivedAddresses {
  std::vector<char> text;
  std::vector<keys::PublicKey> public_keys;

  [[nodiscard]] std::string_view address(std::size_t i) const;
  [[nodiscard]] std::string_view public_key(std::size_t i) const;
};

}  // namespace coffer::wallet

namespace coffer {

class CryptoWallets::Parts {
 public:
  Parts(Ledger& ledger_in, CryptoWalletsOptions options_in)
      : ledger(ledger_in), options(std::move(options_in)) {}

  [[nodiscard]] Status may(std::string_view actor, WalletAction action, WalletJobId job) const;
  /// Appends what was prepared on `base`, or answers false when the book has moved on since.
  [[nodiscard]] Result<bool> commit(const wallet::WalletRecords& base,
                                    std::span<const storage::CryptoWalletRow> wallets,
                                    std::span<const wallet::NewRecord> records);
  /// Prepares on the newest state and commits, again when the book has moved on. `prepare` gets the
  /// records and the list to fill; an empty list changes nothing. The lock is held by the caller.
  template <class Prepare>
  [[nodiscard]] Status append(Prepare&& prepare) {
    for (int i = 0; i < tries_max; ++i) {
      COFFER_TRY_ASSIGN(wallet::WalletRecords base, wallet::WalletRecords::open(ledger));
      std::vector<wallet::NewRecord> records;
      COFFER_TRY(prepare(base, records));
      if (records.empty()) {
        return {};
      }
      COFFER_TRY_ASSIGN(const bool is_done, commit(base, {}, records));
      if (is_done) {
        return {};
      }
    }
    return busy();
  }
  [[nodiscard]] static Error busy();
  /// Appends a new state of a job and tells what the job is then.
  template <class Check>
  [[nodiscard]] Result<WalletJob> change_job(WalletJobId job, WalletJobState state,
                                             std::string_view actor, std::string_view reason,
                                             Check&& check);
  /// Derives `count` addresses of a source from `first` on. Fails with `invalid_key` where the
  /// private node is missing, and as derivation does.
  [[nodiscard]] Result<wallet::DerivedAddresses> derive(const AddressSource& source,
                                                        std::uint32_t first, std::size_t count,
                                                        std::span<const PrivateNode> private_nodes,
                                                        const keys::BulkOptions& derivation) const;

  /// The index of the last address of a pool that is marked used; the one before the first index
  /// when none is. Cost: reads what was given out after it.
  [[nodiscard]] Result<std::int64_t> last_used(wallet::WalletRecords& records,
                                               const AddressSource& source) const;

  static constexpr int tries_max = 16;

  Ledger& ledger;
  CryptoWalletsOptions options;
  std::mutex mutex;  ///< from preparing to having committed, of all that appends
  std::map<std::int64_t, std::int64_t> checked;  ///< all or nothing: rows found good, by job
};

}  // namespace coffer
