// SPDX-License-Identifier: MIT
// SHA-256, SHA-512 and RIPEMD-160 through OpenSSL's context structures, which need no heap.

// The EVP interface allocates two objects per hash and looks the algorithm up; measured, a short
// SHA-256 costs six times as much that way, and a cached HMAC midstate can't be copied without the
// heap. The functions below are deprecated in favour of EVP but do the same work. This file is the
// only one that may call them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include <new>

#include "crypto/hash160.hpp"
#include "crypto/sha256.hpp"
#include "crypto/sha512.hpp"

namespace coffer::crypto {

static_assert(sizeof(SHA256_CTX) == 112 && alignof(SHA256_CTX) <= alignof(std::uint64_t));
static_assert(sizeof(SHA512_CTX) == 216 && alignof(SHA512_CTX) <= alignof(std::uint64_t));

namespace {

template <class Context, class Storage>
Context* in(Storage& storage) noexcept {
  return std::launder(reinterpret_cast<Context*>(storage.data()));
}

}  // namespace

Sha256::Sha256() noexcept { SHA256_Init(new (state_.data()) SHA256_CTX); }

Sha256::~Sha256() { OPENSSL_cleanse(state_.data(), state_.size()); }

Sha256& Sha256::update(std::span<const std::uint8_t> bytes) noexcept {
  SHA256_Update(in<SHA256_CTX>(state_), bytes.data(), bytes.size());
  return *this;
}

Digest32 Sha256::finish() noexcept {
  Digest32 digest;
  SHA256_Final(digest.data(), in<SHA256_CTX>(state_));
  SHA256_Init(in<SHA256_CTX>(state_));
  return digest;
}

Digest32 sha256(std::span<const std::uint8_t> bytes) noexcept {
  return Sha256().update(bytes).finish();
}

Digest32 sha256_twice(std::span<const std::uint8_t> bytes) noexcept {
  return sha256(sha256(bytes));
}

Sha512::Sha512() noexcept { SHA512_Init(new (state_.data()) SHA512_CTX); }

Sha512::~Sha512() { OPENSSL_cleanse(state_.data(), state_.size()); }

Sha512& Sha512::update(std::span<const std::uint8_t> bytes) noexcept {
  SHA512_Update(in<SHA512_CTX>(state_), bytes.data(), bytes.size());
  return *this;
}

void Sha512::finish(std::span<std::uint8_t, 64> digest) noexcept {
  SHA512_Final(digest.data(), in<SHA512_CTX>(state_));
  SHA512_Init(in<SHA512_CTX>(state_));
}

std::array<std::uint64_t, 8> Sha512::chain() const noexcept {
  const auto* context = std::launder(reinterpret_cast<const SHA512_CTX*>(state_.data()));
  std::array<std::uint64_t, 8> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = context->h[i];
  }
  return words;
}

Digest64 sha512(std::span<const std::uint8_t> bytes) noexcept {
  Digest64 digest;
  Sha512().update(bytes).finish(digest);
  return digest;
}

Sha512Block::Sha512Block() noexcept { SHA512_Init(new (state_.data()) SHA512_CTX); }

Sha512Block::~Sha512Block() { OPENSSL_cleanse(state_.data(), state_.size()); }

void Sha512Block::compress(const std::array<std::uint64_t, 8>& chain, const std::uint8_t* block,
                           std::array<std::uint64_t, 8>& words) noexcept {
  auto* context = in<SHA512_CTX>(state_);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    context->h[i] = chain[i];
  }
  SHA512_Transform(context, block);
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = context->h[i];
  }
}

Digest20 ripemd160(std::span<const std::uint8_t> bytes) noexcept {
  Digest20 digest;
  RIPEMD160_CTX context;
  RIPEMD160_Init(&context);
  RIPEMD160_Update(&context, bytes.data(), bytes.size());
  RIPEMD160_Final(digest.data(), &context);
  return digest;
}

Digest20 hash160(std::span<const std::uint8_t> bytes) noexcept { return ripemd160(sha256(bytes)); }

}  // namespace coffer::crypto
