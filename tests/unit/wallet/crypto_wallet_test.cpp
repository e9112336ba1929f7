// SPDX-License-Identifier: MIT
// The words of crypto wallets are frozen.
#include <coffer/wallet/crypto_wallet.hpp>

#include <doctest/doctest.h>

using namespace coffer;

TEST_CASE("kinds and statuses of crypto wallets have frozen values and words") {
  CHECK(static_cast<int>(CryptoWalletKind::watch_only) == 4);
  CHECK(name_of(CryptoWalletKind::watch_only) == "watch_only");
  CHECK(name_of(static_cast<CryptoWalletKind>(9)) == "unknown");
  CHECK(static_cast<int>(CryptoWalletStatus::retired) == 5);
  CHECK(name_of(CryptoWalletStatus::retired) == "retired");
  CHECK(name_of(static_cast<CryptoWalletStatus>(0)) == "unknown");
}
