// SPDX-License-Identifier: MIT
// Refusals: names the wallet, what it has, and what was asked for.
#include "wallet/refusals.hpp"

#include <string>

namespace coffer::wallet {
namespace {

bool is_repeat(Code code) {
  return code >= Code::exists_with_different_account && code <= Code::exists_with_different_policy;
}

std::string named(std::int64_t wallet) { return "wallet " + std::to_string(wallet); }

/// Only for people: the balance may have moved since the refusal.
std::string what_it_has(const Outcome& outcome, const Item& item, const Ledger& ledger) {
  const std::string start = "insufficient balance: " + named(outcome.subject) + " has ";
  const Result<Balance> balance = ledger.balance(AccountId(item.place.account));
  const Result<RegisteredAsset> asset = ledger.find_asset(AssetId(item.place.asset));
  if (!balance || !asset) {
    return start + "less than was asked for";
  }
  return start + format_decimal(balance->available, asset->asset.scale) + " " + asset->asset.code +
         " available, " + format_decimal(item.amount, asset->asset.scale) + " asked for";
}

}  // namespace

Outcome in_terms_of_wallets(const Outcome& outcome, const Item& item) {
  Outcome told = outcome;
  std::int64_t wallet = 0;
  if (outcome.subject == item.place.account) {
    wallet = item.wallet.value();
  } else if (outcome.subject == item.other_place.account) {
    wallet = item.other.value();
  }
  if (wallet == 0) {
    return told;
  }
  switch (outcome.code) {
    case Code::exceeds_balance:
      told.code = Code::insufficient_balance;
      told.subject = wallet;
      break;
    case Code::account_frozen:
      told.code = Code::wallet_frozen;
      told.subject = wallet;
      break;
    case Code::account_closed:
    case Code::exceeds_limit:
    case Code::amount_overflow: told.subject = wallet; break;
    default: break;
  }
  return told;
}

Error error_of(const Outcome& outcome, const Item& item, std::string_view reference,
               const Ledger& ledger) {
  if (is_repeat(outcome.code)) {
    constexpr std::string_view prefix = "exists_with_different_";
    return {outcome.code, "transaction already processed: reference '" + std::string(reference) +
                              "' was used for transaction " + std::to_string(outcome.subject) +
                              ", which has a different " +
                              std::string(name_of(outcome.code).substr(prefix.size()))};
  }
  switch (outcome.code) {
    case Code::insufficient_balance: return {outcome.code, what_it_has(outcome, item, ledger)};
    case Code::wallet_frozen: return {outcome.code, named(outcome.subject) + ": it is frozen"};
    case Code::account_closed: return {outcome.code, named(outcome.subject) + ": it is closed"};
    case Code::exceeds_limit:
      return {outcome.code, named(outcome.subject) + ": the balance would rise above its maximum"};
    case Code::amount_overflow:
      return {outcome.code, named(outcome.subject) + ": the balance would not fit 256 bits"};
    default: return {outcome.code, describe(outcome)};
  }
}

}  // namespace coffer::wallet
