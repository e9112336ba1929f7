// SPDX-License-Identifier: MIT
// The rule of the bulk path: a transfer between two accounts of one asset.
#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

using storage::TransactionRow;

Refusal check_content(const Transfer& transfer) {
  if (const Refusal refusal = check_key(transfer.key)) {
    return refusal;
  }
  if (const Refusal refusal =
          check_text(ItemField::reference, transfer.reference, reference_bytes_max)) {
    return refusal;
  }
  if (!transfer.amount.is_positive()) {
    return {Code::amount_not_positive, 0};
  }
  return transfer.debit == transfer.credit ? Refusal(Code::same_account, transfer.debit.value())
                                           : Refusal();
}

/// The same key was posted before: is the content the same too?
Code compare(const Transfer& transfer, const TransactionRow& row) {
  if (row.kind != static_cast<std::int64_t>(transfer.code) * 256) {
    return Code::exists_with_different_kind;
  }
  if (row.entry_count != 0) {
    return Code::exists_with_different_entries;
  }
  if (row.debit != transfer.debit.value() || row.credit != transfer.credit.value()) {
    return Code::exists_with_different_account;
  }
  if (row.amount != transfer.amount) {
    return Code::exists_with_different_amount;
  }
  if (row.effective_at != transfer.effective_at.ns) {
    return Code::exists_with_different_effective_at;
  }
  return row.reference == transfer.reference ? Code::ok : Code::exists_with_different_reference;
}

Status answer_existing(Book& book, const Transfer& transfer, std::int64_t id, Outcome& outcome) {
  COFFER_TRY_ASSIGN(const StoredTransaction stored, book.transaction(id));
  Code code = compare(transfer, stored.row);
  if (code == Code::ok && (!stored.note.description.empty() || !stored.note.metadata.empty())) {
    code = Code::exists_with_different_reference;
  }
  if (code != Code::ok) {
    return refuse(outcome, code, id);
  }
  outcome = {Code::ok, true, id, 0, Timestamp{stored.row.recorded_at}};
  return {};
}

Code check_account(const AccountSlot& slot) {
  if (slot.is_closed) {
    return Code::account_closed;
  }
  return slot.is_frozen ? Code::account_frozen : Code::ok;
}

/// Refuses for what is to be told first of the two accounts; false when both are fine.
bool refuse_either(Outcome& outcome, const Transfer& transfer, Code debit, Code credit) {
  if (debit == Code::ok && credit == Code::ok) {
    return false;
  }
  const bool is_credit = is_told_before(credit, debit);
  static_cast<void>(refuse(outcome, is_credit ? credit : debit,
                           is_credit ? transfer.credit.value() : transfer.debit.value()));
  return true;
}

}  // namespace

Status apply(Book& book, const Transfer& transfer, Outcome& outcome) {
  if (const Refusal refusal = check_content(transfer)) {
    return refuse(outcome, refusal);
  }
  COFFER_TRY_ASSIGN(const std::int64_t existing, book.find_key(transfer.key));
  if (existing != 0) {
    return answer_existing(book, transfer, existing, outcome);
  }
  const std::int64_t debit_id = transfer.debit.value();
  const std::int64_t credit_id = transfer.credit.value();
  COFFER_TRY_ASSIGN(AccountSlot * debit, book.account(debit_id));
  COFFER_TRY_ASSIGN(AccountSlot * credit, book.account(credit_id));
  if (debit == nullptr || credit == nullptr) {
    return refuse(outcome, Code::account_not_found, debit == nullptr ? debit_id : credit_id);
  }
  if (debit->asset != credit->asset) {
    return refuse(outcome, Code::asset_mismatch, credit_id);
  }
  if (refuse_either(outcome, transfer, check_account(*debit), check_account(*credit))) {
    return {};
  }
  const Timestamp now = book.next_time();
  if (transfer.effective_at > now) {
    return refuse(outcome, Code::effective_in_future);
  }
  Amount debit_after;
  Amount credit_after;
  if (!balance_after(*debit, Side::debit, transfer.amount, &debit_after)) {
    return refuse(outcome, Code::amount_overflow, debit_id);
  }
  if (!balance_after(*credit, Side::credit, transfer.amount, &credit_after)) {
    return refuse(outcome, Code::amount_overflow, credit_id);
  }
  if (refuse_either(outcome, transfer,
                    check_bounds(book, debit_id, *debit, debit->balance, debit_after),
                    check_bounds(book, credit_id, *credit, credit->balance, credit_after))) {
    return {};
  }
  book.touch(debit_id, *debit);
  book.touch(credit_id, *credit);
  const std::int64_t id = book.next_transaction();
  debit->balance = debit_after;
  credit->balance = credit_after;
  debit->last_transaction = id;
  credit->last_transaction = id;
  book.slots().mark_dirty(debit_id, *debit);
  book.slots().mark_dirty(credit_id, *credit);
  Batch& batch = book.batch();
  batch.transactions.push_back({id, transfer.key, static_cast<std::int64_t>(transfer.code) * 256,
                                debit_id, credit_id, transfer.amount, debit_after, credit_after,
                                now.ns, transfer.effective_at.ns, 0, transfer.reference});
  batch.keys.insert(KeyTable::hash_of(transfer.key), id);
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

}  // namespace coffer::ledger
