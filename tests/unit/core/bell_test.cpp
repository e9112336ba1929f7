// SPDX-License-Identifier: MIT
// Tests of the bell: nobody sleeps through a ring.
#include "core/bell.hpp"

#include <array>
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

using coffer::Bell;

TEST_CASE("who heard fewer rings than there were does not sleep") {
  Bell bell;
  const auto heard = bell.rings();
  bell.ring();
  bell.sleep(heard);
  CHECK(bell.rings() == heard + 1);
}

TEST_CASE("one ring wakes all who sleep, and each finds what it waits for") {
  Bell bell;
  std::atomic<int> turn{0};
  std::atomic<int> awake{0};
  std::array<std::thread, 4> sleepers;
  constexpr int turns = 200;
  for (std::thread& sleeper : sleepers) {
    sleeper = std::thread([&] {
      for (int mine = 1; mine <= turns; ++mine) {
        for (auto heard = bell.rings(); turn < mine; heard = bell.rings()) {
          bell.sleep(heard);
        }
        ++awake;
      }
    });
  }
  for (int next = 1; next <= turns; ++next) {
    turn = next;
    bell.ring();
    while (awake < next * 4) {
      std::this_thread::yield();
    }
  }
  for (std::thread& sleeper : sleepers) {
    sleeper.join();
  }
  CHECK(awake == turns * 4);
}
