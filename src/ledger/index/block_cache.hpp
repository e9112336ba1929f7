// SPDX-License-Identifier: MIT
// BlockCache: the blocks that were read last, bounded.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <coffer/core/result.hpp>
#include <coffer/storage/storage.hpp>

namespace coffer::ledger {

/// What every error about a damaged index ends with.
inline constexpr std::string_view rebuild_hint =
    "open the book once with rebuild_index, or run: coffer rebuild-index";

using BlockBytes = std::shared_ptr<const std::string>;

/// Least recently used goes first. Ids of published blocks are never used twice, so that a block
/// found here is the same in every snapshot that names it.
///
/// Threads: any.
class BlockCache {
 public:
  explicit BlockCache(std::size_t blocks_max) : blocks_max_(blocks_max) {}

  [[nodiscard]] BlockBytes find(std::int64_t id);
  void insert(std::int64_t id, BlockBytes block);

 private:
  using Entry = std::pair<std::int64_t, BlockBytes>;

  std::size_t blocks_max_;
  std::mutex mutex_;
  std::list<Entry> entries_;  ///< the newest first
  std::unordered_map<std::int64_t, std::list<Entry>::iterator> places_;
};

/// Block `id` as `reader` has it; `cache` may be nullptr. Fails with `storage_corrupt` when it is
/// not there, and the `storage_*` codes.
[[nodiscard]] Result<BlockBytes> read_block(storage::Reader& reader, std::int64_t id,
                                            BlockCache* cache);
/// Blocks first..first + count - 1, one after the other, appended to `bytes`. Fails likewise.
[[nodiscard]] Status read_blocks(storage::Reader& reader, std::int64_t first, std::int64_t count,
                                 std::string& bytes);

}  // namespace coffer::ledger
