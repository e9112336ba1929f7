// SPDX-License-Identifier: MIT
// Rows of wallets and reconciliations: append-only, and indexed as the documents ask.
#include <coffer/storage/rows_wallet.hpp>

#include <doctest/doctest.h>

using namespace coffer::storage;

TEST_CASE("a crypto wallet is found by its user, its address and its place in its source") {
  const Schema& schema = CryptoWalletRow::schema();
  CHECK(schema.table == "crypto_wallets");
  CHECK(schema.is_append_only);
  CHECK(schema.indexes[CryptoWalletRow::by_user - 1U].name == "crypto_wallets_by_user");
  CHECK(schema.indexes[CryptoWalletRow::by_address - 1U].name == "crypto_wallets_by_address");
  const Index& by_source = schema.indexes[CryptoWalletRow::by_source - 1U];
  CHECK(by_source.name == "crypto_wallets_by_source");
  CHECK(by_source.is_unique);
}

TEST_CASE("a wallet record is found by its subject and by the caller's key") {
  const Schema& schema = WalletRecordRow::schema();
  CHECK(schema.table == "wallet_records");
  CHECK(schema.is_append_only);
  CHECK(schema.indexes[WalletRecordRow::by_subject - 1U].columns.size() == 3);
  CHECK(schema.indexes[WalletRecordRow::by_key - 1U].is_unique);
}

TEST_CASE("wallets are found by user and asset, and an account has one wallet") {
  const Schema& schema = WalletRow::schema();
  CHECK(schema.is_append_only);
  const Index& by_user = schema.indexes[WalletRow::by_user - 1U];
  REQUIRE(by_user.columns.size() == 2);
  CHECK(schema.columns[by_user.columns[0]].name == "user");
  CHECK(schema.columns[by_user.columns[1]].name == "asset");
  CHECK_FALSE(by_user.is_unique);
  CHECK(schema.indexes[WalletRow::by_account - 1U].is_unique);
}

TEST_CASE("reconciliations are found by wallet and by wallet and time range") {
  const Schema& schema = ReconciliationRow::schema();
  CHECK(schema.is_append_only);
  const Index& by_range = schema.indexes[ReconciliationRow::by_range - 1U];
  REQUIRE(by_range.columns.size() == 3);
  CHECK(schema.columns[by_range.columns[0]].name == "wallet");
  CHECK(schema.columns[by_range.columns[1]].name == "start_at");
  CHECK(schema.columns[by_range.columns[2]].name == "end_at");
  CHECK(schema.indexes[ReconciliationRow::by_wallet - 1U].columns.size() == 1);
}
