// SPDX-License-Identifier: MIT
// Emptying the stored index, so that loading it builds it again from the journal.
#pragma once

#include <coffer/core/clock.hpp>
#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::ledger {

/// Destroys all segments and blocks in one commit, whatever state they are in. Nothing of them is
/// believed but which ids and generations were used, and those are not used again: followers may
/// still have blocks in memory.
///
/// Only the writer may call it, before it loads the index. Fails with the `storage_*` codes.
[[nodiscard]] Status reset_index(storage::Storage& storage, Timestamp now);

}  // namespace coffer::ledger
