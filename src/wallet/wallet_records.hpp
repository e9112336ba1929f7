// SPDX-License-Identifier: MIT
// WalletRecords: the records of sources, jobs and wallets as one snapshot has them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>
#include <coffer/wallet/address_source.hpp>
#include <coffer/wallet/crypto_wallet.hpp>

namespace coffer::wallet {

/// The kinds of `WalletRecordRow`. Values are frozen.
enum class RecordKind : std::uint8_t {
  source = 1,          ///< key: its name; position: the first index; data: `source_text`
  source_setting = 2,  ///< position: a `SourceSetting`; status: its value
  job = 3,             ///< status: a sum of `JobFlag`; data: the ids of its sources, with commas
  job_input = 4,       ///< position: the first row; data: packed rows. Status 1: the end, a hash
  job_result = 5,      ///< position: `result_position`; status: the attempt; data: packed results
  job_state = 6,       ///< status: a `WalletJobState`; data: the reason
  wallet_state = 7,    ///< status: a `CryptoWalletStatus`; data: the reason
  address_state = 8,   ///< subject: the source; position: the wallet; data: the owner
};

/// `balance_max` has its value as decimal text in `data`: it does not fit a status.
enum class SourceSetting : std::uint8_t { gap_limit = 1, used_found = 2, balance_max = 3 };

/// A record with texts of its own.
struct StoredRecord {
  std::int64_t id = 0;
  std::int64_t subject = 0;
  std::int64_t position = 0;
  std::int64_t status = 0;
  std::string key;
  std::string actor;
  std::string data;
  Timestamp recorded_at;
};

/// What a crypto wallet's row says, with texts of its own.
struct StoredWallet {
  storage::CryptoWalletRow row;  ///< its views are empty
  std::string user, network, address, public_key, key, label, extra;
};

/// Threads: one thread at a time; made for one call.
class WalletRecords {
 public:
  /// Takes a snapshot of the book. Fails with the `storage_*` codes.
  [[nodiscard]] static Result<WalletRecords> open(const Ledger& ledger);

  [[nodiscard]] std::int64_t last_wallet() const noexcept { return last_wallet_; }
  [[nodiscard]] std::int64_t last_record() const noexcept { return last_record_; }
  [[nodiscard]] storage::Reader& reader() noexcept { return *reader_; }

  /// The record with this id, if it is of this kind.
  [[nodiscard]] Result<std::optional<StoredRecord>> find(RecordKind kind, std::int64_t id);
  [[nodiscard]] Result<std::optional<StoredRecord>> find(RecordKind kind, std::string_view key);
  /// The last one of a subject in the order of (position, id); `position` set: of that place.
  [[nodiscard]] Result<std::optional<StoredRecord>> newest(
      RecordKind kind, std::int64_t subject, std::optional<std::int64_t> position = {});
  /// Those of a subject with `first` <= position < `end`, in the order of (position, id), at most
  /// `limit` (-1: all).
  [[nodiscard]] Result<std::vector<StoredRecord>> range(RecordKind kind, std::int64_t subject,
                                                        std::int64_t first, std::int64_t end,
                                                        std::int64_t limit = -1);
  /// Records of a kind with a subject after `after`, in the order of subjects.
  [[nodiscard]] Result<std::vector<StoredRecord>> list(RecordKind kind, std::int64_t after,
                                                       std::int64_t limit);

  /// Fails with `not_found`.
  [[nodiscard]] Result<AddressSource> source(std::int64_t id);
  [[nodiscard]] Result<std::uint32_t> next_index(std::int64_t source, std::int64_t first_index);

  [[nodiscard]] Result<std::optional<StoredWallet>> wallet(std::int64_t id);
  /// The status now: by its newest record, or by its job's end, or as it began.
  [[nodiscard]] Result<CryptoWalletStatus> status_of(const storage::CryptoWalletRow& row);
  /// The wallet whole. The row's views have to live.
  [[nodiscard]] Result<CryptoWallet> describe(const StoredWallet& stored);

 private:
  WalletRecords() = default;
  [[nodiscard]] Result<bool> is_undone(std::int64_t job);

  std::unique_ptr<storage::Reader> reader_;
  std::int64_t last_wallet_ = 0;
  std::int64_t last_record_ = 0;
  std::map<std::int64_t, AddressSource> sources_;
  std::map<std::int64_t, bool> undone_;  ///< jobs that failed or were rolled back
};

[[nodiscard]] StoredWallet stored(const storage::CryptoWalletRow& row);

/// What a source's record says, as JSON for whoever reads the file.
[[nodiscard]] std::string source_text(const AddressSource& source);
/// Reads it back into `source`. Fails with `storage_corrupt`.
[[nodiscard]] Status read_source_text(std::string_view text, AddressSource* source);

}  // namespace coffer::wallet
