// SPDX-License-Identifier: MIT
// Opening a book's file: whose it is, its version, its settings.
#pragma once

#include <memory>
#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

inline constexpr std::int64_t page_bytes = 4096;

/// Opens for writing, creating or upgrading the file as the options allow.
[[nodiscard]] Result<std::unique_ptr<Database>> open_writer(const std::string& path,
                                                            const SqliteOptions& options);

struct OpenedReader {
  std::unique_ptr<Database> database;
  Access access = Access::read;
};
/// Opens for reading only. A book that has no log can also be read on a read-only file system, and
/// where nobody has the permission to write, neither the file nor its folder.
[[nodiscard]] Result<OpenedReader> open_reader(const std::string& path, const char* vfs);

}  // namespace coffer::storage::sqlite
