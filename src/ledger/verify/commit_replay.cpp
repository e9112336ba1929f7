// SPDX-License-Identifier: MIT
// One commit again: ids without gap, records by time, the hash over all of them.
#include "ledger/verify/commit_replay.hpp"

#include <algorithm>
#include <limits>

#include <coffer/storage/rows_wallet.hpp>

#include "ledger/record_bytes.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::AccountChangeRow;
using storage::CommitRow;
using storage::EntryRow;
using storage::HoldEventRow;
using storage::HoldRow;
using storage::NoteRow;
using storage::TransactionRow;

constexpr std::int64_t piece_size = 4096;
constexpr std::int64_t event_capture = 0;

/// The end of what a commit should have.
Error missing(std::string_view table, std::int64_t id, const CommitStep& step, std::int64_t last) {
  return problem(table, id,
                 "missing; commit " + text_of(step.row.id) + " goes up to id " + text_of(last));
}

/// Visits rows that must have exactly the ids `ids`.
template <storage::Row R, class Visit>
Status visit_dense(storage::Reader& reader, const AddedIds& ids, const CommitStep& step,
                   Visit&& visit) {
  std::int64_t next = ids.first;
  Status status;
  COFFER_TRY(visit_added<R>(reader, ids, [&](const R& row) {
    if (status && row.id != next) {
      status = problem(R::schema().table, next, "missing");
    }
    if (status) {
      status = check_checksum(step, row, record_checksum(row));
    }
    if (status) {
      status = visit(row);
      ++next;
    }
  }));
  if (status && next <= ids.last) {
    status = missing(R::schema().table, next, step, ids.last);
  }
  return status;
}

/// The views of the kept row end with the visit; only its numbers are used.
template <storage::Row R>
Status keep_numbers(const R& row, std::vector<R>* rows) {
  rows->push_back(row);
  return {};
}

Status keep_numbers(const HoldRow& row, std::vector<HoldRow>* rows) {
  rows->push_back(row);
  const bool is_key = !row.key.empty() && row.key.size() <= key_bytes_max;
  return is_key ? Status{} : problem("holds", row.id, "key is empty or longer than 128 bytes");
}

Status check_content(const NoteRow& row) {
  const bool says_something =
      row.reverses != 0 || row.hold != 0 || !row.description.empty() || !row.metadata.empty();
  return says_something ? Status{} : problem("notes", row.transaction, "says nothing");
}

/// Nothing but the hash is wrong.
Error hash_problem(const CommitStep& step) {
  if (!step.has_checksums) {
    return problem("commits", step.row.id,
                   "the hash differs from its records (" + added_text(step) +
                       "); what can be derived of them is right, so a text, a time, a key or the "
                       "commit's own row was altered");
  }
  // The first commit follows the book's own row, all others a commit that was found right.
  return step.row.id == 1
             ? problem("book", 1,
                       "name or created_at was altered, since all columns and records of the "
                       "first commit have their checksums and not its hash; or who altered one of "
                       "these wrote its checksum anew")
             : problem(
                   "commits", step.row.id,
                   "the hash differs from its records (" + added_text(step) +
                       "), which all have fitting checksums: a note was removed, or who altered a "
                       "record or the commit's own row wrote its checksum anew");
}

}  // namespace

Status CommitReplay::load_details(const CommitStep& step) {
  changes_.clear();
  holds_.clear();
  events_.clear();
  entries_.clear();
  notes_.clear();
  next_change_ = next_hold_ = next_event_ = next_entry_ = next_note_ = next_capture_ = 0;
  COFFER_TRY(visit_dense<AccountChangeRow>(
      reader_, step.added(&CommitRow::last_account_change), step,
      [this](const AccountChangeRow& row) { return keep_numbers(row, &changes_); }));
  COFFER_TRY(
      visit_dense<HoldRow>(reader_, step.added(&CommitRow::last_hold), step,
                           [this](const HoldRow& row) { return keep_numbers(row, &holds_); }));
  COFFER_TRY(visit_dense<HoldEventRow>(
      reader_, step.added(&CommitRow::last_hold_event), step,
      [this](const HoldEventRow& row) { return keep_numbers(row, &events_); }));
  COFFER_TRY(
      visit_dense<EntryRow>(reader_, step.added(&CommitRow::last_entry), step,
                            [this](const EntryRow& row) { return keep_numbers(row, &entries_); }));
  Status status;
  COFFER_TRY(visit_added<NoteRow>(reader_, step.added(&CommitRow::last_transaction),
                                  [&](const NoteRow& row) {
                                    if (status) {
                                      status = check_checksum(step, row, record_checksum(row));
                                    }
                                    if (status) {
                                      status = check_content(row);
                                    }
                                    notes_.push_back(row);
                                  }));
  return status;
}

Status CommitReplay::load_piece(const CommitStep& step, const AddedIds& ids, ChainHasher& hasher) {
  piece_.clear();
  std::int64_t next = ids.first;
  Status status;
  COFFER_TRY(visit_added<TransactionRow>(reader_, ids, [&](const TransactionRow& row) {
    if (status && row.id != next) {
      status = problem("transactions", next, "missing");
    }
    if (status) {
      status = check_checksum(step, row, hasher.add_transaction(row));
    }
    if (status && (row.key.empty() || row.key.size() > key_bytes_max)) {
      status = problem("transactions", row.id, "key is empty or longer than 128 bytes");
    }
    if (status) {
      tally_.add_key(row.id, row.key);
      piece_.push_back(row);
      piece_.back().key = {};
      piece_.back().reference = {};
      ++next;
    }
  }));
  return status;
}

Status CommitReplay::take_events_until(std::int64_t time, bool includes_captures) {
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  for (;;) {
    const std::int64_t change =
        next_change_ < changes_.size() ? changes_[next_change_].recorded_at : never;
    const std::int64_t hold = next_hold_ < holds_.size() ? holds_[next_hold_].recorded_at : never;
    const std::int64_t event =
        next_event_ < events_.size() ? events_[next_event_].recorded_at : never;
    const std::int64_t next = std::min({change, hold, event});
    const bool is_due = next < time || (includes_captures && next == time && event == next);
    if (next == never || !is_due) {
      return {};
    }
    if (event == next) {
      COFFER_TRY(check_.take(events_[next_event_++]));
    } else if (change == next) {
      COFFER_TRY(check_.take(changes_[next_change_++]));
    } else {
      COFFER_TRY(check_.take(holds_[next_hold_++]));
    }
  }
}

RecordCheck::Details CommitReplay::details_of(const TransactionRow& row) {
  RecordCheck::Details details;
  const std::size_t first = next_entry_;
  while (next_entry_ < entries_.size() && entries_[next_entry_].transaction == row.id) {
    ++next_entry_;
  }
  details.entries = std::span(entries_).subspan(first, next_entry_ - first);
  if (next_note_ < notes_.size() && notes_[next_note_].transaction == row.id) {
    details.note = &notes_[next_note_++];
  }
  while (next_capture_ < events_.size() && events_[next_capture_].kind != event_capture) {
    ++next_capture_;
  }
  const bool is_capture = details.note != nullptr && details.note->hold != 0;
  if (next_capture_ < events_.size() &&
      (is_capture || events_[next_capture_].transaction == row.id)) {
    details.capture = &events_[next_capture_++];
  }
  return details;
}

Status CommitReplay::take_piece() {
  for (const TransactionRow& row : piece_) {
    COFFER_TRY(take_events_until(row.recorded_at, true));
    const RecordCheck::Details details = details_of(row);
    COFFER_TRY(check_.take(row, details));
    tally_.add_accounts(row, details.entries);
  }
  if (!piece_.empty() && !done_(piece_.back().id)) {
    return Error{Code::cancelled, "verification was cancelled"};
  }
  return {};
}

Status CommitReplay::take_transactions(const CommitStep& step, ChainHasher& hasher) {
  const AddedIds all = step.added(&CommitRow::last_transaction);
  for (std::int64_t first = all.first; first <= all.last; first += piece_size) {
    const AddedIds ids{first, std::min(all.last, first + piece_size - 1)};
    COFFER_TRY(load_piece(step, ids, hasher));
    COFFER_TRY(take_piece());
    const auto expected = static_cast<std::size_t>(ids.last - ids.first + 1);
    if (piece_.size() != expected) {
      return missing("transactions", first + static_cast<std::int64_t>(piece_.size()), step,
                     all.last);
    }
  }
  return take_events_until(std::numeric_limits<std::int64_t>::max(), false);
}

Status CommitReplay::require_all_taken(const CommitStep& step) const {
  if (next_entry_ < entries_.size()) {
    return problem("entries", entries_[next_entry_].id,
                   "transaction_id is " + text_of(entries_[next_entry_].transaction) +
                       ", which has no such entry in commit " + text_of(step.row.id));
  }
  if (next_note_ < notes_.size()) {
    return problem("notes", notes_[next_note_].transaction, "belongs to no transaction");
  }
  for (std::size_t i = next_capture_; i < events_.size(); ++i) {
    if (events_[i].kind == event_capture) {
      return problem("hold_events", events_[i].id,
                     "transaction_id is " + text_of(events_[i].transaction) +
                         ", which is no capture of commit " + text_of(step.row.id));
    }
  }
  return {};
}

Status CommitReplay::replay(const CommitStep& step, ChainHasher& hasher) {
  check_.begin_commit({step.previous.recorded_at, step.row.recorded_at});
  COFFER_TRY(visit_dense<storage::AssetRow>(
      reader_, step.added(&CommitRow::last_asset), step,
      [this](const storage::AssetRow& row) { return check_.take(row); }));
  COFFER_TRY(visit_dense<storage::AccountRow>(
      reader_, step.added(&CommitRow::last_account), step,
      [this](const storage::AccountRow& row) { return check_.take(row); }));
  COFFER_TRY(load_details(step));
  COFFER_TRY(hash_before_transactions(reader_, step, hasher));
  COFFER_TRY(take_transactions(step, hasher));
  COFFER_TRY(require_all_taken(step));
  COFFER_TRY(visit_dense<storage::WalletRow>(
      reader_, step.added(&CommitRow::last_wallet), step,
      [this](const storage::WalletRow& row) { return check_.take(row); }));
  COFFER_TRY(visit_dense<storage::ReconciliationRow>(
      reader_, step.added(&CommitRow::last_reconciliation), step,
      [this](const storage::ReconciliationRow& row) { return check_.take(row); }));
  COFFER_TRY(visit_dense<storage::CryptoWalletRow>(
      reader_, step.added(&CommitRow::last_crypto_wallet), step,
      [this](const storage::CryptoWalletRow& row) { return check_.take(row); }));
  COFFER_TRY(visit_dense<storage::WalletRecordRow>(
      reader_, step.added(&CommitRow::last_wallet_record), step,
      [this](const storage::WalletRecordRow& row) { return check_.take(row); }));
  return hash_after_transactions(reader_, step, !notes_.empty(), hasher);
}

/// A commit that lacks a note has no sign of it but its hash; the note is found where it went.
Status CommitReplay::require_notes_in_place(const CommitStep& step) {
  Status status;
  if (step.has_checksums) {
    COFFER_TRY(reader_.scan<NoteRow>({}, [&](const NoteRow& row) {
      if (row.checksum != 0) {
        status = check_checksum(step, row, record_checksum(row));
      }
      return status.has_value();
    }));
  }
  return status;
}

Status CommitReplay::take(const CommitStep& step) {
  ChainHasher hasher(step.previous_hash, step.row);
  Status replayed = replay(step, hasher);
  if (replayed) {
    if (has_hash(step, hasher.finish())) {
      return {};
    }
    COFFER_TRY(require_notes_in_place(step));
    return hash_problem(step);
  }
  if (replayed.error().code != Code::integrity_failure) {
    return replayed;
  }
  COFFER_TRY_ASSIGN(const ChainHash hash, hash_of_records(reader_, step));
  Error error = std::move(replayed).error();
  error.message +=
      has_hash(step, hash)
          ? "; the hash of commit " + text_of(step.row.id) + " fits, so it was committed like this"
          : "; the hash of commit " + text_of(step.row.id) + " differs too";
  return error;
}

}  // namespace coffer::ledger
