// SPDX-License-Identifier: MIT
// Crypto wallets: look-ups, pages, changes of status, reading beside a writer.
#include <coffer/wallet/crypto_wallets.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/crypto_wallet_book.hpp"
#include "support/temporary_folder.hpp"

using namespace coffer;

TEST_CASE("a wallet is found by id, by user and network, and by address") {
  CryptoWalletBook book;
  const std::vector<AddressSourceId> sources{book.source("btc", "bitcoin"),
                                             book.source("eth", "ethereum")};
  book.run(book.submit("job", sources,
                       {{"ann", "bitcoin", {}, {}, {}},
                        {"bob", "ethereum", {}, {}, {}},
                        {"ann", "ethereum", {}, {}, {}}}));
  const auto first = book.wallets->find(CryptoWalletId(1));
  REQUIRE(first);
  CHECK(first->user == "ann");
  CHECK(book.wallets->find_address("bitcoin", first->address)->id == first->id);
  CHECK(book.wallets->find_address("litecoin", first->address).error().code ==
        Code::wallet_not_found);
  CHECK(book.wallets->find(CryptoWalletId(4)).error().code == Code::wallet_not_found);
  CHECK(book.wallets->find("ann", "litecoin").error().code == Code::wallet_not_found);
  const auto of_ann = book.wallets->list("ann", {}, 10);
  REQUIRE(of_ann);
  REQUIRE(of_ann->size() == 2);
  CHECK((*of_ann)[0].network == "bitcoin");
  CHECK((*of_ann)[1].network == "ethereum");
  CHECK(book.wallets->list("ann", (*of_ann)[0].id, 10)->front().network == "ethereum");
  CHECK(book.wallets->list("ann", CryptoWalletId(2), 10).error().code == Code::wallet_not_found);
  CHECK(book.wallets->list({}, CryptoWalletId(1), 10)->size() == 2);
  CHECK(book.wallets->list({}, {}, 2)->size() == 2);
  CHECK(book.wallets->list({}, {}, 1001).error().code == Code::out_of_range);
}

TEST_CASE("a wallet's status changes by steps that make sense, and the newest one holds") {
  CryptoWalletBook book;
  book.run(book.submit("job", {book.source("btc", "bitcoin")}, {{"ann", {}, {}, {}, {}}}));
  const CryptoWalletId id(1);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::frozen, "ops", "asked by the court")
            ->status == CryptoWalletStatus::frozen);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::frozen, "ops")->status ==
        CryptoWalletStatus::frozen);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::pending, "ops").error().code ==
        Code::condition_not_met);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::active, "ops")->status ==
        CryptoWalletStatus::active);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::retired, "ops")->status ==
        CryptoWalletStatus::retired);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::active, "ops").error().code ==
        Code::condition_not_met);
  CHECK(
      book.wallets->set_status(CryptoWalletId(2), CryptoWalletStatus::active, "ops").error().code ==
      Code::wallet_not_found);
  CHECK(book.wallets->set_status(id, CryptoWalletStatus::active, "ops", std::string(5000, 'x'))
            .error()
            .code == Code::text_too_long);
  CHECK(book.wallets->find("ann", "bitcoin").error().code == Code::wallet_not_found);
  book.verify();
}

TEST_CASE("a closed book and a reading process answer questions and refuse changes") {
  const TemporaryFolder folder;
  const std::string path = folder.file("book.db");
  {
    CryptoWalletBook book({}, std::move(storage::open_sqlite(path, {})).value());
    book.run(book.submit("job", {book.source("btc", "bitcoin")}, {{"ann", {}, {}, {}, {}}}));
    REQUIRE(book.ledger->close());
    CHECK(book.wallets->set_status(CryptoWalletId(1), CryptoWalletStatus::frozen, "ops")
              .error()
              .code == Code::closed);
  }
  auto storage = storage::open_sqlite(path, {});
  REQUIRE(storage);
  LedgerOptions reading;
  reading.is_read_only = true;
  const auto ledger = Ledger::open(**storage, system_clock(), reading);
  REQUIRE(ledger);
  CryptoWallets wallets(**ledger);
  CHECK(wallets.find("ann", "bitcoin")->address == "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
  CHECK(wallets.set_status(CryptoWalletId(1), CryptoWalletStatus::frozen, "ops").error().code ==
        Code::not_permitted);
  REQUIRE((*ledger)->verify({}));
}
