// SPDX-License-Identifier: MIT
// BIP-85: a hardened descendant's private key, hashed, is entropy for something else.
#include <coffer/keys/bip85.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include "crypto/hmac.hpp"
#include "crypto/wiped.hpp"

namespace coffer::keys {

namespace {

constexpr std::uint32_t purpose = 83696968;
constexpr std::uint32_t application_mnemonic = 39;
constexpr std::uint32_t application_private_key = 2;
constexpr std::uint32_t application_master_key = 32;
constexpr std::uint32_t application_bytes = 128169;
constexpr std::uint32_t application_password = 707764;

Status check_index(std::uint32_t index) {
  if (is_hardened(index)) {
    return Error{Code::out_of_range, "index: not below 2147483648"};
  }
  return {};
}

}  // namespace

Result<Secret> bip85_entropy(const ExtendedPrivateKey& master, const Path& path) {
  if (path.depth() < 2 || path.steps()[0] != hardened(purpose) ||
      !std::all_of(path.steps().begin(), path.steps().end(), &is_hardened)) {
    return Error{Code::derivation_path, "path: BIP-85 has m/83696968'/... with hardened steps"};
  }
  if (master.curve() != Curve::secp256k1) {
    return Error{Code::unsupported, "BIP-85 is defined on secp256k1 only"};
  }
  COFFER_TRY_ASSIGN(const ExtendedPrivateKey key, master.derive(path));
  constexpr std::string_view label = "bip-entropy-from-k";
  Secret entropy(64);
  crypto::hmac_sha512({reinterpret_cast<const std::uint8_t*>(label.data()), label.size()},
                      key.private_key(), entropy.bytes().first<64>());
  return entropy;
}

Result<Mnemonic> bip85_mnemonic(const ExtendedPrivateKey& master, unsigned words,
                                std::uint32_t index, Language language) {
  if (words != 12 && words != 18 && words != 24) {
    return Error{Code::mnemonic_length, "words: BIP-85 has 12, 18 and 24"};
  }
  COFFER_TRY(check_index(index));
  COFFER_TRY_ASSIGN(const Secret entropy,
                    bip85_entropy(master, {hardened(purpose), hardened(application_mnemonic),
                                           hardened(static_cast<std::uint32_t>(language)),
                                           hardened(words), hardened(index)}));
  return Mnemonic::from_entropy(entropy.bytes().first(std::size_t{words} / 3 * 4), language);
}

Result<Secret> bip85_bytes(const ExtendedPrivateKey& master, std::size_t size,
                           std::uint32_t index) {
  if (size < 16 || size > 64) {
    return Error{Code::out_of_range, "size: 16 to 64 bytes are possible"};
  }
  COFFER_TRY(check_index(index));
  COFFER_TRY_ASSIGN(
      const Secret entropy,
      bip85_entropy(master, {hardened(purpose), hardened(application_bytes),
                             hardened(static_cast<std::uint32_t>(size)), hardened(index)}));
  return Secret::copy_of(entropy.bytes().first(size));
}

Result<Secret> bip85_private_key(const ExtendedPrivateKey& master, std::uint32_t index) {
  COFFER_TRY(check_index(index));
  COFFER_TRY_ASSIGN(const Secret entropy,
                    bip85_entropy(master, {hardened(purpose), hardened(application_private_key),
                                           hardened(index)}));
  // Making a key of it checks that it is one.
  constexpr std::array<std::uint8_t, 32> no_chain_code{};
  const auto half = entropy.bytes().first<32>();
  COFFER_TRY(ExtendedPrivateKey::from_parts(Curve::secp256k1, half, no_chain_code));
  return Secret::copy_of(half);
}

Result<ExtendedPrivateKey> bip85_master_key(const ExtendedPrivateKey& master, std::uint32_t index) {
  COFFER_TRY(check_index(index));
  COFFER_TRY_ASSIGN(const Secret entropy,
                    bip85_entropy(master, {hardened(purpose), hardened(application_master_key),
                                           hardened(index)}));
  const auto bytes = entropy.bytes();
  return ExtendedPrivateKey::from_parts(Curve::secp256k1, bytes.subspan<32, 32>(),
                                        bytes.first<32>(), {}, master.to_public().version());
}

Result<Secret> bip85_password(const ExtendedPrivateKey& master, unsigned length,
                              std::uint32_t index) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (length < 20 || length > 86) {
    return Error{Code::out_of_range, "length: 20 to 86 characters are possible"};
  }
  COFFER_TRY(check_index(index));
  COFFER_TRY_ASSIGN(const Secret entropy,
                    bip85_entropy(master, {hardened(purpose), hardened(application_password),
                                           hardened(length), hardened(index)}));
  Secret password(length);
  const auto bytes = entropy.bytes();
  for (std::size_t i = 0; i < password.size(); ++i) {
    const std::size_t bit = i * 6;
    const unsigned pair = static_cast<unsigned>(bytes[bit / 8]) << 8 |
                          (bit / 8 + 1 < bytes.size() ? bytes[bit / 8 + 1] : 0U);
    password.bytes()[i] = static_cast<std::uint8_t>(letters[pair >> (10 - bit % 8) & 63U]);
  }
  return password;
}

}  // namespace coffer::keys
