// SPDX-License-Identifier: MIT
// KeyTable: finds a key among the rows of one batch.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace coffer::ledger {

/// Open addressing over (hash, id); the caller compares the keys themselves.
class KeyTable {
 public:
  [[nodiscard]] static std::uint64_t hash_of(std::string_view key) noexcept {
    std::uint64_t state = 0x9e3779b97f4a7c15ULL ^ (key.size() * 0xff51afd7ed558ccdULL);
    while (key.size() >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, key.data(), 8);
      state = mix(state ^ word);
      key.remove_prefix(8);
    }
    std::uint64_t tail = 0;
    if (!key.empty()) {
      std::memcpy(&tail, key.data(), key.size());
    }
    return mix(state ^ tail);
  }

  /// Calls `same(id)` for each candidate until it answers true; that id, or 0.
  template <class Same>
  [[nodiscard]] std::int64_t find(std::uint64_t hash, Same&& same) const {
    if (slots_.empty()) {
      return 0;
    }
    for (std::size_t at = hash & mask(); slots_[at].id != 0; at = (at + 1) & mask()) {
      if (slots_[at].hash == hash && same(slots_[at].id)) {
        return slots_[at].id;
      }
    }
    return 0;
  }

  void insert(std::uint64_t hash, std::int64_t id) {
    if ((size_ + 1) * 2 > slots_.size()) {
      grow();
    }
    place(hash, id);
    ++size_;
  }

  /// Takes back an insertion that is there. What follows it in its chain moves up, so that no
  /// search ends early at the hole.
  void remove(std::uint64_t hash, std::int64_t id) noexcept {
    std::size_t hole = hash & mask();
    while (slots_[hole].id != id) {
      hole = (hole + 1) & mask();
    }
    for (std::size_t at = (hole + 1) & mask(); slots_[at].id != 0; at = (at + 1) & mask()) {
      const std::size_t home = slots_[at].hash & mask();
      if (((at - home) & mask()) >= ((at - hole) & mask())) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = Slot{};
    --size_;
  }

  void clear() noexcept {
    if (size_ != 0) {
      std::memset(static_cast<void*>(slots_.data()), 0, slots_.size() * sizeof(Slot));
      size_ = 0;
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::int64_t id = 0;
  };

  static std::uint64_t mix(std::uint64_t word) noexcept {
    word *= 0xff51afd7ed558ccdULL;
    word ^= word >> 32U;
    word *= 0xc4ceb9fe1a85ec53ULL;
    return word ^ (word >> 29U);
  }
  [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }
  void place(std::uint64_t hash, std::int64_t id) noexcept {
    std::size_t at = hash & mask();
    while (slots_[at].id != 0) {
      at = (at + 1) & mask();
    }
    slots_[at] = Slot{hash, id};
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.id != 0) {
        place(slot.hash, slot.id);
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace coffer::ledger
