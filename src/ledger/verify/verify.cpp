// SPDX-License-Identifier: MIT
// Verification: the journal first, then everything that is derived from it.
#include <coffer/ledger/verify.hpp>

#include "ledger/index/block_cache.hpp"
#include "ledger/verify/derived_check.hpp"
#include "ledger/verify/index_check.hpp"
#include "ledger/verify/index_tally.hpp"
#include "ledger/verify/journal_check.hpp"
#include "ledger/verify/key_check.hpp"
#include "ledger/verify/replayed_state.hpp"

namespace coffer {
namespace {

/// The journal has been proven by the time its index is looked at, so the index can come from it.
Status with_the_way_out(Status status) {
  if (!status && status.error().code == Code::integrity_failure) {
    return Error{Code::integrity_failure, status.error().message + "; the journal is whole, " +
                                              std::string(ledger::rebuild_hint)};
  }
  return status;
}

Result<VerifyReport> verify_snapshot(storage::Reader& reader, const VerifyOptions& options) {
  COFFER_TRY_ASSIGN(ledger::IndexTally tally, ledger::IndexTally::read(reader));
  ledger::ReplayedState state;
  COFFER_TRY_ASSIGN(const ledger::JournalEnd end,
                    ledger::check_journal(reader, options, state, tally));
  COFFER_TRY(ledger::check_book(end));
  COFFER_TRY(ledger::check_heads(reader, end, state));
  COFFER_TRY(ledger::check_open_holds(reader, state));
  COFFER_TRY(with_the_way_out(ledger::check_index(reader, tally)));
  COFFER_TRY(ledger::check_keys(reader, tally, end));
  VerifyReport report;
  report.head = end.head;
  report.commits = end.last.id;
  report.transactions = end.last.last_transaction;
  report.entries = state.legs;
  report.accounts = end.last.last_account;
  report.holds = state.holds;
  return report;
}

}  // namespace

Result<VerifyReport> verify_book(storage::Storage& storage, const VerifyOptions& options) {
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> snapshot, storage.snapshot());
  Result<VerifyReport> report = verify_snapshot(*snapshot, options);
  if (!report && report.error().code == Code::storage_corrupt) {
    // A value that the backend can't even read is a bad record like any other.
    return Error{Code::integrity_failure, report.error().message};
  }
  return report;
}

}  // namespace coffer
