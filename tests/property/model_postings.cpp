// SPDX-License-Identifier: MIT
// The naive model's transactions: what is refused, in which order, and what a repeat is answered.
#include <algorithm>

#include "model.hpp"

namespace coffer::property {

namespace {

/// Which difference between a stored transaction and another of its key is named.
Code difference(const ModelTransaction& stored, const ModelTransaction& wanted, bool is_transfer) {
  if (stored.kind != wanted.kind || stored.code != wanted.code ||
      stored.reverses != wanted.reverses || stored.hold != wanted.hold) {
    return Code::exists_with_different_kind;
  }
  const auto has_entry = [&wanted](const ModelEntry& entry) {
    return std::count(wanted.entries.begin(), wanted.entries.end(), entry) == 1;
  };
  const bool are_pairs = Model::is_two_entry(stored.entries) && Model::is_two_entry(wanted.entries);
  const bool are_same = are_pairs ? has_entry(stored.entries[0]) && has_entry(stored.entries[1])
                                  : stored.entries == wanted.entries;
  if (!are_same && is_transfer && are_pairs) {
    // The plain form tells more: other accounts, or the same ones with another amount.
    std::vector<ModelEntry> same_amount = stored.entries;
    same_amount[0].amount = same_amount[1].amount = wanted.entries[0].amount;
    return has_entry(same_amount[0]) && has_entry(same_amount[1])
               ? Code::exists_with_different_amount
               : Code::exists_with_different_account;
  }
  if (!are_same) {
    return Code::exists_with_different_entries;
  }
  if (stored.effective_at != wanted.effective_at) {
    return Code::exists_with_different_effective_at;
  }
  return stored.reference == wanted.reference && stored.description == wanted.description
             ? Code::ok
             : Code::exists_with_different_reference;
}

}  // namespace

bool Model::is_two_entry(const std::vector<ModelEntry>& entries) {
  return entries.size() == 2 && entries[0].is_debit != entries[1].is_debit &&
         entries[0].amount == entries[1].amount && entries[0].account != entries[1].account;
}

std::optional<Verdict> Model::repeated(const PostCommand& command) const {
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    if (transactions[i].key == command.wanted.key) {
      const Code code = difference(transactions[i], command.wanted, command.is_transfer);
      return Verdict{code, code == Code::ok, static_cast<std::int64_t>(i) + 1};
    }
  }
  return std::nullopt;
}

Code Model::check_accounts(const PostCommand& command) const {
  std::map<std::int64_t, Units> sums;
  for (const ModelEntry& entry : command.wanted.entries) {
    if (!has_account(entry.account)) {
      return Code::account_not_found;
    }
    sums[account(entry.account).asset] += entry.is_debit ? entry.amount : Units(-entry.amount);
  }
  for (const ModelCondition& condition : command.conditions) {
    if (!has_account(condition.account)) {
      return Code::account_not_found;
    }
  }
  for (const auto& [asset, sum] : sums) {
    if (sum != 0) {
      return command.is_transfer ? Code::asset_mismatch : Code::unbalanced;
    }
  }
  const auto is_any = [&](auto&& is_so) {
    return std::any_of(
        command.wanted.entries.begin(), command.wanted.entries.end(),
        [&](const ModelEntry& entry) { return is_so(account(entry.account).policy); });
  };
  if (is_any([](const ModelPolicy& policy) { return policy.is_closed; })) {
    return Code::account_closed;
  }
  if (is_any([](const ModelPolicy& policy) { return policy.is_frozen; })) {
    return Code::account_frozen;
  }
  return command.wanted.effective_at > now ? Code::effective_in_future : Code::ok;
}

Code Model::check_conditions(const PostCommand& command) const {
  for (const ModelCondition& condition : command.conditions) {
    if (available(condition.account) < condition.least_available) {
      return Code::condition_not_met;
    }
  }
  return Code::ok;
}

/// Debits and credits of each asset fit, and so does every account's balance on the way.
Code Model::check_sums(const PostCommand& command) const {
  std::map<std::pair<std::int64_t, bool>, Units> sides;
  std::map<std::int64_t, Units> balances;
  for (const ModelEntry& entry : command.wanted.entries) {
    Units& side = sides[{account(entry.account).asset, entry.is_debit}];
    side += entry.amount;
    const auto known = balances.try_emplace(entry.account, balance(entry.account)).first;
    known->second += change_of(entry);
    if (!fits(side) || !fits(known->second)) {
      return Code::amount_overflow;
    }
  }
  return Code::ok;
}

/// What the transaction leaves behind: an account that fell has its minimum still available, one
/// that rose is not above its maximum.
Code Model::check_bounds(const std::vector<ModelEntry>& entries,
                         const std::map<std::int64_t, Units>& before) const {
  bool is_below = false;
  bool is_above = false;
  for (const ModelEntry& entry : entries) {
    const ModelPolicy& policy = account(entry.account).policy;
    const Units after = balance(entry.account);
    if (after < before.at(entry.account)) {
      const Units left = available(entry.account);
      if (!fits(left)) {
        return Code::amount_overflow;
      }
      is_below = is_below || (policy.minimum && left < *policy.minimum);
    } else if (after > before.at(entry.account)) {
      is_above = is_above || (policy.maximum && after > *policy.maximum);
    }
  }
  if (is_below) {
    return Code::exceeds_balance;
  }
  return is_above ? Code::exceeds_limit : Code::ok;
}

Verdict Model::apply_one(const PostCommand& command) {
  const std::vector<ModelEntry>& entries = command.wanted.entries;
  if (std::any_of(entries.begin(), entries.end(),
                  [](const ModelEntry& entry) { return entry.amount <= 0; })) {
    return {Code::amount_not_positive};
  }
  if (command.is_transfer && entries[0].account == entries[1].account) {
    return {Code::same_account};
  }
  if (const std::optional<Verdict> first = repeated(command)) {
    return *first;
  }
  Code code = check_accounts(command);
  code = code == Code::ok ? check_conditions(command) : code;
  code = code == Code::ok ? check_sums(command) : code;
  if (code != Code::ok) {
    return {code};
  }
  std::map<std::int64_t, Units> before;
  for (const ModelEntry& entry : entries) {
    before[entry.account] = balance(entry.account);
  }
  transactions.push_back(command.wanted);
  code = check_bounds(entries, before);
  if (code != Code::ok) {
    transactions.pop_back();
    return {code};
  }
  return {Code::ok, false, last_transaction()};
}

Verdict Model::apply_one(const ReverseCommand& command) {
  if (command.original < 1 || command.original > last_transaction()) {
    return {Code::transaction_not_found};
  }
  const ModelTransaction& original = transactions[static_cast<std::size_t>(command.original - 1)];
  PostCommand opposite;
  opposite.wanted.key = command.key;
  opposite.wanted.kind = TransactionKind::reversal;
  opposite.wanted.reverses = command.original;
  opposite.wanted.effective_at = command.effective_at;
  for (const ModelEntry& entry : original.entries) {
    opposite.wanted.entries.push_back({entry.account, !entry.is_debit, entry.amount});
  }
  for (const ModelTransaction& transaction : transactions) {
    if (transaction.reverses == command.original) {
      const std::optional<Verdict> first = repeated(opposite);
      return first && first->existed ? *first : Verdict{Code::already_reversed};
    }
  }
  if (original.kind == TransactionKind::reversal) {
    return {Code::not_reversible};
  }
  return apply_one(opposite);
}

}  // namespace coffer::property
