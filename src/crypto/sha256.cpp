// SPDX-License-Identifier: MIT
// SHA-256, SHA-512 and RIPEMD-160 through OpenSSL's context structures, which need no heap.
#include "crypto/sha256.hpp"

// The EVP interface allocates two objects per hash and looks the algorithm up; measured, a short
// SHA-256 costs six times as much that way, and a cached HMAC midstate can't be copied without the
// heap. The functions below are deprecated in favour of EVP but do the same work. This file is the
// only one that may call them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>
#include <new>

namespace coffer::crypto {

static_assert(sizeof(SHA256_CTX) == 112);
static_assert(alignof(SHA256_CTX) <= alignof(std::uint64_t));

Sha256::Sha256() noexcept { SHA256_Init(new (state_.data()) SHA256_CTX); }

Sha256::~Sha256() { OPENSSL_cleanse(state_.data(), state_.size()); }

Sha256& Sha256::update(std::span<const std::uint8_t> bytes) noexcept {
  SHA256_Update(std::launder(reinterpret_cast<SHA256_CTX*>(state_.data())), bytes.data(),
                bytes.size());
  return *this;
}

Digest32 Sha256::finish() noexcept {
  Digest32 digest;
  auto* context = std::launder(reinterpret_cast<SHA256_CTX*>(state_.data()));
  SHA256_Final(digest.data(), context);
  SHA256_Init(context);
  return digest;
}

Digest32 sha256(std::span<const std::uint8_t> bytes) noexcept {
  return Sha256().update(bytes).finish();
}

Digest32 sha256_twice(std::span<const std::uint8_t> bytes) noexcept {
  return sha256(sha256(bytes));
}

}  // namespace coffer::crypto
