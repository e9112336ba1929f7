// SPDX-License-Identifier: MIT
// Copying a book to another file while writers go on.
#pragma once

#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

/// Copies what `source`, a connection of its own, sees now. As `Storage::backup`.
[[nodiscard]] Status back_up(Database* source, const std::string& path, const char* vfs,
                             const Progress& progress);

}  // namespace coffer::storage::sqlite
