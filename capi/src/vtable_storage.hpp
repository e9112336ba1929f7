// SPDX-License-Identifier: MIT
// A storage whose functions are the caller's, in C.
#pragma once

#include <memory>

#include <coffer/storage/storage.hpp>

#include "coffer_storage.h"

namespace coffer::capi {

/// Copies the table and owns its data from then on. Fails with `null_argument`, `invalid_argument`
/// and `unsupported`; the data stays the caller's then.
[[nodiscard]] Result<std::unique_ptr<storage::Storage>> make_vtable_storage(
    const coffer_storage_vtable* table);

/// What a function of the caller's answered. Codes that are none of coffer's become
/// `storage_backend`.
[[nodiscard]] Status status_of(coffer_status code, const coffer_error& err, const char* function);

}  // namespace coffer::capi
