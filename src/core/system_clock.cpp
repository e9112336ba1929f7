// SPDX-License-Identifier: MIT
// The only place where coffer reads the clock of the operating system.
#include <chrono>

#include <coffer/core/clock.hpp>

namespace coffer {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() noexcept override {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
  }
};

}  // namespace

Clock& system_clock() noexcept {
  // Leaked on purpose: engines that outlive static destruction may still ask for the time.
  static auto* const clock = new SystemClock;
  return *clock;
}

}  // namespace coffer
