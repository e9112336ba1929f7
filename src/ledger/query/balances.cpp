// SPDX-License-Identifier: MIT
// Balances now and as of a time, from the running balances that every leg carries.
#include <algorithm>
#include <limits>

#include "ledger/query/account_policy.hpp"
#include "ledger/query/journal_reads.hpp"
#include "ledger/query/questions.hpp"

namespace coffer::ledger {
namespace {

using storage::Cell;
using storage::OpenHoldRow;
using storage::Reader;
using storage::ScanQuery;

/// The newest transaction up to `last` that touches the account; 0 when there is none.
Result<std::int64_t> newest_touching(IndexView& view, AccountId account, std::int64_t last) {
  std::int64_t found = 0;
  if (last > 0) {
    COFFER_TRY(view.scan_account(account.value(), last, true, [&found](std::int64_t id) {
      found = id;
      return false;
    }));
  }
  return found;
}

Result<Amount> posted_after(IndexView& view, AccountId account, std::int64_t transaction) {
  if (transaction == 0) {
    return Amount(0);
  }
  return balance_after_transaction(view.reader(), transaction, account.value());
}

struct Reserved {
  Amount held;
  Amount pending;
  Amount frozen;
};

Result<Reserved> reserved_of(Reader& reader, AccountId account, Timestamp now) {
  const Cell equal = Cell::of(account.value());
  ScanQuery of_account;
  of_account.index = OpenHoldRow::by_account;
  of_account.equal = std::span(&equal, 1);
  Reserved reserved;
  bool fits = true;
  COFFER_TRY(reader.scan<OpenHoldRow>(of_account, [&](const OpenHoldRow& row) {
    if (row.expires_at == 0 || row.expires_at > now.ns) {
      Amount* bucket = row.bucket == 0   ? &reserved.held
                       : row.bucket == 1 ? &reserved.pending
                                         : &reserved.frozen;
      fits = fits && add_checked(*bucket, row.remaining, bucket);
    }
    return true;
  }));
  return fits ? Result<Reserved>(reserved)
              : Error{Code::storage_corrupt, "open_holds of account " +
                                                 std::to_string(account.value()) +
                                                 ": the sum overflows, run verify"};
}

Result<bool> is_frozen(Reader& reader, AccountId account) {
  const Cell equal = Cell::of(account.value());
  ScanQuery newest;
  newest.index = storage::AccountChangeRow::by_account;
  newest.equal = std::span(&equal, 1);
  newest.is_backward = true;
  newest.limit = 1;
  bool frozen = false;
  COFFER_TRY(reader.scan<storage::AccountChangeRow>(
      newest, [&frozen](const storage::AccountChangeRow& row) {
        frozen = policy_of(row).is_frozen;
        return false;
      }));
  return frozen;
}

/// The ids above `last` that touch the account, at most `most` of them; true when these are all.
Result<bool> take_later(IndexView& view, AccountId account, std::int64_t last, std::size_t most,
                        std::vector<std::int64_t>* ids) {
  ids->clear();
  bool are_all = true;
  COFFER_TRY(view.scan_account(account.value(), last + 1, false, [&](std::int64_t id) {
    are_all = ids->size() < most;
    if (are_all) {
      ids->push_back(id);
    }
    return are_all;
  }));
  return are_all;
}

/// The ids above `last` among the account's transactions with an effective time of their own up to
/// `time`, of which at most `most` are looked at; true when these were all.
Result<bool> take_effective(IndexView& view, AccountId account, std::int64_t last, Timestamp time,
                            std::size_t most, std::vector<std::int64_t>* ids) {
  ids->clear();
  std::size_t seen = 0;
  COFFER_TRY(view.scan_effective(account.value(), time.ns, true,
                                 [&](std::int64_t /*effective_at*/, std::int64_t id) {
                                   if (id > last) {
                                     ids->push_back(id);
                                   }
                                   return ++seen <= most;
                                 }));
  std::sort(ids->begin(), ids->end());
  return seen <= most;
}

/// Transactions recorded after `last` that may count by `time` already: every one that does is
/// among them. Two lists hold them all; the shorter one is read to its end.
Result<std::vector<std::int64_t>> backdated_candidates(IndexView& view, AccountId account,
                                                       std::int64_t last, Timestamp time) {
  std::vector<std::int64_t> ids;
  for (std::size_t most = 256;; most *= 4) {
    // The index alone answers this one; of later transactions the rows must be read too.
    COFFER_TRY_ASSIGN(const bool is_effective_done,
                      take_effective(view, account, last, time, 4 * most, &ids));
    if (is_effective_done) {
      return ids;
    }
    COFFER_TRY_ASSIGN(const bool is_later_done, take_later(view, account, last, most, &ids));
    if (is_later_done) {
      return ids;
    }
  }
}

/// Adds to `balance` what the account's legs of one transaction change.
Status add_changes(Reader& reader, std::int64_t id, AccountId account, Side normal_side,
                   Amount* balance) {
  COFFER_TRY_ASSIGN(const JournalTransaction transaction, read_transaction(reader, id));
  bool fits = true;
  for_each_leg(transaction, [&](const Leg& leg) {
    if (leg.account == account.value()) {
      fits =
          fits && add_checked(*balance, signed_change(leg.side, normal_side, leg.amount), balance);
    }
  });
  return fits ? Status{}
              : Error{Code::amount_overflow, "account " + std::to_string(account.value()) +
                                                 ": the balance as of this time does not fit"};
}

Status add_backdated(IndexView& view, AccountId account, std::int64_t last, Timestamp time,
                     Side normal_side, Amount* balance) {
  COFFER_TRY_ASSIGN(const std::vector<std::int64_t> candidates,
                    backdated_candidates(view, account, last, time));
  std::vector<std::int64_t> counted;
  COFFER_TRY(visit_transactions(view.reader(), candidates, [&](const storage::TransactionRow& row) {
    if (effective_at_of(row) <= time) {
      counted.push_back(row.id);
    }
  }));
  for (const std::int64_t id : counted) {
    COFFER_TRY(add_changes(view.reader(), id, account, normal_side, balance));
  }
  return {};
}

Status add_to_total(Amount* total, const Amount& part, Side normal_side) {
  const bool fits = normal_side == Side::credit ? add_checked(*total, part, total)
                                                : subtract_checked(*total, part, total);
  return fits ? Status{}
              : Error{Code::amount_overflow, "the owner's accounts add up to more than fits"};
}

Status add_account(OwnerTotal* total, const Balance& balance, Side normal_side) {
  COFFER_TRY(add_to_total(&total->balance.posted, balance.posted, normal_side));
  COFFER_TRY(add_to_total(&total->balance.available, balance.available, normal_side));
  COFFER_TRY(add_to_total(&total->balance.held, balance.held, normal_side));
  COFFER_TRY(add_to_total(&total->balance.pending, balance.pending, normal_side));
  COFFER_TRY(add_to_total(&total->balance.frozen, balance.frozen, normal_side));
  total->balance.last_transaction =
      std::max(total->balance.last_transaction, balance.last_transaction);
  ++total->accounts;
  return {};
}

}  // namespace

Result<Balance> balance_of(IndexView& view, AccountId account, Timestamp now) {
  Reader& reader = view.reader();
  COFFER_TRY(normal_side_of(reader, account));
  COFFER_TRY_ASSIGN(const std::int64_t newest,
                    newest_touching(view, account, view.last_transaction()));
  Balance balance;
  balance.last_transaction = TransactionId(newest);
  COFFER_TRY_ASSIGN(balance.posted, posted_after(view, account, newest));
  COFFER_TRY_ASSIGN(const Reserved reserved, reserved_of(reader, account, now));
  balance.held = reserved.held;
  balance.pending = reserved.pending;
  balance.frozen = reserved.frozen;
  COFFER_TRY_ASSIGN(balance.available, subtract(balance.posted, reserved.held));
  COFFER_TRY_ASSIGN(balance.available, subtract(balance.available, reserved.pending));
  COFFER_TRY_ASSIGN(balance.available, subtract(balance.available, reserved.frozen));
  COFFER_TRY_ASSIGN(const bool frozen, is_frozen(reader, account));
  if (frozen && balance.available.is_positive()) {
    COFFER_TRY_ASSIGN(balance.frozen, add(balance.frozen, balance.available));
    balance.available = Amount(0);
  }
  return balance;
}

Result<Amount> balance_as_of(IndexView& view, AccountId account, Timestamp time, TimeAxis axis) {
  Reader& reader = view.reader();
  COFFER_TRY_ASSIGN(const Side normal_side, normal_side_of(reader, account));
  std::int64_t last = view.last_transaction();
  if (time.ns != std::numeric_limits<std::int64_t>::max()) {
    COFFER_TRY_ASSIGN(const std::int64_t after,
                      first_transaction_from(reader, Timestamp{time.ns + 1}));
    last = after - 1;
  }
  COFFER_TRY_ASSIGN(const std::int64_t newest, newest_touching(view, account, last));
  COFFER_TRY_ASSIGN(Amount balance, posted_after(view, account, newest));
  if (axis == TimeAxis::effective) {
    // Nothing counts before it is recorded the other way round: effective times are never in the
    // future of their recording. So only what was recorded later can be missing.
    COFFER_TRY(add_backdated(view, account, last, time, normal_side, &balance));
  }
  return balance;
}

Result<std::vector<OwnerTotal>> totals(IndexView& view, std::string_view owner, Timestamp now) {
  struct Owned {
    std::int64_t id;
    std::int64_t asset;
    Side normal_side;
  };
  const Cell equal = Cell::of_text(owner);
  ScanQuery by_owner;
  by_owner.index = storage::AccountRow::by_owner;
  by_owner.equal = std::span(&equal, 1);
  std::vector<Owned> owned;
  COFFER_TRY(
      view.reader().scan<storage::AccountRow>(by_owner, [&owned](const storage::AccountRow& row) {
        owned.push_back({row.id, row.asset, row.normal_side == 1 ? Side::debit : Side::credit});
        return true;
      }));
  std::vector<OwnerTotal> totals;
  for (const Owned& account : owned) {
    // The index is sorted by asset.
    if (totals.empty() || totals.back().asset.value() != account.asset) {
      totals.emplace_back().asset = AssetId(account.asset);
    }
    COFFER_TRY_ASSIGN(const Balance balance, balance_of(view, AccountId(account.id), now));
    COFFER_TRY(add_account(&totals.back(), balance, account.normal_side));
  }
  return totals;
}

}  // namespace coffer::ledger
