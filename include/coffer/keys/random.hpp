// SPDX-License-Identifier: MIT
// Where new keys take their randomness from.
#pragma once

#include <cstdint>
#include <span>

#include <coffer/core/result.hpp>

namespace coffer::keys {

/// A source of unpredictable bytes. Injected, so that a hardware generator can be used and a test
/// repeated.
///
/// Threads: `fill` may be called from many threads.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  /// Fills all of `out`, or fails with a reason of the source's own; nothing then is used of it.
  [[nodiscard]] virtual Status fill(std::span<std::uint8_t> out) = 0;
};

/// The private generator of OpenSSL, seeded by the operating system. Shared by all; never
/// destroyed. Its `fill` fails with `unsupported` when the system has no entropy to give.
[[nodiscard]] RandomSource& system_random() noexcept;

}  // namespace coffer::keys
