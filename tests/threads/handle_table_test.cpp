// SPDX-License-Identifier: MIT
// Handles of C, made and given back by many threads.
#include "handle_table.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

namespace {

using coffer::capi::HandleTable;

constexpr std::uint64_t kind = 1;
constexpr std::uint64_t other_kind = 2;

TEST_CASE("a handle is found until it is removed, and by its own kind only") {
  HandleTable& table = HandleTable::instance();
  int object = 0;
  const std::size_t before = table.size();
  void* const handle = table.insert(&object, kind);
  CHECK(table.size() == before + 1);
  CHECK(table.find(handle, kind) == &object);
  CHECK(table.find(handle, other_kind) == nullptr);
  CHECK(table.remove(handle, other_kind) == nullptr);
  CHECK(table.remove(handle, kind) == &object);
  CHECK(table.remove(handle, kind) == nullptr);
  CHECK(table.find(handle, kind) == nullptr);
  CHECK(table.size() == before);
}

TEST_CASE("a number is never given out twice") {
  HandleTable& table = HandleTable::instance();
  int object = 0;
  std::set<void*> seen;
  std::vector<void*> held;
  for (int round = 0; round < 2'000; ++round) {
    held.push_back(table.insert(&object, kind));
    CHECK(seen.insert(held.back()).second);
    if (round % 3 != 0) {
      CHECK(table.remove(held.front(), kind) == &object);
      held.erase(held.begin());
    }
  }
  for (void* const handle : held) {
    CHECK(table.find(handle, kind) == &object);
    CHECK(table.remove(handle, kind) == &object);
  }
}

TEST_CASE("threads that make, find and remove handles get their own objects") {
  HandleTable& table = HandleTable::instance();
  const std::size_t before = table.size();
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      std::vector<int> objects(100);
      for (int round = 0; round < 50; ++round) {
        std::vector<void*> handles;
        for (int& object : objects) {
          handles.push_back(table.insert(&object, kind));
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
          wrong += table.find(handles[i], kind) == &objects[i] ? 0 : 1;
          wrong += table.remove(handles[i], kind) == &objects[i] ? 0 : 1;
          wrong += table.find(handles[i], kind) == nullptr ? 0 : 1;
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(wrong == 0);
  CHECK(table.size() == before);
}

TEST_CASE("of threads that remove one handle, one gets the object") {
  HandleTable& table = HandleTable::instance();
  int object = 0;
  for (int round = 0; round < 200; ++round) {
    void* const handle = table.insert(&object, kind);
    std::atomic<int> got{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
      threads.emplace_back([&] { got += table.remove(handle, kind) != nullptr ? 1 : 0; });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    REQUIRE(got == 1);
  }
}

}  // namespace
