// SPDX-License-Identifier: MIT
// Reading transactions with their legs, and turning times into ids.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::ledger {

/// A transaction's row and legs, with texts of its own: the row's views are empty.
struct JournalTransaction {
  storage::TransactionRow row;
  std::string key;
  std::string reference;
  std::vector<storage::EntryRow> entries;  ///< none for a two-entry transaction
};

/// One leg, wherever it is stored.
struct Leg {
  std::int64_t account = 0;
  Side side = Side::debit;
  Amount amount;
  Amount balance_after;
};

/// Calls `visit(leg)` for each leg in the order of the draft.
template <class Visit>
void for_each_leg(const JournalTransaction& transaction, Visit&& visit) {
  const storage::TransactionRow& row = transaction.row;
  if (row.entry_count == 0) {
    visit(Leg{row.debit, Side::debit, row.amount, row.debit_after});
    visit(Leg{row.credit, Side::credit, row.amount, row.credit_after});
    return;
  }
  for (const storage::EntryRow& entry : transaction.entries) {
    visit(Leg{entry.account, entry.side == 1 ? Side::debit : Side::credit, entry.amount,
              entry.balance_after});
  }
}

[[nodiscard]] inline TransactionKind kind_of(const storage::TransactionRow& row) noexcept {
  return static_cast<TransactionKind>(row.kind & 0xff);
}
[[nodiscard]] inline std::uint32_t code_of(const storage::TransactionRow& row) noexcept {
  return static_cast<std::uint32_t>(row.kind >> 8);
}
[[nodiscard]] inline Timestamp effective_at_of(const storage::TransactionRow& row) noexcept {
  return Timestamp{row.effective_at != 0 ? row.effective_at : row.recorded_at};
}

/// `amount` as a change in the account's normal direction. Amounts of entries are positive, so
/// their negation fits.
[[nodiscard]] Amount signed_change(Side side, Side normal_side, const Amount& amount) noexcept;

/// The account's normal side. Fails with `account_not_found`.
[[nodiscard]] Result<Side> normal_side_of(storage::Reader& reader, AccountId account);

/// Calls `visit(row)` for the transactions `ids`, which are sorted in the direction of the scan.
///
/// Neighbours are read by one range scan, scattered ids one by one, because a find costs about as
/// much as four rows of a scan. Fails with `storage_corrupt` when one is missing.
[[nodiscard]] Status visit_transactions(
    storage::Reader& reader, std::span<const std::int64_t> ids,
    const std::function<void(const storage::TransactionRow&)>& visit);

/// Reads the legs of a transaction of more than two entries. Fails with `storage_corrupt` when
/// their number is not the one that the transaction names.
[[nodiscard]] Result<std::vector<storage::EntryRow>> read_entries(
    storage::Reader& reader, const storage::TransactionRow& row);

/// One transaction with its legs. Fails with `transaction_not_found`.
[[nodiscard]] Result<JournalTransaction> read_transaction(storage::Reader& reader, std::int64_t id);

/// The transaction that takes transaction `id` back; 0 when none does.
[[nodiscard]] Result<std::int64_t> reversal_of(storage::Reader& reader, std::int64_t id);

/// The account's balance after transaction `id`, which touches it. Fails with `storage_corrupt`
/// when it does not.
[[nodiscard]] Result<Amount> balance_after_transaction(storage::Reader& reader, std::int64_t id,
                                                       std::int64_t account);

/// The first transaction recorded at `time` or later; one more than the newest when there is none.
/// Cost: two index lookups and a few finds; the logarithm of the commit's size at worst.
[[nodiscard]] Result<std::int64_t> first_transaction_from(storage::Reader& reader, Timestamp time);

}  // namespace coffer::ledger
