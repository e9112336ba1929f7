// SPDX-License-Identifier: MIT
// The ledger's rows: plain structs, one per row kind, whose members are the columns.
#pragma once

#include <cstdint>
#include <string_view>

#include <coffer/core/amount.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::storage {

/// Text members are views: of the caller's memory while writing, of the backend's while a visitor
/// runs. Copy what must live longer. The `by_*` constants number the indexes for
/// `ScanQuery::index`.
///
/// `checksum` is over a row's other columns, 16 bits and never 0; the ledger writes it and verifies
/// by it. It is 0 only in the rows of commits before `BookRow::checksums_from`.

/// The one row that says who may write. `epoch` grows with each writer; `version` with each change.
struct BookRow {
  std::int64_t id = 1;
  std::int64_t version = 0;
  std::int64_t epoch = 0;
  std::int64_t is_clean = 0;  ///< 1 after an orderly close: nothing has to be replayed
  std::int64_t created_at = 0;
  std::string_view name;            ///< random hex, chosen when the book was created
  std::int64_t checksums_from = 0;  ///< the first commit whose records have checksums; 0: none yet
  static const Schema& schema();
};

/// One committed batch. `last_*` are the greatest ids of each append-only kind after this commit,
/// so a commit's rows are the ids after its predecessor's up to these. A writer that was replaced
/// can't insert its next id, because the new writer has.
struct CommitRow {
  std::int64_t id = 0;
  std::int64_t epoch = 0;
  std::int64_t recorded_at = 0;  ///< later than all its records; strictly increasing
  std::int64_t last_asset = 0;
  std::int64_t last_account = 0;
  std::int64_t last_account_change = 0;
  std::int64_t last_transaction = 0;
  std::int64_t last_entry = 0;
  std::int64_t last_hold = 0;
  std::int64_t last_hold_event = 0;
  std::int64_t last_wallet = 0;
  std::int64_t last_reconciliation = 0;
  std::string_view hash;  ///< 32 bytes: SHA-256(previous hash || this row || its records)
  std::int64_t last_crypto_wallet = 0;
  std::int64_t last_wallet_record = 0;
  std::int64_t checksum = 0;
  static const Schema& schema();
};

struct AssetRow {
  std::int64_t id = 0;
  std::string_view code;
  std::int64_t scale = 0;
  std::int64_t kind = 0;  ///< 0 fiat, 1 crypto
  std::string_view network;
  std::string_view contract;
  std::string_view symbol;
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_code = 1;  ///< unique
  static const Schema& schema();
};

/// What never changes of an account. Its policy is the newest AccountChangeRow.
struct AccountRow {
  std::int64_t id = 0;
  std::string_view key;  ///< the caller's idempotency key, unique
  std::string_view owner;
  std::int64_t asset = 0;
  std::string_view purpose;      ///< e.g. "trading", "savings", "clearing" (R150)
  std::int64_t normal_side = 0;  ///< 0 credit (what we owe), 1 debit (what we own)
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_key = 1;    ///< unique
  static constexpr std::uint8_t by_owner = 2;  ///< owner, asset
  static const Schema& schema();
};

/// One state of an account's policy; account creation writes the first.
struct AccountChangeRow {
  std::int64_t id = 0;
  std::int64_t account = 0;
  std::int64_t flags = 0;  ///< 1 has minimum, 2 has maximum, 4 frozen, 8 closed
  Amount minimum;          ///< least available balance, in the account's normal direction
  Amount maximum;          ///< greatest balance
  std::string_view metadata;
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_account = 1;
  static const Schema& schema();
};

/// A posted transaction. With one debit and one credit of the same amount it is whole in this row;
/// otherwise the first debit and the first credit are here, and all its legs are EntryRows.
/// Balances are after this transaction, in the account's normal direction.
struct TransactionRow {
  std::int64_t id = 0;
  std::string_view key;
  std::int64_t kind = 0;  ///< low byte: TransactionKind; 256 x caller's code above it
  std::int64_t debit = 0;
  std::int64_t credit = 0;
  Amount amount;  ///< of the debit entry
  Amount debit_after;
  Amount credit_after;
  std::int64_t recorded_at = 0;
  std::int64_t effective_at = 0;  ///< 0: the same as recorded_at
  std::int64_t entry_count = 0;   ///< 0: the two entries of this row are all
  std::string_view reference;
  std::int64_t checksum = 0;
  static const Schema& schema();
};

/// One leg of a transaction that is not whole in its own row: then every leg of the draft has an
/// EntryRow, in the draft's order.
struct EntryRow {
  std::int64_t id = 0;
  std::int64_t transaction = 0;
  std::int64_t account = 0;
  std::int64_t side = 0;  ///< 0 credit, 1 debit
  Amount amount;
  Amount balance_after;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_transaction = 1;
  static const Schema& schema();
};

/// What only some transactions have. Keyed by the transaction's id; covered by the same commit.
struct NoteRow {
  std::int64_t transaction = 0;
  std::int64_t reverses = 0;  ///< the transaction that this one reverses; indexed
  std::int64_t hold = 0;      ///< the hold that this one captures
  std::string_view description;
  std::string_view metadata;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_reverses = 1;  ///< only rows that reverse something
  static const Schema& schema();
};

struct HoldRow {
  std::int64_t id = 0;
  std::string_view key;
  std::int64_t account = 0;
  std::int64_t bucket = 0;  ///< 0 held (outgoing), 1 pending (incoming), 2 frozen
  Amount amount;
  std::int64_t destination = 0;  ///< the account that captures go to; 0: named at the capture
  std::int64_t expires_at = 0;   ///< 0: never
  std::int64_t recorded_at = 0;
  std::string_view reference;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_key = 1;  ///< unique
  static constexpr std::uint8_t by_account = 2;
  static const Schema& schema();
};

struct HoldEventRow {
  std::int64_t id = 0;
  std::int64_t hold = 0;
  std::int64_t kind = 0;  ///< 0 capture, 1 release, 2 expiry
  Amount amount;
  std::int64_t transaction = 0;  ///< of a capture
  std::int64_t recorded_at = 0;
  std::int64_t checksum = 0;
  static constexpr std::uint8_t by_hold = 1;
  static const Schema& schema();
};

}  // namespace coffer::storage
