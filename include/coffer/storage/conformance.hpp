// SPDX-License-Identifier: MIT
// The conformance suite: what every backend of the storage port must do, as a function to run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::storage {

/// The backend under test.
struct ConformanceSubject {
  /// Makes a new, empty storage. Called once per case; the storage of the case before is gone.
  std::function<Result<std::unique_ptr<Storage>>()> create;
  /// Opens again what `create` made last. Empty: books of this backend do not outlive the process,
  /// and the cases about that are left out.
  std::function<Result<std::unique_ptr<Storage>>()> reopen;
};

/// Called after each case. `problem` is empty when the case passed, else one sentence that says
/// what was expected and what came. Views live until it returns.
using ConformanceReporter = std::function<void(std::string_view name, std::string_view problem)>;

struct ConformanceResult {
  std::int64_t passed = 0;
  std::int64_t failed = 0;
};

/// Runs every case, and goes on after a failure.
///
/// A backend that passes can carry a book: the ledger relies on nothing else. Rows are made from a
/// fixed seed, so that a failure comes again. The cases write values that no ledger would (extreme
/// integers, unknown accounts): a backend stores and orders, and knows no rule.
///
/// What the suite can't show: durability (cut the power), and snapshots beside a writer in another
/// thread.
///
/// Threads: everything happens in the calling thread.
/// Cost: some seconds at most; about 60 storages are made, none larger than a few thousand rows.
[[nodiscard]] ConformanceResult run_conformance(const ConformanceSubject& subject,
                                                const ConformanceReporter& report);

}  // namespace coffer::storage
