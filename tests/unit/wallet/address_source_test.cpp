// SPDX-License-Identifier: MIT
// Address sources: what may become one, repeats, networks of both kinds.
#include <coffer/wallet/address_source.hpp>

#include <string>

#include <doctest/doctest.h>

#include "support/crypto_wallet_book.hpp"

using namespace coffer;

TEST_CASE("a source says where its addresses stand and which key signs for them") {
  CryptoWalletBook book;
  const AddressSourceId id = book.source("btc", "bitcoin", 3);
  const auto source = book.wallets->find_source(id);
  REQUIRE_MESSAGE(source, source.error().message);
  CHECK(source->name == "btc");
  CHECK(source->network == "bitcoin");
  CHECK(source->form == chain::AddressForm::p2wpkh);
  CHECK(source->account == 3);
  CHECK(source->path == "m/84'/0'/3'/0/*");
  CHECK(source->key_name == "seed-1");
  CHECK(source->kind == CryptoWalletKind::hot);
  CHECK(source->next_index == 0);
  CHECK(source->gap_limit == 20);
  REQUIRE(source->xpub);
  CHECK(source->xpub->public_key() == known_account("bitcoin", 3).to_public().public_key());
  CHECK(book.wallets->sources()->size() == 1);
  CHECK(book.wallets->find_source("eth").error().code == Code::not_found);
  CHECK(book.wallets->find_source(AddressSourceId(9)).error().code == Code::not_found);
}

TEST_CASE("the same source again is found, the same name for another is refused") {
  CryptoWalletBook book;
  const AddressSourceId id = book.source("btc", "bitcoin");
  CHECK(book.source("btc", "bitcoin") == id);
  const keys::ExtendedPrivateKey node = known_account("bitcoin");
  AddressSourceDraft draft;
  draft.name = "btc";
  draft.network = "bitcoin";
  draft.node = &node.to_public();
  draft.key_name = "seed-2";
  CHECK(book.wallets->add_source(draft).error().code == Code::exists_with_different_policy);
  draft.name = "second";
  CHECK(book.wallets->add_source(draft).error().code == Code::already_exists);
}

TEST_CASE("a node of another place or curve is refused") {
  CryptoWalletBook book;
  const keys::ExtendedPrivateKey account = known_account("bitcoin");
  const keys::ExtendedPrivateKey other_account = known_account("bitcoin", 1);
  const keys::ExtendedPrivateKey master = known_master();
  const keys::ExtendedPrivateKey solana = known_account("solana");
  AddressSourceDraft draft;
  draft.network = "bitcoin";
  CHECK(book.wallets->add_source(draft).error().code == Code::null_argument);
  draft.node = &account.to_public();
  CHECK(book.wallets->add_source(draft).error().code == Code::key_required);
  draft.name = "x";
  draft.network = "bitcoyn";
  CHECK(book.wallets->add_source(draft).error().code == Code::network_not_found);
  draft.network = "bitcoin";
  draft.form = chain::AddressForm::evm;
  CHECK(book.wallets->add_source(draft).error().code == Code::unsupported);
  draft.form = chain::AddressForm::network_default;
  draft.node = &master.to_public();
  CHECK(book.wallets->add_source(draft).error().code == Code::invalid_key);
  draft.node = &other_account.to_public();
  CHECK(book.wallets->add_source(draft).error().message ==
        "node: its child number is not that of the account m/84'/0'/0'");
  draft.node = &solana.to_public();
  CHECK(book.wallets->add_source(draft).error().code == Code::invalid_key);
  draft.node = &account.to_public();
  draft.first_index = 0x80000000U;
  CHECK(book.wallets->add_source(draft).error().code == Code::out_of_range);
  draft.first_index = 0;
  draft.gap_limit = 0;
  CHECK(book.wallets->add_source(draft).error().code == Code::out_of_range);
}

TEST_CASE("a source may begin at a later index") {
  CryptoWalletBook book;
  const keys::ExtendedPrivateKey node = known_account("bitcoin");
  AddressSourceDraft draft;
  draft.name = "btc";
  draft.network = "bitcoin";
  draft.node = &node.to_public();
  draft.first_index = 1;
  const auto source = book.wallets->add_source(draft);
  REQUIRE(source);
  const WalletJobId job = book.submit("job", {source->source.id}, {{"ann", {}, {}, {}, {}}});
  book.run(job);
  CHECK(book.results(job)[0].address == "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
  book.verify();
}

TEST_CASE("an ed25519 network needs its private node at each run, and the right one") {
  CryptoWalletBook book;
  const AddressSourceId source = book.source("sol", "solana");
  CHECK(book.wallets->find_source(source)->path == "m/44'/501'/*'/0'");
  CHECK(!book.wallets->find_source(source)->xpub);
  const WalletJobId job = book.submit("job", {source}, {{"ann", {}, {}, {}, {}}});
  CHECK(book.wallets->run(job).error().code == Code::invalid_key);
  const keys::ExtendedPrivateKey wrong = known_account("stellar");
  PrivateNode node{source, &wrong};
  WalletRun options;
  options.private_nodes = std::span(&node, 1);
  CHECK(book.wallets->run(job, options).error().code == Code::invalid_key);
  const keys::ExtendedPrivateKey right = known_account("solana");
  node.node = &right;
  REQUIRE(book.wallets->run(job, options));
  CHECK(book.results(job)[0].address == "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk");
  CHECK(book.wallets->find("ann", "solana")->path == "m/44'/501'/0'/0'");
  book.verify();
}

TEST_CASE("a source has a limit of what its wallets hold, which moves and goes away") {
  CryptoWalletBook book;
  const AddressSourceId id = book.source("btc", "bitcoin");
  const auto limit = [&] { return book.wallets->find_source(id)->balance_max; };
  CHECK_FALSE(limit().has_value());
  CHECK(book.wallets->set_balance_max(id, Amount(50'000'000), "ops").has_value());
  CHECK(limit() == Amount(50'000'000));
  const Amount large = *parse_integer_text("340282366920938463463374607431768211456");
  CHECK(book.wallets->set_balance_max(id, large, "ops").has_value());
  CHECK(limit() == large);
  CHECK(book.wallets->set_balance_max(id, Amount(), "ops").has_value());
  CHECK(limit() == Amount());
  CHECK(book.wallets->set_balance_max(id, std::nullopt, "ops").has_value());
  CHECK_FALSE(limit().has_value());
  CHECK(book.wallets->set_balance_max(id, Amount(-1), "ops").error().code == Code::out_of_range);
  CHECK(book.wallets->set_balance_max(AddressSourceId(9), Amount(1), "ops").error().code ==
        Code::not_found);
  book.verify();
}
