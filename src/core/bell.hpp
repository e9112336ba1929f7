// SPDX-License-Identifier: MIT
// Bell: threads sleep until it rings, and one system call wakes them all.
#pragma once

#include <cstdint>

#include <boost/atomic/atomic.hpp>

namespace coffer {

/// What a sleeper waits for is an atomic of its own: it reads `rings`, then looks, then sleeps
/// until the bell rings once more. Whoever changes what is waited for rings afterwards. A bell that
/// rings for others costs a sleeper a look.
///
/// Over Boost's atomic and not the standard's, whose wait (libstdc++ 12) offers the processor to
/// other threads several times before it sleeps, which takes it from those it waits for.
class Bell {
 public:
  [[nodiscard]] std::uint32_t rings() const noexcept {
    return rings_.load(boost::memory_order_acquire);
  }
  /// Returns when the bell rang since `rings` gave `heard`.
  void sleep(std::uint32_t heard) const noexcept {
    rings_.wait(heard, boost::memory_order_acquire);
  }
  void ring() noexcept {
    rings_.fetch_add(1, boost::memory_order_release);
    rings_.notify_all();
  }

 private:
  boost::atomic<std::uint32_t> rings_{0};
};

}  // namespace coffer
