// SPDX-License-Identifier: MIT
// Writing each segment again from its own items: whatever differs was altered.
#include "ledger/verify/index_check.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "ledger/index/index_block.hpp"
#include "ledger/index/segment_writer.hpp"
#include "ledger/query/journal_reads.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::IndexBlockRow;
using storage::IndexSegmentRow;
using storage::Reader;

constexpr const char* blocks_table = "index_blocks";
constexpr const char* segments_table = "index_segments";

Result<std::string> read_data(Reader& reader, std::int64_t id) {
  std::string data;
  COFFER_TRY_ASSIGN(
      const bool exists,
      reader.find<IndexBlockRow>(id, [&data](const IndexBlockRow& row) { data = row.data; }));
  return exists ? Result<std::string>(std::move(data))
                : problem(blocks_table, id, "missing, though a segment names it");
}

Status compare_blocks(Reader& reader, SegmentWriter& writer) {
  for (const FinishedBlock& block : writer.take_blocks()) {
    COFFER_TRY_ASSIGN(const std::string stored, read_data(reader, block.id));
    if (stored != block.data) {
      return problem(blocks_table, block.id, "is not what its segment's items give");
    }
  }
  return {};
}

/// Whether the journal has this item.
Result<bool> is_in_journal(Reader& reader, const IndexSegmentRow& row, const IndexItem& item) {
  Result<JournalTransaction> found = read_transaction(reader, item.id);
  if (!found) {
    return found.error().code == Code::transaction_not_found ? Result<bool>(false)
                                                             : std::move(found).error();
  }
  if (row.kind == static_cast<std::int64_t>(SegmentKind::keys)) {
    return KeyHash(row.seed)(found->key) == item.major;
  }
  if (row.kind == static_cast<std::int64_t>(SegmentKind::effective) &&
      found->row.effective_at != item.minor) {
    return false;
  }
  bool touches = false;
  for_each_leg(*found, [&](const Leg& leg) {
    touches = touches || leg.account == static_cast<std::int64_t>(item.major);
  });
  return touches;
}

/// Calls `visit(item)` for the items of one block; false when the block is damaged or out of order.
template <class Visit>
bool visit_items(const IndexSegmentRow& row, std::string_view data, IndexItem* previous,
                 Visit&& visit) {
  IndexBlockReader input(static_cast<SegmentKind>(row.kind), data);
  IndexItem item;
  bool is_sorted = true;
  while (is_sorted && input.next(&item)) {
    is_sorted = (previous->id == 0 || *previous < item) && item.id >= row.first_transaction &&
                item.id <= row.last_transaction;
    *previous = item;
    if (is_sorted) {
      visit(item);
    }
  }
  return is_sorted && !input.is_bad() && !data.empty();
}

/// The block with the first item that the journal does not have.
Status name_wrong_block(Reader& reader, const IndexSegmentRow& row) {
  IndexItem previous;
  std::vector<IndexItem> items;
  for (std::int64_t i = 0; i < row.block_count; ++i) {
    const std::int64_t id = row.first_block + i;
    COFFER_TRY_ASSIGN(const std::string data, read_data(reader, id));
    items.clear();
    static_cast<void>(visit_items(row, data, &previous,
                                  [&items](const IndexItem& item) { items.push_back(item); }));
    for (const IndexItem& item : items) {
      COFFER_TRY_ASSIGN(const bool is_right, is_in_journal(reader, row, item));
      if (!is_right) {
        return problem(blocks_table, id,
                       "has transaction " + text_of(item.id) +
                           " in a place where the journal "
                           "does not have it");
      }
    }
  }
  return problem(segments_table, row.id, "lacks items that the journal has");
}

Status check_segment(Reader& reader, const TalliedSegment& segment) {
  const IndexSegmentRow& row = segment.row;
  // First: the size of the filter follows from it.
  if (row.item_count != segment.expected.count) {
    return problem(
        segments_table, row.id,
        differs("item_count", row.item_count, "the journal gives", segment.expected.count));
  }
  SegmentWriter writer(row, false);
  ItemSum found;
  IndexItem previous;
  for (std::int64_t i = 0; i < row.block_count; ++i) {
    const std::int64_t id = row.first_block + i;
    COFFER_TRY_ASSIGN(const std::string data, read_data(reader, id));
    const bool is_sound = visit_items(row, data, &previous, [&](const IndexItem& item) {
      found.add(item);
      writer.add(item);
    });
    if (!is_sound) {
      return problem(blocks_table, id, "is damaged: its items are not in order");
    }
    COFFER_TRY(compare_blocks(reader, writer));
  }
  if (found != segment.expected) {
    return name_wrong_block(reader, row);
  }
  writer.finish();
  COFFER_TRY(compare_blocks(reader, writer));
  if (writer.row().block_count != row.block_count) {
    return problem(
        segments_table, row.id,
        differs("block_count", row.block_count, "its items give", writer.row().block_count));
  }
  if (writer.row().filter_count != row.filter_count) {
    return problem(
        segments_table, row.id,
        differs("filter_count", row.filter_count, "its items give", writer.row().filter_count));
  }
  return {};
}

/// Block ids `first` up to `end`, without it.
struct BlockRange {
  std::int64_t first = 0;
  std::int64_t end = 0;
  std::int64_t segment = 0;
};

void add_ranges(const IndexSegmentRow& row, std::vector<BlockRange>* ranges) {
  if (row.block_count > 0) {
    ranges->push_back({row.first_block, row.first_block + row.block_count, row.id});
  }
  if (row.filter_count > 0) {
    ranges->push_back({row.first_filter, row.first_filter + row.filter_count, row.id});
  }
}

Status require_no_block(Reader& reader, std::int64_t first, std::int64_t end) {
  const storage::Cell from = storage::Cell::of(first);
  const storage::Cell to = storage::Cell::of(end);
  storage::ScanQuery between;
  between.from = std::span(&from, 1);
  between.to = std::span(&to, 1);
  between.limit = 1;
  std::int64_t found = 0;
  bool exists = false;
  COFFER_TRY(reader.scan<IndexBlockRow>(between, [&](const IndexBlockRow& row) {
    found = row.id;
    exists = true;
    return false;
  }));
  return exists ? problem(blocks_table, found, "belongs to no segment") : Status{};
}

/// No two segments share a block, and no block is left over.
Status check_ranges(Reader& reader, const IndexTally& tally) {
  std::vector<BlockRange> ranges;
  for (std::size_t kind = 0; kind < segment_kind_count; ++kind) {
    for (const TalliedSegment& segment : tally.of(static_cast<SegmentKind>(kind))) {
      add_ranges(segment.row, &ranges);
    }
  }
  for (const IndexSegmentRow& row : tally.discarded()) {
    if (row.block_count < 0 || row.filter_count < 0 || row.first_block < 0 ||
        row.first_filter < 0 || row.first_block > tally.header().first_block - row.block_count ||
        row.first_filter > tally.header().first_block - row.filter_count) {
      return problem(segments_table, row.id, "its range of blocks is not one");
    }
    add_ranges(row, &ranges);
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const BlockRange& a, const BlockRange& b) { return a.first < b.first; });
  std::int64_t end = std::numeric_limits<std::int64_t>::min();
  for (const BlockRange& range : ranges) {
    if (range.first < end) {
      return problem(segments_table, range.segment,
                     "shares block " + text_of(range.first) + " with another segment");
    }
    COFFER_TRY(require_no_block(reader, end, range.first));
    end = range.end;
  }
  return require_no_block(reader, end, std::numeric_limits<std::int64_t>::max());
}

}  // namespace

Status check_index(Reader& reader, const IndexTally& tally) {
  COFFER_TRY(Status(tally.misfit()));
  COFFER_TRY(check_ranges(reader, tally));
  for (std::size_t kind = 0; kind < segment_kind_count; ++kind) {
    for (const TalliedSegment& segment : tally.of(static_cast<SegmentKind>(kind))) {
      COFFER_TRY(check_segment(reader, segment));
    }
  }
  if (tally.left_out() != 0) {
    return problem(segments_table, tally.header().id,
                   "no segment has the effective time of transaction " + text_of(tally.left_out()));
  }
  // Last, because the others can say what is wrong.
  if (tally.altered() != 0) {
    return problem(segments_table, tally.altered(), "was altered: its checksum does not fit");
  }
  return {};
}

}  // namespace coffer::ledger
