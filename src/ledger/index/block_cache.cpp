// SPDX-License-Identifier: MIT
// Reading blocks, through the cache or past it.
#include "ledger/index/block_cache.hpp"

#include <coffer/storage/rows_derived.hpp>

namespace coffer::ledger {
namespace {

Error missing_block(std::int64_t id) {
  return {Code::storage_corrupt,
          "index_blocks: row " + std::to_string(id) + " is missing; " + std::string(rebuild_hint)};
}

}  // namespace

BlockBytes BlockCache::find(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(id);
  if (place == places_.end()) {
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->second;
}

void BlockCache::insert(std::int64_t id, BlockBytes block) {
  const std::lock_guard lock(mutex_);
  if (blocks_max_ == 0 || places_.count(id) != 0) {
    return;
  }
  if (entries_.size() >= blocks_max_) {
    places_.erase(entries_.back().first);
    entries_.pop_back();
  }
  entries_.emplace_front(id, std::move(block));
  places_.emplace(id, entries_.begin());
}

Result<BlockBytes> read_block(storage::Reader& reader, std::int64_t id, BlockCache* cache) {
  if (cache != nullptr) {
    if (BlockBytes block = cache->find(id)) {
      return block;
    }
  }
  BlockBytes block;
  COFFER_TRY_ASSIGN(const bool found, reader.find<storage::IndexBlockRow>(
                                          id, [&block](const storage::IndexBlockRow& row) {
                                            block = std::make_shared<const std::string>(row.data);
                                          }));
  if (!found) {
    return missing_block(id);
  }
  if (cache != nullptr) {
    cache->insert(id, block);
  }
  return block;
}

Status read_blocks(storage::Reader& reader, std::int64_t first, std::int64_t count,
                   std::string& bytes) {
  const storage::Cell from = storage::Cell::of(first);
  const storage::Cell to = storage::Cell::of(first + count);
  storage::ScanQuery query;
  query.from = std::span(&from, 1);
  query.to = std::span(&to, 1);
  std::int64_t next = first;
  COFFER_TRY(reader.scan<storage::IndexBlockRow>(query, [&](const storage::IndexBlockRow& row) {
    if (row.id != next) {
      return false;
    }
    ++next;
    bytes.append(row.data);
    return true;
  }));
  if (next != first + count) {
    return missing_block(next);
  }
  return {};
}

}  // namespace coffer::ledger
