// SPDX-License-Identifier: MIT
// Operations and outcomes: the items of a batch, and what became of each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <coffer/core/asset.hpp>
#include <coffer/core/code.hpp>
#include <coffer/core/id.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/ledger/hold.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/transaction/draft.hpp>

namespace coffer {

/// Posts the opposite of every entry of `original`, once for ever.
struct Reversal {
  std::string_view key;  ///< of the new transaction
  TransactionId original;
  std::uint32_t code = 0;
  Timestamp effective_at;
  std::string_view reference;
  std::string_view description;
};

/// Gives back what is left of a hold.
struct Release {
  HoldId hold;
};

/// Sets the whole policy of an account. Fails with `invalid_bounds` when the balance is outside.
struct PolicyChange {
  AccountId account;
  Policy policy;
  std::optional<std::string_view> metadata;  ///< none: unchanged
};

struct AssetRegistration {
  Asset asset;
};

/// Opens an account and makes it the wallet of `user`.
struct WalletOpening {
  AccountDraft account;
  std::string_view user;
  std::uint8_t kind = 0;  ///< 0 traditional, 1 crypto
  std::string_view label;
};

/// Stores the result of a reconciliation.
struct ReconciliationEntry {
  WalletId wallet;
  Timestamp start_at;
  Timestamp end_at;
  Amount system_balance;
  Amount external_balance;
  Amount difference;
  Amount tolerance;
  bool is_matched = false;
  std::string_view notes;
};

/// Appends rows that the wallet module has prepared: crypto wallets and records of their sources
/// and jobs. Their ids go on from the `last_*` that the rows were prepared on; the ledger gives
/// times.
///
/// Refused with `condition_not_met` when anything was appended since: what was looked up then may
/// no longer hold, so prepare again.
struct WalletAppend {
  std::int64_t last_crypto_wallet = 0;
  std::int64_t last_wallet_record = 0;
  std::span<const storage::CryptoWalletRow> wallets;
  std::span<const storage::WalletRecordRow> records;
};

/// One item of a batch. `is_linked` (or a transfer's own) ties it to the next: both happen or none.
struct Operation {
  std::variant<Draft, Transfer, Reversal, HoldDraft, Capture, Release, AccountDraft, PolicyChange,
               AssetRegistration, WalletOpening, ReconciliationEntry, WalletAppend>
      what;
  bool is_linked = false;
};

/// What became of one item.
struct Outcome {
  Code code = Code::ok;
  bool existed = false;  ///< the same key with the same content was there: its first result
  std::int64_t id = 0;   ///< of what was made: account, transaction, hold, wallet ...
  /// What a failure is about: an account, hold or entry number; negative for a field of the item,
  /// which `describe` names.
  std::int64_t subject = 0;
  Timestamp recorded_at;  ///< of what was made
};

/// A sentence for a person, e.g. "account 17: the available balance would fall below its minimum".
[[nodiscard]] std::string describe(const Outcome& outcome);

/// How the items of a batch depend on each other (linked items always stand or fall together).
enum class BatchMode : std::uint8_t {
  independent = 0,      ///< each on its own
  stop_at_failure = 1,  ///< after the first failure the rest is `not_attempted`; earlier ones stand
  atomic = 2,           ///< all or none
};

}  // namespace coffer
