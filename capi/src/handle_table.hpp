// SPDX-License-Identifier: MIT
// HandleTable: which handles exist, so that a stale one is known without touching freed memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace coffer::capi {

/// What C holds as a pointer is no address but a number: a slot of this table, and how often that
/// slot was used before. No number is given out twice in a process, so a handle that was destroyed
/// never becomes another one, and none is ever read through.
///
/// Threads: any, at any time; `find` takes no lock.
class HandleTable {
 public:
  /// The table of this library.
  [[nodiscard]] static HandleTable& instance() noexcept;

  HandleTable(const HandleTable&) = delete;
  HandleTable& operator=(const HandleTable&) = delete;

  /// A new handle of a kind. Throws std::bad_alloc.
  [[nodiscard]] void* insert(void* object, std::uint64_t kind);
  /// The object; null when the handle is none of this kind, or no longer.
  [[nodiscard]] void* find(const void* handle, std::uint64_t kind) const noexcept;
  /// The same, and the handle is none from then on. Of two threads, one gets the object.
  [[nodiscard]] void* remove(const void* handle, std::uint64_t kind) noexcept;
  /// Handles that exist.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Slot;
  struct Parts;

  HandleTable();
  ~HandleTable() = default;

  void grow();
  [[nodiscard]] Slot* slot_of(std::uintptr_t handle) const noexcept;

  Parts* parts_;  ///< kept until the process ends: a handle may be asked about after `main`
};

}  // namespace coffer::capi
