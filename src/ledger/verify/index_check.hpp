// SPDX-License-Identifier: MIT
// Compares the stored index with the one that the journal gives.
#pragma once

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/verify/index_tally.hpp"

namespace coffer::ledger {

/// Every segment is written again from its own items and compared byte by byte (blocks, filter,
/// fences, counts), and its items are those that `tally` added up from the journal. So every sealed
/// transaction can be found by its key, its accounts and its effective time. Every block belongs to
/// a segment, or to a range that is to be destroyed. What nothing else tells of a row of the
/// manifest (how often it was merged, the next new ids, what is to be destroyed) its checksum
/// tells.
///
/// Not looked at: what is in blocks that wait to be destroyed. Nothing reads them any more.
///
/// Fails with `integrity_failure` (table, id, what is wrong) and the `storage_*` codes.
/// Cost: one pass over the blocks; memory for the fences of one segment.
[[nodiscard]] Status check_index(storage::Reader& reader, const IndexTally& tally);

}  // namespace coffer::ledger
