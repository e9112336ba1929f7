// SPDX-License-Identifier: MIT
// Checks of transactions: form, legs, sums, balances, bounds.
#include <algorithm>
#include <limits>
#include <string>

#include "ledger/verify/problem.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {
namespace {

using storage::EntryRow;
using storage::TransactionRow;

constexpr std::int64_t kind_max = 3;
constexpr std::int64_t kind_column_max =
    (static_cast<std::int64_t>(std::numeric_limits<std::uint32_t>::max()) << 8) | kind_max;

/// The balances of one asset's legs.
struct AssetSums {
  std::int64_t asset = 0;
  Amount debits;
  Amount credits;
};

const EntryRow* first_of(std::span<const EntryRow> entries, std::int64_t side) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [side](const EntryRow& entry) { return entry.side == side; });
  return found == entries.end() ? nullptr : &*found;
}

/// The row's own columns repeat the first debit and the first credit.
Status check_first_legs(const TransactionRow& row, std::span<const EntryRow> entries) {
  const EntryRow* debit = first_of(entries, 1);
  const EntryRow* credit = first_of(entries, 0);
  if (debit == nullptr || credit == nullptr) {
    return problem("transactions", row.id, "its entries are all on one side");
  }
  if (row.debit != debit->account) {
    return problem("transactions", row.id,
                   differs("debit", row.debit, "the first debit is of", debit->account));
  }
  if (row.credit != credit->account) {
    return problem("transactions", row.id,
                   differs("credit", row.credit, "the first credit is of", credit->account));
  }
  if (row.amount != debit->amount) {
    return problem("transactions", row.id,
                   differs("amount", row.amount, "the first debit is", debit->amount));
  }
  return {};
}

/// "transactions 42" or "entries 7", whichever carries the leg.
Error leg_problem(const JournalTransaction& transaction, std::size_t leg, std::string_view what) {
  return transaction.row.entry_count == 0 ? problem("transactions", transaction.row.id, what)
                                          : problem("entries", transaction.entries[leg].id, what);
}

}  // namespace

Status RecordCheck::check_form(const TransactionRow& row, const Details& details) const {
  if (row.kind < 0 || row.kind > kind_column_max || (row.kind & 0xff) > kind_max) {
    return problem("transactions", row.id,
                   "kind is " + text_of(row.kind) + ", which is no kind and code");
  }
  if (row.effective_at > row.recorded_at) {
    return problem("transactions", row.id,
                   differs("effective_at", row.effective_at, "recorded_at is", row.recorded_at));
  }
  const auto count = static_cast<std::int64_t>(details.entries.size());
  if (row.entry_count != count) {
    return problem("transactions", row.id,
                   differs("entry_count", row.entry_count, "the entries are", count));
  }
  if (count == 0) {
    return row.debit != row.credit
               ? Status{}
               : problem("transactions", row.id, "debit and credit are the same account");
  }
  if (count < 2 || count > static_cast<std::int64_t>(entries_max)) {
    return problem("transactions", row.id,
                   differs("entry_count", row.entry_count, "it must be from 2 to",
                           static_cast<std::int64_t>(entries_max)));
  }
  return check_first_legs(row, details.entries);
}

Status RecordCheck::check_legs(const JournalTransaction& transaction) {
  Status status;
  std::size_t position = 0;
  for_each_leg(transaction, [&](const Leg& leg) {
    const std::size_t at = position++;
    if (!status) {
      return;
    }
    const ReplayedAccount* account = state_.account(leg.account);
    if (account == nullptr) {
      status = leg_problem(transaction, at, "account " + text_of(leg.account) + " is not there");
    } else if (account->recorded_at >= transaction.row.recorded_at) {
      status =
          leg_problem(transaction, at, "account " + text_of(leg.account) + " was opened later");
    } else if (account->policy.is_frozen || account->policy.is_closed) {
      status = leg_problem(transaction, at,
                           "account " + text_of(leg.account) + " was frozen or closed then");
    } else if (!leg.amount.is_positive()) {
      status =
          leg_problem(transaction, at, differs("amount", leg.amount, "must be greater than", 0));
    } else if (transaction.row.entry_count != 0 && transaction.entries[at].side != 0 &&
               transaction.entries[at].side != 1) {
      status = leg_problem(transaction, at,
                           differs("side", transaction.entries[at].side, "not 0 or", 1));
    }
  });
  return status;
}

Status RecordCheck::check_sums(const JournalTransaction& transaction) {
  const TransactionRow& row = transaction.row;
  if (row.entry_count == 0) {
    const std::int64_t debit_asset = state_.account(row.debit)->asset;
    const std::int64_t credit_asset = state_.account(row.credit)->asset;
    return debit_asset == credit_asset
               ? Status{}
               : problem("transactions", row.id, "debit and credit are of different assets");
  }
  std::vector<AssetSums> sums;
  bool fits = true;
  for_each_leg(transaction, [&](const Leg& leg) {
    const std::int64_t asset = state_.account(leg.account)->asset;
    auto found = std::find_if(sums.begin(), sums.end(),
                              [asset](const AssetSums& one) { return one.asset == asset; });
    if (found == sums.end()) {
      found = sums.insert(sums.end(), AssetSums{asset, {}, {}});
    }
    Amount& sum = leg.side == Side::debit ? found->debits : found->credits;
    fits = fits && add_checked(sum, leg.amount, &sum);
  });
  for (const AssetSums& one : sums) {
    if (!fits || one.debits != one.credits) {
      return problem("transactions", row.id,
                     "in asset " + text_of(one.asset) + " the entries " +
                         differs("debit sum", one.debits, "the credit sum is", one.credits));
    }
  }
  return {};
}

Status RecordCheck::move_balances(const JournalTransaction& transaction) {
  const TransactionRow& row = transaction.row;
  Status status;
  std::size_t position = 0;
  std::vector<std::pair<std::int64_t, Amount>> before;
  for_each_leg(transaction, [&](const Leg& leg) {
    const std::size_t at = position++;
    ReplayedAccount& account = *state_.account(leg.account);
    if (account.last_transaction != row.id) {
      before.emplace_back(leg.account, account.balance);
      account.last_transaction = row.id;
    }
    const Amount change = signed_change(leg.side, account.normal_side, leg.amount);
    const bool fits = add_checked(account.balance, change, &account.balance);
    ++state_.legs;
    if (!status) {
      return;
    }
    if (!fits) {
      status = leg_problem(transaction, at, "the balance overflows");
    } else if (leg.balance_after != account.balance) {
      const char* field = row.entry_count != 0      ? "balance_after"
                          : leg.side == Side::debit ? "debit_after"
                                                    : "credit_after";
      status = leg_problem(transaction, at,
                           differs(field, leg.balance_after, "the entries give", account.balance));
    }
  });
  COFFER_TRY(std::move(status));
  for (const auto& [id, balance] : before) {
    const ReplayedAccount& account = *state_.account(id);
    Amount left;
    const bool fits = subtract_checked(account.balance, account.reserved, &left);
    if (account.balance < balance && account.policy.minimum &&
        (!fits || left < *account.policy.minimum)) {
      return problem("transactions", row.id,
                     "account " + text_of(id) + ": " +
                         differs("available", left, "the minimum is", *account.policy.minimum));
    }
    if (account.balance > balance && account.policy.maximum &&
        account.balance > *account.policy.maximum) {
      return problem(
          "transactions", row.id,
          "account " + text_of(id) + ": " +
              differs("balance", account.balance, "the maximum is", *account.policy.maximum));
    }
  }
  return {};
}

Status RecordCheck::check_row_balances(const TransactionRow& row) {
  const Amount& debit = state_.account(row.debit)->balance;
  const Amount& credit = state_.account(row.credit)->balance;
  if (row.debit_after != debit) {
    return problem("transactions", row.id,
                   differs("debit_after", row.debit_after, "the entries give", debit));
  }
  if (row.credit_after != credit) {
    return problem("transactions", row.id,
                   differs("credit_after", row.credit_after, "the entries give", credit));
  }
  return {};
}

Status RecordCheck::take(const TransactionRow& row, const Details& details) {
  COFFER_TRY(check_time("transactions", row.id, row.recorded_at, &times_.transaction));
  COFFER_TRY(check_form(row, details));
  if (row.entry_count == 0 && !row.amount.is_positive()) {
    return problem("transactions", row.id,
                   differs("amount", row.amount, "it must be greater than", 0));
  }
  JournalTransaction transaction;
  transaction.row = row;
  transaction.entries.assign(details.entries.begin(), details.entries.end());
  COFFER_TRY(check_legs(transaction));
  COFFER_TRY(check_sums(transaction));
  COFFER_TRY(move_balances(transaction));
  COFFER_TRY(check_row_balances(row));
  return check_links(transaction, details);
}

}  // namespace coffer::ledger
