// SPDX-License-Identifier: MIT
// Reading the journal by id, densely or scattered, and finding an id by its time.
#include "ledger/query/journal_reads.hpp"

#include <algorithm>
#include <optional>

namespace coffer::ledger {
namespace {

using storage::Cell;
using storage::CommitRow;
using storage::EntryRow;
using storage::Reader;
using storage::ScanQuery;
using storage::TransactionRow;

/// Rows of a range scan that cost about as much as one find.
constexpr std::int64_t rows_per_find = 4;

Error missing_transaction(std::int64_t id) {
  return {Code::storage_corrupt, "transactions " + std::to_string(id) + ": missing, run verify"};
}

Status visit_dense(Reader& reader, std::span<const std::int64_t> ids,
                   const std::function<void(const TransactionRow&)>& visit) {
  const Cell low = Cell::of(std::min(ids.front(), ids.back()));
  const Cell high = Cell::of(std::max(ids.front(), ids.back()));
  ScanQuery range;
  range.from = std::span(&low, 1);
  range.to = std::span(&high, 1);
  range.is_to_inclusive = true;
  range.is_backward = ids.front() > ids.back();
  std::size_t next = 0;
  COFFER_TRY(reader.scan<TransactionRow>(range, [&](const TransactionRow& row) {
    if (row.id == ids[next]) {
      visit(row);
      ++next;
    }
    return next < ids.size();
  }));
  return next == ids.size() ? Status{} : missing_transaction(ids[next]);
}

/// What a time range needs of a commit.
struct CommitEdge {
  std::int64_t id = 0;
  std::int64_t recorded_at = 0;
  std::int64_t last_transaction = 0;
};

Result<CommitEdge> commit_of(Reader& reader, std::int64_t id) {
  CommitEdge edge;
  COFFER_TRY_ASSIGN(const bool exists, reader.find<CommitRow>(id, [&edge](const CommitRow& row) {
    edge = {row.id, row.recorded_at, row.last_transaction};
  }));
  return exists ? Result<CommitEdge>(edge)
                : Error{Code::storage_corrupt,
                        "commits " + std::to_string(id) + ": missing, run verify"};
}

Result<CommitEdge> newest_commit(Reader& reader) {
  ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  CommitEdge edge;
  COFFER_TRY(reader.scan<CommitRow>(newest, [&edge](const CommitRow& row) {
    edge = {row.id, row.recorded_at, row.last_transaction};
    return false;
  }));
  return edge;
}

/// Two commits with a moment between them; id 0 where there is none.
struct CommitGap {
  CommitEdge before;
  CommitEdge after;
};

/// The newest commit recorded before `time` and the oldest at `time` or later.
///
/// Ids have no gaps and times rise with them, so the tree of the ids serves for the times too, and
/// a commit need not write to a second one. After three guesses by proportion comes a halving: few
/// steps for an even flow of commits, at most four times a bisection's for any.
Result<CommitGap> commits_around(Reader& reader, Timestamp time) {
  COFFER_TRY_ASSIGN(CommitEdge high, newest_commit(reader));
  if (high.id == 0 || high.recorded_at < time.ns) {
    return CommitGap{high, {}};
  }
  COFFER_TRY_ASSIGN(CommitEdge low, commit_of(reader, 1));
  if (low.recorded_at >= time.ns) {
    return CommitGap{{}, low};
  }
  for (int step = 0; high.id - low.id > 1; ++step) {
    std::int64_t probe = low.id + (high.id - low.id) / 2;
    if (step % 4 < 3) {
      // Unsigned, so that times of a damaged file can't overflow.
      const auto ids = static_cast<std::uint64_t>(high.id - low.id);
      const auto start = static_cast<std::uint64_t>(low.recorded_at);
      const auto each =
          std::max<std::uint64_t>(1, (static_cast<std::uint64_t>(high.recorded_at) - start) / ids);
      const auto ahead = (static_cast<std::uint64_t>(time.ns) - start) / each;
      probe = low.id + static_cast<std::int64_t>(std::clamp<std::uint64_t>(ahead, 1, ids - 1));
    }
    COFFER_TRY_ASSIGN(const CommitEdge found, commit_of(reader, probe));
    (found.recorded_at < time.ns ? low : high) = found;
  }
  return CommitGap{low, high};
}

Result<std::int64_t> recorded_at_of(Reader& reader, std::int64_t id) {
  std::int64_t recorded_at = 0;
  COFFER_TRY_ASSIGN(const bool exists,
                    reader.find<TransactionRow>(id, [&recorded_at](const TransactionRow& row) {
                      recorded_at = row.recorded_at;
                    }));
  return exists ? Result<std::int64_t>(recorded_at) : missing_transaction(id);
}

/// The first of the transactions `first`..`last` recorded at `time` or later; `last` + 1 when none.
Result<std::int64_t> first_within(Reader& reader, std::int64_t first, std::int64_t last,
                                  Timestamp time) {
  if (first > last) {
    return last + 1;
  }
  COFFER_TRY_ASSIGN(const std::int64_t oldest, recorded_at_of(reader, first));
  if (oldest >= time.ns) {
    return first;
  }
  // Times grow by at least one nanosecond a transaction, so the answer is at most as many ids away
  // from the first as nanoseconds; within one batch it is mostly that very id.
  std::int64_t low = first + 1;
  const auto apart = static_cast<std::uint64_t>(time.ns) - static_cast<std::uint64_t>(oldest);
  std::int64_t high = first + static_cast<std::int64_t>(std::min<std::uint64_t>(
                                  apart, static_cast<std::uint64_t>(last - first) + 1));
  std::int64_t probe = std::max(low, high - 1);
  while (low < high) {
    COFFER_TRY_ASSIGN(const std::int64_t recorded_at, recorded_at_of(reader, probe));
    if (recorded_at < time.ns) {
      low = probe + 1;
    } else {
      high = probe;
    }
    probe = low + (high - low) / 2;
  }
  return low;
}

}  // namespace

Amount signed_change(Side side, Side normal_side, const Amount& amount) noexcept {
  if (side == normal_side) {
    return amount;
  }
  Amount change;
  static_cast<void>(subtract_checked(Amount(0), amount, &change));
  return change;
}

Result<Side> normal_side_of(Reader& reader, AccountId account) {
  Side side = Side::credit;
  COFFER_TRY_ASSIGN(
      const bool exists,
      reader.find<storage::AccountRow>(account.value(), [&side](const storage::AccountRow& row) {
        side = row.normal_side == 1 ? Side::debit : Side::credit;
      }));
  return exists ? Result<Side>(side)
                : Error{Code::account_not_found,
                        "account " + std::to_string(account.value()) + " does not exist"};
}

Status visit_transactions(Reader& reader, std::span<const std::int64_t> ids,
                          const std::function<void(const TransactionRow&)>& visit) {
  if (ids.empty()) {
    return {};
  }
  const std::int64_t span = std::max(ids.front(), ids.back()) - std::min(ids.front(), ids.back());
  if (span / rows_per_find <= static_cast<std::int64_t>(ids.size())) {
    return visit_dense(reader, ids, visit);
  }
  for (const std::int64_t id : ids) {
    COFFER_TRY_ASSIGN(const bool exists, reader.find<TransactionRow>(id, visit));
    if (!exists) {
      return missing_transaction(id);
    }
  }
  return {};
}

Result<std::vector<EntryRow>> read_entries(Reader& reader, const TransactionRow& row) {
  const Cell key = Cell::of(row.id);
  ScanQuery of_transaction;
  of_transaction.index = EntryRow::by_transaction;
  of_transaction.equal = std::span(&key, 1);
  std::vector<EntryRow> entries;
  COFFER_TRY(reader.scan<EntryRow>(of_transaction, [&entries](const EntryRow& entry) {
    entries.push_back(entry);
    return true;
  }));
  if (static_cast<std::int64_t>(entries.size()) != row.entry_count) {
    return Error{Code::storage_corrupt, "transactions " + std::to_string(row.id) + ": names " +
                                            std::to_string(row.entry_count) +
                                            " entries, but there are " +
                                            std::to_string(entries.size()) + "; run verify"};
  }
  return entries;
}

Result<JournalTransaction> read_transaction(Reader& reader, std::int64_t id) {
  JournalTransaction transaction;
  COFFER_TRY_ASSIGN(const bool exists,
                    reader.find<TransactionRow>(id, [&transaction](const TransactionRow& row) {
                      transaction.row = row;
                      transaction.key = row.key;
                      transaction.reference = row.reference;
                    }));
  if (!exists) {
    return Error{Code::transaction_not_found,
                 "transaction " + std::to_string(id) + " does not exist"};
  }
  transaction.row.key = {};
  transaction.row.reference = {};
  if (transaction.row.entry_count != 0) {
    COFFER_TRY_ASSIGN(transaction.entries, read_entries(reader, transaction.row));
  }
  return transaction;
}

Result<Amount> balance_after_transaction(Reader& reader, std::int64_t id, std::int64_t account) {
  TransactionRow found;
  COFFER_TRY_ASSIGN(
      const bool exists,
      reader.find<TransactionRow>(id, [&found](const TransactionRow& row) { found = row; }));
  if (!exists) {
    return missing_transaction(id);
  }
  // With more entries these two still are the balances after the whole transaction.
  if (found.credit == account) {
    return found.credit_after;
  }
  if (found.debit == account) {
    return found.debit_after;
  }
  std::optional<Amount> balance;
  if (found.entry_count != 0) {
    COFFER_TRY_ASSIGN(const std::vector<EntryRow> entries, read_entries(reader, found));
    for (const EntryRow& entry : entries) {
      if (entry.account == account) {
        balance = entry.balance_after;
      }
    }
  }
  return balance ? Result<Amount>(*balance)
                 : Error{Code::storage_corrupt,
                         "transactions " + std::to_string(id) + ": does not touch account " +
                             std::to_string(account) + ", though the index names it; run verify"};
}

Result<std::int64_t> first_transaction_from(Reader& reader, Timestamp time) {
  COFFER_TRY_ASSIGN(const CommitGap commits, commits_around(reader, time));
  // A commit's time is later than those of its records, so all of its transactions were earlier,
  // and only the next commit can hold some on both sides.
  const std::int64_t first = commits.before.last_transaction + 1;
  return first_within(reader, first, std::max(first - 1, commits.after.last_transaction), time);
}

}  // namespace coffer::ledger
