// SPDX-License-Identifier: MIT
// RecordCheck: what each record says, held against what the journal before it came to.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/query/journal_reads.hpp"
#include "ledger/verify/replayed_state.hpp"

namespace coffer::ledger {

/// The records of a commit were recorded after its predecessor and not after itself.
struct TimeWindow {
  std::int64_t after = 0;
  std::int64_t until = 0;
};

/// Takes the records in the order of their times; each call checks one and moves the state on.
/// Fails with `integrity_failure`, naming the record, and the `storage_*` codes.
///
/// The ids were checked before. Texts are looked at where the rows have them.
class RecordCheck {
 public:
  RecordCheck(storage::Reader& reader, ReplayedState& state) : reader_(reader), state_(state) {}

  void begin_commit(const TimeWindow& window) noexcept { window_ = window; }

  [[nodiscard]] Status take(const storage::AssetRow& row);
  [[nodiscard]] Status take(const storage::AccountRow& row);
  [[nodiscard]] Status take(const storage::AccountChangeRow& row);
  [[nodiscard]] Status take(const storage::HoldRow& row);
  [[nodiscard]] Status take(const storage::HoldEventRow& row);
  [[nodiscard]] Status take(const storage::WalletRow& row);
  [[nodiscard]] Status take(const storage::ReconciliationRow& row);
  [[nodiscard]] Status take(const storage::CryptoWalletRow& row);
  [[nodiscard]] Status take(const storage::WalletRecordRow& row);

  /// What belongs to a transaction beside its row. `note` and `capture` are nullptr when there is
  /// none.
  struct Details {
    std::span<const storage::EntryRow> entries;
    const storage::NoteRow* note = nullptr;
    const storage::HoldEventRow* capture = nullptr;
  };
  [[nodiscard]] Status take(const storage::TransactionRow& row, const Details& details);

 private:
  /// The newest time of each kind: times grow within a kind.
  struct Times {
    std::int64_t asset = 0, account = 0, account_change = 0, transaction = 0, hold = 0;
    std::int64_t hold_event = 0, wallet = 0, reconciliation = 0, crypto_wallet = 0,
                 wallet_record = 0;
  };

  [[nodiscard]] Status check_time(std::string_view table, std::int64_t id, std::int64_t recorded_at,
                                  std::int64_t* newest) const;
  [[nodiscard]] Status check_policy(const storage::AccountChangeRow& row,
                                    const ReplayedAccount& account) const;
  [[nodiscard]] Status check_hold_event(const storage::HoldEventRow& row,
                                        const ReplayedHold& hold) const;
  [[nodiscard]] Status check_form(const storage::TransactionRow& row, const Details& details) const;
  [[nodiscard]] Status check_legs(const JournalTransaction& transaction);
  [[nodiscard]] Status check_sums(const JournalTransaction& transaction);
  [[nodiscard]] Status move_balances(const JournalTransaction& transaction);
  [[nodiscard]] Status check_row_balances(const storage::TransactionRow& row);
  [[nodiscard]] Status check_links(const JournalTransaction& transaction, const Details& details);
  [[nodiscard]] Status check_reversal(const JournalTransaction& transaction,
                                      const storage::NoteRow& note);
  [[nodiscard]] Status check_capture(const JournalTransaction& transaction,
                                     const storage::NoteRow& note,
                                     const storage::HoldEventRow* capture);

  storage::Reader& reader_;
  ReplayedState& state_;
  TimeWindow window_;
  Times times_;
};

}  // namespace coffer::ledger
