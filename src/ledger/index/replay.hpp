// SPDX-License-Identifier: MIT
// Replay: what the index needs of transactions that are in the journal but in no segment.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/key_hash.hpp"

namespace coffer::ledger {

/// A transaction as the index sees it.
struct IndexedTransaction {
  std::int64_t id = 0;
  std::uint64_t hash = 0;
  std::int64_t effective_at = 0;
  std::int64_t debit = 0;
  std::int64_t credit = 0;
};

/// Calls `take` for the transactions first..last in id order, with the accounts of their entry
/// rows. Fails with the `storage_*` codes.
[[nodiscard]] Status replay(storage::Reader& reader, const KeyHash& hash, std::int64_t first,
                            std::int64_t last,
                            const std::function<void(const IndexedTransaction&,
                                                     std::span<const std::int64_t> others)>& take);

}  // namespace coffer::ledger
