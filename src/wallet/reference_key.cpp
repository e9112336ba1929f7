// SPDX-License-Identifier: MIT
// Idempotency keys: plain text as long as it fits, so that an auditor can read them.
#include "wallet/reference_key.hpp"

#include <cstdint>
#include <span>

#include <coffer/core/text.hpp>
#include <coffer/transaction/draft.hpp>

#include "crypto/sha256.hpp"

namespace coffer::wallet {
namespace {

// The two forms begin differently, so no plain text can be taken for a hashed one.
std::string plain_or_hashed(std::string_view plain_prefix, std::string_view hashed_prefix,
                            std::string_view text) {
  if (plain_prefix.size() + text.size() <= key_bytes_max) {
    return std::string(plain_prefix).append(text);
  }
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  return std::string(hashed_prefix).append(to_hex(crypto::sha256(bytes)));
}

}  // namespace

std::string reference_key(WalletId wallet, char kind, std::string_view reference) {
  const std::string scope = "w" + std::to_string(wallet.value()) + ":";
  const char capital = static_cast<char>(kind - 'a' + 'A');
  return plain_or_hashed(scope + kind + ":", scope + capital + ":", reference);
}

std::string wallet_account_key(AssetId asset, std::string_view user) {
  const std::string number = std::to_string(asset.value()) + ":";
  return plain_or_hashed("wallet:" + number, "WALLET:" + number, user);
}

}  // namespace coffer::wallet
