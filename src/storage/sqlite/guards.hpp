// SPDX-License-Identifier: MIT
// A table's indexes and guards: they come with its first row, since each costs an empty book a page
// or a part of one.
#pragma once

#include <string>

#include <coffer/core/result.hpp>
#include <coffer/storage/schema.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

/// The statements that make those of them that are not there.
[[nodiscard]] std::string guards_sql(const Schema& schema);

/// Makes what the table lacks, in the transaction that is open for writing; costs nothing once the
/// connection has done so. Fails with the `storage_*` codes.
[[nodiscard]] Status make_guards(Database* database, const Schema& schema);

/// False for a table that never had a row: it may have no index to scan, and nothing to find.
[[nodiscard]] Result<bool> has_rows(Database* database, const Schema& schema);

}  // namespace coffer::storage::sqlite
