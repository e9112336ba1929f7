// SPDX-License-Identifier: MIT
// Directory: where wallets, assets and clearing accounts stand, read from one snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/storage.hpp>
#include <coffer/wallet/wallet.hpp>

namespace coffer::wallet {

/// What a clearing account is the other side of.
enum class Clearing : std::uint8_t {
  cash = 0,      ///< money that came from outside or left: what we own, debit-normal
  exchange = 1,  ///< what exchanges took in of one asset and gave out of another
};

/// Where a movement of a wallet goes.
struct WalletPlace {
  std::int64_t account = 0;
  std::int64_t asset = 0;
};

/// Everything it reads never changes once it is committed, so it keeps what it has read.
///
/// Threads: one thread at a time; made for one call of `Wallets`.
class Directory {
 public:
  explicit Directory(Ledger& ledger) noexcept : ledger_(ledger) {}

  /// None when there is no such wallet.
  [[nodiscard]] Result<std::optional<WalletPlace>> place_of(WalletId wallet);
  /// Fails with `wallet_not_found`.
  [[nodiscard]] Result<Wallet> wallet(WalletId id);
  /// The traditional wallet of a user in an asset; none when there is none.
  [[nodiscard]] Result<std::optional<Wallet>> wallet_of(std::string_view user, AssetId asset);
  /// The wallets that a scan over WalletRow finds, in its order.
  [[nodiscard]] Result<std::vector<Wallet>> list(const storage::ScanQuery& query);
  /// Fails with `asset_not_found`.
  [[nodiscard]] Result<RegisteredAsset> asset(AssetId id);
  /// None when no asset of this code is registered.
  [[nodiscard]] Result<std::optional<RegisteredAsset>> asset(std::string_view code);
  /// The asset of this code, registered now when it is a built-in one. Fails with
  /// `asset_not_found` and as `Ledger::register_asset`.
  [[nodiscard]] Result<RegisteredAsset> asset_or_preset(std::string_view code);
  /// The account, opened when it is the first time. Fails as `Ledger::open_account`.
  [[nodiscard]] Result<AccountId> clearing(Clearing purpose, std::int64_t asset);
  /// The snapshot, for what only one question needs.
  [[nodiscard]] Result<storage::Reader*> reader();

 private:
  [[nodiscard]] Status add_asset(Wallet& wallet);

  Ledger& ledger_;
  std::unique_ptr<storage::Reader> reader_;
  std::unordered_map<std::int64_t, WalletPlace> places_;
  std::unordered_map<std::int64_t, RegisteredAsset> assets_;
  std::unordered_map<std::int64_t, AccountId> clearings_;
};

}  // namespace coffer::wallet
