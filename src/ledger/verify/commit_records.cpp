// SPDX-License-Identifier: MIT
// The records of a commit in the order in which its hash covers them.
#include "ledger/verify/commit_records.hpp"

#include <array>
#include <cstring>

#include <coffer/storage/rows_wallet.hpp>

#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::CommitRow;

template <storage::Row R>
Status hash_added(storage::Reader& reader, const AddedIds& ids, ChainHasher& hasher) {
  return visit_added<R>(reader, ids, [&hasher](const R& row) { hasher.add(row); });
}

struct CountedKind {
  const char* table;
  std::int64_t CommitRow::*last;
};

constexpr std::array counted_kinds{
    CountedKind{"assets", &CommitRow::last_asset},
    CountedKind{"accounts", &CommitRow::last_account},
    CountedKind{"account_changes", &CommitRow::last_account_change},
    CountedKind{"transactions", &CommitRow::last_transaction},
    CountedKind{"entries", &CommitRow::last_entry},
    CountedKind{"holds", &CommitRow::last_hold},
    CountedKind{"hold_events", &CommitRow::last_hold_event},
    CountedKind{"wallets", &CommitRow::last_wallet},
    CountedKind{"reconciliations", &CommitRow::last_reconciliation},
    CountedKind{"crypto_wallets", &CommitRow::last_crypto_wallet},
    CountedKind{"wallet_records", &CommitRow::last_wallet_record},
};

}  // namespace

Status check_checksum(const CommitStep& step, std::string_view table, std::int64_t id,
                      std::int64_t stored, std::int64_t computed) {
  if (stored == (step.has_checksums ? computed : 0)) {
    return {};
  }
  if (!step.has_checksums && stored == computed) {
    return problem("book", 1,
                   "checksums_from was altered: by it commit " + text_of(step.row.id) +
                       " has none, but " + std::string(table) + " " + text_of(id) +
                       " has a right one");
  }
  return problem(table, id,
                 differs("checksum", stored, "the other columns give", computed) +
                     (stored == 0 ? ": it was removed, or the book's checksums_from was lowered"
                                  : ": the record was altered after it was committed"));
}

Status hash_before_transactions(storage::Reader& reader, const CommitStep& step,
                                ChainHasher& hasher) {
  COFFER_TRY(hash_added<storage::AssetRow>(reader, step.added(&CommitRow::last_asset), hasher));
  COFFER_TRY(hash_added<storage::AccountRow>(reader, step.added(&CommitRow::last_account), hasher));
  return hash_added<storage::AccountChangeRow>(reader, step.added(&CommitRow::last_account_change),
                                               hasher);
}

Status hash_after_transactions(storage::Reader& reader, const CommitStep& step, bool has_notes,
                               ChainHasher& hasher) {
  COFFER_TRY(hash_added<storage::EntryRow>(reader, step.added(&CommitRow::last_entry), hasher));
  COFFER_TRY(hash_added<storage::HoldRow>(reader, step.added(&CommitRow::last_hold), hasher));
  COFFER_TRY(
      hash_added<storage::HoldEventRow>(reader, step.added(&CommitRow::last_hold_event), hasher));
  COFFER_TRY(hash_added<storage::WalletRow>(reader, step.added(&CommitRow::last_wallet), hasher));
  COFFER_TRY(hash_added<storage::ReconciliationRow>(
      reader, step.added(&CommitRow::last_reconciliation), hasher));
  if (has_notes) {
    COFFER_TRY(
        hash_added<storage::NoteRow>(reader, step.added(&CommitRow::last_transaction), hasher));
  }
  COFFER_TRY(hash_added<storage::CryptoWalletRow>(
      reader, step.added(&CommitRow::last_crypto_wallet), hasher));
  return hash_added<storage::WalletRecordRow>(reader, step.added(&CommitRow::last_wallet_record),
                                              hasher);
}

Result<ChainHash> hash_of_records(storage::Reader& reader, const CommitStep& step) {
  ChainHasher hasher(step.previous_hash, step.row);
  COFFER_TRY(hash_before_transactions(reader, step, hasher));
  COFFER_TRY(visit_added<storage::TransactionRow>(
      reader, step.added(&CommitRow::last_transaction),
      [&hasher](const storage::TransactionRow& row) { hasher.add_transaction(row); }));
  COFFER_TRY(hash_after_transactions(reader, step, true, hasher));
  return hasher.finish();
}

std::string added_text(const CommitStep& step) {
  std::string text;
  for (const CountedKind& kind : counted_kinds) {
    const AddedIds ids = step.added(kind.last);
    if (!ids.is_empty()) {
      text.append(text.empty() ? "" : ", ").append(kind.table).append(" ");
      text.append(std::to_string(ids.first)).append("..").append(std::to_string(ids.last));
    }
  }
  return text.empty() ? "no records" : text;
}

bool has_hash(const CommitStep& step, const ChainHash& hash) noexcept {
  return step.hash.size() == hash.size() &&
         std::memcmp(step.hash.data(), hash.data(), hash.size()) == 0;
}

}  // namespace coffer::ledger
