// SPDX-License-Identifier: MIT
// Replay in pieces, so that a long journal needs little memory.
#include "ledger/index/replay.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <coffer/storage/rows_ledger.hpp>

namespace coffer::ledger {
namespace {

constexpr std::int64_t piece = 4096;

using EntryAccounts = std::vector<std::pair<std::int64_t, std::int64_t>>;  // transaction, account

Status read_entries(storage::Reader& reader, std::int64_t first, std::int64_t last,
                    EntryAccounts& entries) {
  const storage::Cell from = storage::Cell::of(first);
  const storage::Cell to = storage::Cell::of(last);
  storage::ScanQuery query;
  query.index = storage::EntryRow::by_transaction;
  query.from = std::span(&from, 1);
  query.to = std::span(&to, 1);
  query.is_to_inclusive = true;
  return reader.scan<storage::EntryRow>(query, [&entries](const storage::EntryRow& row) {
    entries.emplace_back(row.transaction, row.account);
    return true;
  });
}

}  // namespace

Status replay(storage::Reader& reader, const KeyHash& hash, std::int64_t first, std::int64_t last,
              const std::function<void(const IndexedTransaction&,
                                       std::span<const std::int64_t> others)>& take) {
  std::vector<IndexedTransaction> transactions;
  EntryAccounts entries;
  std::vector<std::int64_t> others;
  while (first <= last) {
    const std::int64_t piece_last = last - first < piece ? last : first + piece - 1;
    const storage::Cell from = storage::Cell::of(first);
    const storage::Cell to = storage::Cell::of(piece_last);
    storage::ScanQuery query;
    query.from = std::span(&from, 1);
    query.to = std::span(&to, 1);
    query.is_to_inclusive = true;
    bool has_entries = false;
    transactions.clear();
    COFFER_TRY(reader.scan<storage::TransactionRow>(query, [&](const storage::TransactionRow& row) {
      transactions.push_back({row.id, hash(row.key), row.effective_at, row.debit, row.credit});
      has_entries = has_entries || row.entry_count != 0;
      return true;
    }));
    entries.clear();
    if (has_entries) {
      COFFER_TRY(read_entries(reader, first, piece_last, entries));
    }
    std::size_t entry = 0;
    for (const IndexedTransaction& transaction : transactions) {
      others.clear();
      for (; entry < entries.size() && entries[entry].first <= transaction.id; ++entry) {
        if (entries[entry].first == transaction.id) {
          others.push_back(entries[entry].second);
        }
      }
      take(transaction, others);
    }
    first = piece_last + 1;
  }
  return {};
}

}  // namespace coffer::ledger
