// SPDX-License-Identifier: MIT
// C: pages of history and whole transactions.
#include "coffer_history.h"

#include <string>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::AccountId;
using coffer::Code;
using coffer::Engine;
using coffer::Error;
using coffer::HistoryPage;
using coffer::HistoryQuery;
using coffer::PostedEntry;
using coffer::Result;
using coffer::Side;
using coffer::Status;
using coffer::Timestamp;
using coffer::Transaction;
using coffer::TransactionId;
using coffer::TransactionKind;

namespace {

Result<HistoryQuery> query_of(const coffer_history_query* pointer) {
  COFFER_TRY_ASSIGN(const coffer_history_query in, read_struct(pointer, "query"));
  HistoryQuery query;
  query.account = AccountId(in.account);
  query.is_oldest_first = in.is_oldest_first != 0;
  query.after = {TransactionId(in.after.transaction), in.after.line};
  if (in.has_side != 0) {
    COFFER_TRY_ASSIGN(query.side, constant_of(in.side, Side::debit, "side"));
  }
  if (in.has_kind != 0) {
    COFFER_TRY_ASSIGN(query.kind, constant_of(in.kind, TransactionKind::correction, "kind"));
  }
  if (in.has_code != 0) {
    query.code = in.code;
  }
  if (in.has_is_reversed != 0) {
    query.is_reversed = in.is_reversed != 0;
  }
  COFFER_TRY_ASSIGN(query.reference, text_of(in.reference, in.reference_length, "reference"));
  query.recorded_from = Timestamp{in.recorded_from};
  query.recorded_to = Timestamp{in.recorded_to};
  query.amount_min = amount_if(in.has_amount_min, in.amount_min);
  query.amount_max = amount_if(in.has_amount_max, in.amount_max);
  return query;
}

coffer_posted_entry to_struct(const PostedEntry& entry) {
  coffer_posted_entry out{};
  out.account = entry.account.value();
  out.amount = to_c(entry.amount);
  out.balance_after = to_c(entry.balance_after);
  out.side = static_cast<coffer_side>(entry.side);
  return out;
}

void fill(const Transaction& transaction, coffer_transaction* out) {
  *out = {};
  out->id = transaction.id.value();
  out->reverses = transaction.reverses.value();
  out->reversed_by = transaction.reversed_by.value();
  out->hold = transaction.hold.value();
  out->recorded_at = transaction.recorded_at.ns;
  out->effective_at = transaction.effective_at.ns;
  out->code = transaction.code;
  out->entries_count = static_cast<uint32_t>(transaction.entries.size());
  out->key_length = put_text(out->key, transaction.key);
  out->reference_length = put_text(out->reference, transaction.reference);
  out->description_length = put_text(out->description, transaction.description);
  out->metadata_length = put_text(out->metadata, transaction.metadata);
  out->kind = static_cast<coffer_transaction_kind>(transaction.kind);
}

Status put_transaction(const Transaction& transaction, coffer_transaction* transaction_out,
                       coffer_posted_entry* entries_out, size_t capacity) {
  fill(transaction, transaction_out);
  if (capacity == 0) {
    return {};
  }
  COFFER_TRY(require(entries_out, "entries_out"));
  const std::size_t count = transaction.entries.size();
  if (count > capacity) {
    return Error{Code::buffer_too_small, "capacity: " + std::to_string(capacity) + ", there are " +
                                             std::to_string(count) + " entries"};
  }
  std::transform(transaction.entries.begin(), transaction.entries.end(), entries_out, to_struct);
  return {};
}

}  // namespace

coffer_status coffer_history_list(const coffer_engine* engine, const coffer_history_query* query,
                                  coffer_history_line* lines_out, size_t capacity,
                                  size_t* count_out, coffer_cursor* next_out, uint8_t* has_more_out,
                                  coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY_ASSIGN(HistoryQuery wanted, query_of(query));
    COFFER_TRY_ASSIGN(wanted.limit, page_limit(lines_out, capacity, count_out));
    COFFER_TRY_ASSIGN(const HistoryPage page, opened->ledger().history(wanted));
    put_lines(page, lines_out, count_out, next_out, has_more_out);
    return {};
  });
}

coffer_status coffer_transaction_find(const coffer_engine* engine, coffer_id id,
                                      coffer_transaction* transaction_out,
                                      coffer_posted_entry* entries_out, size_t capacity,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(transaction_out, "transaction_out"));
    COFFER_TRY_ASSIGN(const Transaction transaction,
                      opened->ledger().find_transaction(TransactionId(id)));
    return put_transaction(transaction, transaction_out, entries_out, capacity);
  });
}

coffer_status coffer_transaction_find_by_key(const coffer_engine* engine, const char* key,
                                             size_t key_length, coffer_transaction* transaction_out,
                                             coffer_posted_entry* entries_out, size_t capacity,
                                             coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const Engine* opened, engine_of(engine));
    COFFER_TRY(require(transaction_out, "transaction_out"));
    COFFER_TRY_ASSIGN(const auto name, key_of(key, key_length));
    COFFER_TRY_ASSIGN(const Transaction transaction, opened->ledger().find_transaction(name));
    return put_transaction(transaction, transaction_out, entries_out, capacity);
  });
}
