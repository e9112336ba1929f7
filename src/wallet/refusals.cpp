// SPDX-License-Identifier: MIT
// Refusals: names the wallet, what it has, and what was asked for.
#include "wallet/refusals.hpp"

#include <string>

#include "ledger/difference.hpp"

namespace coffer::wallet {
namespace {

/// As the ledger's, but a reference is the key here, and an exchange keeps its rate as metadata.
std::string_view difference_of(Code code) {
  return code == Code::exists_with_different_reference ? "a different description, rate or rounding"
                                                       : ledger::difference_of(code);
}

std::string named(std::int64_t wallet) { return "wallet " + std::to_string(wallet); }

/// The wallet whose account this is; 0: neither's, but that of the clearing.
std::int64_t wallet_of(std::int64_t account, const Item& item) {
  if (account == item.place.account) {
    return item.wallet.value();
  }
  return account == item.other_place.account ? item.other.value() : 0;
}

/// Only for people: the balance may have moved since the refusal.
std::string what_it_has(std::int64_t wallet, const Item& item, const Ledger& ledger) {
  const std::string start = "insufficient balance: " + named(wallet) + " has ";
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
  const std::int64_t wallet = wallet_of(outcome.subject, item);
  if (wallet != 0 && outcome.code == Code::exceeds_balance) {
    told.code = Code::insufficient_balance;
    told.subject = wallet;
  }
  if (wallet != 0 && outcome.code == Code::account_frozen) {
    told.code = Code::wallet_frozen;
    told.subject = wallet;
  }
  return told;
}

Error error_of(const Outcome& outcome, const Item& item, std::string_view reference,
               const Ledger& ledger) {
  if (const std::string_view difference = difference_of(outcome.code); !difference.empty()) {
    return {outcome.code, "transaction already processed: reference '" + std::string(reference) +
                              "' was used for transaction " + std::to_string(outcome.subject) +
                              ", which has " + std::string(difference)};
  }
  const std::int64_t wallet = wallet_of(outcome.subject, item);
  const Code code = in_terms_of_wallets(outcome, item).code;
  switch (wallet == 0 ? Code::ok : code) {
    case Code::insufficient_balance: return {code, what_it_has(wallet, item, ledger)};
    case Code::wallet_frozen: return {code, named(wallet) + ": it is frozen"};
    case Code::account_closed: return {code, named(wallet) + ": it is closed"};
    case Code::exceeds_limit:
      return {code, named(wallet) + ": the balance would rise above its maximum"};
    case Code::amount_overflow:
      return {code, named(wallet) + ": the balance would not fit 256 bits"};
    default: return {code, describe(outcome)};
  }
}

}  // namespace coffer::wallet
