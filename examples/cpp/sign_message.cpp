// SPDX-License-Identifier: MIT
// Proves who owns an address: signs a message with it on Ethereum and Bitcoin and verifies that.
#include <iostream>

#include <coffer/chain/address.hpp>
#include <coffer/chain/bitcoin_message.hpp>
#include <coffer/chain/message.hpp>
#include <coffer/core/text.hpp>
#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/signer.hpp>

namespace {

namespace chain = coffer::chain;
namespace keys = coffer::keys;

// Everyone knows this sentence: never send money to its addresses.
constexpr std::string_view sentence =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
constexpr std::string_view message = "I own this address.";
constexpr std::string_view other = "I own this address!";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void show(const char* what, const coffer::Status& status) {
  std::cout << what << ": " << coffer::name_of(status ? coffer::Code::ok : status.error().code)
            << '\n';
}

// A key is named, not held: the same code signs with a hardware module behind the port.
coffer::Result<keys::KeyReference> key_for(const chain::Network& network) {
  COFFER_TRY_ASSIGN(auto path, chain::address_path(network, network.default_form, 0, 0, 0));
  return keys::KeyReference{"wallet", std::move(path), network.curve};
}

coffer::Status sign_on_ethereum(keys::Signer& signer, const chain::Network& network) {
  COFFER_TRY_ASSIGN(const auto key, key_for(network));
  COFFER_TRY_ASSIGN(const auto public_key, signer.public_key(key));
  COFFER_TRY_ASSIGN(const std::string address, chain::address_of(network, public_key));
  COFFER_TRY_ASSIGN(const auto signature,
                    chain::sign_account_message(signer, key, network, bytes_of(message)));
  std::cout << address << '\n' << "0x" << coffer::to_hex(signature) << '\n';
  show("verified", chain::verify_account_message(network, address, bytes_of(message), signature));
  show("another message",
       chain::verify_account_message(network, address, bytes_of(other), signature));
  return {};
}

coffer::Status sign_on_bitcoin(keys::Signer& signer, const chain::Network& network) {
  COFFER_TRY_ASSIGN(const auto key, key_for(network));
  COFFER_TRY_ASSIGN(const auto public_key, signer.public_key(key));
  COFFER_TRY_ASSIGN(const std::string address, chain::address_of(network, public_key));
  COFFER_TRY_ASSIGN(const std::string signature,
                    chain::sign_bip322(signer, key, network, network.default_form, message));
  std::cout << address << '\n' << signature << '\n';
  const auto proof = chain::verify_bip322(network, address, message, signature);
  show("verified", proof ? coffer::Status() : proof.error());
  const auto forged = chain::verify_bip322(network, address, other, signature);
  show("another message", forged ? coffer::Status() : forged.error());
  return {};
}

coffer::Status run() {
  COFFER_TRY_ASSIGN(const auto mnemonic, keys::Mnemonic::parse(sentence));
  COFFER_TRY_ASSIGN(const auto seed, mnemonic.seed());
  COFFER_TRY_ASSIGN(auto master, keys::ExtendedPrivateKey::from_seed(seed.bytes()));
  keys::SoftwareSigner signer;
  COFFER_TRY(signer.add("wallet", std::move(master)));
  const chain::NetworkTable networks;
  COFFER_TRY_ASSIGN(const auto* ethereum, networks.find("ethereum"));
  COFFER_TRY(sign_on_ethereum(signer, *ethereum));
  COFFER_TRY_ASSIGN(const auto* bitcoin, networks.find("bitcoin"));
  return sign_on_bitcoin(signer, *bitcoin);
}

}  // namespace

int main() {
  const coffer::Status status = run();
  if (!status) {
    std::cerr << status.error().message << '\n';
  }
  return status ? 0 : 1;
}
