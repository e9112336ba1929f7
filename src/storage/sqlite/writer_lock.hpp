// SPDX-License-Identifier: MIT
// Which process writes a book: a lock on a file beside it, which ends with the process.
#pragma once

#include <cstdint>
#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage::sqlite {

/// Only says who is alive, so that a second writer gets a clear answer; what protects the rows is
/// the epoch in the book.
class WriterLock {
 public:
  explicit WriterLock(const std::string& book_path) : path_(book_path + "-writer") {}
  ~WriterLock() { release(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

  /// As `Storage::acquire_writer`. Not to be called while held.
  [[nodiscard]] Status acquire(Takeover takeover, std::int64_t wait_ns);
  void release() noexcept;
  [[nodiscard]] bool is_held() const noexcept { return file_ >= 0; }

 private:
  [[nodiscard]] Result<bool> try_acquire();
  [[nodiscard]] Status take_over();
  [[nodiscard]] Error busy_error() const;

  std::string path_;
  int file_ = -1;
};

}  // namespace coffer::storage::sqlite
