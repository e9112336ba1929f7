// SPDX-License-Identifier: MIT
// Derived rows can be rebuilt, but a reader believes them, so they are held against the journal.
#include "ledger/verify/derived_check.hpp"

#include <string>
#include <vector>

#include <coffer/storage/rows_derived.hpp>

#include "ledger/query/journal_reads.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::HeadRow;
using storage::OpenHoldRow;
using storage::Reader;

constexpr std::size_t heads_per_read = 1024;

Result<std::vector<HeadRow>> read_heads(Reader& reader, std::int64_t after) {
  const storage::Cell from = storage::Cell::of(after);
  storage::ScanQuery next;
  if (after != 0) {
    next.from = std::span(&from, 1);
    next.is_from_exclusive = true;
  }
  next.limit = heads_per_read;
  std::vector<HeadRow> heads;
  COFFER_TRY(reader.scan<HeadRow>(next, [&heads](const HeadRow& row) {
    heads.push_back(row);
    return true;
  }));
  return heads;
}

Status check_older_head(Reader& reader, const HeadRow& row) {
  if (row.last_transaction == 0) {
    return row.balance.is_zero() ? Status{}
                                 : problem("heads", row.account,
                                           differs("balance", row.balance,
                                                   "before any "
                                                   "transaction it is",
                                                   0));
  }
  Result<Amount> balance = balance_after_transaction(reader, row.last_transaction, row.account);
  if (!balance) {
    return balance.error().code == Code::storage_corrupt
               ? problem("heads", row.account,
                         "last_transaction is " + text_of(row.last_transaction) +
                             ", which does not touch the account")
               : Status(std::move(balance).error());
  }
  return row.balance == *balance
             ? Status{}
             : problem("heads", row.account,
                       differs("balance", row.balance,
                               "after transaction " + text_of(row.last_transaction) + " it was",
                               *balance));
}

Status check_head(Reader& reader, const HeadRow& row, bool is_clean, ReplayedState& state) {
  const ReplayedAccount* account = state.account(row.account);
  if (account == nullptr) {
    return problem("heads", row.account, "there is no such account");
  }
  if (row.last_transaction == account->last_transaction) {
    return row.balance == account->balance
               ? Status{}
               : problem("heads", row.account,
                         differs("balance", row.balance, "the journal gives", account->balance));
  }
  if (is_clean) {
    return problem("heads", row.account,
                   differs("last_transaction", row.last_transaction, "the journal gives",
                           account->last_transaction));
  }
  return check_older_head(reader, row);
}

Status check_open_hold(const OpenHoldRow& row, const ReplayedState& state) {
  const auto found = state.open_holds.find(row.hold);
  if (found == state.open_holds.end()) {
    return problem("open_holds", row.hold, "the journal has no such open hold");
  }
  const ReplayedHold& hold = found->second;
  if (row.account != hold.account) {
    return problem("open_holds", row.hold,
                   differs("account", row.account, "the hold is of", hold.account));
  }
  if (row.bucket != hold.bucket) {
    return problem("open_holds", row.hold,
                   differs("bucket", row.bucket, "the hold's is", hold.bucket));
  }
  if (row.remaining != hold.remaining) {
    return problem("open_holds", row.hold,
                   differs("remaining", row.remaining, "the journal gives", hold.remaining));
  }
  if (row.expires_at != hold.expires_at) {
    return problem("open_holds", row.hold,
                   differs("expires_at", row.expires_at, "the hold's is", hold.expires_at));
  }
  return {};
}

}  // namespace

Status check_book(const JournalEnd& end) {
  const storage::BookRow& book = end.book;
  if (book.is_clean != 0 && book.is_clean != 1) {
    return problem("book", 1, differs("is_clean", book.is_clean, "not 0 or", 1));
  }
  if (book.epoch != end.last.epoch) {
    return problem("book", 1,
                   differs("epoch", book.epoch, "the newest commit's is", end.last.epoch));
  }
  // Taking over makes the odd version of an epoch, an orderly close the even one.
  const std::int64_t version = 2 * book.epoch - (book.is_clean == 1 ? 0 : 1);
  if (book.version != version) {
    return problem("book", 1, differs("version", book.version, "epoch and is_clean give", version));
  }
  return {};
}

Status check_heads(Reader& reader, const JournalEnd& end, ReplayedState& state) {
  const bool is_clean = end.book.is_clean == 1;
  std::vector<bool> has_head(state.accounts.size(), false);
  std::int64_t after = 0;
  for (;;) {
    COFFER_TRY_ASSIGN(const std::vector<HeadRow> heads, read_heads(reader, after));
    for (const HeadRow& row : heads) {
      COFFER_TRY(check_head(reader, row, is_clean, state));
      has_head[static_cast<std::size_t>(row.account - 1)] = true;
    }
    if (heads.size() < heads_per_read) {
      break;
    }
    after = heads.back().account;
  }
  for (std::size_t i = 0; is_clean && i < has_head.size(); ++i) {
    if (!has_head[i] && state.accounts[i].last_transaction != 0) {
      return problem("heads", static_cast<std::int64_t>(i) + 1, "missing");
    }
  }
  return {};
}

Status check_open_holds(Reader& reader, const ReplayedState& state) {
  std::size_t found = 0;
  auto expected = state.open_holds.begin();
  Status status;
  COFFER_TRY(reader.scan<OpenHoldRow>({}, [&](const OpenHoldRow& row) {
    status = check_open_hold(row, state);
    if (!status) {
      return false;
    }
    if (expected->first != row.hold) {
      status = problem("open_holds", expected->first, "missing");
    }
    ++expected;
    ++found;
    return status.has_value();
  }));
  COFFER_TRY(std::move(status));
  return found == state.open_holds.size() ? Status{}
                                          : problem("open_holds", expected->first, "missing");
}

}  // namespace coffer::ledger
