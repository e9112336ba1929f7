// SPDX-License-Identifier: MIT
// The chain of commits: order, epochs, hashes, the expected head, and nothing beyond the end.
#include "ledger/verify/journal_check.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <coffer/core/text.hpp>
#include <coffer/storage/rows_wallet.hpp>

#include "ledger/record_bytes.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::CommitRow;
using storage::Reader;
using storage::ScanQuery;

constexpr std::size_t commits_per_read = 1024;

struct StoredCommit {
  CommitRow row;
  std::string hash;
  std::int64_t checksum = 0;  ///< that its columns give
};

/// The greatest ids of a commit, by the table that they count.
struct Counter {
  std::string_view field;
  std::int64_t CommitRow::*last;
};

constexpr std::array counters{
    Counter{"last_asset", &CommitRow::last_asset},
    Counter{"last_account", &CommitRow::last_account},
    Counter{"last_account_change", &CommitRow::last_account_change},
    Counter{"last_transaction", &CommitRow::last_transaction},
    Counter{"last_entry", &CommitRow::last_entry},
    Counter{"last_hold", &CommitRow::last_hold},
    Counter{"last_hold_event", &CommitRow::last_hold_event},
    Counter{"last_wallet", &CommitRow::last_wallet},
    Counter{"last_reconciliation", &CommitRow::last_reconciliation},
    Counter{"last_crypto_wallet", &CommitRow::last_crypto_wallet},
    Counter{"last_wallet_record", &CommitRow::last_wallet_record},
};

Result<std::vector<StoredCommit>> read_commits(Reader& reader, std::int64_t after) {
  const storage::Cell from = storage::Cell::of(after);
  ScanQuery next;
  next.from = std::span(&from, 1);
  next.is_from_exclusive = true;
  next.limit = commits_per_read;
  std::vector<StoredCommit> commits;
  COFFER_TRY(reader.scan<CommitRow>(next, [&commits](const CommitRow& row) {
    commits.push_back({row, std::string(row.hash), record_checksum(row)});
    commits.back().row.hash = {};
    return true;
  }));
  return commits;
}

/// The first column in which a commit goes back behind its predecessor; empty when none does.
std::string backward_column(const CommitRow& before, const CommitRow& row) {
  for (const Counter& counter : counters) {
    if (row.*counter.last < before.*counter.last) {
      return differs(counter.field, row.*counter.last, "the commit before has",
                     before.*counter.last);
    }
  }
  if (row.recorded_at <= before.recorded_at) {
    return differs("recorded_at", row.recorded_at, "the commit before has", before.recorded_at);
  }
  if (row.epoch < before.epoch) {
    return differs("epoch", row.epoch, "the commit before has", before.epoch);
  }
  return {};
}

template <storage::Row R>
Status require_none_beyond(Reader& reader, std::int64_t last) {
  ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  std::int64_t found = 0;
  COFFER_TRY(reader.scan<R>(newest, [&found](const R& row) {
    found = storage::cell_of(R::schema(), &row, 0).integer;
    return false;
  }));
  return found <= last ? Status{}
                       : problem(R::schema().table, found,
                                 "belongs to no commit, the newest one ends at " + text_of(last));
}

/// Ids count from 1, so whatever lies below was never looked at.
template <storage::Row R>
Status require_none_below(Reader& reader) {
  ScanQuery oldest;
  oldest.limit = 1;
  std::int64_t found = 1;
  COFFER_TRY(reader.scan<R>(oldest, [&found](const R& row) {
    found = storage::cell_of(R::schema(), &row, 0).integer;
    return false;
  }));
  return found >= 1 ? Status{} : problem(R::schema().table, found, "ids count from 1");
}

template <storage::Row R>
Status require_none_outside(Reader& reader, std::int64_t last) {
  COFFER_TRY(require_none_below<R>(reader));
  return require_none_beyond<R>(reader, last);
}

class JournalWalk {
 public:
  JournalWalk(Reader& reader, const VerifyOptions& options, ReplayedState& state, IndexTally& tally)
      : reader_(reader),
        options_(options),
        done_([this](std::int64_t done) { return report(done); }),
        replay_(reader, state, tally, done_) {}

  Result<JournalEnd> walk() {
    COFFER_TRY(read_book());
    COFFER_TRY(read_total());
    COFFER_TRY(check_expected({}, end_.head));
    COFFER_TRY(require_none_below<CommitRow>(reader_));
    for (bool is_last = false; !is_last;) {
      COFFER_TRY_ASSIGN(const std::vector<StoredCommit> commits,
                        read_commits(reader_, end_.last.id));
      is_last = commits.size() < commits_per_read;
      // The last one of a full read waits for the next read, to be seen beside its follower.
      const std::size_t count = is_last ? commits.size() : commits.size() - 1;
      for (std::size_t i = 0; i < count; ++i) {
        COFFER_TRY(take(commits[i], i + 1 < commits.size() ? &commits[i + 1].row : nullptr));
      }
    }
    COFFER_TRY(check_end());
    return end_;
  }

 private:
  Status read_book() {
    COFFER_TRY_ASSIGN(const bool exists,
                      reader_.find<storage::BookRow>(1, [this](const storage::BookRow& row) {
                        end_.book = row;
                        end_.book.name = {};
                        end_.head.recorded_at = Timestamp{row.created_at};
                        end_.head.hash = genesis_hash(row);
                      }));
    if (!exists) {
      return problem("book", 1, "missing");
    }
    if (end_.book.checksums_from < 0) {
      return problem("book", 1,
                     differs("checksums_from", end_.book.checksums_from, "it is not less than", 0));
    }
    return require_only_book();
  }

  Status require_only_book() {
    std::int64_t other = 0;
    COFFER_TRY(reader_.scan<storage::BookRow>({}, [&other](const storage::BookRow& row) {
      other = row.id != 1 ? row.id : other;
      return other == 0;
    }));
    return other == 0 ? Status{} : problem("book", other, "there is one row only, with id 1");
  }

  Status read_total() {
    ScanQuery newest;
    newest.is_backward = true;
    newest.limit = 1;
    return reader_.scan<storage::TransactionRow>(newest, [this](const storage::TransactionRow& r) {
      total_ = r.id;
      return false;
    });
  }

  [[nodiscard]] bool report(std::int64_t done) const {
    return !options_.progress || options_.progress(done, std::max(done, total_));
  }

  [[nodiscard]] CommitStep step_of(const StoredCommit& commit) const {
    CommitStep step;
    step.row = commit.row;
    step.hash = commit.hash;
    step.previous = end_.last;
    step.previous_hash = end_.head.hash;
    step.has_checksums = end_.book.checksums_from != 0 && commit.row.id >= end_.book.checksums_from;
    return step;
  }

  /// A commit whose follower goes back behind it: one of the two was altered, and the hash of the
  /// first says which.
  Status check_against_next(const CommitStep& step, const CommitRow& next) {
    const std::string column = backward_column(step.row, next);
    if (column.empty()) {
      return {};
    }
    COFFER_TRY_ASSIGN(const ChainHash hash, hash_of_records(reader_, step));
    return has_hash(step, hash) ? problem("commits", next.id, column)
                                : problem("commits", step.row.id,
                                          "the hash differs from its records, and in the next "
                                          "commit " +
                                              column);
  }

  Status take(const StoredCommit& commit, const CommitRow* next) {
    const CommitRow& row = commit.row;
    if (row.id != end_.last.id + 1) {
      return problem("commits", end_.last.id + 1, "missing");
    }
    const CommitStep step = step_of(commit);
    COFFER_TRY(check_checksum(step, row, commit.checksum));
    const std::string column = backward_column(end_.last, row);
    if (!column.empty()) {
      return problem("commits", row.id, column);
    }
    if (row.epoch > end_.book.epoch) {
      return problem("commits", row.id,
                     differs("epoch", row.epoch, "the book's is", end_.book.epoch));
    }
    if (next != nullptr) {
      COFFER_TRY(check_against_next(step, *next));
    }
    COFFER_TRY(replay_.take(step));
    end_.last = row;
    end_.head.commit = CommitId(row.id);
    end_.head.recorded_at = Timestamp{row.recorded_at};
    std::copy(commit.hash.begin(), commit.hash.end(), end_.head.hash.begin());
    return check_expected(CommitId(row.id), end_.head);
  }

  [[nodiscard]] Status check_expected(CommitId commit, const ChainHead& head) const {
    if (!options_.expected || options_.expected->commit != commit ||
        options_.expected->hash == head.hash) {
      return {};
    }
    return problem("commits", commit.value(),
                   "its hash is " + to_hex(head.hash) + ", the head kept outside says " +
                       to_hex(options_.expected->hash) + ": history was rewritten");
  }

  Status check_end() {
    if (options_.expected && options_.expected->commit > end_.head.commit) {
      return problem("commits", end_.last.id + 1,
                     "missing, the head kept outside is of commit " +
                         text_of(options_.expected->commit.value()) + ": the tail was cut off");
    }
    const CommitRow& last = end_.last;
    COFFER_TRY(require_none_outside<storage::AssetRow>(reader_, last.last_asset));
    COFFER_TRY(require_none_outside<storage::AccountRow>(reader_, last.last_account));
    COFFER_TRY(require_none_outside<storage::AccountChangeRow>(reader_, last.last_account_change));
    COFFER_TRY(require_none_outside<storage::TransactionRow>(reader_, last.last_transaction));
    COFFER_TRY(require_none_outside<storage::EntryRow>(reader_, last.last_entry));
    COFFER_TRY(require_none_outside<storage::HoldRow>(reader_, last.last_hold));
    COFFER_TRY(require_none_outside<storage::HoldEventRow>(reader_, last.last_hold_event));
    COFFER_TRY(require_none_outside<storage::WalletRow>(reader_, last.last_wallet));
    COFFER_TRY(require_none_outside<storage::ReconciliationRow>(reader_, last.last_reconciliation));
    COFFER_TRY(require_none_outside<storage::NoteRow>(reader_, last.last_transaction));
    COFFER_TRY(require_none_outside<storage::CryptoWalletRow>(reader_, last.last_crypto_wallet));
    COFFER_TRY(require_none_outside<storage::WalletRecordRow>(reader_, last.last_wallet_record));
    return report(last.last_transaction) ? Status{}
                                         : Error{Code::cancelled, "verification was cancelled"};
  }

  Reader& reader_;
  const VerifyOptions& options_;
  TransactionsDone done_;
  CommitReplay replay_;
  JournalEnd end_;
  std::int64_t total_ = 0;
};

}  // namespace

Result<JournalEnd> check_journal(Reader& reader, const VerifyOptions& options, ReplayedState& state,
                                 IndexTally& tally) {
  return JournalWalk(reader, options, state, tally).walk();
}

}  // namespace coffer::ledger
