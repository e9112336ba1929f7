// SPDX-License-Identifier: MIT
// Crypto wallets through the engine: their options, and one object for all.
#include <coffer/engine/engine.hpp>

#include <span>
#include <vector>

#include <doctest/doctest.h>
#include <coffer/wallet/crypto_wallets.hpp>
#include <coffer/wallet/row_readers.hpp>

#include "support/crypto_wallet_book.hpp"

using namespace coffer;

namespace {

class NobodyApproves final : public WalletPermissions {
 public:
  Status may(std::string_view /*actor*/, WalletAction action,
             WalletJobId /*job*/) noexcept override {
    return action == WalletAction::approve ? Status(Error{Code::not_permitted, "nobody approves"})
                                           : Status{};
  }
};

chain::Network own_network() {
  chain::Network row = **chain::NetworkTable().find("ethereum");
  row.name = "our-chain";
  row.chain_id = 777'001;
  return row;
}

}  // namespace

TEST_CASE("an engine makes crypto wallets, which ask what its options name") {
  NobodyApproves permissions;
  EngineOptions options;
  // The options are copied, what they point at is not.
  CryptoWalletsOptions wallets;
  wallets.permissions = &permissions;
  REQUIRE(wallets.networks.add(own_network()));
  options.crypto_wallets = &wallets;
  const auto engine = Engine::in_memory(options);
  REQUIRE(engine);
  wallets = {};
  const keys::ExtendedPrivateKey node = known_account("ethereum");
  AddressSourceDraft source;
  source.name = "own";
  source.network = "our-chain";
  source.node = &node.to_public();
  const auto added = (*engine)->crypto_wallets().add_source(source);
  REQUIRE_MESSAGE(added, added.error().message);
  WalletJobDraft draft;
  draft.key = "job";
  draft.sources = std::span(&added->source.id, 1);
  const std::vector<WalletRow> rows{{"ann", {}, {}, {}, {}}};
  ArrayRows reader(rows);
  const auto job = (*engine)->crypto_wallets().submit(draft, reader);
  REQUIRE_MESSAGE(job, job.error().message);
  CHECK(job->job.state == WalletJobState::ready);
  CHECK((*engine)->crypto_wallets().approve(job->id, "boss").error().code == Code::not_permitted);
  REQUIRE((*engine)->crypto_wallets().run(job->id));
  const Engine& reading = **engine;
  CHECK(reading.crypto_wallets().find("ann", "our-chain")->address ==
        "0x9858EfFD232B4033E47d90003D41EC34EcaEda94");
  CHECK((*engine)->ledger().verify({}));
}

TEST_CASE("an engine without options for crypto wallets knows the networks of coffer alone") {
  const auto engine = Engine::in_memory();
  REQUIRE(engine);
  const keys::ExtendedPrivateKey node = known_account("ethereum");
  AddressSourceDraft source;
  source.name = "own";
  source.network = "our-chain";
  source.node = &node.to_public();
  CHECK((*engine)->crypto_wallets().add_source(source).error().code == Code::network_not_found);
  source.network = "ethereum";
  CHECK((*engine)->crypto_wallets().add_source(source));
  REQUIRE((*engine)->close());
  source.name = "other";
  source.account = 1;
  const keys::ExtendedPrivateKey second = known_account("ethereum", 1);
  source.node = &second.to_public();
  CHECK((*engine)->crypto_wallets().add_source(source).error().code == Code::closed);
}
