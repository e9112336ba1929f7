// SPDX-License-Identifier: MIT
// Idempotency keys of wallets: unique within (wallet, kind of operation, the caller's reference).
#pragma once

#include <string>
#include <string_view>

#include <coffer/core/id.hpp>

namespace coffer::wallet {

/// "w2:d:<reference>" for `kind` 'd'. When that is longer than a key may be, "w2:D:" and the
/// SHA-256 of the reference in hex; the whole reference is kept beside it and compared too, so a
/// collision of hashes could not hide a second payment (R58).
[[nodiscard]] std::string reference_key(WalletId wallet, char kind, std::string_view reference);

/// The key of the account behind the wallet of `user` in `asset`, hashed in the same way.
[[nodiscard]] std::string wallet_account_key(AssetId asset, std::string_view user);

}  // namespace coffer::wallet
