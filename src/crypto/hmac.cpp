// SPDX-License-Identifier: MIT
// HMAC: hash(key ^ opad, hash(key ^ ipad, message)), the first block of each hash done once per
// key.
#include "crypto/hmac.hpp"

#include <algorithm>
#include <initializer_list>

#include "crypto/wiped.hpp"

namespace coffer::crypto {

namespace {

template <std::size_t block_size, class Hash>
void absorb_key(Wiped<block_size>& key, Hash& inner, Hash& outer) noexcept {
  for (std::size_t i = 0; i < block_size; ++i) {
    key[i] ^= 0x36;
  }
  inner.update(key.span());
  for (std::size_t i = 0; i < block_size; ++i) {
    key[i] ^= 0x36 ^ 0x5c;
  }
  outer.update(key.span());
}

}  // namespace

HmacSha512::HmacSha512(std::span<const std::uint8_t> key) noexcept {
  Wiped<128> block;
  if (key.size() > block.size()) {
    Sha512().update(key).finish(std::span<std::uint8_t, 64>(block.data(), 64));
  } else {
    std::copy(key.begin(), key.end(), block.data());
  }
  absorb_key(block, inner_, outer_);
}

void HmacSha512::authenticate(std::initializer_list<std::span<const std::uint8_t>> parts,
                              std::span<std::uint8_t, 64> out) const noexcept {
  Sha512 hash = inner_;
  for (const auto part : parts) {
    hash.update(part);
  }
  Wiped<64> digest;
  hash.finish(digest.span());
  hash = outer_;
  hash.update(digest.span()).finish(out);
}

HmacSha256::HmacSha256(std::span<const std::uint8_t> key) noexcept {
  Wiped<64> block;
  if (key.size() > block.size()) {
    const Digest32 digest = sha256(key);
    std::copy(digest.begin(), digest.end(), block.data());
  } else {
    std::copy(key.begin(), key.end(), block.data());
  }
  absorb_key(block, inner_, outer_);
}

void HmacSha256::authenticate(std::initializer_list<std::span<const std::uint8_t>> parts,
                              std::span<std::uint8_t, 32> out) const noexcept {
  Sha256 hash = inner_;
  for (const auto part : parts) {
    hash.update(part);
  }
  Digest32 digest = hash.finish();
  hash = outer_;
  Digest32 result = hash.update(digest).finish();
  std::copy(result.begin(), result.end(), out.begin());
  wipe(digest);
  wipe(result);
}

void hmac_sha512(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
                 std::span<std::uint8_t, 64> out) noexcept {
  HmacSha512(key).authenticate({message}, out);
}

void hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message,
                 std::span<std::uint8_t, 32> out) noexcept {
  HmacSha256(key).authenticate({message}, out);
}

}  // namespace coffer::crypto
