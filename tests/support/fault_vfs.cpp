// SPDX-License-Identifier: MIT
// The fault VFS: passes calls on, and remembers for each file what was there before the last sync.
#include "support/fault_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "support/fault_disk.hpp"

namespace coffer {
namespace {

struct FaultFile {
  sqlite3_file base;
  FaultVfs::Disk* disk;
  FileState* state;  ///< null: a file that is not watched
  sqlite3_file* real;
};

FaultFile* self(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* real_of(sqlite3_file* file) { return self(file)->real; }

/// Keeps the sectors from `from` to `to` as they are on the device, once until the next sync.
void remember(FaultFile* file, std::int64_t from, std::int64_t to) {
  for (std::int64_t sector = from / sector_bytes; sector * sector_bytes < to; ++sector) {
    if (file->state->before.count(sector) != 0) {
      continue;
    }
    const std::int64_t start = sector * sector_bytes;
    const std::int64_t there = std::min(sector_bytes, file->state->durable_size - start);
    std::string old(there > 0 ? static_cast<std::size_t>(there) : 0U, '\0');
    if (there > 0) {
      file->real->pMethods->xRead(file->real, old.data(), static_cast<int>(there), start);
    }
    file->state->before.emplace(sector, std::move(old));
  }
}

int close_file(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }

int read_bytes(sqlite3_file* file, void* buffer, int size, sqlite3_int64 at) {
  if (self(file)->disk->is_off) {
    return SQLITE_IOERR_READ;
  }
  return real_of(file)->pMethods->xRead(real_of(file), buffer, size, at);
}

int write_bytes(sqlite3_file* file, const void* buffer, int size, sqlite3_int64 at) {
  FaultFile* const mine = self(file);
  const std::lock_guard guard(mine->disk->lock);
  if (mine->state == nullptr) {
    return mine->real->pMethods->xWrite(mine->real, buffer, size, at);
  }
  const bool was_off = mine->disk->is_off;
  const int result = mine->disk->next(SQLITE_IOERR_WRITE, true, false);
  // The write during which the power goes is under way like all that were not synced.
  if (result == SQLITE_OK || (mine->disk->is_off && !was_off)) {
    remember(mine, at, at + size);
    const int written = mine->real->pMethods->xWrite(mine->real, buffer, size, at);
    return result == SQLITE_OK ? written : result;
  }
  return result;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  FaultFile* const mine = self(file);
  const std::lock_guard guard(mine->disk->lock);
  if (mine->state != nullptr) {
    const int result = mine->disk->next(SQLITE_IOERR_TRUNCATE, false, false);
    if (result != SQLITE_OK) {
      return result;
    }
    remember(mine, size, mine->state->durable_size);
  }
  return mine->real->pMethods->xTruncate(mine->real, size);
}

int sync_file(sqlite3_file* file, int flags) {
  FaultFile* const mine = self(file);
  const std::lock_guard guard(mine->disk->lock);
  if (mine->state == nullptr) {
    return mine->real->pMethods->xSync(mine->real, flags);
  }
  const int result = mine->disk->next(SQLITE_IOERR_FSYNC, false, true);
  if (result == SQLITE_OK) {
    sqlite3_int64 size = 0;
    mine->real->pMethods->xFileSize(mine->real, &size);
    if (!mine->state->is_durable) {
      // The first sync of a new file is one of its directory too, as the system's VFS does it.
      for (auto& [path, other] : mine->disk->files) {
        other.forgotten.reset();
      }
    }
    mine->state->before.clear();
    mine->state->durable_size = size;
    mine->state->is_durable = true;
  }
  return result;
}

int file_size(sqlite3_file* file, sqlite3_int64* size_out) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size_out);
}
int lock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_reserved(sqlite3_file* file, int* result_out) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result_out);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int device_traits(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int map_memory(sqlite3_file* file, int page, int size, int extend, void volatile** memory_out) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory_out);
}
int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void fence_memory(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }
int unmap_memory(sqlite3_file* file, int destroy) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), destroy);
}

constexpr sqlite3_io_methods methods = {2,
                                        close_file,
                                        read_bytes,
                                        write_bytes,
                                        truncate_file,
                                        sync_file,
                                        file_size,
                                        lock_file,
                                        unlock_file,
                                        check_reserved,
                                        control_file,
                                        sector_size,
                                        device_traits,
                                        map_memory,
                                        lock_memory,
                                        fence_memory,
                                        unmap_memory,
                                        nullptr,
                                        nullptr};

FaultVfs::Disk* disk_of(sqlite3_vfs* vfs) { return static_cast<FaultVfs::Disk*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  FaultVfs::Disk* const disk = disk_of(vfs);
  const std::lock_guard guard(disk->lock);
  auto* const mine = new (file) FaultFile{};
  mine->disk = disk;
  mine->real = reinterpret_cast<sqlite3_file*>(mine + 1);
  constexpr int watched = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  const bool is_watched = name != nullptr && (flags & watched) != 0;
  const bool is_new = is_watched && !exists(name);
  if (disk->is_off || (is_new && disk->refuses_new_files)) {
    return SQLITE_CANTOPEN;
  }
  if (disk->refuses_writing && is_watched) {
    if (is_new || (flags & SQLITE_OPEN_WAL) != 0) {
      return SQLITE_CANTOPEN;
    }
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  }
  if (is_new) {
    const int result = disk->next(SQLITE_CANTOPEN, false, false);
    if (result != SQLITE_OK) {
      return result;
    }
  }
  const int result = disk->real->xOpen(disk->real, name, mine->real, flags, flags_out);
  if (result != SQLITE_OK) {
    return result;
  }
  mine->base.pMethods = &methods;
  if (is_watched) {
    const auto [place, is_unknown] = disk->files.try_emplace(name);
    if (is_new) {
      place->second = FileState{};
    } else if (is_unknown) {
      place->second.is_durable = true;
      sqlite3_int64 size = 0;
      file_size(file, &size);
      place->second.durable_size = size;
    }
    mine->state = &place->second;
  }
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  FaultVfs::Disk* const disk = disk_of(vfs);
  const std::lock_guard guard(disk->lock);
  const auto known = disk->files.find(name);
  if (known != disk->files.end() && exists(name)) {
    const int result = disk->next(SQLITE_IOERR_DELETE, false, false);
    if (result != SQLITE_OK) {
      return result;
    }
    FileState next;
    if (sync_directory == 0 && known->second.is_durable) {
      next.forgotten = read_file(name);
      next.durable_size = static_cast<std::int64_t>(next.forgotten->size());
    }
    known->second = std::move(next);
  }
  return disk->real->xDelete(disk->real, name, 0);
}

int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* result_out) {
  return disk_of(vfs)->real->xAccess(disk_of(vfs)->real, name, flags, result_out);
}
int full_name(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return disk_of(vfs)->real->xFullPathname(disk_of(vfs)->real, name, size, out);
}
int random_bytes(sqlite3_vfs* vfs, int size, char* out) {
  return disk_of(vfs)->real->xRandomness(disk_of(vfs)->real, size, out);
}
int sleep_for(sqlite3_vfs* vfs, int microseconds) {
  return disk_of(vfs)->real->xSleep(disk_of(vfs)->real, microseconds);
}
int current_time(sqlite3_vfs* vfs, double* out) {
  return disk_of(vfs)->real->xCurrentTime(disk_of(vfs)->real, out);
}
int last_error(sqlite3_vfs* vfs, int size, char* out) {
  FaultVfs::Disk* const disk = disk_of(vfs);
  if (disk->refuses_new_files || disk->refuses_writing) {
    return EACCES;
  }
  return disk->real->xGetLastError(disk->real, size, out);
}

}  // namespace

FaultVfs::FaultVfs(std::string name) : disk_(std::make_unique<Disk>()) {
  disk_->vfs_name = std::move(name);
  disk_->real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs& vfs = disk_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + disk_->real->szOsFile;
  vfs.mxPathname = disk_->real->mxPathname;
  vfs.zName = disk_->vfs_name.c_str();
  vfs.pAppData = disk_.get();
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = random_bytes;
  vfs.xSleep = sleep_for;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&disk_->vfs); }

const char* FaultVfs::name() const noexcept { return disk_->vfs_name.c_str(); }

void FaultVfs::plan(const Fault& fault) {
  const std::lock_guard guard(disk_->lock);
  disk_->fault = fault;
  disk_->random = fault.seed;
  disk_->operations = 0;
  disk_->has_happened = false;
}

std::int64_t FaultVfs::operations() const {
  const std::lock_guard guard(disk_->lock);
  return disk_->operations;
}

bool FaultVfs::has_happened() const {
  const std::lock_guard guard(disk_->lock);
  return disk_->has_happened;
}

void FaultVfs::restart() {
  const std::lock_guard guard(disk_->lock);
  for (auto& [path, state] : disk_->files) {
    disk_->lose_power(path, state);
    // Shared memory does not outlive the power.
    unlink((path + "-shm").c_str());
  }
  disk_->files.clear();
  disk_->fault = {};
  disk_->is_off = false;
}

void FaultVfs::refuse_new_files(bool refuse) {
  const std::lock_guard guard(disk_->lock);
  disk_->refuses_new_files = refuse;
}

void FaultVfs::refuse_writing(bool refuse) {
  const std::lock_guard guard(disk_->lock);
  disk_->refuses_writing = refuse;
}

}  // namespace coffer
