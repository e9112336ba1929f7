// SPDX-License-Identifier: MIT
// Random bytes; asked for in pieces, since OpenSSL counts them in an int.
#include "crypto/random.hpp"

#include <openssl/rand.h>

#include <algorithm>

#include "crypto/wiped.hpp"

namespace coffer::crypto {

bool random_bytes(std::span<std::uint8_t> out) noexcept {
  constexpr std::size_t piece_max = std::size_t{1} << 20;
  for (auto left = out; !left.empty();) {
    const std::size_t size = std::min(left.size(), piece_max);
    if (RAND_priv_bytes(left.data(), static_cast<int>(size)) != 1) {
      wipe(out);
      return false;
    }
    left = left.subspan(size);
  }
  return true;
}

}  // namespace coffer::crypto
