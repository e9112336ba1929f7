// SPDX-License-Identifier: MIT
// Traces: how often known secrets stand in this process's memory, beside how often they should.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coffer {

/// Looks through the stacks, the heap and all else that this process may write.
///
/// A test tells it each secret and each further object that holds one, and asks after every call
/// whether they stand anywhere else. What it knows is disguised, so that its list is no trace.
class Traces {
 public:
  /// An object more holds this secret, of which the first 16 bytes are looked for.
  void own(const char* name, std::span<const std::uint8_t> secret) {
    if (secret.size() < trace_size) {
      failed_.push_back(std::string(name) + ": is too short to look for");
      return;
    }
    for (Known& known : known_) {
      if (known.is(secret)) {
        ++known.owners;
        return;
      }
    }
    Known& known = known_.emplace_back();
    known.name = name;
    for (std::size_t i = 0; i < trace_size; ++i) {
      known.disguised[i] = static_cast<std::uint8_t>(secret[i] ^ disguise);
      // A byte that other memory seldom has: most of it is zeros, small numbers and text.
      const bool is_seldom = secret[i] >= 0x80 && secret[i] < 0xf0;
      known.anchor = is_seldom && known.anchor == 0 ? i : known.anchor;
    }
  }

  /// An object less holds it.
  void disown(std::span<const std::uint8_t> secret) {
    for (Known& known : known_) {
      known.owners -= known.is(secret) ? 1 : 0;
    }
  }

  /// Nobody holds any of them from now on.
  void disown_all() {
    for (Known& known : known_) {
      known.owners = 0;
    }
  }

  /// Compares after a call; what is not as it should be is in `failed`.
  void check(std::string_view call) {
    search();
    for (const Known& known : known_) {
      if (known.found != known.owners) {
        failed_.push_back(std::string(call) + ": " + known.name + " stands in memory " +
                          std::to_string(known.found) + " times, not " +
                          std::to_string(known.owners));
      }
    }
    ++checks_;
  }

  [[nodiscard]] const std::vector<std::string>& failed() const noexcept { return failed_; }
  [[nodiscard]] int checks() const noexcept { return checks_; }

 private:
  static constexpr std::uint8_t disguise = 0x5a;
  static constexpr std::size_t trace_size = 16;

  struct Known {
    std::string name;
    std::uint8_t disguised[trace_size] = {};
    std::size_t anchor = 0;  ///< the place of the byte that is looked for first
    int owners = 1;
    int found = 0;

    [[nodiscard]] bool is(std::span<const std::uint8_t> secret) const {
      std::size_t i = 0;
      while (i < trace_size && (secret[i] ^ disguise) == disguised[i]) {
        ++i;
      }
      return i == trace_size;
    }
  };

  void search() {
    for (Known& known : known_) {
      known.found = 0;
    }
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
      unsigned long begin = 0;
      unsigned long end = 0;
      char mode[5] = {};
      if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, mode) == 3 && mode[0] == 'r' &&
          mode[1] == 'w' && line.find("[v") == std::string::npos) {
        search(begin, end);
      }
    }
  }

  // Reads memory that belongs to nobody any more.
  void search(unsigned long begin, unsigned long end) {
    const auto* const memory = reinterpret_cast<const std::uint8_t*>(begin);
    const std::size_t size = end - begin;
    for (Known& known : known_) {
      std::size_t at = known.anchor;
      while (at + trace_size - known.anchor <= size) {
        const void* const hit = std::memchr(memory + at, known.disguised[known.anchor] ^ disguise,
                                            size - at - (trace_size - 1 - known.anchor));
        if (hit == nullptr) {
          break;
        }
        const auto* const first = static_cast<const std::uint8_t*>(hit) - known.anchor;
        known.found += known.is({first, trace_size}) ? 1 : 0;
        at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(hit) - memory) + 1;
      }
    }
  }

  std::vector<Known> known_;
  std::vector<std::string> failed_;
  int checks_ = 0;
};

}  // namespace coffer
