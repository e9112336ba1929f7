// SPDX-License-Identifier: MIT
// Zeroing and comparing of secrets, left to OpenSSL's hardened routines.
#include "crypto/wipe.hpp"

#include <openssl/crypto.h>

namespace coffer::crypto {

void wipe(std::span<std::uint8_t> bytes) noexcept { OPENSSL_cleanse(bytes.data(), bytes.size()); }

bool equal_in_constant_time(std::span<const std::uint8_t> a,
                            std::span<const std::uint8_t> b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace coffer::crypto
