// SPDX-License-Identifier: MIT
// A book with address sources of the seed that all wallets' tests publish their addresses for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <coffer/chain/network.hpp>
#include <coffer/core/text.hpp>
#include <coffer/ledger/ledger.hpp>
#include <coffer/wallet/crypto_wallets.hpp>
#include <coffer/wallet/row_readers.hpp>

namespace coffer {

/// The BIP-39 seed of eleven times "abandon" and "about", without a passphrase.
inline keys::ExtendedPrivateKey known_master(keys::Curve curve = keys::Curve::secp256k1) {
  const auto seed = parse_hex(
      "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
      "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4");
  REQUIRE(seed);
  auto master = keys::ExtendedPrivateKey::from_seed(*seed, curve);
  REQUIRE(master);
  return std::move(master).value();
}

/// The account node of a network below that seed.
inline keys::ExtendedPrivateKey known_account(std::string_view network, std::uint32_t account = 0) {
  const auto row = chain::NetworkTable().find(network);
  REQUIRE(row);
  const auto path = chain::account_path(**row, chain::AddressForm::network_default, account);
  REQUIRE_MESSAGE(path, path.error().message);
  auto node = known_master((*row)->curve).derive(*path);
  REQUIRE(node);
  return std::move(node).value();
}

/// A book in memory, or in the storage given, with CryptoWallets over it.
class CryptoWalletBook {
 public:
  explicit CryptoWalletBook(CryptoWalletsOptions options = {},
                            std::unique_ptr<storage::Storage> given = nullptr)
      : storage(given ? std::move(given) : storage::make_memory_storage()) {
    auto opened = Ledger::open(*storage, system_clock(), {});
    REQUIRE_MESSAGE(opened, opened.error().message);
    ledger = std::move(opened).value();
    wallets.emplace(*ledger, options);
  }

  AddressSourceId source(std::string_view name, std::string_view network,
                         std::uint32_t account = 0) {
    const keys::ExtendedPrivateKey node = known_account(network, account);
    AddressSourceDraft draft;
    draft.name = name;
    draft.network = network;
    draft.account = account;
    draft.node = &node.to_public();
    draft.key_name = "seed-1";
    const auto added = wallets->add_source(draft);
    REQUIRE_MESSAGE(added, added.error().message);
    return added->source.id;
  }

  /// Submits rows under a key, which must go well.
  WalletJobId submit(std::string_view key, const std::vector<AddressSourceId>& sources,
                     const std::vector<WalletRow>& rows) {
    WalletJobDraft draft;
    draft.key = key;
    draft.sources = sources;
    ArrayRows reader(rows);
    const auto job = wallets->submit(draft, reader);
    REQUIRE_MESSAGE(job, job.error().message);
    return job->id;
  }

  WalletJob run(WalletJobId job, std::int64_t rows_max = 4096) {
    WalletRun options;
    options.rows_max = rows_max;
    const auto done = wallets->run(job, options);
    REQUIRE_MESSAGE(done, done.error().message);
    return *done;
  }

  std::vector<WalletRowResult> results(WalletJobId job) {
    const auto found = wallets->results(job, 0, 1000);
    REQUIRE_MESSAGE(found, found.error().message);
    return *found;
  }

  void verify() {
    const auto report = ledger->verify({});
    REQUIRE_MESSAGE(report, report.error().message);
  }

  std::unique_ptr<storage::Storage> storage;
  std::unique_ptr<Ledger> ledger;
  std::optional<CryptoWallets> wallets;
};

}  // namespace coffer
