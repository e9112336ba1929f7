// SPDX-License-Identifier: MIT
// Reconciler, the writing half: compares balances as of the end of a range and stores the result.
#include <coffer/reconcile/reconciler.hpp>

#include <string>

#include "reconcile/record_reads.hpp"

namespace coffer {
namespace {

using reconcile::Subject;

/// Returns when everything that was decided before the call is committed or gone: a transaction
/// gets its time of recording before it is committed, and a balance that is read in between would
/// lack it.
Status wait_for_earlier_commits(Ledger& ledger) {
  return ledger.dry_run({}, BatchMode::independent, {});
}

Status check(const ReconciliationRequest& request, Timestamp now) {
  if (request.end_at <= request.start_at) {
    return Error{Code::invalid_range, "end_at: is not after start_at"};
  }
  if (request.end_at > now) {
    return Error{Code::invalid_range, "end_at: is in the future, so the balance is not settled"};
  }
  if (request.tolerance && request.tolerance->is_negative()) {
    return Error{Code::out_of_range, "tolerance: is negative"};
  }
  return {};
}

Amount tolerance_of(const std::vector<AssetTolerance>& tolerances, std::string_view asset_code) {
  for (const AssetTolerance& tolerance : tolerances) {
    if (tolerance.asset_code == asset_code) {
      return tolerance.tolerance;
    }
  }
  return Amount(0);
}

/// Failures that are not about one wallet: the whole call ends with them.
bool concerns_all(Code code) {
  const auto number = static_cast<std::int32_t>(code);
  return (number >= 600 && number < 700) || code == Code::closed || code == Code::not_permitted ||
         code == Code::out_of_memory || code == Code::internal;
}

Result<ReconciliationEntry> compare(Ledger& ledger, const ReconciliationRequest& request,
                                    const Subject& subject, const Amount& tolerance) {
  ReconciliationEntry entry;
  entry.wallet = request.wallet;
  entry.start_at = request.start_at;
  entry.end_at = request.end_at;
  entry.external_balance = request.external_balance;
  entry.tolerance = tolerance;
  entry.notes = request.notes;
  const Timestamp last{request.end_at.ns - 1};
  COFFER_TRY_ASSIGN(entry.system_balance,
                    ledger.balance_as_of(subject.account, last, TimeAxis::recorded));
  const bool fits =
      subtract_checked(entry.external_balance, entry.system_balance, &entry.difference);
  const Result<Amount> distance = absolute(entry.difference);
  if (!fits || !distance) {
    return Error{Code::amount_overflow,
                 "external_balance: its distance from the books' balance does not fit 256 bits"};
  }
  entry.is_matched = *distance <= tolerance;
  return entry;
}

Reconciliation record_of(const ReconciliationEntry& entry, const Outcome& outcome) {
  Reconciliation record;
  record.id = ReconciliationId(outcome.id);
  record.wallet = entry.wallet;
  record.start_at = entry.start_at;
  record.end_at = entry.end_at;
  record.system_balance = entry.system_balance;
  record.external_balance = entry.external_balance;
  record.difference = entry.difference;
  record.tolerance = entry.tolerance;
  record.status = entry.is_matched ? ReconciliationStatus::matched : ReconciliationStatus::mismatch;
  record.notes = entry.notes;
  record.recorded_at = outcome.recorded_at;
  return record;
}

Error refusal_of(const Outcome& outcome) {
  if (outcome.code == Code::text_too_long) {
    return {outcome.code, "notes: more than 4096 bytes"};
  }
  return {outcome.code, describe(outcome)};
}

/// Stores what was compared with one commit; `places[i]` is the outcome of `operations[i]`.
Status store(Ledger& ledger, const std::vector<Operation>& operations,
             const std::vector<std::size_t>& places, std::span<ReconciliationOutcome> outcomes) {
  std::vector<Outcome> stored(operations.size());
  COFFER_TRY(ledger.execute(operations, BatchMode::independent, stored));
  for (std::size_t i = 0; i < stored.size(); ++i) {
    ReconciliationOutcome& outcome = outcomes[places[i]];
    if (stored[i].code == Code::ok) {
      outcome.record = record_of(std::get<ReconciliationEntry>(operations[i].what), stored[i]);
    } else {
      outcome.status = refusal_of(stored[i]);
    }
  }
  return {};
}

/// The end of the wallet's newest record, or its creation.
Result<Timestamp> next_start(storage::Reader& reader, const Subject& subject) {
  Timestamp start = subject.created_at;
  COFFER_TRY(reconcile::visit_records(reader, subject.wallet, {},
                                      [&start](const storage::ReconciliationRow& row) {
                                        start = Timestamp{row.end_at};
                                        return false;
                                      }));
  return start;
}

Result<ReconciliationRequest> ask(storage::Reader& reader, WalletId wallet, Timestamp end_at,
                                  BalanceSource& source) {
  COFFER_TRY_ASSIGN(const Subject subject, reconcile::find_subject(reader, wallet));
  ReconciliationRequest request;
  request.wallet = wallet;
  request.end_at = end_at;
  COFFER_TRY_ASSIGN(request.start_at, next_start(reader, subject));
  COFFER_TRY_ASSIGN(request.external_balance,
                    source.balance_at(wallet, subject.asset_code, end_at));
  return request;
}

}  // namespace

std::string_view name_of(ReconciliationStatus status) noexcept {
  return status == ReconciliationStatus::matched ? "matched" : "mismatch";
}

Result<Reconciliation> Reconciler::run(const ReconciliationRequest& request) {
  ReconciliationOutcome outcome;
  COFFER_TRY(run({&request, 1}, {&outcome, 1}));
  COFFER_TRY(std::move(outcome.status));
  return std::move(outcome.record);
}

Status Reconciler::run(std::span<const ReconciliationRequest> requests,
                       std::span<ReconciliationOutcome> outcomes) {
  if (requests.size() != outcomes.size()) {
    return Error{Code::invalid_argument, "outcomes: must be as many as requests"};
  }
  const Timestamp now = ledger_->clock().now();
  COFFER_TRY(wait_for_earlier_commits(*ledger_));
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  std::vector<Operation> operations;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const ReconciliationRequest& request = requests[i];
    outcomes[i] = ReconciliationOutcome{request.wallet, check(request, now), {}};
    if (!outcomes[i].status) {
      continue;
    }
    Result<Subject> subject = reconcile::find_subject(*reader, request.wallet);
    Result<ReconciliationEntry> entry =
        subject
            ? compare(*ledger_, request, *subject,
                      request.tolerance.value_or(tolerance_of(tolerances_, subject->asset_code)))
            : Result<ReconciliationEntry>(std::move(subject).error());
    if (entry) {
      operations.push_back({*std::move(entry), false});
      places.push_back(i);
    } else if (concerns_all(entry.error().code)) {
      return std::move(entry).error();
    } else {
      outcomes[i].status = std::move(entry).error();
    }
  }
  return store(*ledger_, operations, places, outcomes);
}

Status Reconciler::run_incremental(std::span<const WalletId> wallets, Timestamp end_at,
                                   BalanceSource& source,
                                   std::span<ReconciliationOutcome> outcomes) {
  if (wallets.size() != outcomes.size()) {
    return Error{Code::invalid_argument, "outcomes: must be as many as wallets"};
  }
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::Reader> reader, ledger_->storage().snapshot());
  std::vector<ReconciliationRequest> requests;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < wallets.size(); ++i) {
    outcomes[i] = ReconciliationOutcome{wallets[i], {}, {}};
    Result<ReconciliationRequest> request = ask(*reader, wallets[i], end_at, source);
    if (request) {
      requests.push_back(*std::move(request));
      places.push_back(i);
    } else if (concerns_all(request.error().code)) {
      return std::move(request).error();
    } else {
      outcomes[i].status = std::move(request).error();
    }
  }
  std::vector<ReconciliationOutcome> ran(requests.size());
  COFFER_TRY(run(requests, ran));
  for (std::size_t i = 0; i < ran.size(); ++i) {
    outcomes[places[i]] = std::move(ran[i]);
  }
  return {};
}

}  // namespace coffer
