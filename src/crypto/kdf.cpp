// SPDX-License-Identifier: MIT
// PBKDF2 with cached HMAC states, and scrypt from OpenSSL.
#include "crypto/kdf.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>

#include "crypto/hmac.hpp"
#include "crypto/scrypt_mix.hpp"
#include "crypto/wiped.hpp"

namespace coffer::crypto {

namespace {

using Words = std::array<std::uint64_t, 8>;

std::array<std::uint8_t, 4> big_endian(std::uint32_t number) noexcept {
  return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
          static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

void store(const Words& words, std::uint8_t* bytes) noexcept {
  for (const std::uint64_t word : words) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      *bytes++ = static_cast<std::uint8_t>(word >> shift);
    }
  }
}

void wipe_words(Words& words) noexcept {
  wipe({reinterpret_cast<std::uint8_t*>(words.data()), sizeof(words)});
}

// Steps 2 to `iterations` of one output block; `block` holds step 1 and becomes the sum of all.
void iterate_sha512(const HmacSha512& key, std::uint32_t iterations,
                    std::span<std::uint8_t, 64> block) noexcept {
  // A digest of 64 bytes after a block of 128: the padding never changes. 192 bytes are 0x600 bits.
  Wiped<128> padded;
  padded[64] = 0x80;
  padded[126] = 0x06;
  std::copy(block.begin(), block.end(), padded.data());
  Words inner = key.inner().chain();
  Words outer = key.outer().chain();
  Words step;
  Words sum{};
  Sha512Block compressor;
  for (std::uint32_t i = 1; i < iterations; ++i) {
    compressor.compress(inner, padded.data(), step);
    store(step, padded.data());
    compressor.compress(outer, padded.data(), step);
    store(step, padded.data());
    for (std::size_t w = 0; w < sum.size(); ++w) {
      sum[w] ^= step[w];
    }
  }
  store(sum, padded.data());
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] ^= padded[i];
  }
  wipe_words(inner);
  wipe_words(outer);
  wipe_words(step);
  wipe_words(sum);
}

}  // namespace

void pbkdf2_hmac_sha512(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                        std::uint32_t iterations, std::span<std::uint8_t> out) noexcept {
  const HmacSha512 key(password);
  Wiped<64> block;
  for (std::uint32_t number = 1; !out.empty(); ++number) {
    key.authenticate({salt, big_endian(number)}, block.span());
    iterate_sha512(key, iterations, block.span());
    const std::size_t taken = std::min(out.size(), block.size());
    std::copy_n(block.data(), taken, out.data());
    out = out.subspan(taken);
  }
}

void pbkdf2_hmac_sha256(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                        std::uint32_t iterations, std::span<std::uint8_t> out) noexcept {
  const HmacSha256 key(password);
  Wiped<32> step;
  Wiped<32> sum;
  for (std::uint32_t number = 1; !out.empty(); ++number) {
    key.authenticate({salt, big_endian(number)}, step.span());
    std::copy_n(step.data(), sum.size(), sum.data());
    for (std::uint32_t i = 1; i < iterations; ++i) {
      key.authenticate({step.span()}, step.span());
      for (std::size_t byte = 0; byte < sum.size(); ++byte) {
        sum[byte] ^= step[byte];
      }
    }
    const std::size_t taken = std::min(out.size(), sum.size());
    std::copy_n(sum.data(), taken, out.data());
    out = out.subspan(taken);
  }
}

bool is_acceptable(const ScryptCost& cost) noexcept {
  if (cost.cost < 2 || !std::has_single_bit(cost.cost) || cost.block_size == 0 ||
      cost.parallelism == 0) {
    return false;
  }
  // Each factor alone within the limit first, so that the products can't wrap.
  if (cost.cost > scrypt_memory_max || cost.block_size > 1024 || cost.parallelism > 1024) {
    return false;
  }
  const std::uint64_t line = std::uint64_t{128} * cost.block_size;
  return cost.cost <= scrypt_memory_max / line && cost.parallelism <= scrypt_memory_max / line;
}

bool scrypt(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
            const ScryptCost& cost, std::span<std::uint8_t> out) noexcept {
  if (!is_acceptable(cost)) {
    return false;
  }
  if (cost.block_size < 4 && cost.cost >> (16 * cost.block_size) != 0) {
    return scrypt_beyond_limit(password, salt, cost.cost, cost.block_size, cost.parallelism, out);
  }
  // OpenSSL counts the blocks of the parallel lanes too, and refuses at 32 MiB unless told.
  const std::uint64_t memory_max = 2 * scrypt_memory_max + (std::uint64_t{1} << 20);
  return EVP_PBE_scrypt(reinterpret_cast<const char*>(password.data()), password.size(),
                        salt.data(), salt.size(), cost.cost, cost.block_size, cost.parallelism,
                        memory_max, out.data(), out.size()) == 1;
}

}  // namespace coffer::crypto
