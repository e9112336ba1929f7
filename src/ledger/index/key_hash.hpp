// SPDX-License-Identifier: MIT
// The seeded hash of idempotency keys: 48 bits of SipHash-1-3.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace coffer::ledger {

/// Keys are chosen by strangers, who must not be able to make them collide on purpose; hence a
/// keyed hash with a seed per book. 48 bits keep a stored key at seven bytes, and a hit is verified
/// against the transaction itself anyway. (Aumasson, Bernstein: SipHash, 2012; 1 and 3 rounds.)
class KeyHash {
 public:
  static constexpr int bits = 48;

  explicit KeyHash(std::int64_t seed) noexcept
      : k0_(static_cast<std::uint64_t>(seed)),
        k1_((static_cast<std::uint64_t>(seed) ^ 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL) {}

  [[nodiscard]] std::uint64_t operator()(std::string_view key) const noexcept {
    State state{k0_ ^ 0x736f6d6570736575ULL, k1_ ^ 0x646f72616e646f6dULL,
                k0_ ^ 0x6c7967656e657261ULL, k1_ ^ 0x7465646279746573ULL};
    const std::uint64_t length = static_cast<std::uint64_t>(key.size()) << 56U;
    while (key.size() >= 8) {
      state.absorb(word_of(key.data(), 8));
      key.remove_prefix(8);
    }
    state.absorb(length | word_of(key.data(), key.size()));
    state.v2 ^= 0xff;
    state.round();
    state.round();
    state.round();
    return (state.v0 ^ state.v1 ^ state.v2 ^ state.v3) >> (64U - bits);
  }

 private:
  struct State {
    std::uint64_t v0, v1, v2, v3;

    void round() noexcept {
      v0 += v1;
      v2 += v3;
      v1 = std::rotl(v1, 13) ^ v0;
      v3 = std::rotl(v3, 16) ^ v2;
      v0 = std::rotl(v0, 32) + v3;
      v2 += v1;
      v1 = std::rotl(v1, 17) ^ v2;
      v3 = std::rotl(v3, 21) ^ v0;
      v2 = std::rotl(v2, 32);
    }
    void absorb(std::uint64_t word) noexcept {
      v3 ^= word;
      round();
      v0 ^= word;
    }
  };

  /// Little endian, whatever the machine: segments move with the file.
  static std::uint64_t word_of(const char* bytes, std::size_t count) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, count);
    if constexpr (std::endian::native == std::endian::big) {
      std::uint64_t turned = 0;
      for (int i = 0; i < 8; ++i) {
        turned = (turned << 8U) | ((word >> (8U * static_cast<unsigned>(i))) & 0xffU);
      }
      word = turned;
    }
    return word;
  }

  std::uint64_t k0_;
  std::uint64_t k1_;
};

}  // namespace coffer::ledger
