// SPDX-License-Identifier: MIT
// Reading records: each question is one scan of an index.
#include "wallet/wallet_records.hpp"

#include <array>
#include <string>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/wallet/wallet_job.hpp>

namespace coffer::wallet {
namespace {

using storage::Cell;
using storage::CryptoWalletRow;
using storage::ScanQuery;
using storage::WalletRecordRow;

StoredRecord copied(const WalletRecordRow& row) {
  return {row.id,
          row.subject,
          row.position,
          row.status,
          std::string(row.key),
          std::string(row.actor),
          std::string(row.data),
          Timestamp{row.recorded_at}};
}

Cell cell_of(RecordKind kind) { return Cell::of(static_cast<std::int64_t>(kind)); }

std::string with_index(std::string_view path, std::uint32_t index) {
  const std::size_t star = path.find('*');
  return std::string(path.substr(0, star)) + std::to_string(index) +
         std::string(path.substr(star + 1));
}

}  // namespace

StoredWallet stored(const CryptoWalletRow& row) {
  StoredWallet wallet{row,
                      std::string(row.user),
                      std::string(row.network),
                      std::string(row.address),
                      std::string(row.public_key),
                      std::string(row.key),
                      std::string(row.label),
                      std::string(row.extra)};
  wallet.row.user = wallet.row.network = wallet.row.address = wallet.row.public_key = {};
  wallet.row.key = wallet.row.label = wallet.row.extra = {};
  return wallet;
}

Result<WalletRecords> WalletRecords::open(const Ledger& ledger) {
  WalletRecords records;
  COFFER_TRY_ASSIGN(records.reader_, ledger.storage().snapshot());
  ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(records.reader_->scan<storage::CommitRow>(newest, [&](const storage::CommitRow& row) {
    records.last_wallet_ = row.last_crypto_wallet;
    records.last_record_ = row.last_wallet_record;
    return false;
  }));
  return records;
}

Result<std::optional<StoredRecord>> WalletRecords::find(RecordKind kind, std::int64_t id) {
  std::optional<StoredRecord> found;
  COFFER_TRY(reader_->find<WalletRecordRow>(id, [&](const WalletRecordRow& row) {
    if (row.kind == static_cast<std::int64_t>(kind)) {
      found = copied(row);
    }
  }));
  return found;
}

Result<std::optional<StoredRecord>> WalletRecords::find(RecordKind kind, std::string_view key) {
  const std::array<Cell, 2> equal{cell_of(kind), Cell::of_text(key)};
  ScanQuery query;
  query.index = WalletRecordRow::by_key;
  query.equal = equal;
  std::optional<StoredRecord> found;
  COFFER_TRY(reader_->scan<WalletRecordRow>(query, [&](const WalletRecordRow& row) {
    found = copied(row);
    return false;
  }));
  return found;
}

Result<std::optional<StoredRecord>> WalletRecords::newest(RecordKind kind, std::int64_t subject,
                                                          std::optional<std::int64_t> position) {
  const std::array<Cell, 3> equal{cell_of(kind), Cell::of(subject), Cell::of(position.value_or(0))};
  ScanQuery query;
  query.index = WalletRecordRow::by_subject;
  query.equal = std::span(equal).first(position ? 3U : 2U);
  query.is_backward = true;
  query.limit = 1;
  std::optional<StoredRecord> found;
  COFFER_TRY(reader_->scan<WalletRecordRow>(query, [&](const WalletRecordRow& row) {
    found = copied(row);
    return false;
  }));
  return found;
}

Result<std::vector<StoredRecord>> WalletRecords::range(RecordKind kind, std::int64_t subject,
                                                       std::int64_t first, std::int64_t end,
                                                       std::int64_t limit) {
  const std::array<Cell, 2> equal{cell_of(kind), Cell::of(subject)};
  const Cell from = Cell::of(first);
  const Cell to = Cell::of(end);
  ScanQuery query;
  query.index = WalletRecordRow::by_subject;
  query.equal = equal;
  query.from = std::span(&from, 1);
  query.to = std::span(&to, 1);
  query.limit = limit;
  std::vector<StoredRecord> found;
  COFFER_TRY(reader_->scan<WalletRecordRow>(query, [&](const WalletRecordRow& row) {
    found.push_back(copied(row));
    return true;
  }));
  return found;
}

Result<std::vector<StoredRecord>> WalletRecords::list(RecordKind kind, std::int64_t after,
                                                      std::int64_t limit) {
  const Cell equal = cell_of(kind);
  const Cell from = Cell::of(after + 1);
  ScanQuery query;
  query.index = WalletRecordRow::by_subject;
  query.equal = std::span(&equal, 1);
  query.from = std::span(&from, 1);
  query.limit = limit;
  std::vector<StoredRecord> found;
  COFFER_TRY(reader_->scan<WalletRecordRow>(query, [&](const WalletRecordRow& row) {
    found.push_back(copied(row));
    return true;
  }));
  return found;
}

Result<AddressSource> WalletRecords::source(std::int64_t id) {
  if (const auto known = sources_.find(id); known != sources_.end()) {
    return known->second;
  }
  COFFER_TRY_ASSIGN(const std::optional<StoredRecord> record, find(RecordKind::source, id));
  if (!record) {
    return Error{Code::not_found, "address source " + std::to_string(id) + ": not found"};
  }
  AddressSource source;
  source.id = AddressSourceId(record->id);
  source.name = record->key;
  source.first_index = static_cast<std::uint32_t>(record->position);
  source.recorded_at = record->recorded_at;
  COFFER_TRY(read_source_text(record->data, &source));
  COFFER_TRY_ASSIGN(source.next_index, next_index(id, record->position));
  COFFER_TRY_ASSIGN(const auto limit, newest(RecordKind::source_setting, id,
                                             static_cast<std::int64_t>(SourceSetting::gap_limit)));
  if (limit) {
    source.gap_limit = static_cast<std::uint32_t>(limit->status);
  }
  COFFER_TRY_ASSIGN(const auto most, newest(RecordKind::source_setting, id,
                                            static_cast<std::int64_t>(SourceSetting::balance_max)));
  if (most && !most->data.empty()) {
    Result<Amount> amount = parse_integer_text(most->data);
    if (!amount) {
      return Error{Code::storage_corrupt,
                   "wallet_records " + std::to_string(most->id) + ": data is no amount"};
    }
    source.balance_max = *amount;
  }
  if (source.is_restored) {
    COFFER_TRY_ASSIGN(const auto found,
                      newest(RecordKind::source_setting, id,
                             static_cast<std::int64_t>(SourceSetting::used_found)));
    source.is_restored = !found.has_value();
  }
  sources_.emplace(id, source);
  return source;
}

Result<std::uint32_t> WalletRecords::next_index(std::int64_t source, std::int64_t first_index) {
  const Cell equal = Cell::of(source);
  ScanQuery query;
  query.index = CryptoWalletRow::by_source;
  query.equal = std::span(&equal, 1);
  query.is_backward = true;
  query.limit = 1;
  std::int64_t next = first_index;
  COFFER_TRY(reader_->scan<CryptoWalletRow>(query, [&next](const CryptoWalletRow& row) {
    next = row.address_index + 1;
    return false;
  }));
  return static_cast<std::uint32_t>(next);
}

Result<std::optional<StoredWallet>> WalletRecords::wallet(std::int64_t id) {
  std::optional<StoredWallet> found;
  COFFER_TRY(reader_->find<CryptoWalletRow>(
      id, [&found](const CryptoWalletRow& row) { found = wallet::stored(row); }));
  return found;
}

Result<bool> WalletRecords::is_undone(std::int64_t job) {
  if (job == 0) {
    return false;
  }
  if (const auto known = undone_.find(job); known != undone_.end()) {
    return known->second;
  }
  COFFER_TRY_ASSIGN(const auto state, newest(RecordKind::job_state, job));
  const bool is_undone =
      state && (state->status == static_cast<std::int64_t>(WalletJobState::failed) ||
                state->status == static_cast<std::int64_t>(WalletJobState::rolled_back));
  undone_.emplace(job, is_undone);
  return is_undone;
}

Result<CryptoWalletStatus> WalletRecords::status_of(const CryptoWalletRow& row) {
  COFFER_TRY_ASSIGN(const bool is_retired, is_undone(row.job));
  if (is_retired) {
    return CryptoWalletStatus::retired;
  }
  const bool is_pooled = row.status == static_cast<std::int64_t>(CryptoWalletStatus::free);
  Result<std::optional<StoredRecord>> changed =
      is_pooled ? newest(RecordKind::address_state, row.source, row.id)
                : newest(RecordKind::wallet_state, row.id);
  COFFER_TRY(changed);
  return static_cast<CryptoWalletStatus>(*changed ? (*changed)->status : row.status);
}

Result<CryptoWallet> WalletRecords::describe(const StoredWallet& stored) {
  CryptoWallet wallet;
  const CryptoWalletRow& row = stored.row;
  wallet.id = CryptoWalletId(row.id);
  wallet.user = stored.user;
  wallet.network = stored.network;
  wallet.address = stored.address;
  wallet.source = AddressSourceId(row.source);
  wallet.address_index = static_cast<std::uint32_t>(row.address_index);
  if (row.source != 0) {
    COFFER_TRY_ASSIGN(const AddressSource its, source(row.source));
    wallet.key_name = its.key_name;
    wallet.path = with_index(its.path, wallet.address_index);
  }
  wallet.public_key.assign(stored.public_key.begin(), stored.public_key.end());
  wallet.kind = static_cast<CryptoWalletKind>(row.kind);
  COFFER_TRY_ASSIGN(wallet.status, status_of(row));
  wallet.job = WalletJobId(row.job);
  wallet.key = stored.key;
  wallet.label = stored.label;
  wallet.extra = stored.extra;
  wallet.recorded_at = Timestamp{row.recorded_at};
  return wallet;
}

}  // namespace coffer::wallet
