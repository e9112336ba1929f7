// SPDX-License-Identifier: MIT
// Accounts and assets as they are now: the opening row and the newest policy.
#include <algorithm>

#include "ledger/query/account_policy.hpp"
#include "ledger/query/questions.hpp"

namespace coffer::ledger {
namespace {

using storage::AccountChangeRow;
using storage::AccountRow;
using storage::AssetRow;
using storage::Cell;
using storage::Reader;
using storage::ScanQuery;

constexpr std::uint32_t accounts_limit_max = 1000;

Account account_of(const AccountRow& row) {
  Account account;
  account.id = AccountId(row.id);
  account.key = row.key;
  account.owner = row.owner;
  account.asset = AssetId(row.asset);
  account.purpose = row.purpose;
  account.normal_side = row.normal_side == 1 ? Side::debit : Side::credit;
  account.recorded_at = Timestamp{row.recorded_at};
  return account;
}

Status read_policy(Reader& reader, Account* account) {
  const Cell key = Cell::of(account->id.value());
  ScanQuery newest;
  newest.index = AccountChangeRow::by_account;
  newest.equal = std::span(&key, 1);
  newest.is_backward = true;
  newest.limit = 1;
  return reader.scan<AccountChangeRow>(newest, [account](const AccountChangeRow& row) {
    account->policy = policy_of(row);
    account->metadata = row.metadata;
    return false;
  });
}

Status read_policies(Reader& reader, std::vector<Account>* accounts) {
  for (Account& account : *accounts) {
    COFFER_TRY(read_policy(reader, &account));
  }
  return {};
}

Status read_all_after(Reader& reader, AccountId after, std::uint32_t limit,
                      std::vector<Account>* accounts) {
  const Cell from = Cell::of(after.value());
  ScanQuery all;
  all.from = std::span(&from, 1);
  all.is_from_exclusive = true;
  all.limit = limit;
  return reader.scan<AccountRow>(all, [accounts](const AccountRow& row) {
    accounts->push_back(account_of(row));
    return true;
  });
}

/// The owner's next asset after `asset`; 0 when there is none.
Result<std::int64_t> next_asset_of(Reader& reader, std::string_view owner, std::int64_t asset) {
  const Cell equal = Cell::of_text(owner);
  const Cell from = Cell::of(asset);
  ScanQuery next;
  next.index = AccountRow::by_owner;
  next.equal = std::span(&equal, 1);
  next.from = std::span(&from, 1);
  next.is_from_exclusive = true;
  next.limit = 1;
  std::int64_t found = 0;
  COFFER_TRY(reader.scan<AccountRow>(next, [&found](const AccountRow& row) {
    found = row.asset;
    return false;
  }));
  return found;
}

/// The index is sorted by asset first: take the first ones of each asset, then the least of all.
Status read_owned_after(Reader& reader, std::string_view owner, AccountId after,
                        std::uint32_t limit, std::vector<Account>* accounts) {
  for (std::int64_t asset = 0;;) {
    COFFER_TRY_ASSIGN(asset, next_asset_of(reader, owner, asset));
    if (asset == 0) {
      break;
    }
    const std::array<Cell, 2> equal{Cell::of_text(owner), Cell::of(asset)};
    const Cell from = Cell::of(after.value());
    ScanQuery of_asset;
    of_asset.index = AccountRow::by_owner;
    of_asset.equal = equal;
    of_asset.from = std::span(&from, 1);
    of_asset.is_from_exclusive = true;
    of_asset.limit = limit;
    COFFER_TRY(reader.scan<AccountRow>(of_asset, [accounts](const AccountRow& row) {
      accounts->push_back(account_of(row));
      return true;
    }));
  }
  std::sort(accounts->begin(), accounts->end(),
            [](const Account& a, const Account& b) { return a.id < b.id; });
  if (accounts->size() > limit) {
    accounts->resize(limit);
  }
  return {};
}

RegisteredAsset asset_of(const AssetRow& row) {
  RegisteredAsset registered;
  registered.id = AssetId(row.id);
  registered.asset.code = row.code;
  registered.asset.scale = static_cast<int>(row.scale);
  registered.asset.kind = row.kind == 1 ? AssetKind::crypto : AssetKind::fiat;
  registered.asset.network = row.network;
  registered.asset.contract = row.contract;
  registered.asset.symbol = row.symbol;
  return registered;
}

}  // namespace

Policy policy_of(const AccountChangeRow& row) noexcept {
  Policy policy;
  policy.minimum = std::nullopt;
  if ((row.flags & AccountFlags::has_minimum) != 0) {
    policy.minimum = row.minimum;
  }
  if ((row.flags & AccountFlags::has_maximum) != 0) {
    policy.maximum = row.maximum;
  }
  policy.is_frozen = (row.flags & AccountFlags::is_frozen) != 0;
  policy.is_closed = (row.flags & AccountFlags::is_closed) != 0;
  return policy;
}

Result<Account> find_account(IndexView& view, AccountId id) {
  Account account;
  COFFER_TRY_ASSIGN(const bool exists,
                    view.reader().find<AccountRow>(id.value(), [&account](const AccountRow& row) {
                      account = account_of(row);
                    }));
  if (!exists) {
    return Error{Code::account_not_found,
                 "account " + std::to_string(id.value()) + " does not exist"};
  }
  COFFER_TRY(read_policy(view.reader(), &account));
  return account;
}

Result<Account> find_account(IndexView& view, std::string_view key) {
  const Cell equal = Cell::of_text(key);
  ScanQuery by_key;
  by_key.index = AccountRow::by_key;
  by_key.equal = std::span(&equal, 1);
  Account account;
  COFFER_TRY(view.reader().scan<AccountRow>(by_key, [&account](const AccountRow& row) {
    account = account_of(row);
    return false;
  }));
  if (!account.id) {
    return Error{Code::account_not_found, "no account was opened under this key"};
  }
  COFFER_TRY(read_policy(view.reader(), &account));
  return account;
}

Result<std::vector<Account>> list_accounts(IndexView& view, std::string_view owner, AccountId after,
                                           std::uint32_t limit) {
  if (limit < 1 || limit > accounts_limit_max) {
    return Error{Code::out_of_range, "limit: " + std::to_string(limit) + " is not in 1..1000"};
  }
  std::vector<Account> accounts;
  COFFER_TRY(owner.empty() ? read_all_after(view.reader(), after, limit, &accounts)
                           : read_owned_after(view.reader(), owner, after, limit, &accounts));
  COFFER_TRY(read_policies(view.reader(), &accounts));
  return accounts;
}

Result<RegisteredAsset> find_asset(IndexView& view, std::string_view code) {
  const Cell equal = Cell::of_text(code);
  ScanQuery by_code;
  by_code.index = AssetRow::by_code;
  by_code.equal = std::span(&equal, 1);
  RegisteredAsset found;
  COFFER_TRY(view.reader().scan<AssetRow>(by_code, [&found](const AssetRow& row) {
    found = asset_of(row);
    return false;
  }));
  return found.id ? Result<RegisteredAsset>(std::move(found))
                  : Error{Code::asset_not_found,
                          "asset " + std::string(code.substr(0, 64)) + " is not registered"};
}

Result<RegisteredAsset> find_asset(IndexView& view, AssetId id) {
  RegisteredAsset found;
  COFFER_TRY_ASSIGN(const bool exists,
                    view.reader().find<AssetRow>(
                        id.value(), [&found](const AssetRow& row) { found = asset_of(row); }));
  return exists ? Result<RegisteredAsset>(std::move(found))
                : Error{Code::asset_not_found,
                        "asset " + std::to_string(id.value()) + " is not registered"};
}

Result<std::vector<RegisteredAsset>> list_assets(IndexView& view) {
  std::vector<RegisteredAsset> assets;
  COFFER_TRY(view.reader().scan<AssetRow>(ScanQuery{}, [&assets](const AssetRow& row) {
    assets.push_back(asset_of(row));
    return true;
  }));
  return assets;
}

}  // namespace coffer::ledger
