// SPDX-License-Identifier: MIT
// Creates wallets for the users of a CSV file, with a progress bar; stopped half way and resumed.
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include <coffer/engine/engine.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/wallet/crypto_wallets.hpp>
#include <coffer/wallet/row_readers.hpp>

namespace {

// Everyone knows this sentence: never send money to its addresses.
constexpr std::string_view sentence =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
constexpr std::array<std::string_view, 3> network_names{"bitcoin", "ethereum", "tron"};
constexpr std::int64_t rows_a_step = 2;  // a server takes some thousands

// The account's public key of each network: all that the book is given.
coffer::Result<std::vector<coffer::AddressSourceId>> add_sources(coffer::CryptoWallets& wallets) {
  const coffer::chain::NetworkTable networks;
  COFFER_TRY_ASSIGN(const auto mnemonic, coffer::keys::Mnemonic::parse(sentence));
  COFFER_TRY_ASSIGN(const auto seed, mnemonic.seed());
  COFFER_TRY_ASSIGN(const auto master, coffer::keys::ExtendedPrivateKey::from_seed(seed.bytes()));
  std::vector<coffer::AddressSourceId> sources;
  for (const std::string_view name : network_names) {
    COFFER_TRY_ASSIGN(const auto* network, networks.find(name));
    COFFER_TRY_ASSIGN(const auto path,
                      coffer::chain::account_path(*network, network->default_form));
    COFFER_TRY_ASSIGN(const auto account, master.derive(path));
    const coffer::keys::ExtendedPublicKey node = account.to_public();
    coffer::AddressSourceDraft draft;
    draft.name = name;
    draft.network = name;
    draft.node = &node;
    COFFER_TRY_ASSIGN(const auto added, wallets.add_source(draft));
    sources.push_back(added.source.id);
  }
  return sources;
}

void show_bar(const coffer::WalletJob& job) {
  constexpr std::size_t width = 18;
  const auto filled =
      static_cast<std::size_t>(job.done) * width / static_cast<std::size_t>(job.rows);
  std::cout << "creating wallets [" << std::string(filled, '#') << std::string(width - filled, ' ')
            << "] " << job.done << " of " << job.rows << '\n';
}

void print_results(const std::vector<coffer::WalletRowResult>& results) {
  for (const coffer::WalletRowResult& result : results) {
    if (result.code == coffer::Code::ok) {
      std::cout << "row " << result.row << ": " << result.user
                << (result.existed ? " existed " : " created ") << result.address << '\n';
    } else {
      std::cout << result.message << '\n';
    }
  }
}

// One life of the program: goes on where the last one stopped, for at most so many steps.
coffer::Status create(std::string_view book, std::string_view csv, int steps) {
  COFFER_TRY_ASSIGN(auto engine, coffer::Engine::open(book));
  coffer::CryptoWallets wallets(engine->ledger());
  COFFER_TRY_ASSIGN(const auto sources, add_sources(wallets));
  coffer::WalletJobDraft draft;
  draft.key = "users.csv";  // a repeat with this key and the same rows finds the job
  draft.sources = sources;
  coffer::WholeText text(csv);
  coffer::CsvRows rows(text);
  COFFER_TRY_ASSIGN(const auto submitted, wallets.submit(draft, rows));
  COFFER_TRY_ASSIGN(coffer::WalletJob job, wallets.find_job(submitted.id));
  std::cout << "job users.csv: " << job.done << " of " << job.rows << " rows are done\n";
  coffer::WalletRun options;
  options.rows_max = rows_a_step;
  while (job.state == coffer::WalletJobState::ready && steps-- > 0) {
    COFFER_TRY_ASSIGN(job, wallets.run(job.id, options));
    show_bar(job);
  }
  if (job.state == coffer::WalletJobState::completed) {
    COFFER_TRY_ASSIGN(const auto results, wallets.results(job.id, 0, 1000));
    print_results(results);
    std::cout << job.created << " created, " << job.existed << " existed, " << job.failed
              << " failed\n";
  }
  return engine->close();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: batch_wallets BOOK CSV\n";
    return 2;
  }
  std::ifstream file(arguments[2], std::ios::binary);
  const std::string csv(std::istreambuf_iterator<char>(file), {});
  coffer::Status status = create(arguments[1], csv, 2);
  if (status) {
    std::cout << "stopped, and started again\n";
    status = create(arguments[1], csv, 1000);
  }
  if (!status) {
    std::cerr << status.error().message << '\n';
  }
  return status ? 0 : 1;
}
