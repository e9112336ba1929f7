// SPDX-License-Identifier: MIT
// scryptROMix over Salsa20/8, written from RFC 7914, sections 3 to 5.
#include "crypto/scrypt_mix.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <new>

#include <coffer/core/secret.hpp>

#include "crypto/kdf.hpp"

namespace coffer::crypto {

namespace {

using Block = std::array<std::uint32_t, 16>;

void quarter(Block& x, std::size_t a, std::size_t b, std::size_t c, std::size_t d) noexcept {
  x[b] ^= std::rotl(x[a] + x[d], 7);
  x[c] ^= std::rotl(x[b] + x[a], 9);
  x[d] ^= std::rotl(x[c] + x[b], 13);
  x[a] ^= std::rotl(x[d] + x[c], 18);
}

void salsa20_8(Block& block) noexcept {
  Block x = block;
  for (int round = 0; round < 8; round += 2) {
    quarter(x, 0, 4, 8, 12);
    quarter(x, 5, 9, 13, 1);
    quarter(x, 10, 14, 2, 6);
    quarter(x, 15, 3, 7, 11);
    quarter(x, 0, 1, 2, 3);
    quarter(x, 5, 6, 7, 4);
    quarter(x, 10, 11, 8, 9);
    quarter(x, 15, 12, 13, 14);
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] += x[i];
  }
}

// Words that are wiped when they go; none when there is no memory.
class Words {
 public:
  explicit Words(std::size_t count) noexcept
      : words_(new (std::nothrow) std::uint32_t[count]), count_(words_ ? count : 0) {}
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  ~Words() { wipe({reinterpret_cast<std::uint8_t*>(words_.get()), count_ * 4}); }
  [[nodiscard]] bool is_there() const noexcept { return words_ != nullptr; }
  [[nodiscard]] std::uint32_t* get() noexcept { return words_.get(); }

 private:
  std::unique_ptr<std::uint32_t[]> words_;
  std::size_t count_;
};

// scryptBlockMix: even blocks to the front, odd ones behind them. `mixed` has the size of `in`.
void mix_blocks(const std::uint32_t* in, std::uint32_t* mixed, std::size_t block_size) noexcept {
  const std::size_t blocks = 2 * block_size;
  Block x;
  std::copy_n(in + (blocks - 1) * 16, 16, x.begin());
  for (std::size_t i = 0; i < blocks; ++i) {
    for (std::size_t w = 0; w < 16; ++w) {
      x[w] ^= in[i * 16 + w];
    }
    salsa20_8(x);
    std::copy(x.begin(), x.end(), mixed + (i / 2 + (i % 2) * block_size) * 16);
  }
}

// scryptROMix on one lane of 32 * block_size words.
void mix_lane(std::uint32_t* lane, Words& table, Words& scratch, std::uint64_t cost,
              std::size_t block_size) noexcept {
  const std::size_t words = 32 * block_size;
  for (std::uint64_t i = 0; i < cost; ++i) {
    std::copy_n(lane, words, table.get() + i * words);
    mix_blocks(lane, scratch.get(), block_size);
    std::copy_n(scratch.get(), words, lane);
  }
  for (std::uint64_t i = 0; i < cost; ++i) {
    const std::uint32_t* last = lane + (2 * block_size - 1) * 16;
    const std::uint64_t chosen = (std::uint64_t{last[1]} << 32 | last[0]) & (cost - 1);
    const std::uint32_t* row = table.get() + chosen * words;
    for (std::size_t w = 0; w < words; ++w) {
      lane[w] ^= row[w];
    }
    mix_blocks(lane, scratch.get(), block_size);
    std::copy_n(scratch.get(), words, lane);
  }
}

}  // namespace

bool scrypt_beyond_limit(std::span<const std::uint8_t> password, std::span<const std::uint8_t> salt,
                         std::uint64_t cost, std::uint32_t block_size, std::uint32_t parallelism,
                         std::span<std::uint8_t> out) noexcept {
  const std::size_t words = std::size_t{32} * block_size;
  Words lanes(words * parallelism);
  Words table(words * cost);
  Words scratch(words);
  if (!lanes.is_there() || !table.is_there() || !scratch.is_there()) {
    return false;
  }
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(lanes.get()),
                                      words * parallelism * 4);
  pbkdf2_hmac_sha256(password, salt, 1, bytes);
  // Words are little-endian in the standard.
  const auto turn = [&] {
    if constexpr (std::endian::native == std::endian::big) {
      for (std::size_t i = 0; i < bytes.size(); i += 4) {
        std::reverse(bytes.data() + i, bytes.data() + i + 4);
      }
    }
  };
  turn();
  for (std::uint32_t lane = 0; lane < parallelism; ++lane) {
    mix_lane(lanes.get() + lane * words, table, scratch, cost, block_size);
  }
  turn();
  pbkdf2_hmac_sha256(password, bytes, 1, out);
  return true;
}

}  // namespace coffer::crypto
