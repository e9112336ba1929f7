// SPDX-License-Identifier: MIT
// ReplayedState: what the books come to when the journal is read again from its beginning.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <coffer/ledger/account.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/transaction/draft.hpp>

namespace coffer::ledger {

struct ReplayedAccount {
  std::int64_t asset = 0;
  Side normal_side = Side::credit;
  bool has_policy = false;  ///< the change that opening writes was seen
  Policy policy;
  Amount balance;
  Amount reserved;  ///< what is left of its open holds
  std::int64_t open_holds = 0;
  std::int64_t last_transaction = 0;
  std::int64_t recorded_at = 0;
};

struct ReplayedHold {
  std::int64_t account = 0;
  std::int64_t bucket = 0;
  Amount remaining;
  std::int64_t expires_at = 0;
};

/// Ids are dense, so an account or asset is found by its position.
struct ReplayedState {
  std::vector<ReplayedAccount> accounts;
  std::map<std::int64_t, ReplayedHold> open_holds;
  std::int64_t assets = 0;
  std::vector<bool> has_wallet;                       ///< by account
  std::vector<std::int64_t> wallet_assets;            ///< by wallet
  std::map<std::int64_t, std::int64_t> next_indexes;  ///< of address sources, by their record
  std::set<std::int64_t> jobs;                        ///< the records that began them
  std::int64_t crypto_wallets = 0;
  std::int64_t holds = 0;
  std::int64_t legs = 0;

  /// nullptr when there is no such account yet.
  [[nodiscard]] ReplayedAccount* account(std::int64_t id) {
    return id < 1 || id > static_cast<std::int64_t>(accounts.size())
               ? nullptr
               : &accounts[static_cast<std::size_t>(id - 1)];
  }
};

}  // namespace coffer::ledger
