// SPDX-License-Identifier: MIT
// The engine of a library that was built without keys has no crypto wallets.
#include <coffer/engine/engine.hpp>

namespace coffer {

std::shared_ptr<CryptoWallets> Engine::make_crypto_wallets(
    Ledger& /*ledger*/, const CryptoWalletsOptions* /*options*/) {
  return nullptr;
}

}  // namespace coffer
