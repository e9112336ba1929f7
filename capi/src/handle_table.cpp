// SPDX-License-Identifier: MIT
// Slots in blocks of doubling size that never move, with a list of those that are free.
#include "handle_table.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace coffer::capi {
namespace {

/// Of the number: the slot below, its uses above. A slot whose uses are exhausted rests for ever.
constexpr unsigned slot_bits = sizeof(std::uintptr_t) >= 8 ? 32 : 20;
constexpr std::uintptr_t slot_mask = (std::uintptr_t{1} << slot_bits) - 1;
constexpr std::uintptr_t uses_max = std::numeric_limits<std::uintptr_t>::max() >> slot_bits;
constexpr unsigned first_block_bits = 6;
constexpr std::size_t block_count = slot_bits - first_block_bits;

/// Block b has the slots from `2^(b + 6) - 64` on, `2^(b + 6)` of them.
struct Place {
  std::size_t block;
  std::size_t offset;
};

Place place_of(std::uintptr_t slot) noexcept {
  const std::uintptr_t shifted = slot + (std::uintptr_t{1} << first_block_bits);
  const auto width = static_cast<unsigned>(std::bit_width(shifted));
  return {width - 1 - first_block_bits, shifted - (std::uintptr_t{1} << (width - 1))};
}

std::uintptr_t number_of(const void* handle) noexcept {
  return reinterpret_cast<std::uintptr_t>(handle);
}

}  // namespace

struct HandleTable::Slot {
  std::atomic<std::uintptr_t> handle{0};  ///< 0 while the slot is free
  std::atomic<void*> object{nullptr};
  std::atomic<std::uint64_t> kind{0};
  std::uintptr_t uses = 0;
};

struct HandleTable::Parts {
  std::array<std::atomic<Slot*>, block_count> blocks{};
  std::mutex mutex;  ///< for what follows, and for changes of slots
  std::vector<std::unique_ptr<Slot[]>> owned;
  std::vector<std::uintptr_t> free;
  std::size_t size = 0;
};

HandleTable::HandleTable() : parts_(new Parts) {}

HandleTable& HandleTable::instance() noexcept {
  static HandleTable table;
  return table;
}

HandleTable::Slot* HandleTable::slot_of(std::uintptr_t handle) const noexcept {
  const Place place = place_of(handle & slot_mask);
  if (place.block >= block_count) {
    return nullptr;
  }
  Slot* const block = parts_->blocks[place.block].load(std::memory_order_acquire);
  return block == nullptr ? nullptr : block + place.offset;
}

void HandleTable::grow() {
  const std::size_t block = parts_->owned.size();
  if (block == block_count) {
    throw std::bad_alloc();
  }
  const std::size_t size = std::size_t{1} << (block + first_block_bits);
  const std::uintptr_t first = size - (std::size_t{1} << first_block_bits);
  // With room for all, so that giving a handle back needs no memory.
  parts_->free.reserve(first + size);
  parts_->owned.push_back(std::make_unique<Slot[]>(size));
  parts_->blocks[block].store(parts_->owned.back().get(), std::memory_order_release);
  for (std::size_t i = size; i > 0; --i) {
    parts_->free.push_back(first + i - 1);
  }
}

void* HandleTable::insert(void* object, std::uint64_t kind) {
  const std::lock_guard lock(parts_->mutex);
  if (parts_->free.empty()) {
    grow();
  }
  const std::uintptr_t number = parts_->free.back();
  parts_->free.pop_back();
  Slot& slot = *slot_of(number);
  ++slot.uses;
  slot.object.store(object, std::memory_order_relaxed);
  slot.kind.store(kind, std::memory_order_relaxed);
  const std::uintptr_t handle = slot.uses << slot_bits | number;
  slot.handle.store(handle, std::memory_order_release);
  ++parts_->size;
  return std::bit_cast<void*>(handle);
}

void* HandleTable::find(const void* handle, std::uint64_t kind) const noexcept {
  const std::uintptr_t number = number_of(handle);
  const Slot* slot = slot_of(number);
  if (number == 0 || slot == nullptr || slot->handle.load(std::memory_order_acquire) != number ||
      slot->kind.load(std::memory_order_relaxed) != kind) {
    return nullptr;
  }
  return slot->object.load(std::memory_order_relaxed);
}

void* HandleTable::remove(const void* handle, std::uint64_t kind) noexcept {
  const std::lock_guard lock(parts_->mutex);
  void* const object = find(handle, kind);
  if (object == nullptr) {
    return nullptr;
  }
  Slot& slot = *slot_of(number_of(handle));
  slot.handle.store(0, std::memory_order_release);
  slot.object.store(nullptr, std::memory_order_relaxed);
  --parts_->size;
  if (slot.uses < uses_max) {
    parts_->free.push_back(number_of(handle) & slot_mask);
  }
  return object;
}

std::size_t HandleTable::size() const noexcept {
  const std::lock_guard lock(parts_->mutex);
  return parts_->size;
}

}  // namespace coffer::capi
