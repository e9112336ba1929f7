// SPDX-License-Identifier: MIT
// Questions answered from one IndexView: what `Ledger`'s reading functions call.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>

#include "ledger/index/history_index.hpp"

namespace coffer::ledger {

/// Each fails as the function of `Ledger` with the same name, and with the `storage_*` codes. `now`
/// decides whether a hold is over: at its `expires_at` it no longer counts, journaled or not.
[[nodiscard]] Result<Account> find_account(IndexView& view, AccountId id);
[[nodiscard]] Result<Account> find_account(IndexView& view, std::string_view key);
[[nodiscard]] Result<std::vector<Account>> list_accounts(IndexView& view, std::string_view owner,
                                                         AccountId after, std::uint32_t limit);
[[nodiscard]] Result<RegisteredAsset> find_asset(IndexView& view, std::string_view code);
[[nodiscard]] Result<RegisteredAsset> find_asset(IndexView& view, AssetId id);
[[nodiscard]] Result<std::vector<RegisteredAsset>> list_assets(IndexView& view);
/// A frozen account shows what would be available as frozen; a debt stays in `available`.
/// Cost: the newest transaction through the index, and the account's open holds.
[[nodiscard]] Result<Balance> balance_of(IndexView& view, AccountId account, Timestamp now);
/// Cost on the recorded axis: the logarithm of the book. On the effective axis also the shorter of
/// two lists: the account's transactions recorded after `time`, and those with an effective time of
/// their own up to `time`.
[[nodiscard]] Result<Amount> balance_as_of(IndexView& view, AccountId account, Timestamp time,
                                           TimeAxis axis);
[[nodiscard]] Result<HistoryPage> history(IndexView& view, const HistoryQuery& query);
[[nodiscard]] Result<Transaction> find_transaction(IndexView& view, TransactionId id);
[[nodiscard]] Result<Transaction> find_transaction(IndexView& view, std::string_view key);
/// A hold that is not open any more is what its newest event made of it: captured, released (also
/// after a capture of a part) or expired.
[[nodiscard]] Result<Hold> find_hold(IndexView& view, HoldId id, Timestamp now);
[[nodiscard]] Result<std::vector<Hold>> open_holds(IndexView& view, AccountId account,
                                                   Timestamp now);
[[nodiscard]] Result<std::vector<OwnerTotal>> totals(IndexView& view, std::string_view owner,
                                                     Timestamp now);
/// The newest commit; in a book without commits its beginning, with commit 0.
[[nodiscard]] Result<ChainHead> chain_head(storage::Reader& reader);

}  // namespace coffer::ledger
