// SPDX-License-Identifier: MIT
// The rules: one function per kind of operation, each deciding against the book's memory.
#pragma once

#include <coffer/core/result.hpp>
#include <coffer/ledger/operation.hpp>

#include "ledger/book/book.hpp"
#include "ledger/item_field.hpp"

namespace coffer::ledger {

/// Each decides one item: it either adds rows to the book's batch and changes the book's memory, or
/// changes nothing. The refusal of an item is in `outcome`; the Status fails only for the storage.
/// All but `apply(Transfer)` may change the memory before they refuse: they run within a group.
[[nodiscard]] Status apply(Book& book, const Transfer& transfer, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const Draft& draft, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const Reversal& reversal, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const HoldDraft& draft, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const Capture& capture, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const Release& release, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const AccountDraft& draft, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const PolicyChange& change, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const AssetRegistration& registration, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const WalletOpening& opening, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const ReconciliationEntry& entry, Outcome& outcome);
[[nodiscard]] Status apply(Book& book, const WalletAppend& append, Outcome& outcome);

/// The multi-entry form that drafts, reversals and captures share. `note` may be empty.
struct Posting {
  Draft draft;
  TransactionKind kind = TransactionKind::posting;
  std::int64_t reverses = 0;
  std::int64_t hold = 0;
  Timestamp recorded_at;  ///< the newest time given out; none: `post` takes the next one
};
[[nodiscard]] Status post(Book& book, const Posting& posting, Outcome& outcome);

/// Decides a list of items by `mode` and their links; `outcomes` has the same size.
[[nodiscard]] Status run(Book& book, std::span<const Operation> operations, BatchMode mode,
                         std::span<Outcome> outcomes);
[[nodiscard]] Status run(Book& book, std::span<const Transfer> transfers, BatchMode mode,
                         std::span<Outcome> outcomes);

/// Every reason why `draft` would be refused now.
[[nodiscard]] Result<std::vector<Error>> reasons_against(Book& book, const Draft& draft);

// --- Small checks that several rules share.

/// Why an item is refused by what stands in itself, and what that is about; false: it is not.
struct Refusal {
  Code code = Code::ok;
  std::int64_t subject = 0;

  Refusal() = default;
  Refusal(Code why, std::int64_t about) : code(why), subject(about) {}
  Refusal(Code why, ItemField field) : code(why), subject(subject_of(field)) {}
  explicit operator bool() const { return code != Code::ok; }
};

/// Refuses with key_required, key_too_long or invalid_utf8.
[[nodiscard]] Refusal check_key(std::string_view key);
/// Refuses with text_too_long or invalid_utf8.
[[nodiscard]] Refusal check_text(ItemField field, std::string_view text, std::size_t bytes_max);

/// A currency of ISO 4217 is fiat with the standard's places. Asked only of assets that are new:
/// a book that has it otherwise keeps it. Fails with `invalid_argument`.
[[nodiscard]] Status check_currency(const Asset& asset);

/// The balance after an entry; false when it does not fit.
[[nodiscard]] bool balance_after(const AccountSlot& slot, Side side, const Amount& amount,
                                 Amount* after);
/// ok, amount_overflow (of what is available), exceeds_balance or exceeds_limit for an account
/// whose balance goes from `before` to `after`.
[[nodiscard]] Code check_bounds(Book& book, std::int64_t id, const AccountSlot& slot,
                                const Amount& before, const Amount& after);
/// Of two answers of one check of accounts the one that `Ledger::post` promises to tell: closed or
/// frozen, or else what `check_bounds` gives. Answers of different checks are told in the order in
/// which the checks are made.
[[nodiscard]] constexpr bool is_told_before(Code a, Code b) noexcept {
  // Closed comes before frozen; the values that check_bounds gives are in the promised order.
  const auto rank = [](Code code) {
    return code == Code::account_closed ? static_cast<std::int32_t>(Code::account_frozen) * 2 - 1
                                        : static_cast<std::int32_t>(code) * 2;
  };
  return a != Code::ok && (b == Code::ok || rank(a) < rank(b));
}
/// Balance less what is reserved.
[[nodiscard]] Amount available(Book& book, std::int64_t id, const AccountSlot& slot);

/// Fills in a refusal.
inline Status refuse(Outcome& outcome, Code code, std::int64_t subject = 0) {
  outcome = Outcome{};
  outcome.code = code;
  outcome.subject = subject;
  return {};
}
inline Status refuse(Outcome& outcome, const Refusal& refusal) {
  return refuse(outcome, refusal.code, refusal.subject);
}
inline Status refuse(Outcome& outcome, Code code, ItemField field) {
  return refuse(outcome, code, subject_of(field));
}

}  // namespace coffer::ledger
