// SPDX-License-Identifier: MIT
// Proves that no two records of a kind carry the same key.
#pragma once

#include <cstdint>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/verify/index_tally.hpp"
#include "ledger/verify/journal_check.hpp"

namespace coffer::ledger {

/// The writer lets far fewer gather; a book whose index was thrown away has all of them.
inline constexpr std::int64_t unsealed_keys_max = std::int64_t{1} << 20;

/// Keys of transactions, accounts, holds and wallet records, and codes of assets, are unique.
///
/// To be called after `check_index`: the sealed segments of keys are merged in the order of their
/// hashes, so that equal keys become neighbours; those with equal hashes are compared in full. Keys
/// that no segment has yet are sorted in memory, a range of hashes at a time.
///
/// Fails with `integrity_failure`, which names the later one of the first pair, and the `storage_*`
/// codes. Cost: one pass over the blocks of keys, and one over the transactions without segment for
/// each `unsealed_max` of them; memory: 24 bytes for each of these and one block of each segment.
[[nodiscard]] Status check_keys(storage::Reader& reader, const IndexTally& tally,
                                const JournalEnd& end,
                                std::int64_t unsealed_max = unsealed_keys_max);

}  // namespace coffer::ledger
