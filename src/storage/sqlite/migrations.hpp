// SPDX-License-Identifier: MIT
// The numbered steps that make a file's tables what this version of coffer works with.
#pragma once

#include <cstdint>
#include <span>

#include <coffer/core/result.hpp>

#include "storage/sqlite/database.hpp"

namespace coffer::storage::sqlite {

/// The four bytes "coff", by which file(1) and we know our files.
inline constexpr std::int64_t application_id = 0x636f6666;

/// One step, in plain SQL, from version `number - 1` to `number`. Never changed once released.
struct Migration {
  std::int64_t number = 0;
  std::span<const char* const* const> scripts;
};

[[nodiscard]] std::span<const Migration> migrations() noexcept;

/// The oldest version whose tables are those of the newest: later steps changed views, or when
/// indexes are made, so a reader of a file that it can't migrate does without them.
inline constexpr std::int64_t oldest_readable = 3;

/// Looks at the file without changing it. The value is its version, 0 for an empty file.
/// Fails with `storage_foreign`, `storage_newer_version` and the `storage_*` codes.
[[nodiscard]] Result<std::int64_t> check_identity(Database* database);

/// Brings the file to the newest version, each step in a transaction of its own.
[[nodiscard]] Status migrate(Database* database);

extern const char* const migration_0001_tables;
extern const char* const migration_0001_views;
extern const char* const migration_0002_crypto_wallets;
extern const char* const migration_0003_checksums;
extern const char* const migration_0004_wallet_transaction;

}  // namespace coffer::storage::sqlite
