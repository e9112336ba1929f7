// SPDX-License-Identifier: MIT
// Rows of wallets and reconciliations: append-only, and indexed as the documents ask.
#include <coffer/storage/rows_wallet.hpp>

#include <doctest/doctest.h>

using namespace coffer::storage;

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
