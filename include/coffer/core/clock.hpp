// SPDX-License-Identifier: MIT
// Time: UTC nanoseconds since 1970 and the clock that hands them out.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>

namespace coffer {

/// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time). 0 means "none".
struct Timestamp {
  std::int64_t ns = 0;

  constexpr explicit operator bool() const noexcept { return ns != 0; }
  friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) noexcept = default;
};

/// Where the engine takes the time of recording from. Injected, so that a run can be repeated.
///
/// Threads: `now` is called from any thread of the engine.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() noexcept = 0;  ///< the ledger keeps it in 1970..2199
};

/// The clock of the operating system. Shared by all; never destroyed.
[[nodiscard]] Clock& system_clock() noexcept;

/// A clock that stands still until it is told to move: for tests and for replays.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) noexcept : ns_(start.ns) {}
  [[nodiscard]] Timestamp now() noexcept override { return Timestamp{ns_.load()}; }
  void set(Timestamp time) noexcept { ns_.store(time.ns); }
  void advance(std::int64_t ns) noexcept { ns_.fetch_add(ns); }

 private:
  std::atomic<std::int64_t> ns_;
};

}  // namespace coffer
