// SPDX-License-Identifier: MIT
// The rule of prepared rows: they hold only on the state that they were prepared on.
#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

/// Rows have the ids after `last`, one by one.
template <class Row>
bool follow(std::span<const Row> rows, std::int64_t last) {
  for (const Row& row : rows) {
    if (row.id != ++last) {
      return false;
    }
  }
  return true;
}

}  // namespace

Status apply(Book& book, const WalletAppend& append, Outcome& outcome) {
  outcome = Outcome{};
  if (append.last_crypto_wallet != book.last_crypto_wallet() ||
      append.last_wallet_record != book.last_wallet_record()) {
    return refuse(outcome, Code::condition_not_met);
  }
  if (!follow(append.wallets, append.last_crypto_wallet) ||
      !follow(append.records, append.last_wallet_record)) {
    return refuse(outcome, Code::invalid_argument, ItemField::records);
  }
  Batch& batch = book.batch();
  for (const storage::CryptoWalletRow& row : append.wallets) {
    batch.crypto_wallets.push_back(row);
    batch.crypto_wallets.back().id = book.next_crypto_wallet();
    batch.crypto_wallets.back().recorded_at = book.next_time().ns;
  }
  Timestamp now;
  for (const storage::WalletRecordRow& row : append.records) {
    now = book.next_time();
    batch.wallet_records.push_back(row);
    batch.wallet_records.back().id = book.next_wallet_record();
    batch.wallet_records.back().recorded_at = now.ns;
  }
  const std::int64_t id = append.records.empty() ? 0 : append.records.front().id;
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

}  // namespace coffer::ledger
