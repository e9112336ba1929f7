// SPDX-License-Identifier: MIT
// Splits a wallet's secret among guardians, loses the wallet, and brings it back with some of them.
#include <iostream>
#include <vector>

#include <coffer/keys/mnemonic.hpp>
#include <coffer/keys/slip39.hpp>

namespace {

using coffer::keys::Mnemonic;

// Two of three relatives and the notary, who alone is a group, are needed together.
constexpr coffer::keys::ShareGroup family{2, 3};
constexpr coffer::keys::ShareGroup notary{1, 1};

void show(const char* who, const std::vector<std::string_view>& shares) {
  const auto secret = coffer::keys::combine_shares(shares);
  if (!secret) {
    std::cout << who << ": " << coffer::name_of(secret.error().code) << '\n';
    return;
  }
  const auto mnemonic = Mnemonic::from_entropy(secret->bytes());
  std::cout << who << ": " << (mnemonic ? mnemonic->sentence().text() : "no mnemonic") << '\n';
}

coffer::Status run() {
  // Everyone knows this sentence; a real one is made by Mnemonic::generate.
  COFFER_TRY_ASSIGN(const auto mnemonic,
                    Mnemonic::parse("legal winner thank year wave sausage worth useful legal "
                                    "winner thank yellow"));
  const coffer::keys::ShareGroup groups[] = {family, notary};
  coffer::keys::ShareOptions options;
  options.group_threshold = 2;
  COFFER_TRY_ASSIGN(const auto shares,
                    coffer::keys::split_secret(mnemonic.entropy(), groups, {}, options));
  // Each guardian is given one sentence and keeps it; here they come together again.
  const std::string_view mother = shares[0][0].text();
  const std::string_view brother = shares[0][2].text();
  const std::string_view office = shares[1][0].text();
  COFFER_TRY_ASSIGN(const auto info, coffer::keys::inspect_share(brother));
  std::cout << "a share of the family: member " << info.member_index + 1 << ", "
            << info.member_threshold << " are needed\n";
  show("mother and brother", {mother, brother});
  show("mother and notary", {mother, office});
  show("mother, brother and notary", {mother, brother, office});
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
