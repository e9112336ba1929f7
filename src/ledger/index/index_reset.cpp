// SPDX-License-Identifier: MIT
// Emptying the stored index, so that loading it builds it again from the journal.
#include "ledger/index/index_reset.hpp"

#include <algorithm>
#include <limits>

#include "ledger/index/index_state.hpp"
#include "ledger/index/segment_checksum.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

template <storage::Row Row>
Result<std::int64_t> newest_id(storage::Reader& reader) {
  storage::ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  std::int64_t id = 0;
  COFFER_TRY(reader.scan<Row>(newest, [&id](const Row& row) {
    // No writer has come so far; such an id is part of the damage.
    id = row.id < id_max / 2 ? row.id : 0;
    return false;
  }));
  return id;
}

}  // namespace

Status reset_index(storage::Storage& storage, Timestamp now) {
  using storage::IndexBlockRow;
  using storage::IndexSegmentRow;
  COFFER_TRY_ASSIGN(const std::unique_ptr<storage::UnitOfWork> unit, storage.begin());
  COFFER_TRY_ASSIGN(const std::int64_t segment, newest_id<IndexSegmentRow>(*unit));
  COFFER_TRY_ASSIGN(const std::int64_t block, newest_id<IndexBlockRow>(*unit));
  COFFER_TRY(unit->destroy<IndexSegmentRow>(1, id_max));
  COFFER_TRY(unit->destroy<IndexBlockRow>(1, id_max));
  // A clock's nanoseconds are more than any count of changes, so no generation comes twice.
  IndexHeader header;
  header.generation = now.ns;
  header.next_segment = std::max(header.next_segment, segment + 1);
  header.next_block = block + 1;
  COFFER_TRY_ASSIGN(header.seed, seed_of_book(*unit));
  IndexSegmentRow row = header.to_row();
  row.checksum = checksum_of(row);
  COFFER_TRY(unit->put(row));
  return unit->commit();
}

}  // namespace coffer::ledger
