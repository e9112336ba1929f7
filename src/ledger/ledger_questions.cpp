// SPDX-License-Identifier: MIT
// Ledger's reading half: each call opens a view of what is committed and asks it.
#include <coffer/ledger/ledger.hpp>

#include "ledger/ledger_parts.hpp"
#include "ledger/query/questions.hpp"

namespace coffer {

Result<ledger::HeldView> Ledger::Parts::view() const {
  if (writer) {
    return writer->view();
  }
  ledger::HeldView held;
  held.index = follower;
  COFFER_TRY_ASSIGN(held.view, follower->view());
  return held;
}

Result<RegisteredAsset> Ledger::find_asset(std::string_view code) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_asset(*held.view, code);
}

Result<RegisteredAsset> Ledger::find_asset(AssetId id) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_asset(*held.view, id);
}

Result<std::vector<RegisteredAsset>> Ledger::assets() const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::list_assets(*held.view);
}

Result<Account> Ledger::find_account(AccountId id) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_account(*held.view, id);
}

Result<Account> Ledger::find_account(std::string_view key) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_account(*held.view, key);
}

Result<std::vector<Account>> Ledger::accounts(std::string_view owner, AccountId after,
                                              std::uint32_t limit) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::list_accounts(*held.view, owner, after, limit);
}

Result<Hold> Ledger::find_hold(HoldId id) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_hold(*held.view, id, parts_->clock.now());
}

Result<std::vector<Hold>> Ledger::open_holds(AccountId account) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::open_holds(*held.view, account, parts_->clock.now());
}

Result<Balance> Ledger::balance(AccountId account) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::balance_of(*held.view, account, parts_->clock.now());
}

Result<Amount> Ledger::balance_as_of(AccountId account, Timestamp time, TimeAxis axis) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::balance_as_of(*held.view, account, time, axis);
}

Result<HistoryPage> Ledger::history(const HistoryQuery& query) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::history(*held.view, query);
}

Result<Transaction> Ledger::find_transaction(TransactionId id) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_transaction(*held.view, id);
}

Result<Transaction> Ledger::find_transaction(std::string_view key) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::find_transaction(*held.view, key);
}

Result<std::vector<OwnerTotal>> Ledger::totals(std::string_view owner) const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::totals(*held.view, owner, parts_->clock.now());
}

Result<Statistics> Ledger::statistics() const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  Statistics statistics = parts_->writer ? parts_->writer->counters() : Statistics{};
  storage::ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  COFFER_TRY(held.view->reader().scan<storage::CommitRow>(
      newest, [&statistics](const storage::CommitRow& row) {
        statistics.transactions = row.last_transaction;
        statistics.accounts = row.last_account;
        statistics.holds = row.last_hold;
        statistics.commits = row.id;
        return false;
      }));
  statistics.repeated = parts_->repeated.load(std::memory_order_relaxed);
  statistics.rejected = parts_->rejected.load(std::memory_order_relaxed);
  return statistics;
}

Result<ChainHead> Ledger::chain_head() const {
  COFFER_TRY_ASSIGN(const auto held, parts_->view());
  return ledger::chain_head(held.view->reader());
}

Result<VerifyReport> Ledger::verify(const VerifyOptions& options) const {
  return verify_book(parts_->storage, options);
}

Status Ledger::backup(std::string_view path, const storage::Progress& progress) const {
  return parts_->storage.backup(path, progress);
}

Clock& Ledger::clock() const noexcept { return parts_->clock; }

storage::Storage& Ledger::storage() const noexcept { return parts_->storage; }

}  // namespace coffer
