// SPDX-License-Identifier: MIT
// Lookups and scans over one state of the index, paired with a snapshot of the same commit.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/index/index_state.hpp"

namespace coffer::ledger {

/// A snapshot, the state whose segments it has, and the newest transaction that it shows.
struct IndexSnapshot {
  std::unique_ptr<storage::Reader> reader;
  std::shared_ptr<const IndexState> state;
  std::int64_t last = 0;
};

/// All functions fail with `storage_corrupt` and the `storage_*` codes only.
///
/// Appends the ids that segments have for `hash`; reads one block where a filter does not rule the
/// segment out.
[[nodiscard]] Status find_in_segments(const IndexSnapshot& snapshot, BlockCache& cache,
                                      std::uint64_t hash, std::vector<std::int64_t>& ids);
/// Whether transaction `id` is there and has this key.
[[nodiscard]] Result<bool> has_key(storage::Reader& reader, std::int64_t id, std::string_view key);
/// See `IndexView`.
[[nodiscard]] Status scan_account(const IndexSnapshot& snapshot, BlockCache& cache,
                                  std::int64_t account, std::int64_t from, bool is_backward,
                                  const std::function<bool(std::int64_t id)>& visit);
[[nodiscard]] Status scan_effective(
    const IndexSnapshot& snapshot, BlockCache& cache, std::int64_t account, std::int64_t from,
    bool is_backward, const std::function<bool(std::int64_t effective_at, std::int64_t id)>& visit);

}  // namespace coffer::ledger
