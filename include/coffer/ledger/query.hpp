// SPDX-License-Identifier: MIT
// Questions to the books and their answers: histories, pages, filters, aggregates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/amount.hpp>
#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/ledger/account.hpp>
#include <coffer/transaction/draft.hpp>

namespace coffer {

/// Which of a transaction's two times a question is about.
enum class TimeAxis : std::uint8_t {
  recorded = 0,   ///< when the books learnt of it
  effective = 1,  ///< when it counts (value date)
};

/// One leg of a posted transaction, with the account's balance after it.
struct PostedEntry {
  AccountId account;
  Side side = Side::debit;
  Amount amount;
  Amount balance_after;

  friend bool operator==(const PostedEntry&, const PostedEntry&) = default;
};

/// A transaction as it stands in the journal.
struct Transaction {
  TransactionId id;
  std::string key;
  TransactionKind kind = TransactionKind::posting;
  std::uint32_t code = 0;
  std::vector<PostedEntry> entries;  ///< in the order of the draft
  Timestamp recorded_at;
  Timestamp effective_at;
  std::string reference;
  std::string description;
  std::string metadata;
  TransactionId reverses;     ///< the one that this one reverses
  TransactionId reversed_by;  ///< the one that reversed this one
  HoldId hold;                ///< the hold that this one captured from
};

/// One line of an account's history. Amounts are in minor units; `change` is signed in the
/// account's normal direction, so balance_before + change = balance_after.
struct HistoryLine {
  TransactionId transaction;
  std::string key;
  TransactionKind kind = TransactionKind::posting;
  std::uint32_t code = 0;
  AccountId account;
  AccountId counterparty;  ///< the other side of a two-entry transaction; none otherwise
  Side side = Side::debit;
  Amount amount;
  Amount change;
  Amount balance_before;
  Amount balance_after;
  Timestamp recorded_at;
  Timestamp effective_at;
  std::string reference;
};

/// Where a page starts: after this line of the previous page. A transaction that touches the
/// account several times gives several lines, told apart by `line`. Opaque, but plain enough to be
/// kept or sent; it fits a query of the same direction, and stays right while the book grows.
struct Cursor {
  TransactionId transaction;
  std::int32_t line = 0;
};

/// The most lines of a page.
inline constexpr std::uint32_t history_lines_max = 1000;
/// The most transactions that one call looks at, so that a filter which hardly ever matches can't
/// hold a snapshot for long.
inline constexpr std::int64_t history_visits_max = 20'000;

/// One account's lines in the order of the journal. Filters are applied to lines that the account's
/// index names; only the range of times narrows what is looked at.
struct HistoryQuery {
  AccountId account;
  bool is_oldest_first = false;
  Cursor after;              ///< the previous page's `next`; none: from the start
  std::uint32_t limit = 50;  ///< lines per page, 1..1000
  std::optional<Side> side;  ///< only these
  std::optional<TransactionKind> kind;
  std::optional<std::uint32_t> code;
  std::string_view reference;        ///< exactly this; empty: any
  Timestamp recorded_from;           ///< inclusive; none: from the beginning
  Timestamp recorded_to;             ///< exclusive; none: to the end
  std::optional<Amount> amount_min;  ///< inclusive
  std::optional<Amount> amount_max;  ///< inclusive
  /// Status: only what a later reversal took back, or only what still stands.
  std::optional<bool> is_reversed = std::nullopt;
};

/// Nothing is left out silently: as long as `has_more` is true, ask again with `next`.
///
/// A page with filters may hold fewer lines than `limit`, even none, and still have `has_more`: the
/// call had looked at `history_visits_max` transactions. Without filters `has_more` means that
/// there is at least one more line.
struct HistoryPage {
  std::vector<HistoryLine> lines;
  Cursor next;  ///< give it as `after` for the following page
  bool has_more = false;
};

/// The sum of an owner's accounts in one asset, in credit-normal direction: what we owe the owner.
struct OwnerTotal {
  AssetId asset;
  Balance balance;
  std::int64_t accounts = 0;
};

/// Counters since the ledger was opened, and sizes.
struct Statistics {
  std::int64_t transactions = 0;   ///< in the book
  std::int64_t accounts = 0;       ///< in the book
  std::int64_t holds = 0;          ///< ever made in the book
  std::int64_t commits = 0;        ///< in the book
  std::int64_t posted = 0;         ///< since open
  std::int64_t repeated = 0;       ///< since open: answered with a first result
  std::int64_t rejected = 0;       ///< since open
  std::int64_t expired_holds = 0;  ///< since open
};

}  // namespace coffer
