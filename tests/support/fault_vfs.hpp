// SPDX-License-Identifier: MIT
// An SQLite VFS over the system's own that loses power, fills up and fails at a chosen operation.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace coffer {

/// What happens at the planned operation.
enum class FaultEffect : std::uint8_t {
  power_cut,    ///< it and everything after it fails; `restart` shows what the device had kept
  disk_full,    ///< a write finds no space
  write_error,  ///< a write fails
  sync_error,   ///< a sync fails; what it should have made durable may be lost
};

/// Which of the sectors that were written but not synced the device has kept after a power cut.
enum class Kept : std::uint8_t {
  none,  ///< what a device with an honest write cache does at worst
  all,   ///< it happened to write everything
  some,  ///< each sector by itself, so that pages are torn; chosen by the seed
};

struct Fault {
  std::int64_t at = 0;  ///< the operation, counted from 1; 0: none
  FaultEffect effect = FaultEffect::power_cut;
  bool is_lasting = false;  ///< later operations of its kind fail too (a power cut always lasts)
  Kept kept = Kept::none;
  std::uint64_t seed = 1;
};

/// Registers itself under `name`. Files are real ones; syncs are only noted, so that thousands of
/// runs are quick. Counted are writes, syncs, truncations, deletions and creations of the book's
/// file and its logs; temporary files and shared memory pass by.
///
/// A sector is 512 bytes. A file that was created is lost with the power until its first sync; one
/// that was deleted may be back, unless the deletion was synced.
///
/// Threads: any. All connections must be closed before `restart` and before it is destroyed.
class FaultVfs {
 public:
  explicit FaultVfs(std::string name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const char* name() const noexcept;
  /// Counts from zero again and plans `fault`.
  void plan(const Fault& fault);
  /// Operations since the last `plan`.
  [[nodiscard]] std::int64_t operations() const;
  /// Whether the planned fault has happened.
  [[nodiscard]] bool has_happened() const;
  /// Turns the power on again: every file now is what the device had kept. No fault is planned.
  void restart();
  /// New files can't be made, as in a directory without write permission.
  void refuse_new_files(bool refuse);
  /// Files can only be opened for reading.
  void refuse_writing(bool refuse);

  struct Disk;

 private:
  std::unique_ptr<Disk> disk_;
};

}  // namespace coffer
