// SPDX-License-Identifier: MIT
// Holds as they are at a moment: what is over by then counts as expired, journaled or not.
#include <string>

#include "ledger/query/journal_reads.hpp"
#include "ledger/query/questions.hpp"

namespace coffer::ledger {
namespace {

using storage::Cell;
using storage::HoldEventRow;
using storage::HoldRow;
using storage::OpenHoldRow;
using storage::Reader;
using storage::ScanQuery;

enum class EventKindColumn : std::int64_t { capture = 0, release = 1, expiry = 2 };

Hold hold_of(const HoldRow& row) {
  Hold hold;
  hold.id = HoldId(row.id);
  hold.key = row.key;
  hold.account = AccountId(row.account);
  hold.bucket = static_cast<Bucket>(row.bucket);
  hold.amount = row.amount;
  hold.destination = AccountId(row.destination);
  hold.expires_at = Timestamp{row.expires_at};
  hold.recorded_at = Timestamp{row.recorded_at};
  hold.reference = row.reference;
  return hold;
}

bool is_over(Timestamp expires_at, Timestamp now) { return expires_at && expires_at <= now; }

/// Adds up the captures; the newest event says how the hold ended, if it did.
Status read_events(Reader& reader, Hold* hold, HoldState* ended_as) {
  const Cell equal = Cell::of(hold->id.value());
  ScanQuery of_hold;
  of_hold.index = HoldEventRow::by_hold;
  of_hold.equal = std::span(&equal, 1);
  bool fits = true;
  COFFER_TRY(reader.scan<HoldEventRow>(of_hold, [&](const HoldEventRow& row) {
    switch (static_cast<EventKindColumn>(row.kind)) {
      case EventKindColumn::capture:
        fits = fits && add_checked(hold->captured, row.amount, &hold->captured);
        *ended_as = HoldState::captured;
        break;
      case EventKindColumn::release: *ended_as = HoldState::released; break;
      case EventKindColumn::expiry: *ended_as = HoldState::expired; break;
    }
    return true;
  }));
  return fits ? Status{}
              : Error{Code::storage_corrupt, "hold_events of hold " +
                                                 std::to_string(hold->id.value()) +
                                                 ": captures overflow, run verify"};
}

Status complete(Reader& reader, Timestamp now, Hold* hold) {
  HoldState ended_as = HoldState::open;
  COFFER_TRY(read_events(reader, hold, &ended_as));
  COFFER_TRY_ASSIGN(const bool is_open,
                    reader.find<OpenHoldRow>(hold->id.value(), [hold](const OpenHoldRow& row) {
                      hold->remaining = row.remaining;
                    }));
  if (!is_open) {
    hold->state = ended_as;
    return {};
  }
  if (is_over(hold->expires_at, now)) {
    hold->remaining = Amount(0);
    hold->state = HoldState::expired;
  }
  return {};
}

}  // namespace

Result<Hold> find_hold(IndexView& view, HoldId id, Timestamp now) {
  Hold hold;
  COFFER_TRY_ASSIGN(const bool exists,
                    view.reader().find<HoldRow>(
                        id.value(), [&hold](const HoldRow& row) { hold = hold_of(row); }));
  if (!exists) {
    return Error{Code::hold_not_found, "hold " + std::to_string(id.value()) + " does not exist"};
  }
  COFFER_TRY(complete(view.reader(), now, &hold));
  return hold;
}

Result<std::vector<Hold>> open_holds(IndexView& view, AccountId account, Timestamp now) {
  Reader& reader = view.reader();
  COFFER_TRY(normal_side_of(reader, account));
  const Cell equal = Cell::of(account.value());
  ScanQuery of_account;
  of_account.index = OpenHoldRow::by_account;
  of_account.equal = std::span(&equal, 1);
  std::vector<HoldId> ids;
  COFFER_TRY(reader.scan<OpenHoldRow>(of_account, [&ids, now](const OpenHoldRow& row) {
    if (!is_over(Timestamp{row.expires_at}, now)) {
      ids.push_back(HoldId(row.hold));
    }
    return true;
  }));
  std::vector<Hold> holds;
  for (const HoldId id : ids) {
    COFFER_TRY_ASSIGN(Hold hold, find_hold(view, id, now));
    holds.push_back(std::move(hold));
  }
  return holds;
}

}  // namespace coffer::ledger
