// SPDX-License-Identifier: MIT
// A storage that fails on purpose, to prove that failures change nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include <coffer/core/code.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage {

/// Which call fails, and how. Shared with the storage, and changed while it is used.
///
/// Counted are the calls that can fail: acquire_writer, begin, snapshot, find, scan, append, put,
/// replace, destroy, commit, backup and maintain, in the order in which they are made.
///
/// Threads: any.
struct FaultPlan {
  std::atomic<std::int64_t> calls{0};    ///< made so far
  std::atomic<std::int64_t> fail_at{0};  ///< the call that fails, counted from 1; 0: none
  std::atomic<bool> is_lasting{false};   ///< the calls after it fail too
  std::atomic<Code> code{Code::storage_io};
};

/// Passes every call on to `inner`, except that the planned one fails before it gets there.
///
/// A commit that fails commits nothing. After a failed write the unit behaves as the port says: it
/// repeats the error until it is rolled back.
/// Lifetime: `plan` outlives the storage.
[[nodiscard]] std::unique_ptr<Storage> make_fault_storage(std::unique_ptr<Storage> inner,
                                                          FaultPlan* plan);

}  // namespace coffer::storage
