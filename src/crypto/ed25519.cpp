// SPDX-License-Identifier: MIT
// Ed25519 through OpenSSL, whose key objects are wiped when they are freed.
#include "crypto/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>

namespace coffer::crypto::ed25519 {

namespace {

struct KeyFree {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

struct ContextFree {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;

Key key_of(SecretView secret) noexcept {
  return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
}

}  // namespace

std::optional<PublicKey> public_key(SecretView secret) noexcept {
  const Key key = key_of(secret);
  PublicKey bytes;
  std::size_t size = bytes.size();
  if (key == nullptr || EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) != 1) {
    return std::nullopt;
  }
  return bytes;
}

std::optional<Signature> sign(SecretView secret, std::span<const std::uint8_t> message) noexcept {
  const Key key = key_of(secret);
  const Context context(EVP_MD_CTX_new());
  Signature signature;
  std::size_t size = signature.size();
  if (key == nullptr || context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    return std::nullopt;
  }
  return signature;
}

bool verify(std::span<const std::uint8_t, 32> key, std::span<const std::uint8_t> message,
            std::span<const std::uint8_t> signature) noexcept {
  const Key parsed(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const Context context(EVP_MD_CTX_new());
  return parsed != nullptr && context != nullptr && signature.size() == 64 &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace coffer::crypto::ed25519
