// SPDX-License-Identifier: MIT
// The engine's crypto wallets.
#include <coffer/engine/engine.hpp>
#include <coffer/wallet/crypto_wallets.hpp>

namespace coffer {

std::shared_ptr<CryptoWallets> Engine::make_crypto_wallets(Ledger& ledger,
                                                           const CryptoWalletsOptions* options) {
  return std::make_shared<CryptoWallets>(ledger,
                                         options != nullptr ? *options : CryptoWalletsOptions{});
}

CryptoWallets& Engine::crypto_wallets() noexcept { return *crypto_wallets_; }

const CryptoWallets& Engine::crypto_wallets() const noexcept { return *crypto_wallets_; }

}  // namespace coffer
