// SPDX-License-Identifier: MIT
// Directory: look-ups by key in one snapshot, and the few things that are made on first use.
#include "wallet/directory.hpp"

#include <array>

#include <coffer/storage/rows_ledger.hpp>

namespace coffer::wallet {
namespace {

using storage::AccountRow;
using storage::AssetRow;
using storage::Cell;
using storage::ScanQuery;
using storage::WalletRow;

constexpr std::string_view purpose_text(Clearing purpose) {
  return purpose == Clearing::cash ? "cash" : "exchange";
}

RegisteredAsset registered(const AssetRow& row) {
  RegisteredAsset asset;
  asset.id = AssetId(row.id);
  asset.asset.code = row.code;
  asset.asset.scale = static_cast<int>(row.scale);
  asset.asset.kind = row.kind == 1 ? AssetKind::crypto : AssetKind::fiat;
  asset.asset.network = row.network;
  asset.asset.contract = row.contract;
  asset.asset.symbol = row.symbol;
  return asset;
}

Wallet without_asset(const WalletRow& row) {
  Wallet wallet;
  wallet.id = WalletId(row.id);
  wallet.user = row.user;
  wallet.asset_id = AssetId(row.asset);
  wallet.account = AccountId(row.account);
  wallet.kind = row.kind == 1 ? WalletKind::crypto : WalletKind::traditional;
  wallet.label = row.label;
  wallet.recorded_at = Timestamp{row.recorded_at};
  return wallet;
}

}  // namespace

Result<storage::Reader*> Directory::reader() {
  if (reader_ == nullptr) {
    COFFER_TRY_ASSIGN(reader_, ledger_.storage().snapshot());
  }
  return reader_.get();
}

Result<std::optional<WalletPlace>> Directory::place_of(WalletId wallet) {
  if (const auto known = places_.find(wallet.value()); known != places_.end()) {
    return std::optional<WalletPlace>(known->second);
  }
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  WalletPlace place;
  COFFER_TRY_ASSIGN(const bool exists,
                    snapshot->find<WalletRow>(wallet.value(), [&place](const WalletRow& row) {
                      place = {row.account, row.asset};
                    }));
  if (!exists) {
    return std::optional<WalletPlace>();
  }
  places_.emplace(wallet.value(), place);
  return std::optional<WalletPlace>(place);
}

Result<Wallet> Directory::wallet(WalletId id) {
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  std::optional<Wallet> found;
  COFFER_TRY(snapshot->find<WalletRow>(id.value(),
                                       [&](const WalletRow& row) { found = without_asset(row); }));
  if (!found) {
    return Error{Code::wallet_not_found, "wallet " + std::to_string(id.value()) + ": not found"};
  }
  COFFER_TRY(add_asset(*found));
  return *std::move(found);
}

Status Directory::add_asset(Wallet& wallet) {
  COFFER_TRY_ASSIGN(const RegisteredAsset its, asset(wallet.asset_id));
  wallet.asset = its.asset;
  return {};
}

Result<std::optional<Wallet>> Directory::wallet_of(std::string_view user, AssetId of_asset) {
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  const std::array<Cell, 2> equal{Cell::of_text(user), Cell::of(of_asset.value())};
  ScanQuery query;
  query.index = WalletRow::by_user;
  query.equal = equal;
  std::optional<Wallet> found;
  COFFER_TRY(snapshot->scan<WalletRow>(query, [&](const WalletRow& row) {
    if (row.kind == static_cast<std::int64_t>(WalletKind::traditional)) {
      found = without_asset(row);
    }
    return !found.has_value();
  }));
  if (found) {
    COFFER_TRY(add_asset(*found));
  }
  return found;
}

Result<std::vector<Wallet>> Directory::list(const ScanQuery& query) {
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  std::vector<Wallet> found;
  COFFER_TRY(snapshot->scan<WalletRow>(query, [&found](const WalletRow& row) {
    found.push_back(without_asset(row));
    return true;
  }));
  for (Wallet& wallet : found) {
    COFFER_TRY(add_asset(wallet));
  }
  return found;
}

Result<RegisteredAsset> Directory::asset(AssetId id) {
  if (const auto known = assets_.find(id.value()); known != assets_.end()) {
    return known->second;
  }
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  RegisteredAsset found;
  COFFER_TRY_ASSIGN(const bool exists,
                    snapshot->find<AssetRow>(
                        id.value(), [&found](const AssetRow& row) { found = registered(row); }));
  if (!exists) {
    return Error{Code::asset_not_found, "asset " + std::to_string(id.value()) + ": not found"};
  }
  assets_.emplace(id.value(), found);
  return found;
}

Result<std::optional<RegisteredAsset>> Directory::asset(std::string_view code) {
  for (const auto& [id, known] : assets_) {
    if (known.asset.code == code) {
      return std::optional<RegisteredAsset>(known);
    }
  }
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  const Cell equal = Cell::of_text(code);
  ScanQuery query;
  query.index = AssetRow::by_code;
  query.equal = std::span(&equal, 1);
  std::optional<RegisteredAsset> found;
  COFFER_TRY(snapshot->scan<AssetRow>(query, [&found](const AssetRow& row) {
    found = registered(row);
    return false;
  }));
  if (found) {
    assets_.emplace(found->id.value(), *found);
  }
  return found;
}

Result<RegisteredAsset> Directory::asset_or_preset(std::string_view code) {
  COFFER_TRY_ASSIGN(const std::optional<RegisteredAsset> known, asset(code));
  if (known) {
    return *known;
  }
  const std::optional<Asset> preset = find_preset(code);
  if (!preset) {
    return Error{Code::asset_not_found,
                 "currency: '" + std::string(code) + "' is neither registered nor built in"};
  }
  COFFER_TRY_ASSIGN(const AssetId id, ledger_.register_asset(*preset));
  const RegisteredAsset made{id, *preset};
  assets_.emplace(id.value(), made);
  return made;
}

Result<AccountId> Directory::clearing(Clearing purpose, std::int64_t asset_id) {
  const std::int64_t name = asset_id * 2 + static_cast<std::int64_t>(purpose);
  if (const auto known = clearings_.find(name); known != clearings_.end()) {
    return known->second;
  }
  const std::string key =
      "clearing:" + std::string(purpose_text(purpose)) + ":" + std::to_string(asset_id);
  COFFER_TRY_ASSIGN(storage::Reader * snapshot, reader());
  const Cell equal = Cell::of_text(key);
  ScanQuery query;
  query.index = AccountRow::by_key;
  query.equal = std::span(&equal, 1);
  AccountId account;
  COFFER_TRY(snapshot->scan<AccountRow>(query, [&account](const AccountRow& row) {
    account = AccountId(row.id);
    return false;
  }));
  if (!account) {
    AccountDraft draft;
    draft.key = key;
    draft.owner = "coffer:clearing";
    draft.asset = AssetId(asset_id);
    draft.purpose = purpose_text(purpose);
    draft.normal_side = purpose == Clearing::cash ? Side::debit : Side::credit;
    draft.policy.minimum.reset();
    COFFER_TRY_ASSIGN(account, ledger_.open_account(draft));
  }
  clearings_.emplace(name, account);
  return account;
}

}  // namespace coffer::wallet
