// SPDX-License-Identifier: MIT
// A server that knows only an account's public key: it gives out deposit addresses and can't spend.
#include <array>
#include <iostream>

#include <coffer/chain/address_bulk.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>

namespace {

// Everyone knows this sentence: never send money to its addresses.
constexpr std::string_view sentence =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

// Where the secrets are: the one text that leaves is the account's public key.
coffer::Result<std::string> account_of(const coffer::chain::Network& network) {
  COFFER_TRY_ASSIGN(const auto mnemonic, coffer::keys::Mnemonic::parse(sentence));
  COFFER_TRY_ASSIGN(const auto seed, mnemonic.seed());
  COFFER_TRY_ASSIGN(const auto version, coffer::chain::key_version_of(network));
  COFFER_TRY_ASSIGN(const auto master, coffer::keys::ExtendedPrivateKey::from_seed(
                                           seed.bytes(), network.curve, version));
  COFFER_TRY_ASSIGN(const auto path, coffer::chain::account_path(network, network.default_form));
  COFFER_TRY_ASSIGN(const auto account, master.derive(path));
  return account.to_public().to_text();
}

// The server: a thousand addresses in one call, three of them shown.
coffer::Status serve(const coffer::chain::Network& network, std::string_view account_text) {
  COFFER_TRY_ASSIGN(const auto account, coffer::keys::ExtendedPublicKey::parse(account_text));
  COFFER_TRY_ASSIGN(const auto deposits, account.derive(0));
  std::array<char, 1000 * coffer::chain::address_stride> text;
  COFFER_TRY(coffer::chain::derive_addresses(network, network.default_form, deposits, 0, {text}));
  for (const std::size_t user : {0U, 1U, 999U}) {
    std::cout << "user " << user << " pays to " << &text[user * coffer::chain::address_stride]
              << '\n';
  }
  const auto refused = account.derive(coffer::keys::hardened(0));
  std::cout << "private children: " << coffer::name_of(refused.error().code) << '\n';
  return {};
}

coffer::Status run() {
  const coffer::chain::NetworkTable networks;
  COFFER_TRY_ASSIGN(const auto* network, networks.find("bitcoin"));
  COFFER_TRY_ASSIGN(const std::string account, account_of(*network));
  std::cout << "account " << account << '\n';
  return serve(*network, account);
}

}  // namespace

int main() {
  const coffer::Status status = run();
  if (!status) {
    std::cerr << status.error().message << '\n';
  }
  return status ? 0 : 1;
}
