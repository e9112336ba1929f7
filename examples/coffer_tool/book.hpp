// SPDX-License-Identifier: MIT
// Opening a book for a command, and finding what its options name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <coffer/engine/engine.hpp>

#include "command_line.hpp"

namespace tool {

enum class Access { read, write, create };
enum class Index { keep, rebuild };

/// Opens the book; a writer waits 5 s for another one to finish. `crypto_wallets` is as in
/// `EngineOptions`. Fails as `Engine::open`.
[[nodiscard]] Result<std::unique_ptr<coffer::Engine>> open_book(
    std::string_view path, Access access, Index index = Index::keep,
    const coffer::CryptoWalletsOptions* crypto_wallets = nullptr);

/// Wallets by what people call them; found ones are kept, because they never change.
class WalletNames {
 public:
  explicit WalletNames(const coffer::Wallets& wallets) : wallets_(wallets) {}

  /// By id when `id` is not empty, else by user and currency. `prefix` is put before the names of
  /// the fields in messages. Fails with `invalid_argument`, `wallet_not_found`.
  [[nodiscard]] Result<const coffer::Wallet*> find(std::string_view id, std::string_view user,
                                                   std::string_view currency,
                                                   std::string_view prefix = {});

 private:
  const coffer::Wallets& wallets_;
  std::unordered_map<std::string, coffer::Wallet> known_;
};

/// A positive whole number. Fails with `invalid_argument`.
[[nodiscard]] Result<std::int64_t> parse_id(std::string_view field, std::string_view text);

}  // namespace tool
