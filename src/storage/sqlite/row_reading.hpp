// SPDX-License-Identifier: MIT
// Find and scan on one connection, whatever transaction it is in.
#pragma once

#include <atomic>
#include <span>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>
#include <coffer/storage/storage.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

[[nodiscard]] Result<bool> find_row(Database* database, const Schema& schema,
                                    std::span<const Cell> key, const RowVisitor& visit);

/// Stops between two rows with `storage_busy` once `is_revoked` is set.
[[nodiscard]] Status scan_rows(Database* database, const Schema& schema, const ScanQuery& query,
                               const RowVisitor& visit, const std::atomic<bool>& is_revoked);

/// What a snapshot answers with that was closed because the log grew too long behind it.
[[nodiscard]] Error revoked_error(const std::string& path);

}  // namespace coffer::storage::sqlite
