// SPDX-License-Identifier: MIT
// The rules of holds: reserve, capture, release.
#include <algorithm>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

using storage::HoldEventRow;
using storage::HoldRow;

constexpr std::int64_t hold_event_capture = 0;
constexpr std::int64_t hold_event_release = 1;

/// A hold as it was made, wherever its row is, with texts of its own.
struct FoundHold {
  HoldRow row;
  std::string key;
  std::string reference;
};

void take(FoundHold& found, const HoldRow& row) {
  found.row = row;
  found.key = row.key;
  found.reference = row.reference;
}

Result<std::optional<FoundHold>> find_hold(Book& book, std::int64_t id) {
  FoundHold found;
  const bool is_pending = book.any_pending(&Batch::holds, [&found, id](const HoldRow& row) {
    if (row.id == id) {
      take(found, row);
    }
    return row.id == id;
  });
  if (is_pending) {
    return std::optional<FoundHold>(std::move(found));
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, book.loader());
  COFFER_TRY_ASSIGN(const bool exists,
                    reader->find<HoldRow>(id, [&found](const HoldRow& row) { take(found, row); }));
  return exists ? std::optional<FoundHold>(std::move(found)) : std::nullopt;
}

Result<std::optional<FoundHold>> find_hold_by_key(Book& book, std::string_view key) {
  FoundHold found;
  if (const HoldRow* row = book.pending_by_key(&Batch::holds, &Batch::hold_keys, key)) {
    take(found, *row);
    return std::optional<FoundHold>(std::move(found));
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, book.loader());
  const storage::Cell cell = storage::Cell::of_text(key);
  storage::ScanQuery by_key;
  by_key.index = 1;
  by_key.equal = std::span(&cell, 1);
  bool exists = false;
  COFFER_TRY(reader->scan<HoldRow>(by_key, [&](const HoldRow& row) {
    take(found, row);
    exists = true;
    return false;
  }));
  return exists ? std::optional<FoundHold>(std::move(found)) : std::nullopt;
}

Code compare(const HoldDraft& draft, const FoundHold& found) {
  const HoldRow& row = found.row;
  if (row.account != draft.account.value() || row.destination != draft.destination.value()) {
    return Code::exists_with_different_account;
  }
  if (row.amount != draft.amount) {
    return Code::exists_with_different_amount;
  }
  if (row.bucket != static_cast<std::int64_t>(draft.bucket)) {
    return Code::exists_with_different_kind;
  }
  if (row.expires_at != draft.expires_at.ns) {
    return Code::exists_with_different_expiry;
  }
  return found.reference == draft.reference ? Code::ok : Code::exists_with_different_reference;
}

Refusal check_content(const HoldDraft& draft) {
  if (const Refusal refusal = check_key(draft.key)) {
    return refusal;
  }
  if (const Refusal refusal =
          check_text(ItemField::reference, draft.reference, reference_bytes_max)) {
    return refusal;
  }
  if (draft.bucket > Bucket::frozen) {
    return {Code::invalid_argument, ItemField::bucket};
  }
  return draft.amount.is_positive() ? Refusal() : Refusal(Code::amount_not_positive, 0);
}

Status check_destination(Book& book, const HoldDraft& draft, const AccountSlot& slot,
                         Outcome& outcome) {
  if (!draft.destination) {
    return {};
  }
  COFFER_TRY_ASSIGN(const AccountSlot* destination, book.account(draft.destination.value()));
  if (destination == nullptr) {
    return refuse(outcome, Code::account_not_found, draft.destination.value());
  }
  if (draft.destination == draft.account) {
    return refuse(outcome, Code::same_account, draft.destination.value());
  }
  return destination->asset == slot.asset
             ? Status{}
             : refuse(outcome, Code::asset_mismatch, draft.destination.value());
}

/// The account can spare the amount, and what is reserved and available still fits.
Code check_money(Book& book, const HoldDraft& draft, const AccountSlot& slot) {
  const std::int64_t id = draft.account.value();
  const AccountExtra* extra = slot.has_extra ? book.slots().extra(id) : nullptr;
  Amount left;
  Amount reserved = extra == nullptr ? Amount(0) : extra->reserved;
  if (!subtract_checked(available(book, id, slot), draft.amount, &left) ||
      !add_checked(reserved, draft.amount, &reserved)) {
    return Code::amount_overflow;
  }
  const std::optional<Amount> minimum = extra != nullptr       ? extra->minimum
                                        : slot.is_minimum_zero ? std::optional<Amount>(Amount(0))
                                                               : std::nullopt;
  return minimum && left < *minimum ? Code::exceeds_balance : Code::ok;
}

/// What is taken from `hold` now leaves `remaining` reserved; nothing left closes it.
void take_from_hold(Book& book, std::int64_t id, OpenHold& hold, const Amount& remaining) {
  if (remaining.is_zero()) {
    book.remove_open_hold(id);
  } else {
    book.set_remaining(id, hold, remaining);
  }
}

/// The hold that is open at `now`, the time of what happens to it; nullptr with a refusal in
/// `outcome` when it is not there or over. Asking for another time may end it.
Result<OpenHold*> require_open(Book& book, std::int64_t id, Timestamp& now, Outcome& outcome) {
  COFFER_TRY_ASSIGN(const std::optional<FoundHold> found, find_hold(book, id));
  if (!found) {
    COFFER_TRY(refuse(outcome, Code::hold_not_found, id));
    return static_cast<OpenHold*>(nullptr);
  }
  // Using the account brings its open holds into memory, where what is over expires first.
  COFFER_TRY(book.account(found->row.account));
  now = book.next_time();
  OpenHold* hold = book.open_hold(id);
  if (hold == nullptr) {
    COFFER_TRY(refuse(outcome, Code::hold_not_open, id));
  }
  return hold;
}

}  // namespace

Status apply(Book& book, const HoldDraft& draft, Outcome& outcome) {
  outcome = Outcome{};
  if (const Refusal refusal = check_content(draft)) {
    return refuse(outcome, refusal);
  }
  COFFER_TRY_ASSIGN(const std::optional<FoundHold> existing, find_hold_by_key(book, draft.key));
  if (existing) {
    const Code code = compare(draft, *existing);
    if (code != Code::ok) {
      return refuse(outcome, code, existing->row.id);
    }
    outcome = {Code::ok, true, existing->row.id, 0, Timestamp{existing->row.recorded_at}};
    return {};
  }
  COFFER_TRY_ASSIGN(AccountSlot * slot, book.account(draft.account.value()));
  if (slot == nullptr) {
    return refuse(outcome, Code::account_not_found, draft.account.value());
  }
  if (slot->is_closed || slot->is_frozen) {
    return refuse(outcome, slot->is_closed ? Code::account_closed : Code::account_frozen,
                  draft.account.value());
  }
  COFFER_TRY(check_destination(book, draft, *slot, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  const Timestamp now = book.next_time();
  if (draft.expires_at && draft.expires_at <= now) {
    return refuse(outcome, Code::invalid_argument, ItemField::expires_at);
  }
  if (const Code code = check_money(book, draft, *slot); code != Code::ok) {
    return refuse(outcome, code, draft.account.value());
  }
  const std::int64_t id = book.next_hold();
  book.add_open_hold(id, {draft.account.value(), draft.bucket, draft.amount,
                          draft.destination.value(), draft.expires_at.ns});
  Batch& batch = book.batch();
  batch.hold_keys.insert(KeyTable::hash_of(draft.key), id);
  batch.holds.push_back({id, draft.key, draft.account.value(),
                         static_cast<std::int64_t>(draft.bucket), draft.amount,
                         draft.destination.value(), draft.expires_at.ns, now.ns, draft.reference});
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

namespace {

/// The destination and amount that a capture means, with the hold's own as defaults.
struct CaptureTerms {
  AccountId source;
  AccountId destination;
  Amount amount;
};

Posting posting_of(const Capture& capture, std::span<const Entry> entries) {
  Posting posting;
  posting.draft = {
      capture.key,       entries, {}, capture.code, TransactionKind::capture, capture.effective_at,
      capture.reference, {},      {}};
  posting.kind = TransactionKind::capture;
  posting.hold = capture.hold.value();
  return posting;
}

std::array<Entry, 2> entries_of(Book& book, const CaptureTerms& terms) {
  // Taking from the account means lowering it, whichever side that is.
  const bool source_is_debit_normal = book.slots().at(terms.source.value()).is_debit_normal;
  const Side lower = source_is_debit_normal ? Side::credit : Side::debit;
  const Side other = source_is_debit_normal ? Side::debit : Side::credit;
  return {Entry{terms.source, lower, terms.amount}, Entry{terms.destination, other, terms.amount}};
}

/// What became of a hold, in the order in which it happened; decided now or long ago.
Result<std::vector<HoldEventRow>> events_of(Book& book, std::int64_t hold) {
  std::vector<HoldEventRow> events;
  COFFER_TRY_ASSIGN(storage::Reader * reader, book.loader());
  const storage::Cell cell = storage::Cell::of(hold);
  storage::ScanQuery of_hold;
  of_hold.index = HoldEventRow::by_hold;
  of_hold.equal = std::span(&cell, 1);
  COFFER_TRY(reader->scan<HoldEventRow>(of_hold, [&events](const HoldEventRow& row) {
    events.push_back(row);
    return true;
  }));
  book.any_pending(&Batch::hold_events, [&events, hold](const HoldEventRow& row) {
    if (row.hold == hold) {
      events.push_back(row);
    }
    return false;
  });
  // A batch that was just committed may be read from both.
  std::sort(events.begin(), events.end(),
            [](const HoldEventRow& a, const HoldEventRow& b) { return a.id < b.id; });
  events.erase(
      std::unique(events.begin(), events.end(),
                  [](const HoldEventRow& a, const HoldEventRow& b) { return a.id == b.id; }),
      events.end());
  return events;
}

/// Does a repeated capture ask for what `transaction` did to the rest of the hold? "All" is the
/// same where nothing was left; "final" also where what was left was given back next.
Result<bool> is_rest_as_asked(Book& book, const Capture& capture, std::int64_t transaction,
                              const HoldRow& hold) {
  if (capture.amount && !capture.is_final) {
    return true;
  }
  COFFER_TRY_ASSIGN(const std::vector<HoldEventRow> events, events_of(book, hold.id));
  Amount rest = hold.amount;
  bool is_captured = false;
  for (const HoldEventRow& event : events) {
    if (is_captured) {
      return capture.amount && event.kind == hold_event_release;
    }
    static_cast<void>(subtract_checked(rest, event.amount, &rest));
    is_captured = event.transaction == transaction;
  }
  return rest.is_zero();
}

/// A capture whose key is taken: the same again, or another transaction.
Status answer_existing(Book& book, const Capture& capture, std::int64_t id, const FoundHold& hold,
                       Outcome& outcome) {
  COFFER_TRY(book.account(hold.row.account));
  COFFER_TRY_ASSIGN(const StoredTransaction stored, book.transaction(id));
  CaptureTerms terms{AccountId(hold.row.account), capture.destination,
                     capture.amount.value_or(stored.row.amount)};
  if (!terms.destination) {
    terms.destination = AccountId(hold.row.destination);
  }
  if (!terms.destination || !terms.amount.is_positive()) {
    return refuse(outcome, Code::exists_with_different_account, id);
  }
  const std::array<Entry, 2> entries = entries_of(book, terms);
  COFFER_TRY(post(book, posting_of(capture, entries), outcome));
  if (outcome.code == Code::ok) {
    COFFER_TRY_ASSIGN(const bool is_same, is_rest_as_asked(book, capture, id, hold.row));
    if (!is_same) {
      return refuse(outcome, Code::exists_with_different_amount, id);
    }
  }
  return {};
}

}  // namespace

Status apply(Book& book, const Capture& capture, Outcome& outcome) {
  outcome = Outcome{};
  if (const Refusal refusal = check_key(capture.key)) {
    return refuse(outcome, refusal);
  }
  if (capture.amount && !capture.amount->is_positive()) {
    return refuse(outcome, Code::amount_not_positive);
  }
  COFFER_TRY_ASSIGN(const std::optional<FoundHold> found, find_hold(book, capture.hold.value()));
  if (!found) {
    return refuse(outcome, Code::hold_not_found, capture.hold.value());
  }
  COFFER_TRY_ASSIGN(const std::int64_t existing, book.find_key(capture.key));
  if (existing != 0) {
    return answer_existing(book, capture, existing, *found, outcome);
  }
  // The destination too is in memory before its time comes, so that its holds that are over expire.
  COFFER_TRY(
      book.account(capture.destination ? capture.destination.value() : found->row.destination));
  Timestamp now;
  COFFER_TRY_ASSIGN(OpenHold * hold, require_open(book, capture.hold.value(), now, outcome));
  if (hold == nullptr) {
    return {};
  }
  CaptureTerms terms{AccountId(hold->account), capture.destination,
                     capture.amount.value_or(hold->remaining)};
  if (!terms.destination) {
    terms.destination = AccountId(hold->destination);
  }
  if (!terms.destination) {
    return refuse(outcome, Code::invalid_argument, ItemField::destination);
  }
  Amount remaining;
  if (!subtract_checked(hold->remaining, terms.amount, &remaining) || remaining.is_negative()) {
    return refuse(outcome, Code::exceeds_hold, capture.hold.value());
  }
  const std::array<Entry, 2> entries = entries_of(book, terms);
  const Amount released = capture.is_final ? remaining : Amount(0);
  take_from_hold(book, capture.hold.value(), *hold, capture.is_final ? Amount(0) : remaining);
  Posting posting = posting_of(capture, entries);
  posting.recorded_at = now;
  COFFER_TRY(post(book, posting, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  Batch& batch = book.batch();
  batch.hold_events.push_back({book.next_hold_event(), capture.hold.value(), hold_event_capture,
                               terms.amount, outcome.id, outcome.recorded_at.ns});
  if (released.is_positive()) {
    batch.hold_events.push_back({book.next_hold_event(), capture.hold.value(), hold_event_release,
                                 released, 0, book.next_time().ns});
  }
  return {};
}

Status apply(Book& book, const Release& release, Outcome& outcome) {
  outcome = Outcome{};
  Timestamp now;
  COFFER_TRY_ASSIGN(OpenHold * hold, require_open(book, release.hold.value(), now, outcome));
  if (hold == nullptr) {
    return {};
  }
  const Amount left = hold->remaining;
  book.remove_open_hold(release.hold.value());
  book.batch().hold_events.push_back(
      {book.next_hold_event(), release.hold.value(), hold_event_release, left, 0, now.ns});
  outcome = {Code::ok, false, release.hold.value(), 0, now};
  return {};
}

}  // namespace coffer::ledger
