// SPDX-License-Identifier: MIT
// Composer: which accounts an operation on wallets moves, and under which key.
#include "wallet/composer.hpp"

#include "ledger/item_field.hpp"
#include "wallet/reference_key.hpp"

namespace coffer::wallet {
namespace {

using ledger::ItemField;
using ledger::subject_of;

std::string_view name_of(Rounding rounding) {
  switch (rounding) {
    case Rounding::down: return "down";
    case Rounding::up: return "up";
    case Rounding::floor: return "floor";
    case Rounding::ceiling: return "ceiling";
    case Rounding::half_up: return "half_up";
    case Rounding::half_down: return "half_down";
    case Rounding::half_even: return "half_even";
  }
  return "unknown";
}

std::string named(WalletId wallet) { return "wallet " + std::to_string(wallet.value()); }

/// `subject` as `describe` reads it: a wallet, a field, or 0 where the code says all.
void refuse(Item& item, Code code, std::string message, std::int64_t subject = 0) {
  item.refusal = Error{code, std::move(message)};
  item.refused_subject = subject;
}

bool is_refused(const Item& item) { return item.refusal.code != Code::ok; }

bool accept_amount(Item& item, const Amount& amount, std::string_view what) {
  item.amount = amount;
  if (!amount.is_positive()) {
    refuse(item, Code::amount_not_positive,
           "invalid " + std::string(what) + " amount: must be greater than zero");
  }
  return !is_refused(item);
}

bool accept_reference(Item& item, char kind, std::string_view reference) {
  if (reference.empty()) {
    refuse(item, Code::key_required, "reference: is empty", subject_of(ItemField::reference));
  } else if (reference.size() > reference_bytes_max) {
    refuse(item, Code::text_too_long,
           "reference: has " + std::to_string(reference.size()) + " bytes, 256 are allowed",
           subject_of(ItemField::reference));
  } else {
    item.key = reference_key(item.wallet, kind, reference);
  }
  return !is_refused(item);
}

/// A movement between two accounts of one asset: the plain form of the bulk path when it has no
/// description, which only a draft can carry.
template <class Movement>
void set_two_entries(Item& item, const Movement& movement, WalletCode code, AccountId debit,
                     AccountId credit) {
  const auto number = static_cast<std::uint32_t>(code);
  if (movement.description.empty()) {
    item.operation.what = Transfer{
        item.key,          debit, credit, item.amount, number, false, movement.effective_at,
        movement.reference};
    return;
  }
  item.entries[0] = {debit, Side::debit, item.amount};
  item.entries[1] = {credit, Side::credit, item.amount};
  Draft draft;
  draft.key = item.key;
  draft.entries = std::span(item.entries.data(), 2);
  draft.code = number;
  draft.effective_at = movement.effective_at;
  draft.reference = movement.reference;
  draft.description = movement.description;
  item.operation.what = draft;
}

}  // namespace

Result<Item*> Composer::compose(const WalletOperation& operation) {
  Item& item = items_.emplace_back();
  COFFER_TRY(std::visit([&](const auto& what) { return fill(item, what); }, operation));
  return &item;
}

Status Composer::place(Item& item, WalletId wallet) {
  item.wallet = wallet;
  COFFER_TRY_ASSIGN(const std::optional<WalletPlace> found, directory_.place_of(wallet));
  if (found) {
    item.place = *found;
  } else {
    refuse(item, Code::wallet_not_found, named(wallet) + ": not found", wallet.value());
  }
  return {};
}

Status Composer::place_both(Item& item, WalletId from, WalletId to) {
  COFFER_TRY(place(item, from));
  item.other = to;
  COFFER_TRY_ASSIGN(const std::optional<WalletPlace> found, directory_.place_of(to));
  if (found) {
    item.other_place = *found;
  } else if (!is_refused(item)) {
    refuse(item, Code::wallet_not_found, named(to) + ": not found", to.value());
  }
  return {};
}

Status Composer::fill(Item& item, const WalletDraft& draft) {
  if (draft.user.empty()) {
    refuse(item, Code::invalid_argument, "user: is empty", subject_of(ItemField::user));
    return {};
  }
  if (draft.user.size() > user_bytes_max) {
    refuse(item, Code::text_too_long,
           "user: has " + std::to_string(draft.user.size()) + " bytes, 128 are allowed",
           subject_of(ItemField::user));
    return {};
  }
  if (draft.currency.empty()) {
    refuse(item, Code::invalid_argument, "currency: is empty", subject_of(ItemField::currency));
    return {};
  }
  Result<RegisteredAsset> asset = directory_.asset_or_preset(draft.currency);
  if (!asset) {
    if (asset.error().code != Code::asset_not_found) {
      return std::move(asset).error();
    }
    item.refusal = std::move(asset).error();
    return {};
  }
  item.key = wallet_account_key(asset->id, draft.user);
  WalletOpening opening;
  opening.account.key = item.key;
  opening.account.owner = draft.user;
  opening.account.asset = asset->id;
  opening.account.purpose = "wallet";
  opening.user = draft.user;
  opening.kind = static_cast<std::uint8_t>(WalletKind::traditional);
  opening.label = draft.label;
  item.operation.what = opening;
  return {};
}

Status Composer::fill(Item& item, const Deposit& deposit) {
  COFFER_TRY(place(item, deposit.wallet));
  if (is_refused(item) || !accept_amount(item, deposit.amount, "deposit") ||
      !accept_reference(item, 'd', deposit.reference)) {
    return {};
  }
  COFFER_TRY_ASSIGN(const AccountId cash, directory_.clearing(Clearing::cash, item.place.asset));
  set_two_entries(item, deposit, WalletCode::deposit, cash, AccountId(item.place.account));
  return {};
}

Status Composer::fill(Item& item, const Withdrawal& withdrawal) {
  COFFER_TRY(place(item, withdrawal.wallet));
  if (is_refused(item) || !accept_amount(item, withdrawal.amount, "withdrawal") ||
      !accept_reference(item, 'w', withdrawal.reference)) {
    return {};
  }
  COFFER_TRY_ASSIGN(const AccountId cash, directory_.clearing(Clearing::cash, item.place.asset));
  set_two_entries(item, withdrawal, WalletCode::withdraw, AccountId(item.place.account), cash);
  return {};
}

Status Composer::fill(Item& item, const WalletTransfer& transfer) {
  COFFER_TRY(place_both(item, transfer.from, transfer.to));
  if (is_refused(item)) {
    return {};
  }
  if (transfer.from == transfer.to) {
    refuse(item, Code::same_account, named(transfer.from) + ": a transfer needs two wallets");
    return {};
  }
  if (item.place.asset != item.other_place.asset) {
    refuse(item, Code::asset_mismatch,
           named(transfer.to) + ": is of another currency; use an exchange");
    return {};
  }
  if (accept_amount(item, transfer.amount, "transfer") &&
      accept_reference(item, 't', transfer.reference)) {
    set_two_entries(item, transfer, WalletCode::transfer, AccountId(item.place.account),
                    AccountId(item.other_place.account));
  }
  return {};
}

Status Composer::fill(Item& item, const WalletExchange& exchange) {
  COFFER_TRY(place_both(item, exchange.from, exchange.to));
  if (is_refused(item)) {
    return {};
  }
  if (item.place.asset == item.other_place.asset) {
    refuse(item, Code::asset_mismatch,
           named(exchange.to) + ": is of the same currency; use a transfer");
    return {};
  }
  if (!accept_amount(item, exchange.amount, "exchange")) {
    return {};
  }
  COFFER_TRY_ASSIGN(const RegisteredAsset from, directory_.asset(AssetId(item.place.asset)));
  COFFER_TRY_ASSIGN(const RegisteredAsset to, directory_.asset(AssetId(item.other_place.asset)));
  const Result<Amount> received =
      exchange.rate.apply(exchange.amount, from.asset.scale, to.asset.scale, exchange.rounding);
  if (!received) {
    refuse(item, received.error().code, "invalid exchange " + received.error().message);
    return {};
  }
  if (!received->is_positive()) {
    refuse(item, Code::amount_not_positive,
           "invalid exchange amount: nothing would be received at this rate");
    return {};
  }
  if (!accept_reference(item, 'x', exchange.reference)) {
    return {};
  }
  item.received = *received;
  item.metadata = R"({"rate":")" + exchange.rate.to_text() + R"(","rounding":")" +
                  std::string(name_of(exchange.rounding)) + R"("})";
  COFFER_TRY_ASSIGN(const AccountId taken,
                    directory_.clearing(Clearing::exchange, item.place.asset));
  COFFER_TRY_ASSIGN(const AccountId given,
                    directory_.clearing(Clearing::exchange, item.other_place.asset));
  item.entries = {Entry{AccountId(item.place.account), Side::debit, item.amount},
                  Entry{taken, Side::credit, item.amount}, Entry{given, Side::debit, item.received},
                  Entry{AccountId(item.other_place.account), Side::credit, item.received}};
  Draft draft;
  draft.key = item.key;
  draft.entries = item.entries;
  draft.code = static_cast<std::uint32_t>(WalletCode::exchange);
  draft.effective_at = exchange.effective_at;
  draft.reference = exchange.reference;
  draft.description = exchange.description;
  draft.metadata = item.metadata;
  item.operation.what = draft;
  return {};
}

}  // namespace coffer::wallet
