// SPDX-License-Identifier: MIT
// Lists every reason why a draft would be refused, instead of the first.
#include <map>
#include <string>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

std::string entry_name(std::size_t at, const Entry& entry) {
  return "entry " + std::to_string(at + 1) + ": account " + std::to_string(entry.account.value());
}

/// Debits and credits by asset.
using Sums = std::map<std::int64_t, std::pair<Amount, Amount>>;

/// What the accounts say to each entry alone; sums per asset on the way.
Status check_entries(Book& book, const Draft& draft, Sums& sums, std::vector<Error>& reasons) {
  for (std::size_t at = 0; at < draft.entries.size(); ++at) {
    const Entry& entry = draft.entries[at];
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(entry.account.value()));
    if (slot == nullptr) {
      reasons.push_back({Code::account_not_found, entry_name(at, entry) + " does not exist"});
      continue;
    }
    if (slot->is_closed) {
      reasons.push_back({Code::account_closed, entry_name(at, entry) + " is closed"});
    }
    if (slot->is_frozen) {
      reasons.push_back({Code::account_frozen, entry_name(at, entry) + " is frozen"});
    }
    auto& [debits, credits] = sums[slot->asset];
    Amount& sum = entry.side == Side::debit ? debits : credits;
    if (!add_checked(sum, entry.amount, &sum)) {
      reasons.push_back({Code::amount_overflow, entry_name(at, entry) + ": the sum overflows"});
    }
  }
  return {};
}

void check_sums(Book& book, const Sums& sums, std::vector<Error>& reasons) {
  for (const auto& [asset, sides] : sums) {
    // What does not fit wraps on both sides alike, so their difference is right all the same.
    Amount difference;
    static_cast<void>(subtract_checked(sides.first, sides.second, &difference));
    if (!difference.is_zero()) {
      const storage::AssetRow* row = book.asset(asset);
      const int scale = row == nullptr ? 0 : static_cast<int>(row->scale);
      reasons.push_back({Code::unbalanced, "entries: debits less credits in " +
                                               std::string(row == nullptr ? "?" : row->code) +
                                               " are " + format_decimal(difference, scale) +
                                               ", not 0"});
    }
  }
}

Status check_balances(Book& book, const Draft& draft, std::vector<Error>& reasons) {
  std::map<std::int64_t, Amount> after;
  for (const Entry& entry : draft.entries) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(entry.account.value()));
    if (slot == nullptr) {
      continue;
    }
    AccountSlot moved = *slot;
    moved.balance = after.try_emplace(entry.account.value(), slot->balance).first->second;
    if (!balance_after(moved, entry.side, entry.amount, &after[entry.account.value()])) {
      reasons.push_back({Code::amount_overflow, "account " + std::to_string(entry.account.value()) +
                                                    ": the balance overflows"});
    }
  }
  for (const auto& [id, balance] : after) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(id));
    const Code code = check_bounds(book, id, *slot, slot->balance, balance);
    if (code != Code::ok) {
      Outcome outcome;
      COFFER_TRY(refuse(outcome, code, id));
      reasons.push_back({code, describe(outcome)});
    }
  }
  return {};
}

Status check_state(Book& book, const Draft& draft, std::vector<Error>& reasons) {
  if (draft.entries.size() <= entries_max) {
    Sums sums;
    COFFER_TRY(check_entries(book, draft, sums, reasons));
    check_sums(book, sums, reasons);
  }
  for (const Condition& condition : draft.conditions) {
    COFFER_TRY(book.account(condition.account.value()));
  }
  // All accounts are in memory now, so holds that are over by now expire before balances count.
  if (draft.effective_at > book.next_time()) {
    reasons.push_back(
        {Code::effective_in_future, "effective_at: is later than the time of recording"});
  }
  if (draft.entries.size() <= entries_max) {
    COFFER_TRY(check_balances(book, draft, reasons));
  }
  for (std::size_t at = 0; at < draft.conditions.size(); ++at) {
    const std::int64_t id = draft.conditions[at].account.value();
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(id));
    if (slot == nullptr || available(book, id, *slot) < draft.conditions[at].least_available) {
      reasons.push_back({slot == nullptr ? Code::account_not_found : Code::condition_not_met,
                         "condition " + std::to_string(at + 1) + ": account " + std::to_string(id) +
                             (slot == nullptr ? " does not exist" : " has less available")});
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Error>> reasons_against(Book& book, const Draft& draft) {
  std::vector<Error> reasons = problems_of(draft);
  // A key that was used before is answered from the journal, whatever the accounts say today.
  COFFER_TRY_ASSIGN(const std::int64_t existing, book.find_key(draft.key));
  if (existing == 0) {
    COFFER_TRY(check_state(book, draft, reasons));
  }
  if (reasons.empty()) {
    // What is left can only be found by trying: another content of the key, the time.
    Outcome outcome;
    book.begin_group();
    const Status tried = apply(book, draft, outcome);
    book.undo_group();
    COFFER_TRY(tried);
    if (outcome.code != Code::ok) {
      reasons.push_back({outcome.code, describe(outcome)});
    }
  }
  return reasons;
}

}  // namespace coffer::ledger
