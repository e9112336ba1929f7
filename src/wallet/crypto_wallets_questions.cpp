// SPDX-License-Identifier: MIT
// Questions about crypto wallets and jobs: index scans over one snapshot.
#include <array>
#include <limits>
#include <string>

#include "wallet/crypto_parts.hpp"

namespace coffer {
namespace {

using storage::Cell;
using storage::CryptoWalletRow;
using storage::ScanQuery;
using wallet::InputRow;
using wallet::JobHead;
using wallet::JobInput;
using wallet::RecordKind;
using wallet::RowOutcome;
using wallet::StoredRecord;
using wallet::StoredWallet;
using wallet::WalletRecords;

constexpr std::uint32_t limit_max = 1000;

Status check_limit(std::uint32_t limit) {
  return limit >= 1 && limit <= limit_max
             ? Status{}
             : Error{Code::out_of_range, "limit: must be 1 to 1000, is " + std::to_string(limit)};
}

Error missing(const std::string& what) { return {Code::wallet_not_found, what + ": not found"}; }

Result<std::vector<StoredWallet>> scan(WalletRecords& records, const ScanQuery& query) {
  std::vector<StoredWallet> found;
  COFFER_TRY(records.reader().scan<CryptoWalletRow>(query, [&found](const CryptoWalletRow& row) {
    found.push_back(wallet::stored(row));
    return true;
  }));
  return found;
}

/// The result of one row as far as it is known.
Status fill(WalletRecords& records, const JobHead& head, const InputRow& input,
            const RowOutcome* outcome, WalletRowResult* result) {
  result->row = input.row + 1;
  result->user = input.text.user;
  result->network = input.text.network;
  if (outcome == nullptr) {
    result->is_done = input.code != Code::ok || head.state == WalletJobState::failed;
    result->code = input.code;
    result->message = input.message;
    if (result->is_done && input.code == Code::ok) {
      result->code = Code::group_failed;
      result->message =
          "row " + std::to_string(result->row) + ", another row failed: " + head.reason;
    }
    return {};
  }
  result->is_done = true;
  result->code = outcome->code;
  result->message = outcome->message;
  result->existed = outcome->existed;
  result->wallet = CryptoWalletId(outcome->wallet);
  if (outcome->wallet == 0) {
    return {};
  }
  COFFER_TRY_ASSIGN(const std::optional<StoredWallet> found, records.wallet(outcome->wallet));
  if (!found) {
    return Error{Code::storage_corrupt,
                 "crypto_wallets " + std::to_string(outcome->wallet) + ": missing, run verify"};
  }
  result->network = found->network;
  result->address = found->address;
  COFFER_TRY_ASSIGN(result->status, records.status_of(found->row));
  return {};
}

}  // namespace

Result<WalletJob> CryptoWallets::find_job(WalletJobId job, std::string_view actor) const {
  COFFER_TRY(parts_->may(actor, WalletAction::query, job));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
  return wallet::describe(head);
}

Result<WalletJob> CryptoWallets::find_job(std::string_view key, std::string_view actor) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const std::optional<StoredRecord> found, records.find(RecordKind::job, key));
  if (!found) {
    // Who may not query does not learn which keys there are.
    COFFER_TRY(parts_->may(actor, WalletAction::query, {}));
    return Error{Code::not_found, "job '" + std::string(key) + "': not found"};
  }
  return find_job(WalletJobId(found->id), actor);
}

Result<std::vector<WalletJob>> CryptoWallets::jobs(WalletJobId after, std::uint32_t limit,
                                                   std::string_view actor) const {
  COFFER_TRY(check_limit(limit));
  COFFER_TRY(parts_->may(actor, WalletAction::query, {}));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const std::vector<StoredRecord> found,
                    records.list(RecordKind::job, after.value(), limit));
  std::vector<WalletJob> jobs;
  for (const StoredRecord& record : found) {
    COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, record.id));
    jobs.push_back(wallet::describe(head));
  }
  return jobs;
}

Result<std::vector<WalletRowResult>> CryptoWallets::results(WalletJobId job, std::int64_t after,
                                                            std::uint32_t limit, bool failed_only,
                                                            std::string_view actor) const {
  COFFER_TRY(check_limit(limit));
  if (after < 0) {
    return Error{Code::out_of_range, "after: must not be negative"};
  }
  COFFER_TRY(parts_->may(actor, WalletAction::query, job));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const JobHead head, wallet::read_job(records, job.value()));
  std::vector<WalletRowResult> found;
  for (std::int64_t first = after; first < head.rows && found.size() < limit;) {
    const std::int64_t end =
        std::min(head.rows, first + (failed_only ? wallet::result_rows_max : limit));
    COFFER_TRY_ASSIGN(const JobInput input, wallet::read_input(records, job.value(), first, end));
    COFFER_TRY_ASSIGN(const auto outcomes, wallet::read_results(records, head, first, end));
    for (const InputRow& row : input.rows) {
      const auto known = outcomes.find(row.row);
      const RowOutcome* outcome = known == outcomes.end() ? nullptr : &known->second;
      const bool is_failed = outcome != nullptr ? outcome->code != Code::ok : row.code != Code::ok;
      if ((failed_only && !is_failed) || found.size() == limit) {
        continue;
      }
      COFFER_TRY(fill(records, head, row, outcome, &found.emplace_back()));
    }
    first = end;
  }
  return found;
}

Result<CryptoWallet> CryptoWallets::find(CryptoWalletId id) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  COFFER_TRY_ASSIGN(const std::optional<StoredWallet> found, records.wallet(id.value()));
  if (!found) {
    return missing("crypto wallet " + std::to_string(id.value()));
  }
  return records.describe(*found);
}

Result<CryptoWallet> CryptoWallets::find(std::string_view user, std::string_view network) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  const std::array<Cell, 2> equal{Cell::of_text(user), Cell::of_text(network)};
  ScanQuery query;
  query.index = CryptoWalletRow::by_user;
  query.equal = equal;
  COFFER_TRY_ASSIGN(const std::vector<StoredWallet> all, scan(records, query));
  for (const StoredWallet& one : all) {
    COFFER_TRY_ASSIGN(const CryptoWalletStatus status, records.status_of(one.row));
    if (status != CryptoWalletStatus::retired) {
      return records.describe(one);
    }
  }
  return missing("crypto wallet of user '" + std::string(user) + "' in '" + std::string(network) +
                 "'");
}

Result<CryptoWallet> CryptoWallets::find_address(std::string_view network,
                                                 std::string_view address) const {
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  const Cell equal = Cell::of_text(address);
  ScanQuery query;
  query.index = CryptoWalletRow::by_address;
  query.equal = std::span(&equal, 1);
  COFFER_TRY_ASSIGN(const std::vector<StoredWallet> all, scan(records, query));
  for (const StoredWallet& one : all) {
    if (one.network == network) {
      return records.describe(one);
    }
  }
  return missing("crypto wallet of address '" + std::string(address) + "'");
}

Result<std::vector<CryptoWallet>> CryptoWallets::list(std::string_view user, CryptoWalletId after,
                                                      std::uint32_t limit) const {
  COFFER_TRY(check_limit(limit));
  COFFER_TRY_ASSIGN(WalletRecords records, WalletRecords::open(parts_->ledger));
  std::optional<StoredWallet> last;
  if (after.value() != 0) {
    COFFER_TRY_ASSIGN(last, records.wallet(after.value()));
    if (!last || (!user.empty() && last->user != user)) {
      return missing("crypto wallet " + std::to_string(after.value()));
    }
  }
  const Cell equal = Cell::of_text(user);
  const std::array<Cell, 2> place{Cell::of_text(last ? last->network : std::string_view()),
                                  Cell::of(after.value())};
  ScanQuery query;
  query.index = user.empty() ? 0 : CryptoWalletRow::by_user;
  query.is_from_exclusive = true;
  query.limit = limit;
  if (!user.empty()) {
    query.equal = std::span(&equal, 1);
  }
  if (last) {
    query.from = user.empty() ? std::span(place).subspan(1) : std::span(place);
  }
  COFFER_TRY_ASSIGN(const std::vector<StoredWallet> found, scan(records, query));
  std::vector<CryptoWallet> wallets;
  for (const StoredWallet& one : found) {
    COFFER_TRY_ASSIGN(CryptoWallet wallet, records.describe(one));
    wallets.push_back(std::move(wallet));
  }
  return wallets;
}

}  // namespace coffer
