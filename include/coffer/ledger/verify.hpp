// SPDX-License-Identifier: MIT
// Verification: proves that the books are what was committed, or names the first record that is
// not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <coffer/core/clock.hpp>
#include <coffer/core/id.hpp>
#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer {

/// A point of the audit chain. Keep one outside the file: it proves later that nothing before it
/// was rewritten and that the tail was not cut off.
struct ChainHead {
  CommitId commit;
  Timestamp recorded_at;
  std::array<std::uint8_t, 32> hash{};

  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

struct VerifyOptions {
  std::optional<ChainHead> expected;  ///< an earlier head that must still be part of the chain
  storage::Progress progress;         ///< transactions done, transactions in all
};

struct VerifyReport {
  ChainHead head;
  std::int64_t commits = 0;
  std::int64_t transactions = 0;
  std::int64_t entries = 0;  ///< legs: two of each two-entry transaction
  std::int64_t accounts = 0;
  std::int64_t holds = 0;
};

/// Reads a whole book as of one snapshot and checks: ids without gap, times that grow, sums that
/// are zero per transaction and asset, every balance after, every bound, holds against their
/// events, keys that are there once only, heads and open holds against the journal, index segments
/// against the journal, and the hash of every commit.
///
/// An altered record is named by its checksum, whichever column it was. Where only a hash can tell
/// (a checksum that was written anew, a note that is gone, a record written before file version 3),
/// the commit and its ranges of ids are named. The message also says whether the commit's hash fits
/// a record that does not: then it was written like that, by whoever could write the chain.
///
/// Fails with `integrity_failure` (the message names the first bad record: table, id and what is
/// wrong), `cancelled`, and the `storage_*` codes.
/// Threads: any. Cost: one pass over the journal; memory in proportion to the accounts.
[[nodiscard]] Result<VerifyReport> verify_book(storage::Storage& storage,
                                               const VerifyOptions& options);

}  // namespace coffer
