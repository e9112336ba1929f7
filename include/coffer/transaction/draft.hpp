// SPDX-License-Identifier: MIT
// Drafts: what a caller wants to happen in the books, before any rule has looked at it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/core/result.hpp>

namespace coffer {

inline constexpr std::size_t key_bytes_max = 128;
inline constexpr std::size_t reference_bytes_max = 256;
inline constexpr std::size_t description_bytes_max = 1024;
inline constexpr std::size_t metadata_bytes_max = 4096;
inline constexpr std::size_t entries_max = 4096;

/// Which column of the journal an entry stands in.
///
/// A credit raises the balance of a credit-normal account (a user's wallet: what we owe) and lowers
/// that of a debit-normal one (cash at the bank: what we own); a debit does the opposite.
enum class Side : std::uint8_t { credit = 0, debit = 1 };

/// What made a transaction. The caller's own classification is `code`.
enum class TransactionKind : std::uint8_t {
  posting = 0,     ///< an ordinary transaction
  reversal = 1,    ///< undoes one earlier transaction, entry by entry
  capture = 2,     ///< takes money that a hold had reserved
  correction = 3,  ///< compensates a mistake; ordinary entries, marked for the reader
};

/// One leg. `amount` is greater than zero, in minor units of the account's asset.
struct Entry {
  AccountId account;
  Side side = Side::debit;
  Amount amount;

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// A demand that is checked together with the transaction: the account's available balance, before
/// the transaction, is at least `least_available`.
struct Condition {
  AccountId account;
  Amount least_available;
};

/// A transfer between two accounts of one asset: the plain struct of the bulk path.
///
/// Text is read during the call only.
struct Transfer {
  std::string_view key;  ///< idempotency key, 1..128 bytes, unique for ever in the book
  AccountId debit;
  AccountId credit;
  Amount amount;               ///< greater than zero
  std::uint32_t code = 0;      ///< the caller's classification
  bool is_linked = false;      ///< succeeds or fails together with the next item of the batch
  Timestamp effective_at;      ///< value date; none: the time of recording. Not in the future.
  std::string_view reference;  ///< at most 256 bytes of UTF-8
};

/// A transaction of any number of entries in any number of assets, balanced in each.
///
/// All views are read during the call only.
struct Draft {
  std::string_view key;
  std::span<const Entry> entries;
  std::span<const Condition> conditions;
  std::uint32_t code = 0;
  TransactionKind kind = TransactionKind::posting;  ///< posting or correction
  Timestamp effective_at;
  std::string_view reference;
  std::string_view description;  ///< at most 1024 bytes of UTF-8
  std::string_view metadata;     ///< at most 4096 bytes of UTF-8, the caller's format
};

/// Lists every reason why `draft` can't be posted, whatever the state of the books; empty when
/// none.
///
/// Checks the key, the texts, the number of entries, each amount. What depends on accounts (assets,
/// balances) is `Ledger::check`. Reasons name the field and the position.
[[nodiscard]] std::vector<Error> problems_of(const Draft& draft);

}  // namespace coffer
