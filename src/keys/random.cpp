// SPDX-License-Identifier: MIT
// The operating system's randomness as a port.
#include <coffer/keys/random.hpp>

#include "crypto/random.hpp"

namespace coffer::keys {

namespace {

class SystemRandom final : public RandomSource {
 public:
  [[nodiscard]] Status fill(std::span<std::uint8_t> out) override {
    if (!crypto::random_bytes(out)) {
      return Error{Code::unsupported, "the system's random generator gives no bytes"};
    }
    return {};
  }
};

}  // namespace

RandomSource& system_random() noexcept {
  static SystemRandom source;
  return source;
}

}  // namespace coffer::keys
