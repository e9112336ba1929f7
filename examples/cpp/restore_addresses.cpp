// SPDX-License-Identifier: MIT
// Restores a wallet from its sentence and lists its first address on eight networks.
#include <iostream>

#include <coffer/chain/address.hpp>
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/mnemonic.hpp>

namespace {

// Everyone knows this sentence: never send money to its addresses.
constexpr std::string_view sentence =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

coffer::Status run() {
  COFFER_TRY_ASSIGN(const auto mnemonic, coffer::keys::Mnemonic::parse(sentence));
  COFFER_TRY_ASSIGN(const auto seed, mnemonic.seed());
  const coffer::chain::NetworkTable networks;
  for (const char* name :
       {"bitcoin", "litecoin", "dogecoin", "ethereum", "tron", "solana", "cosmos-hub", "xrp"}) {
    COFFER_TRY_ASSIGN(const auto* network, networks.find(name));
    COFFER_TRY_ASSIGN(const auto path,
                      coffer::chain::address_path(*network, network->default_form, 0, 0, 0));
    COFFER_TRY_ASSIGN(const auto master,
                      coffer::keys::ExtendedPrivateKey::from_seed(seed.bytes(), network->curve));
    COFFER_TRY_ASSIGN(const auto key, master.derive(path));
    COFFER_TRY_ASSIGN(const auto address,
                      coffer::chain::address_of(*network, key.to_public().public_key()));
    std::cout << name << ' ' << path.to_text() << ' ' << address << '\n';
  }
  return {};
}

}  // namespace

int main() {
  const coffer::Status status = run();
  if (!status) {
    std::cerr << status.error().message << '\n';
  }
  return status ? 0 : 1;
}
