// SPDX-License-Identifier: MIT
// One transaction with everything that belongs to it, and the newest point of the audit chain.
#include <algorithm>
#include <string>

#include "ledger/chain.hpp"
#include "ledger/query/journal_reads.hpp"
#include "ledger/query/questions.hpp"

namespace coffer::ledger {
namespace {

using storage::Cell;
using storage::CommitRow;
using storage::NoteRow;
using storage::Reader;
using storage::ScanQuery;

Status read_note(Reader& reader, Transaction* transaction) {
  COFFER_TRY(reader.find<NoteRow>(transaction->id.value(), [transaction](const NoteRow& row) {
    transaction->reverses = TransactionId(row.reverses);
    transaction->hold = HoldId(row.hold);
    transaction->description = row.description;
    transaction->metadata = row.metadata;
  }));
  COFFER_TRY_ASSIGN(const std::int64_t reversal, reversal_of(reader, transaction->id.value()));
  transaction->reversed_by = TransactionId(reversal);
  return {};
}

}  // namespace

Result<std::int64_t> reversal_of(Reader& reader, std::int64_t id) {
  const Cell equal = Cell::of(id);
  ScanQuery reversals;
  reversals.index = NoteRow::by_reverses;
  reversals.equal = std::span(&equal, 1);
  reversals.limit = 1;
  std::int64_t found = 0;
  COFFER_TRY(reader.scan<NoteRow>(reversals, [&found](const NoteRow& row) {
    found = row.transaction;
    return false;
  }));
  return found;
}

Result<Transaction> find_transaction(IndexView& view, TransactionId id) {
  COFFER_TRY_ASSIGN(JournalTransaction stored, read_transaction(view.reader(), id.value()));
  Transaction transaction;
  transaction.id = id;
  transaction.key = std::move(stored.key);
  transaction.kind = kind_of(stored.row);
  transaction.code = code_of(stored.row);
  for_each_leg(stored, [&transaction](const Leg& leg) {
    transaction.entries.push_back(
        {AccountId(leg.account), leg.side, leg.amount, leg.balance_after});
  });
  transaction.recorded_at = Timestamp{stored.row.recorded_at};
  transaction.effective_at = effective_at_of(stored.row);
  transaction.reference = std::move(stored.reference);
  COFFER_TRY(read_note(view.reader(), &transaction));
  return transaction;
}

Result<Transaction> find_transaction(IndexView& view, std::string_view key) {
  COFFER_TRY_ASSIGN(const std::int64_t id, view.find_key(key));
  if (id == 0) {
    return Error{Code::transaction_not_found, "no transaction was posted under this key"};
  }
  return find_transaction(view, TransactionId(id));
}

Result<ChainHead> chain_head(Reader& reader) {
  ChainHead head;
  bool is_whole = true;
  ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(reader.scan<CommitRow>(newest, [&head, &is_whole](const CommitRow& row) {
    head.commit = CommitId(row.id);
    head.recorded_at = Timestamp{row.recorded_at};
    is_whole = row.hash.size() == head.hash.size();
    if (is_whole) {
      std::copy(row.hash.begin(), row.hash.end(), head.hash.begin());
    }
    return false;
  }));
  if (!is_whole) {
    return Error{Code::storage_corrupt, "commits " + std::to_string(head.commit.value()) +
                                            ": hash is not 32 bytes long, run verify"};
  }
  if (!head.commit) {
    COFFER_TRY(reader.find<storage::BookRow>(1, [&head](const storage::BookRow& row) {
      head.recorded_at = Timestamp{row.created_at};
      head.hash = genesis_hash(row);
    }));
  }
  return head;
}

}  // namespace coffer::ledger
