// SPDX-License-Identifier: MIT
// Checks of assets, accounts, their policies, wallets and reconciliations.
#include <coffer/core/asset.hpp>

#include "ledger/query/account_policy.hpp"
#include "ledger/verify/problem.hpp"
#include "ledger/verify/record_check.hpp"

namespace coffer::ledger {
namespace {

using storage::AccountChangeRow;
using storage::AccountRow;
using storage::AssetRow;
using storage::ReconciliationRow;
using storage::WalletRow;

Status check_content(const AssetRow& row) {
  if (row.kind != 0 && row.kind != 1) {
    return problem("assets", row.id, differs("kind", row.kind, "not 0 or", 1));
  }
  if (row.scale < 0 || row.scale > asset_scale_max) {
    return problem("assets", row.id, differs("scale", row.scale, "more than", asset_scale_max));
  }
  Asset asset;
  asset.code = row.code;
  asset.scale = static_cast<int>(row.scale);
  asset.kind = row.kind == 1 ? AssetKind::crypto : AssetKind::fiat;
  asset.network = row.network;
  asset.contract = row.contract;
  asset.symbol = row.symbol;
  const Status valid = validate(asset);
  return valid ? Status{} : problem("assets", row.id, valid.error().message);
}

bool has_only_known_flags(const AccountChangeRow& row) {
  const bool has_minimum = (row.flags & AccountFlags::has_minimum) != 0;
  const bool has_maximum = (row.flags & AccountFlags::has_maximum) != 0;
  return row.flags >= 0 && row.flags <= AccountFlags::all &&
         (has_minimum || row.minimum.is_zero()) && (has_maximum || row.maximum.is_zero());
}

}  // namespace

Status RecordCheck::check_time(std::string_view table, std::int64_t id, std::int64_t recorded_at,
                               std::int64_t* newest) const {
  if (recorded_at <= window_.after || recorded_at > window_.until) {
    return problem(table, id,
                   "recorded_at is " + text_of(recorded_at) + ", its commit's time is after " +
                       text_of(window_.after) + " and up to " + text_of(window_.until));
  }
  if (recorded_at <= *newest) {
    return problem(table, id, differs("recorded_at", recorded_at, "the row before has", *newest));
  }
  *newest = recorded_at;
  return {};
}

Status RecordCheck::take(const AssetRow& row) {
  COFFER_TRY(check_time("assets", row.id, row.recorded_at, &times_.asset));
  COFFER_TRY(check_content(row));
  ++state_.assets;
  return {};
}

Status RecordCheck::take(const AccountRow& row) {
  COFFER_TRY(check_time("accounts", row.id, row.recorded_at, &times_.account));
  if (row.key.empty() || row.key.size() > key_bytes_max) {
    return problem("accounts", row.id, "key is empty or longer than 128 bytes");
  }
  if (row.asset < 1 || row.asset > state_.assets) {
    return problem("accounts", row.id, "asset " + text_of(row.asset) + " is not registered");
  }
  if (row.normal_side != 0 && row.normal_side != 1) {
    return problem("accounts", row.id, differs("normal_side", row.normal_side, "not 0 or", 1));
  }
  ReplayedAccount account;
  account.asset = row.asset;
  account.normal_side = row.normal_side == 1 ? Side::debit : Side::credit;
  account.recorded_at = row.recorded_at;
  state_.accounts.push_back(account);
  state_.has_wallet.push_back(false);
  return {};
}

Status RecordCheck::check_policy(const AccountChangeRow& row,
                                 const ReplayedAccount& account) const {
  const Policy policy = policy_of(row);
  if (policy.minimum && policy.maximum && *policy.maximum < *policy.minimum) {
    return problem("account_changes", row.id,
                   differs("minimum", *policy.minimum, "the maximum is", *policy.maximum));
  }
  Amount available;
  const bool fits = subtract_checked(account.balance, account.reserved, &available);
  if (policy.minimum && (!fits || available < *policy.minimum)) {
    return problem("account_changes", row.id,
                   differs("minimum", *policy.minimum, "available then was", available));
  }
  if (policy.maximum && account.balance > *policy.maximum) {
    return problem("account_changes", row.id,
                   differs("maximum", *policy.maximum, "the balance then was", account.balance));
  }
  if (policy.is_closed && (!account.balance.is_zero() || account.open_holds != 0)) {
    return problem("account_changes", row.id,
                   "closes account " + text_of(row.account) + ", which was not empty");
  }
  return {};
}

Status RecordCheck::take(const AccountChangeRow& row) {
  COFFER_TRY(check_time("account_changes", row.id, row.recorded_at, &times_.account_change));
  ReplayedAccount* account = state_.account(row.account);
  if (account == nullptr) {
    return problem("account_changes", row.id, "account " + text_of(row.account) + " is not there");
  }
  if (!has_only_known_flags(row)) {
    return problem("account_changes", row.id,
                   "flags is " + text_of(row.flags) + ", minimum " + text_of(row.minimum) +
                       ", maximum " + text_of(row.maximum) + ": they do not fit together");
  }
  if (!account->has_policy && row.recorded_at != account->recorded_at) {
    return problem(
        "account_changes", row.id,
        differs("recorded_at", row.recorded_at, "the account was opened at", account->recorded_at));
  }
  if (account->policy.is_closed) {
    return problem("account_changes", row.id, "account " + text_of(row.account) + " was closed");
  }
  COFFER_TRY(check_policy(row, *account));
  account->policy = policy_of(row);
  account->has_policy = true;
  return {};
}

Status RecordCheck::take(const WalletRow& row) {
  COFFER_TRY(check_time("wallets", row.id, row.recorded_at, &times_.wallet));
  const ReplayedAccount* account = state_.account(row.account);
  if (account == nullptr) {
    return problem("wallets", row.id, "account " + text_of(row.account) + " is not there");
  }
  if (account->asset != row.asset) {
    return problem("wallets", row.id,
                   differs("asset", row.asset, "its account has", account->asset));
  }
  const auto place = static_cast<std::size_t>(row.account - 1);
  if (state_.has_wallet[place]) {
    return problem("wallets", row.id,
                   "account " + text_of(row.account) + " belongs to another wallet already");
  }
  if (row.kind != 0 && row.kind != 1) {
    return problem("wallets", row.id, differs("kind", row.kind, "not 0 or", 1));
  }
  state_.has_wallet[place] = true;
  state_.wallet_assets.push_back(row.asset);
  return {};
}

Status RecordCheck::take(const ReconciliationRow& row) {
  COFFER_TRY(check_time("reconciliations", row.id, row.recorded_at, &times_.reconciliation));
  if (row.wallet < 1 || row.wallet > static_cast<std::int64_t>(state_.wallet_assets.size())) {
    return problem("reconciliations", row.id, "wallet " + text_of(row.wallet) + " is not there");
  }
  if (row.end_at <= row.start_at) {
    return problem("reconciliations", row.id,
                   differs("end_at", row.end_at, "start_at is", row.start_at));
  }
  Amount difference;
  const bool fits = subtract_checked(row.external_balance, row.system_balance, &difference);
  if (!fits || row.difference != difference) {
    return problem("reconciliations", row.id,
                   differs("difference", row.difference, "the balances give", difference));
  }
  if (row.status != 1 && row.status != 2) {
    return problem("reconciliations", row.id, differs("status", row.status, "not 1 or", 2));
  }
  return {};
}

}  // namespace coffer::ledger
