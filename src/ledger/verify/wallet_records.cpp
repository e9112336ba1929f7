// SPDX-License-Identifier: MIT
// Checks of crypto wallets and of the records about their sources, jobs and states.
#include "ledger/verify/problem.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {
namespace {

using storage::CryptoWalletRow;
using storage::WalletRecordRow;

constexpr const char* wallets_table = "crypto_wallets";
constexpr const char* records_table = "wallet_records";

/// The kinds of records; the wallet module gives them their meaning.
enum RecordKind : std::int64_t {
  source = 1,
  source_setting = 2,
  job = 3,
  job_input = 4,
  job_result = 5,
  job_state = 6,
  wallet_state = 7,
  address_state = 8,
};

bool is_between(std::int64_t value, std::int64_t least, std::int64_t most) {
  return value >= least && value <= most;
}

}  // namespace

Status RecordCheck::take(const CryptoWalletRow& row) {
  COFFER_TRY(check_time(wallets_table, row.id, row.recorded_at, &times_.crypto_wallet));
  if (!is_between(row.kind, 1, 4)) {
    return problem(wallets_table, row.id, differs("kind", row.kind, "not 1 to", 4));
  }
  if (!is_between(row.status, 1, 6)) {
    return problem(wallets_table, row.id, differs("status", row.status, "not 1 to", 6));
  }
  if (row.network.empty() || row.address.empty()) {
    return problem(wallets_table, row.id, "network or address is empty");
  }
  if (row.job != 0 && !state_.jobs.contains(row.job)) {
    return problem(wallets_table, row.id, "job " + text_of(row.job) + " is not there");
  }
  ++state_.crypto_wallets;
  if (row.source == 0) {
    return {};
  }
  const auto next = state_.next_indexes.find(row.source);
  if (next == state_.next_indexes.end()) {
    return problem(wallets_table, row.id, "source " + text_of(row.source) + " is not there");
  }
  if (row.address_index != next->second) {
    return problem(
        wallets_table, row.id,
        differs("address_index", row.address_index, "the next one of its source is", next->second));
  }
  ++next->second;
  return {};
}

Status RecordCheck::take(const WalletRecordRow& row) {
  COFFER_TRY(check_time(records_table, row.id, row.recorded_at, &times_.wallet_record));
  const auto subject_missing = [&row] {
    return problem(records_table, row.id, "subject " + text_of(row.subject) + " is not there");
  };
  switch (row.kind) {
    case RecordKind::source:
    case RecordKind::job:
      if (row.subject != row.id) {
        return problem(records_table, row.id, differs("subject", row.subject, "its id is", row.id));
      }
      if (row.key.empty()) {
        return problem(records_table, row.id, "key is empty");
      }
      if (row.kind == RecordKind::source) {
        state_.next_indexes[row.id] = row.position;
      } else {
        state_.jobs.insert(row.id);
      }
      return {};
    case RecordKind::source_setting:
      return state_.next_indexes.contains(row.subject) ? Status{} : subject_missing();
    case RecordKind::job_input:
    case RecordKind::job_result:
    case RecordKind::job_state:
      return state_.jobs.contains(row.subject) ? Status{} : subject_missing();
    case RecordKind::wallet_state:
      return is_between(row.subject, 1, state_.crypto_wallets) ? Status{} : subject_missing();
    case RecordKind::address_state:
      if (!is_between(row.position, 1, state_.crypto_wallets)) {
        return problem(records_table, row.id, "wallet " + text_of(row.position) + " is not there");
      }
      return state_.next_indexes.contains(row.subject) ? Status{} : subject_missing();
    default: return problem(records_table, row.id, differs("kind", row.kind, "not 1 to", 8));
  }
}

}  // namespace coffer::ledger
