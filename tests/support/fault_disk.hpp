// SPDX-License-Identifier: MIT
// The device behind the fault VFS: what it has of each file, and when it fails.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include <unistd.h>

#include "support/fault_vfs.hpp"

namespace coffer {

inline constexpr std::int64_t sector_bytes = 512;

/// The device's view of one file: sectors written since the last sync, as they were before.
struct FileState {
  std::map<std::int64_t, std::string> before;
  std::int64_t durable_size = 0;
  bool is_durable = false;               ///< its name survives a power cut
  std::optional<std::string> forgotten;  ///< content of a deletion that was not synced
};

inline std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary | std::ios::ate);
  std::string content(static_cast<std::size_t>(std::max<std::streamoff>(stream.tellg(), 0)), '\0');
  stream.seekg(0);
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  return content;
}

inline void write_file(const std::string& path, const std::string& content) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
}

inline bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

struct FaultVfs::Disk {
  mutable std::mutex lock;
  std::string vfs_name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  std::map<std::string, FileState> files;
  Fault fault;
  std::int64_t operations = 0;
  bool has_happened = false;
  bool is_off = false;
  bool refuses_new_files = false;
  bool refuses_writing = false;
  std::uint64_t random = 1;

  /// Counts one operation; the result is SQLITE_OK when it may go on.
  int next(int failed, bool is_write, bool is_sync) {
    if (is_off) {
      return failed;
    }
    ++operations;
    const bool is_due =
        fault.at > 0 && operations >= fault.at && (!has_happened || fault.is_lasting);
    if (!is_due) {
      return SQLITE_OK;
    }
    switch (fault.effect) {
      case FaultEffect::power_cut:
        has_happened = true;
        is_off = true;
        return failed;
      case FaultEffect::disk_full:
        has_happened |= is_write;
        return is_write ? SQLITE_FULL : SQLITE_OK;
      case FaultEffect::write_error:
        has_happened |= is_write;
        return is_write ? SQLITE_IOERR_WRITE : SQLITE_OK;
      case FaultEffect::sync_error:
        has_happened |= is_sync;
        return is_sync ? SQLITE_IOERR_FSYNC : SQLITE_OK;
    }
    return SQLITE_OK;
  }

  bool draw() {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    switch (fault.kept) {
      case Kept::none: return false;
      case Kept::all: return true;
      case Kept::some: return (random >> 40U & 1U) != 0;
    }
    return false;
  }

  /// What the device has of `path`, one sector at a time.
  void lose_power(const std::string& path, const FileState& state) {
    if (state.forgotten && !exists(path) && !draw()) {
      write_file(path, *state.forgotten);
    }
    if (!exists(path) || state.forgotten) {
      return;
    }
    if (!state.is_durable && !draw()) {
      unlink(path.c_str());
      return;
    }
    std::string content = read_file(path);
    const auto written_size = static_cast<std::int64_t>(content.size());
    if (written_size != state.durable_size && !draw()) {
      content.resize(static_cast<std::size_t>(state.durable_size));
    }
    const auto size = static_cast<std::int64_t>(content.size());
    for (const auto& [sector, old] : state.before) {
      const std::int64_t start = sector * sector_bytes;
      // What was only cut off is still as it was.
      if (start >= size || (start < written_size && draw())) {
        continue;
      }
      std::string sector_before = old;
      sector_before.resize(static_cast<std::size_t>(std::min(sector_bytes, size - start)), '\0');
      content.replace(static_cast<std::size_t>(start), sector_before.size(), sector_before);
    }
    write_file(path, content);
  }
};

}  // namespace coffer
