// SPDX-License-Identifier: MIT
// CommitReplay: takes the records of one commit in the order of their times, and hashes them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/verify/commit_records.hpp"
#include "ledger/verify/index_tally.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {

/// Told how many transactions were done; false cancels.
using TransactionsDone = std::function<bool(std::int64_t done)>;

/// Memory: the commit's records other than transactions, and a piece of these.
class CommitReplay {
 public:
  CommitReplay(storage::Reader& reader, ReplayedState& state, IndexTally& tally,
               const TransactionsDone& done)
      : reader_(reader), check_(reader, state), tally_(tally), done_(done) {}

  /// Checks ids, records and hash of one commit. Fails with `integrity_failure`, naming the record
  /// or, when only the hash can tell, the commit; with `cancelled`, and the `storage_*` codes.
  [[nodiscard]] Status take(const CommitStep& step);

 private:
  [[nodiscard]] Status replay(const CommitStep& step, ChainHasher& hasher);
  [[nodiscard]] Status load_details(const CommitStep& step);
  [[nodiscard]] Status take_transactions(const CommitStep& step, ChainHasher& hasher);
  [[nodiscard]] Status load_piece(const CommitStep& step, const AddedIds& ids, ChainHasher& hasher);
  [[nodiscard]] Status take_piece();
  /// Takes policy changes, holds and hold events up to a transaction's time.
  [[nodiscard]] Status take_events_until(std::int64_t time, bool includes_captures);
  [[nodiscard]] RecordCheck::Details details_of(const storage::TransactionRow& row);
  [[nodiscard]] Status require_all_taken(const CommitStep& step) const;
  [[nodiscard]] Status require_notes_in_place(const CommitStep& step);

  storage::Reader& reader_;
  RecordCheck check_;
  IndexTally& tally_;
  const TransactionsDone& done_;

  // Of the present commit; texts are not kept.
  std::vector<storage::AccountChangeRow> changes_;
  std::vector<storage::HoldRow> holds_;
  std::vector<storage::HoldEventRow> events_;
  std::vector<storage::EntryRow> entries_;
  std::vector<storage::NoteRow> notes_;
  std::vector<storage::TransactionRow> piece_;
  std::size_t next_change_ = 0;
  std::size_t next_hold_ = 0;
  std::size_t next_event_ = 0;
  std::size_t next_entry_ = 0;
  std::size_t next_note_ = 0;
  std::size_t next_capture_ = 0;
};

}  // namespace coffer::ledger
