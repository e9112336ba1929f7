// SPDX-License-Identifier: MIT
// Checks of holds and of what became of them.
#include <string>

#include "ledger/verify/problem.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {
namespace {

using storage::HoldEventRow;
using storage::HoldRow;

constexpr std::int64_t event_capture = 0;
constexpr std::int64_t event_expiry = 2;

Status check_content(const HoldRow& row) {
  if (row.bucket < 0 || row.bucket > 2) {
    return problem("holds", row.id, differs("bucket", row.bucket, "it must be from 0 to", 2));
  }
  if (!row.amount.is_positive()) {
    return problem("holds", row.id, differs("amount", row.amount, "it must be greater than", 0));
  }
  if (row.expires_at != 0 && row.expires_at <= row.recorded_at) {
    return problem("holds", row.id,
                   differs("expires_at", row.expires_at, "it was made at", row.recorded_at));
  }
  return {};
}

}  // namespace

Status RecordCheck::take(const HoldRow& row) {
  COFFER_TRY(check_time("holds", row.id, row.recorded_at, &times_.hold));
  COFFER_TRY(check_content(row));
  ReplayedAccount* account = state_.account(row.account);
  if (account == nullptr) {
    return problem("holds", row.id, "account " + text_of(row.account) + " is not there");
  }
  if (account->policy.is_frozen || account->policy.is_closed) {
    return problem("holds", row.id,
                   "account " + text_of(row.account) + " was frozen or closed then");
  }
  if (row.destination != 0) {
    const ReplayedAccount* destination = state_.account(row.destination);
    if (destination == nullptr || row.destination == row.account ||
        destination->asset != account->asset) {
      return problem(
          "holds", row.id,
          "destination " + text_of(row.destination) + " is not another account of the same asset");
    }
  }
  Amount left;
  bool fits = subtract_checked(account->balance, account->reserved, &left);
  fits = subtract_checked(left, row.amount, &left) && fits;
  if (!fits || (account->policy.minimum && left < *account->policy.minimum)) {
    return problem("holds", row.id,
                   "amount is " + text_of(row.amount) + ", which leaves " + text_of(left) +
                       " of account " + text_of(row.account) + ", less than its minimum");
  }
  // Fits: it is less than the balance less the minimum.
  static_cast<void>(add_checked(account->reserved, row.amount, &account->reserved));
  ++account->open_holds;
  ++state_.holds;
  state_.open_holds[row.id] = {row.account, row.bucket, row.amount, row.expires_at};
  return {};
}

Status RecordCheck::check_hold_event(const HoldEventRow& row, const ReplayedHold& hold) const {
  if (row.kind < event_capture || row.kind > event_expiry) {
    return problem("hold_events", row.id, differs("kind", row.kind, "it must be from 0 to", 2));
  }
  if (!row.amount.is_positive() || row.amount > hold.remaining) {
    return problem("hold_events", row.id,
                   differs("amount", row.amount, "of the hold was left", hold.remaining));
  }
  if (row.kind != event_capture && row.amount != hold.remaining) {
    return problem("hold_events", row.id,
                   differs("amount", row.amount, "of the hold was left", hold.remaining));
  }
  if ((row.kind == event_capture) != (row.transaction != 0)) {
    return problem("hold_events", row.id,
                   "transaction_id is " + text_of(row.transaction) + ", kind is " +
                       text_of(row.kind) + ": only captures have a transaction");
  }
  const bool is_over = hold.expires_at != 0 && hold.expires_at <= row.recorded_at;
  // A release may come late: the rest of a final capture is given back just after the capture.
  if ((row.kind == event_expiry && !is_over) || (row.kind == event_capture && is_over)) {
    return problem("hold_events", row.id,
                   "kind is " + text_of(row.kind) + " at " + text_of(row.recorded_at) +
                       ", the hold expires at " + text_of(hold.expires_at));
  }
  return {};
}

Status RecordCheck::take(const HoldEventRow& row) {
  COFFER_TRY(check_time("hold_events", row.id, row.recorded_at, &times_.hold_event));
  const auto found = state_.open_holds.find(row.hold);
  if (found == state_.open_holds.end()) {
    return problem("hold_events", row.id, "hold " + text_of(row.hold) + " was not open");
  }
  ReplayedHold& hold = found->second;
  COFFER_TRY(check_hold_event(row, hold));
  ReplayedAccount& account = *state_.account(hold.account);
  static_cast<void>(subtract_checked(hold.remaining, row.amount, &hold.remaining));
  static_cast<void>(subtract_checked(account.reserved, row.amount, &account.reserved));
  if (hold.remaining.is_zero()) {
    --account.open_holds;
    state_.open_holds.erase(found);
  }
  return {};
}

}  // namespace coffer::ledger
