// SPDX-License-Identifier: MIT
// The requests and groups that pass through a Writer.
#pragma once

#include <atomic>

#include "ledger/writer/writer.hpp"

namespace coffer::ledger {

/// A group of this size goes to the storage without waiting for more company.
inline constexpr std::size_t transactions_enough = 4096;

/// Writes the book's row: who writes it, and whether it was closed in order.
[[nodiscard]] Status mark_book(storage::UnitOfWork& unit, std::int64_t epoch, bool is_clean);

/// One caller's place in the queue. The writer owns the places and uses them again, so that a place
/// is there until the last who reads it.
struct Writer::Request {
  enum State : std::uint8_t {
    free,
    waiting,
    promoted,  ///< it leads the next group
    done,
  };
  const Decision* decide = nullptr;
  bool is_dry = false;
  std::uint64_t ticket = 0;  ///< of the group that takes it, or, if that is full, the one before
  Status status;
  std::atomic<State> state{free};
};

struct Writer::Group {
  Batch batch;
  std::vector<Request*> requests;
  std::uint64_t ticket = 0;
  bool is_sealed = false;
  bool leaves_clean = false;  ///< at a close: every head row is up to date after it
  Status failure;             ///< a decision could not be made: the whole group fails

  [[nodiscard]] bool has_failed() const { return !failure.has_value(); }
  [[nodiscard]] bool is_full() const { return batch.transactions.size() >= transactions_enough; }
};

}  // namespace coffer::ledger
