// SPDX-License-Identifier: MIT
// The writer's lock by flock(2): the kernel frees it when its process ends, however it ends.
#include "storage/sqlite/writer_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>

namespace coffer::storage::sqlite {
namespace {

constexpr std::int64_t wait_step_ns = 5'000'000;

Error system_error(const std::string& path, int reason) {
  const bool is_refused = reason == EROFS || reason == EACCES || reason == EPERM;
  const bool is_full = reason == ENOSPC || reason == EDQUOT;
  const Code code = is_refused ? Code::storage_read_only
                    : is_full  ? Code::storage_full
                               : Code::storage_io;
  return Error{code, path + ": the writer's lock file can't be made: " + std::strerror(reason)};
}

bool is_same_file(int file, const std::string& path) {
  struct stat opened = {};
  struct stat named = {};
  return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// For the message to the next writer only, so a short write does no harm.
void write_process_id(int file) {
  const std::string text = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    return;
  }
}

}  // namespace

Status WriterLock::acquire(Takeover takeover, std::int64_t wait_ns) {
  std::int64_t waited_ns = 0;
  while (true) {
    COFFER_TRY_ASSIGN(const bool is_ours, try_acquire());
    if (is_ours) {
      return {};
    }
    if (takeover == Takeover::take_over) {
      return take_over();
    }
    if (takeover == Takeover::refuse || waited_ns >= wait_ns) {
      return busy_error();
    }
    const std::int64_t step_ns = std::min(wait_step_ns, wait_ns - waited_ns);
    std::this_thread::sleep_for(std::chrono::nanoseconds(step_ns));
    waited_ns += step_ns;
  }
}

Result<bool> WriterLock::try_acquire() {
  while (true) {
    const int file = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
      return system_error(path_, errno);
    }
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      const int reason = errno;
      close(file);
      return reason == EWOULDBLOCK || reason == EINTR ? Result<bool>(false)
                                                      : system_error(path_, reason);
    }
    if (is_same_file(file, path_)) {
      write_process_id(file);
      file_ = file;
      return true;
    }
    // Someone put a new lock file in the place of this one meanwhile.
    close(file);
  }
}

Status WriterLock::take_over() {
  // The old writer keeps its lock on a file that has no name any more; a third process meets ours.
  std::string fresh = path_ + "-XXXXXX";
  const int file = mkostemp(fresh.data(), O_CLOEXEC);
  if (file < 0) {
    return system_error(path_, errno);
  }
  if (flock(file, LOCK_EX | LOCK_NB) != 0 || rename(fresh.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    close(file);
    unlink(fresh.c_str());
    return system_error(path_, reason);
  }
  write_process_id(file);
  file_ = file;
  return {};
}

void WriterLock::release() noexcept {
  if (file_ >= 0) {
    // The file stays: removing it would race with a process that has just opened it.
    close(file_);
    file_ = -1;
  }
}

Error WriterLock::busy_error() const {
  std::string owner;
  const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    char text[32] = {};
    const ssize_t size = pread(file, text, sizeof text - 1, 0);
    for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i) {
      owner += text[i];
    }
    close(file);
  }
  return Error{Code::storage_busy, path_ + ": process " + (owner.empty() ? "unknown" : owner) +
                                       " writes this book; close it there, wait for it, or take "
                                       "the book over"};
}

}  // namespace coffer::storage::sqlite
