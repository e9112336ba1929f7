// SPDX-License-Identifier: MIT
// Compares the book's row, heads and open holds with what the journal came to.
#pragma once

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/verify/journal_check.hpp"
#include "ledger/verify/replayed_state.hpp"

namespace coffer::ledger {

/// The book's row: its epoch is that of the newest commit, and its version follows from the epoch
/// and from being closed cleanly. Its name and time of creation are in the first commit's hash.
[[nodiscard]] Status check_book(const JournalEnd& end);

/// A head is a balance that the account had after its `last_transaction`. In a book that was closed
/// cleanly it is the present one, and every account that was touched has one.
[[nodiscard]] Status check_heads(storage::Reader& reader, const JournalEnd& end,
                                 ReplayedState& state);

/// The open holds are exactly those of the journal.
[[nodiscard]] Status check_open_holds(storage::Reader& reader, const ReplayedState& state);

}  // namespace coffer::ledger
