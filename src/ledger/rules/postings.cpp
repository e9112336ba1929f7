// SPDX-License-Identifier: MIT
// The rule of transactions with any number of entries and assets.
#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

using storage::EntryRow;
using storage::NoteRow;
using storage::TransactionRow;

/// The first problem of the draft itself, in the order that `Ledger::post` promises.
Refusal check_content(const Draft& draft) {
  if (const Refusal refusal = check_key(draft.key)) {
    return refusal;
  }
  for (const auto& [field, text, bytes_max] :
       {std::tuple(ItemField::reference, draft.reference, reference_bytes_max),
        std::tuple(ItemField::description, draft.description, description_bytes_max),
        std::tuple(ItemField::metadata, draft.metadata, metadata_bytes_max)}) {
    if (const Refusal refusal = check_text(field, text, bytes_max)) {
      return refusal;
    }
  }
  if (draft.entries.size() < 2) {
    return {Code::no_entries, 0};
  }
  if (draft.entries.size() > entries_max) {
    return {Code::too_many_entries, 0};
  }
  const auto not_positive =
      std::find_if(draft.entries.begin(), draft.entries.end(),
                   [](const Entry& entry) { return !entry.amount.is_positive(); });
  return not_positive == draft.entries.end()
             ? Refusal()
             : Refusal(Code::amount_not_positive, not_positive - draft.entries.begin() + 1);
}

/// A debit and a credit of the same amount: one row holds it whole.
bool is_two_entry(const Draft& draft) {
  return draft.entries.size() == 2 && draft.entries[0].side != draft.entries[1].side &&
         draft.entries[0].amount == draft.entries[1].amount &&
         draft.entries[0].account != draft.entries[1].account;
}

const Entry& first_of(const Draft& draft, Side side) {
  return *std::find_if(draft.entries.begin(), draft.entries.end(),
                       [side](const Entry& entry) { return entry.side == side; });
}

std::int64_t kind_column(const Posting& posting) {
  return static_cast<std::int64_t>(posting.draft.code) * 256 +
         static_cast<std::int64_t>(posting.kind);
}

bool same_entries(const Draft& draft, const StoredTransaction& stored) {
  if (is_two_entry(draft)) {
    return stored.entries.empty() &&
           stored.row.debit == first_of(draft, Side::debit).account.value() &&
           stored.row.credit == first_of(draft, Side::credit).account.value() &&
           stored.row.amount == draft.entries[0].amount;
  }
  return std::equal(draft.entries.begin(), draft.entries.end(), stored.entries.begin(),
                    stored.entries.end(), [](const Entry& entry, const EntryRow& row) {
                      return row.account == entry.account.value() &&
                             row.side == static_cast<std::int64_t>(entry.side) &&
                             row.amount == entry.amount;
                    });
}

Code compare(const Posting& posting, const StoredTransaction& stored) {
  const Draft& draft = posting.draft;
  if (stored.row.kind != kind_column(posting) || stored.note.reverses != posting.reverses ||
      stored.note.hold != posting.hold) {
    return Code::exists_with_different_kind;
  }
  if (!same_entries(draft, stored)) {
    return Code::exists_with_different_entries;
  }
  if (stored.row.effective_at != draft.effective_at.ns) {
    return Code::exists_with_different_effective_at;
  }
  const bool same_texts = stored.row.reference == draft.reference &&
                          stored.note.description == draft.description &&
                          stored.note.metadata == draft.metadata;
  return same_texts ? Code::ok : Code::exists_with_different_reference;
}

/// Debits and credits of one asset; what does not fit is known by the account that was too much.
struct Sums {
  Amount debits;
  Amount credits;
  std::int64_t overflow_at = 0;
};

/// All accounts exist, also those that only a condition names: from now on they are in memory,
/// where holds that are over expire at the next time given out.
Status check_existence(Book& book, const Draft& draft, Outcome& outcome) {
  for (const Entry& entry : draft.entries) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(entry.account.value()));
    if (slot == nullptr) {
      return refuse(outcome, Code::account_not_found, entry.account.value());
    }
  }
  for (const Condition& condition : draft.conditions) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(condition.account.value()));
    if (slot == nullptr) {
      return refuse(outcome, Code::account_not_found, condition.account.value());
    }
  }
  return {};
}

/// Debits equal credits in each asset. `overflow_at` is the account with which a sum ceased to fit,
/// or 0: that is told later.
Status check_sums(Book& book, const Draft& draft, std::int64_t* overflow_at, Outcome& outcome) {
  std::map<std::int64_t, Sums> sums;
  for (const Entry& entry : draft.entries) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(entry.account.value()));
    Sums& of_asset = sums[slot->asset];
    Amount& sum = entry.side == Side::debit ? of_asset.debits : of_asset.credits;
    if (!add_checked(sum, entry.amount, &sum) && *overflow_at == 0) {
      *overflow_at = entry.account.value();
    }
  }
  for (const auto& [asset, of_asset] : sums) {
    // What does not fit wraps on both sides alike.
    if (of_asset.debits != of_asset.credits) {
      return refuse(outcome, Code::unbalanced, asset);
    }
  }
  return {};
}

/// No account is closed; none is frozen.
Status check_movable(Book& book, const Draft& draft, Outcome& outcome) {
  Code first = Code::ok;
  std::int64_t subject = 0;
  for (const Entry& entry : draft.entries) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(entry.account.value()));
    const Code code = slot->is_closed   ? Code::account_closed
                      : slot->is_frozen ? Code::account_frozen
                                        : Code::ok;
    if (is_told_before(code, first)) {
      first = code;
      subject = entry.account.value();
    }
  }
  return first == Code::ok ? Status{} : refuse(outcome, first, subject);
}

/// What the accounts say to the draft, before time and money count.
Status check_accounts(Book& book, const Draft& draft, std::int64_t* overflow_at, Outcome& outcome) {
  COFFER_TRY(check_existence(book, draft, outcome));
  if (outcome.code == Code::ok) {
    COFFER_TRY(check_sums(book, draft, overflow_at, outcome));
  }
  return outcome.code == Code::ok ? check_movable(book, draft, outcome) : Status{};
}

Status check_conditions(Book& book, const Draft& draft, Outcome& outcome) {
  for (const Condition& condition : draft.conditions) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(condition.account.value()));
    if (available(book, condition.account.value(), *slot) < condition.least_available) {
      return refuse(outcome, Code::condition_not_met, condition.account.value());
    }
  }
  return {};
}

/// Moves the balances entry by entry; the bounds are checked on what the transaction leaves behind.
Status move(Book& book, const Draft& draft, std::int64_t id, std::vector<Amount>& afters,
            Outcome& outcome) {
  std::map<std::int64_t, Amount> before;
  for (const Entry& entry : draft.entries) {
    COFFER_TRY_ASSIGN(AccountSlot * slot, book.account(entry.account.value()));
    before.try_emplace(entry.account.value(), slot->balance);
    Amount after;
    if (!balance_after(*slot, entry.side, entry.amount, &after)) {
      return refuse(outcome, Code::amount_overflow, entry.account.value());
    }
    book.touch(entry.account.value(), *slot);
    slot->balance = after;
    slot->last_transaction = id;
    book.slots().mark_dirty(entry.account.value(), *slot);
    afters.push_back(after);
  }
  Code first = Code::ok;
  std::int64_t subject = 0;
  for (const auto& [account, balance] : before) {
    COFFER_TRY_ASSIGN(const AccountSlot* slot, book.account(account));
    const Code code = check_bounds(book, account, *slot, balance, slot->balance);
    if (is_told_before(code, first)) {
      first = code;
      subject = account;
    }
  }
  return first == Code::ok ? Status{} : refuse(outcome, first, subject);
}

void add_rows(Book& book, const Posting& posting, std::int64_t id, Timestamp now,
              const std::vector<Amount>& afters) {
  const Draft& draft = posting.draft;
  const Entry& debit = first_of(draft, Side::debit);
  const Entry& credit = first_of(draft, Side::credit);
  const bool is_whole = is_two_entry(draft);
  Batch& batch = book.batch();
  const auto balance_of = [&book](const Entry& entry) {
    return book.slots().at(entry.account.value()).balance;
  };
  batch.transactions.push_back(
      {id, draft.key, kind_column(posting), debit.account.value(), credit.account.value(),
       debit.amount, balance_of(debit), balance_of(credit), now.ns, draft.effective_at.ns,
       is_whole ? 0 : static_cast<std::int64_t>(draft.entries.size()), draft.reference});
  batch.keys.insert(KeyTable::hash_of(draft.key), id);
  if (!is_whole) {
    for (std::size_t i = 0; i < draft.entries.size(); ++i) {
      batch.entries.push_back({book.next_entry(), id, draft.entries[i].account.value(),
                               static_cast<std::int64_t>(draft.entries[i].side),
                               draft.entries[i].amount, afters[i]});
    }
  }
  if (posting.reverses != 0 || posting.hold != 0 || !draft.description.empty() ||
      !draft.metadata.empty()) {
    batch.notes.push_back(
        NoteRow{id, posting.reverses, posting.hold, draft.description, draft.metadata});
  }
}

}  // namespace

Status post(Book& book, const Posting& posting, Outcome& outcome) {
  const Draft& draft = posting.draft;
  outcome = Outcome{};
  if (const Refusal refusal = check_content(draft)) {
    return refuse(outcome, refusal);
  }
  COFFER_TRY_ASSIGN(const std::int64_t existing, book.find_key(draft.key));
  if (existing != 0) {
    COFFER_TRY_ASSIGN(const StoredTransaction stored, book.transaction(existing));
    const Code code = compare(posting, stored);
    if (code != Code::ok) {
      return refuse(outcome, code, existing);
    }
    outcome = {Code::ok, true, existing, 0, Timestamp{stored.row.recorded_at}};
    return {};
  }
  std::int64_t overflow_at = 0;
  COFFER_TRY(check_accounts(book, draft, &overflow_at, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  const Timestamp now = posting.recorded_at ? posting.recorded_at : book.next_time();
  if (draft.effective_at > now) {
    return refuse(outcome, Code::effective_in_future);
  }
  COFFER_TRY(check_conditions(book, draft, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  if (overflow_at != 0) {
    return refuse(outcome, Code::amount_overflow, overflow_at);
  }
  const std::int64_t id = book.next_transaction();
  std::vector<Amount> afters;
  COFFER_TRY(move(book, draft, id, afters, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  add_rows(book, posting, id, now, afters);
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

Status apply(Book& book, const Draft& draft, Outcome& outcome) {
  if (draft.kind != TransactionKind::posting && draft.kind != TransactionKind::correction) {
    return refuse(outcome, Code::invalid_argument, ItemField::kind);
  }
  return post(book, {draft, draft.kind, 0, 0, {}}, outcome);
}

Status apply(Book& book, const Reversal& reversal, Outcome& outcome) {
  Result<StoredTransaction> found = book.transaction(reversal.original.value());
  if (!found) {
    return found.error().code == Code::transaction_not_found
               ? refuse(outcome, Code::transaction_not_found, reversal.original.value())
               : Status(std::move(found).error());
  }
  const StoredTransaction& original = *found;
  std::vector<Entry> entries;
  const auto add_opposite = [&entries](std::int64_t account, Side side, const Amount& amount) {
    entries.push_back(
        {AccountId(account), side == Side::debit ? Side::credit : Side::debit, amount});
  };
  if (original.entries.empty()) {
    add_opposite(original.row.credit, Side::credit, original.row.amount);
    add_opposite(original.row.debit, Side::debit, original.row.amount);
  }
  for (const EntryRow& entry : original.entries) {
    add_opposite(entry.account, static_cast<Side>(entry.side), entry.amount);
  }
  Posting posting;
  posting.draft = {reversal.key,
                   entries,
                   {},
                   reversal.code,
                   TransactionKind::reversal,
                   reversal.effective_at,
                   reversal.reference,
                   reversal.description,
                   {}};
  posting.kind = TransactionKind::reversal;
  posting.reverses = reversal.original.value();
  COFFER_TRY_ASSIGN(const std::int64_t earlier, book.reversal_of(reversal.original.value()));
  if (earlier != 0) {
    // The same call again is answered with its first result; any other reversal is one too many.
    COFFER_TRY(post(book, posting, outcome));
    return outcome.existed ? Status{} : refuse(outcome, Code::already_reversed, earlier);
  }
  if (original.row.kind % 256 == static_cast<std::int64_t>(TransactionKind::reversal)) {
    return refuse(outcome, Code::not_reversible, reversal.original.value());
  }
  return post(book, posting, outcome);
}

}  // namespace coffer::ledger
