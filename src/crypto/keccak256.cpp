// SPDX-License-Identifier: MIT
// Keccak-f[1600] on 25 lanes of 64 bits, rate 136 bytes, written from the reference's definition.
#include "crypto/keccak256.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace coffer::crypto {

namespace {

using State = std::array<std::uint64_t, 25>;
constexpr std::size_t rate = 136;

// The iota constants, from the linear feedback shift register x^8 + x^6 + x^5 + x^4 + 1.
constexpr std::array<std::uint64_t, 24> round_constants = [] {
  std::array<std::uint64_t, 24> constants{};
  unsigned lfsr = 1;
  for (std::uint64_t& constant : constants) {
    for (unsigned j = 0; j < 7; ++j) {
      if ((lfsr & 1U) != 0) {
        constant |= std::uint64_t{1} << ((1U << j) - 1);
      }
      lfsr = (lfsr << 1) ^ ((lfsr & 0x80U) != 0 ? 0x171U : 0U);
    }
  }
  return constants;
}();

// Where the walk of rho and pi goes, and how far each lane turns on the way.
struct Step {
  std::size_t lane;
  unsigned turn;
};
constexpr std::array<Step, 24> walk = [] {
  std::array<Step, 24> steps{};
  std::size_t x = 1;
  std::size_t y = 0;
  for (std::size_t t = 0; t < steps.size(); ++t) {
    const std::size_t next_y = (2 * x + 3 * y) % 5;
    x = y;
    y = next_y;
    steps[t] = {x + 5 * y, static_cast<unsigned>((t + 1) * (t + 2) / 2 % 64)};
  }
  return steps;
}();

// std::rotl takes an int in one standard library and an unsigned in the other. No turn is 0.
constexpr std::uint64_t turned(std::uint64_t lane, unsigned turn) noexcept {
  return lane << turn | lane >> (64 - turn);
}

// Unrolled, all places in the state are constants; with -O2 alone the compilers leave them
// computed, which takes g++ more than three times as long.
void permute(State& a) noexcept {
  for (const std::uint64_t constant : round_constants) {
    std::array<std::uint64_t, 5> c;
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x) {
      c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    }
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x) {
      const std::uint64_t d = c[(x + 4) % 5] ^ std::rotl(c[(x + 1) % 5], 1);
#pragma GCC unroll 5
      for (std::size_t y = 0; y < 25; y += 5) {
        a[y + x] ^= d;
      }
    }
    std::uint64_t carried = a[1];
#pragma GCC unroll 24
    for (std::size_t t = 0; t < 24; ++t) {
      const std::uint64_t kept = a[walk[t].lane];
      a[walk[t].lane] = turned(carried, walk[t].turn);
      carried = kept;
    }
#pragma GCC unroll 5
    for (std::size_t y = 0; y < 25; y += 5) {
      const std::array<std::uint64_t, 5> row{a[y], a[y + 1], a[y + 2], a[y + 3], a[y + 4]};
#pragma GCC unroll 5
      for (std::size_t x = 0; x < 5; ++x) {
        a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
      }
    }
    a[0] ^= constant;
  }
}

void absorb(State& state, const std::uint8_t* block) noexcept {
  for (std::size_t lane = 0; lane < rate / 8; ++lane) {
    std::uint64_t bytes = 0;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < 8; ++i) {
      bytes |= std::uint64_t{block[8 * lane + i]} << (8 * i);
    }
    state[lane] ^= bytes;
  }
}

}  // namespace

Digest32 keccak256(std::span<const std::uint8_t> bytes) noexcept {
  State state{};
  for (; bytes.size() >= rate; bytes = bytes.subspan(rate)) {
    absorb(state, bytes.data());
    permute(state);
  }
  std::array<std::uint8_t, rate> last{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    last[i] = bytes[i];
  }
  last[bytes.size()] ^= 0x01;
  last[rate - 1] ^= 0x80;
  absorb(state, last.data());
  permute(state);
  Digest32 digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  }
  return digest;
}

}  // namespace coffer::crypto
