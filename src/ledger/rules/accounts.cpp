// SPDX-License-Identifier: MIT
// The rules of assets, accounts, policies, wallets and reconciliation records.
#include <algorithm>
#include <tuple>

#include "ledger/rules/rules.hpp"

namespace coffer::ledger {

namespace {

using storage::AccountChangeRow;
using storage::AccountRow;

constexpr std::size_t owner_bytes_max = 128;
constexpr std::size_t purpose_bytes_max = 32;

std::int64_t flags_of(const Policy& policy) {
  return (policy.minimum ? 1 : 0) | (policy.maximum ? 2 : 0) | (policy.is_frozen ? 4 : 0) |
         (policy.is_closed ? 8 : 0);
}

AccountChangeRow change_row(Book& book, std::int64_t account, const Policy& policy,
                            std::string_view metadata, Timestamp now) {
  return {book.next_account_change(),
          account,
          flags_of(policy),
          policy.minimum.value_or(Amount(0)),
          policy.maximum.value_or(Amount(0)),
          metadata,
          now.ns};
}

Refusal check_content(const AccountDraft& draft) {
  if (const Refusal refusal = check_key(draft.key)) {
    return refusal;
  }
  for (const auto& [field, text, bytes_max] :
       {std::tuple(ItemField::owner, draft.owner, owner_bytes_max),
        std::tuple(ItemField::purpose, draft.purpose, purpose_bytes_max),
        std::tuple(ItemField::metadata, draft.metadata, metadata_bytes_max)}) {
    if (const Refusal refusal = check_text(field, text, bytes_max)) {
      return refusal;
    }
  }
  const Policy& policy = draft.policy;
  const bool crossed = policy.minimum && policy.maximum && *policy.maximum < *policy.minimum;
  const bool excludes_zero = (policy.minimum && policy.minimum->is_positive()) ||
                             (policy.maximum && policy.maximum->is_negative());
  return crossed || excludes_zero || policy.is_closed ? Refusal(Code::invalid_bounds, 0)
                                                      : Refusal();
}

/// An account as it was opened.
struct FoundAccount {
  AccountRow row;
  std::string owner;
  std::string purpose;
};

Result<std::optional<FoundAccount>> find_by_key(Book& book, std::string_view key) {
  FoundAccount found;
  const auto take = [&found](const AccountRow& row) {
    found = {row, std::string(row.owner), std::string(row.purpose)};
  };
  if (const AccountRow* row = book.pending_by_key(&Batch::accounts, &Batch::account_keys, key)) {
    take(*row);
    return std::optional<FoundAccount>(std::move(found));
  }
  COFFER_TRY_ASSIGN(storage::Reader * reader, book.loader());
  const storage::Cell cell = storage::Cell::of_text(key);
  storage::ScanQuery by_key;
  by_key.index = 1;
  by_key.equal = std::span(&cell, 1);
  bool exists = false;
  COFFER_TRY(reader->scan<AccountRow>(by_key, [&](const AccountRow& row) {
    take(row);
    exists = true;
    return false;
  }));
  return exists ? std::optional<FoundAccount>(std::move(found)) : std::nullopt;
}

/// The policy that an account was opened with, to tell a repeated opening from a different one.
Result<Policy> first_policy(Book& book, std::int64_t account) {
  Policy policy;
  const auto take = [&policy](const AccountChangeRow& row) {
    policy.minimum = (row.flags & 1) != 0 ? std::optional<Amount>(row.minimum) : std::nullopt;
    policy.maximum = (row.flags & 2) != 0 ? std::optional<Amount>(row.maximum) : std::nullopt;
    policy.is_frozen = (row.flags & 4) != 0;
    policy.is_closed = (row.flags & 8) != 0;
  };
  COFFER_TRY_ASSIGN(storage::Reader * reader, book.loader());
  const storage::Cell cell = storage::Cell::of(account);
  storage::ScanQuery oldest;
  oldest.index = 1;
  oldest.equal = std::span(&cell, 1);
  oldest.limit = 1;
  bool exists = false;
  COFFER_TRY(reader->scan<AccountChangeRow>(oldest, [&](const AccountChangeRow& row) {
    take(row);
    exists = true;
    return false;
  }));
  if (!exists) {
    std::int64_t least = 0;
    book.any_pending(&Batch::account_changes, [&](const AccountChangeRow& row) {
      if (row.account == account && (least == 0 || row.id < least)) {
        take(row);
        least = row.id;
      }
      return false;
    });
  }
  return policy;
}

void set_policy(Book& book, std::int64_t id, AccountSlot& slot, const Policy& policy) {
  slot.is_frozen = policy.is_frozen;
  slot.is_closed = policy.is_closed;
  slot.is_minimum_zero = policy.minimum == Amount(0);
  const bool is_common = slot.is_minimum_zero || !policy.minimum;
  AccountExtra* extra = book.slots().extra(id);
  if (!is_common || policy.maximum || extra != nullptr) {
    AccountExtra& bounds = book.slots().make_extra(id);
    bounds.minimum = policy.minimum;
    bounds.maximum = policy.maximum;
    slot.has_extra = true;
  }
}

Status repeat_opening(Book& book, const AccountDraft& draft, const FoundAccount& found,
                      Outcome& outcome) {
  const std::int64_t id = found.row.id;
  if (found.row.asset != draft.asset.value()) {
    return refuse(outcome, Code::exists_with_different_asset, id);
  }
  if (found.owner != draft.owner || found.purpose != draft.purpose) {
    return refuse(outcome, Code::exists_with_different_owner, id);
  }
  COFFER_TRY_ASSIGN(const Policy policy, first_policy(book, id));
  if (found.row.normal_side != static_cast<std::int64_t>(draft.normal_side) ||
      policy != draft.policy) {
    return refuse(outcome, Code::exists_with_different_policy, id);
  }
  outcome = {Code::ok, true, id, 0, Timestamp{found.row.recorded_at}};
  return {};
}

}  // namespace

Status apply(Book& book, const AccountDraft& draft, Outcome& outcome) {
  outcome = Outcome{};
  if (const Refusal refusal = check_content(draft)) {
    return refuse(outcome, refusal);
  }
  COFFER_TRY_ASSIGN(const std::optional<FoundAccount> found, find_by_key(book, draft.key));
  if (found) {
    return repeat_opening(book, draft, *found, outcome);
  }
  if (book.asset(draft.asset.value()) == nullptr) {
    return refuse(outcome, Code::asset_not_found, draft.asset.value());
  }
  const Timestamp now = book.next_time();
  const std::int64_t id = book.next_account();
  AccountSlot& slot = book.slots().at(id);
  book.touch(id, slot);
  slot.asset = draft.asset.value();
  slot.is_debit_normal = draft.normal_side == Side::debit;
  set_policy(book, id, slot, draft.policy);
  slot.is_loaded = true;
  book.slots().mark_dirty(id, slot);
  Batch& batch = book.batch();
  batch.accounts.push_back({id, draft.key, draft.owner, draft.asset.value(), draft.purpose,
                            static_cast<std::int64_t>(draft.normal_side), now.ns});
  batch.account_keys.insert(KeyTable::hash_of(draft.key), id);
  batch.account_changes.push_back(change_row(book, id, draft.policy, draft.metadata, now));
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

Status apply(Book& book, const PolicyChange& change, Outcome& outcome) {
  outcome = Outcome{};
  const std::int64_t id = change.account.value();
  const Policy& policy = change.policy;
  if (change.metadata) {
    if (const Refusal refusal =
            check_text(ItemField::metadata, *change.metadata, metadata_bytes_max)) {
      return refuse(outcome, refusal);
    }
  }
  COFFER_TRY_ASSIGN(AccountSlot * slot, book.account(id));
  if (slot == nullptr) {
    return refuse(outcome, Code::account_not_found, id);
  }
  if (slot->is_closed) {
    return refuse(outcome, Code::account_closed, id);
  }
  const Timestamp now = book.next_time();
  if (policy.is_closed && (!slot->balance.is_zero() || slot->open_holds != 0)) {
    return refuse(outcome, Code::account_not_empty, id);
  }
  const bool crossed = policy.minimum && policy.maximum && *policy.maximum < *policy.minimum;
  const bool below = policy.minimum && available(book, id, *slot) < *policy.minimum;
  const bool above = policy.maximum && slot->balance > *policy.maximum;
  if (crossed || below || above) {
    return refuse(outcome, Code::invalid_bounds, id);
  }
  // A change without metadata carries the old ones on, so that the newest row is the whole policy.
  COFFER_TRY_ASSIGN(const std::string_view metadata, book.metadata_of(id, change.metadata));
  book.touch(id, *slot);
  set_policy(book, id, *slot, policy);
  book.batch().account_changes.push_back(change_row(book, id, policy, metadata, now));
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

Status apply(Book& book, const AssetRegistration& registration, Outcome& outcome) {
  outcome = Outcome{};
  const Asset& asset = registration.asset;
  if (!validate(asset)) {
    return refuse(outcome, Code::invalid_argument, ItemField::asset);
  }
  if (const storage::AssetRow* known = book.asset(asset.code)) {
    if (known->scale != asset.scale) {
      return refuse(outcome, Code::asset_scale_fixed, known->id);
    }
    const bool is_same = known->kind == static_cast<std::int64_t>(asset.kind) &&
                         known->network == asset.network && known->contract == asset.contract &&
                         known->symbol == asset.symbol;
    if (!is_same) {
      return refuse(outcome, Code::exists_with_different_asset, known->id);
    }
    outcome = {Code::ok, true, known->id, 0, Timestamp{known->recorded_at}};
    return {};
  }
  if (!check_currency(asset)) {
    return refuse(outcome, Code::invalid_argument, ItemField::asset);
  }
  const Timestamp now = book.next_time();
  const storage::AssetRow row{
      book.next_asset(), asset.code,     asset.scale,  static_cast<std::int64_t>(asset.kind),
      asset.network,     asset.contract, asset.symbol, now.ns};
  book.add_asset(row);
  book.batch().assets.push_back(*book.asset(row.id));
  outcome = {Code::ok, false, row.id, 0, now};
  return {};
}

Status apply(Book& book, const WalletOpening& opening, Outcome& outcome) {
  if (opening.user.empty()) {
    return refuse(outcome, Code::invalid_argument, ItemField::user);
  }
  if (const Refusal refusal = check_text(ItemField::user, opening.user, owner_bytes_max)) {
    return refuse(outcome, refusal);
  }
  if (const Refusal refusal = check_text(ItemField::label, opening.label, reference_bytes_max)) {
    return refuse(outcome, refusal);
  }
  COFFER_TRY(apply(book, opening.account, outcome));
  if (outcome.code != Code::ok) {
    return {};
  }
  const std::int64_t account = outcome.id;
  if (!outcome.existed) {
    const std::int64_t id = book.next_wallet();
    book.batch().wallets.push_back({id, opening.user, opening.account.asset.value(), account,
                                    opening.kind, opening.label, outcome.recorded_at.ns});
    outcome.id = id;
    outcome.subject = account;
    return {};
  }
  COFFER_TRY_ASSIGN(const std::int64_t wallet, book.wallet_of(account));
  if (wallet == 0) {
    return refuse(outcome, Code::exists_with_different_kind, account);
  }
  outcome.id = wallet;
  outcome.subject = account;
  return {};
}

Status apply(Book& book, const ReconciliationEntry& entry, Outcome& outcome) {
  outcome = Outcome{};
  if (const Refusal refusal = check_text(ItemField::notes, entry.notes, metadata_bytes_max)) {
    return refuse(outcome, refusal);
  }
  if (entry.end_at <= entry.start_at) {
    return refuse(outcome, Code::invalid_range, ItemField::end_at);
  }
  if (entry.wallet.value() < 1 || entry.wallet.value() > book.last_wallet()) {
    return refuse(outcome, Code::wallet_not_found, entry.wallet.value());
  }
  Amount difference;
  if (!subtract_checked(entry.external_balance, entry.system_balance, &difference) ||
      difference != entry.difference) {
    return refuse(outcome, Code::invalid_argument, ItemField::difference);
  }
  const Timestamp now = book.next_time();
  const std::int64_t id = book.next_reconciliation();
  book.batch().reconciliations.push_back({id, entry.wallet.value(), entry.start_at.ns,
                                          entry.end_at.ns, entry.system_balance,
                                          entry.external_balance, entry.difference, entry.tolerance,
                                          entry.is_matched ? 1 : 2, entry.notes, now.ns});
  outcome = {Code::ok, false, id, 0, now};
  return {};
}

}  // namespace coffer::ledger
