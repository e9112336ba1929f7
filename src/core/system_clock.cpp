// SPDX-License-Identifier: MIT
// The only place where coffer reads the clock of the operating system.
#include <chrono>
#include <cstddef>
#include <new>

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
  // Never destroyed: engines that outlive static destruction may still ask for the time.
  alignas(SystemClock) static std::byte place[sizeof(SystemClock)];
  static auto* const clock = ::new (static_cast<void*>(place)) SystemClock;
  return *clock;
}

}  // namespace coffer
