// SPDX-License-Identifier: MIT
// Composed idempotency keys: readable, never longer than a key may be, never two for one.
#include "wallet/reference_key.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using coffer::AssetId;
using coffer::WalletId;
using coffer::wallet::reference_key;
using coffer::wallet::wallet_account_key;

}  // namespace

TEST_CASE("a short reference stands in the key as it is") {
  CHECK(reference_key(WalletId(2), 'd', "bd89") == "w2:d:bd89");
  CHECK(reference_key(WalletId(2), 'w', "bd89") == "w2:w:bd89");
}

TEST_CASE("a key of exactly 128 bytes is still plain and one more byte hashes the reference") {
  const std::string fits(123, 'a');
  CHECK(reference_key(WalletId(2), 'd', fits) == "w2:d:" + fits);
  // SHA-256 of 124 letters a, by `printf 'a%.0s' $(seq 124) | sha256sum`.
  CHECK(reference_key(WalletId(2), 'd', fits + "a") ==
        "w2:D:9c1ed60a6337af7d1659339ef95dccb7c91a55b9eaab349341a7f97198eee519");
}

TEST_CASE("a plain reference that looks like a hash does not meet the hashed one") {
  const std::string long_reference(200, 'z');
  const std::string hashed = reference_key(WalletId(2), 'd', long_reference);
  CHECK(hashed.size() == 69);
  CHECK(reference_key(WalletId(2), 'd', hashed.substr(5)) != hashed);
}

TEST_CASE("the account of a wallet is named by asset and user") {
  CHECK(wallet_account_key(AssetId(3), "20241222") == "wallet:3:20241222");
  CHECK(wallet_account_key(AssetId(3), std::string(128, 'u')).substr(0, 9) == "WALLET:3:");
}
