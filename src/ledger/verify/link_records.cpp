// SPDX-License-Identifier: MIT
// Checks of what ties a transaction to others: reversals and captures.
#include <string>
#include <vector>

#include "ledger/verify/problem.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {
namespace {

using storage::HoldEventRow;
using storage::NoteRow;

std::vector<Leg> legs_of(const JournalTransaction& transaction) {
  std::vector<Leg> legs;
  for_each_leg(transaction, [&legs](const Leg& leg) { legs.push_back(leg); });
  return legs;
}

bool has_leg(const std::vector<Leg>& legs, std::int64_t account, Side side, const Amount& amount) {
  for (const Leg& leg : legs) {
    if (leg.account == account && leg.side == side && leg.amount == amount) {
      return true;
    }
  }
  return false;
}

/// Leg by leg the other side; of two legs the row always shows the debit first.
bool are_opposite(const std::vector<Leg>& one, const std::vector<Leg>& other) {
  if (one.size() != other.size()) {
    return false;
  }
  for (std::size_t i = 0; i < one.size(); ++i) {
    const Leg& leg = one.size() == 2 && one[0].account != one[1].account ? other[1 - i] : other[i];
    if (one[i].account != leg.account || one[i].side == leg.side || one[i].amount != leg.amount) {
      return false;
    }
  }
  return true;
}

}  // namespace

Status RecordCheck::check_links(const JournalTransaction& transaction, const Details& details) {
  const NoteRow none;
  const NoteRow& note = details.note != nullptr ? *details.note : none;
  const TransactionKind kind = kind_of(transaction.row);
  if ((kind == TransactionKind::reversal) != (note.reverses != 0)) {
    return problem("transactions", transaction.row.id,
                   "kind is " + text_of(transaction.row.kind & 0xff) + ", its note reverses " +
                       text_of(note.reverses));
  }
  if ((kind == TransactionKind::capture) != (note.hold != 0)) {
    return problem("transactions", transaction.row.id,
                   "kind is " + text_of(transaction.row.kind & 0xff) + ", its note names hold " +
                       text_of(note.hold));
  }
  if (note.reverses != 0) {
    COFFER_TRY(check_reversal(transaction, note));
  }
  if (note.hold != 0) {
    return check_capture(transaction, note, details.capture);
  }
  return details.capture == nullptr
             ? Status{}
             : problem("hold_events", details.capture->id,
                       "transaction " + text_of(transaction.row.id) + " is no capture");
}

Status RecordCheck::check_reversal(const JournalTransaction& transaction, const NoteRow& note) {
  if (note.reverses < 1 || note.reverses >= transaction.row.id) {
    return problem("notes", note.transaction,
                   "reverses " + text_of(note.reverses) + ", which is no earlier transaction");
  }
  COFFER_TRY_ASSIGN(const JournalTransaction original, read_transaction(reader_, note.reverses));
  if (kind_of(original.row) == TransactionKind::reversal) {
    return problem("notes", note.transaction,
                   "reverses " + text_of(note.reverses) + ", which is a reversal itself");
  }
  if (!are_opposite(legs_of(transaction), legs_of(original))) {
    return problem("notes", note.transaction,
                   "reverses " + text_of(note.reverses) + ", whose entries are not the opposite");
  }
  const storage::Cell key = storage::Cell::of(note.reverses);
  storage::ScanQuery reversals;
  reversals.index = NoteRow::by_reverses;
  reversals.equal = std::span(&key, 1);
  std::int64_t first = 0;
  COFFER_TRY(reader_.scan<NoteRow>(reversals, [&first](const NoteRow& row) {
    first = row.transaction;
    return false;
  }));
  return first == note.transaction
             ? Status{}
             : problem("notes", note.transaction,
                       "reverses " + text_of(note.reverses) + ", which transaction " +
                           text_of(first) + " has reversed before");
}

Status RecordCheck::check_capture(const JournalTransaction& transaction, const NoteRow& note,
                                  const HoldEventRow* capture) {
  if (capture == nullptr) {
    return problem("notes", note.transaction,
                   "hold is " + text_of(note.hold) + ", which has no event for this transaction");
  }
  if (capture->hold != note.hold) {
    return problem("hold_events", capture->id,
                   "hold is " + text_of(capture->hold) + ", notes " + text_of(note.transaction) +
                       " names hold " + text_of(note.hold));
  }
  if (capture->transaction != transaction.row.id) {
    return problem("hold_events", capture->id,
                   "transaction_id is " + text_of(capture->transaction) + ", notes " +
                       text_of(note.transaction) + " captures this hold");
  }
  if (capture->amount != transaction.row.amount) {
    return problem(
        "hold_events", capture->id,
        differs("amount", capture->amount, "the transaction moved", transaction.row.amount));
  }
  if (capture->recorded_at != transaction.row.recorded_at) {
    return problem("hold_events", capture->id,
                   differs("recorded_at", capture->recorded_at, "the transaction's is",
                           transaction.row.recorded_at));
  }
  std::int64_t account = 0;
  COFFER_TRY(reader_.find<storage::HoldRow>(
      note.hold, [&account](const storage::HoldRow& row) { account = row.account; }));
  const ReplayedAccount* held = state_.account(account);
  const Side lowering =
      held != nullptr && held->normal_side == Side::debit ? Side::credit : Side::debit;
  return has_leg(legs_of(transaction), account, lowering, capture->amount)
             ? Status{}
             : problem("hold_events", capture->id,
                       "transaction " + text_of(transaction.row.id) +
                           " does not take from account " + text_of(account));
}

}  // namespace coffer::ledger
