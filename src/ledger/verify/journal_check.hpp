// SPDX-License-Identifier: MIT
// Walks over all commits of a snapshot, from the book's beginning to its newest one.
#pragma once

#include <cstdint>

#include <coffer/core/result.hpp>
#include <coffer/ledger/verify.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/verify/commit_replay.hpp"
#include "ledger/verify/replayed_state.hpp"

namespace coffer::ledger {

/// The book's row, and what the walk found.
struct JournalEnd {
  storage::BookRow book;    ///< `name` is empty
  storage::CommitRow last;  ///< of the newest commit; `hash` is empty
  ChainHead head;
};

/// Checks the book's row, every commit with `CommitReplay`, the expected head, and that no record
/// lies beyond the newest commit.
///
/// Fails with `integrity_failure`, `cancelled`, and the `storage_*` codes.
[[nodiscard]] Result<JournalEnd> check_journal(storage::Reader& reader,
                                               const VerifyOptions& options, ReplayedState& state,
                                               IndexTally& tally);

}  // namespace coffer::ledger
