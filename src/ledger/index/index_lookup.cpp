// SPDX-License-Identifier: MIT
// Lookups: by hash through filters, by account through ranges of ids, by time through a merge.
#include "ledger/index/index_lookup.hpp"

#include <algorithm>
#include <limits>

#include <coffer/storage/rows_ledger.hpp>

namespace coffer::ledger {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t time_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t time_max = std::numeric_limits<std::int64_t>::max();

/// Whether the segment can have items of the account at all.
Result<bool> may_have(IndexSegment& segment, storage::Reader& reader, std::uint64_t account) {
  COFFER_TRY_ASSIGN(const Fences* fences, segment.fences(reader));
  return account >= fences->first().major && account <= fences->last().major;
}

using VisitId = std::function<bool(std::int64_t id)>;

/// Segments of accounts follow each other in id order, so a history is one segment after the other.
Status scan_segment(const std::shared_ptr<IndexSegment>& segment, storage::Reader& reader,
                    BlockCache& cache, std::uint64_t account, std::int64_t from, bool is_backward,
                    const VisitId& visit, bool* is_stopped) {
  COFFER_TRY_ASSIGN(const bool may, may_have(*segment, reader, account));
  if (!may) {
    return {};
  }
  SegmentCursor cursor(segment, &cache, account);
  COFFER_TRY(is_backward ? cursor.seek_last(reader, {account, 0, from})
                         : cursor.seek(reader, {account, 0, from}));
  while (cursor.is_valid()) {
    if (!visit(cursor.item().id)) {
      *is_stopped = true;
      return {};
    }
    COFFER_TRY(is_backward ? cursor.previous(reader) : cursor.next(reader));
  }
  return {};
}

Status scan_backward(const IndexSnapshot& snapshot, BlockCache& cache, std::int64_t account,
                     std::int64_t from, const VisitId& visit) {
  const IndexState& state = *snapshot.state;
  from = std::min(from, snapshot.last);
  for (auto tail = state.tails.rbegin(); tail != state.tails.rend(); ++tail) {
    if (!(*tail)->scan_backward(account, state.covered + 1, from, visit)) {
      return {};
    }
  }
  const auto& segments = state.of(SegmentKind::accounts);
  bool is_stopped = false;
  for (auto segment = segments.rbegin(); segment != segments.rend() && !is_stopped; ++segment) {
    if ((*segment)->row().first_transaction <= from) {
      COFFER_TRY(scan_segment(*segment, *snapshot.reader, cache,
                              static_cast<std::uint64_t>(account), from, true, visit, &is_stopped));
    }
  }
  return {};
}

Status scan_forward(const IndexSnapshot& snapshot, BlockCache& cache, std::int64_t account,
                    std::int64_t from, const VisitId& visit) {
  const IndexState& state = *snapshot.state;
  bool is_stopped = false;
  for (const auto& segment : state.of(SegmentKind::accounts)) {
    if (segment->row().last_transaction >= from) {
      COFFER_TRY(scan_segment(segment, *snapshot.reader, cache, static_cast<std::uint64_t>(account),
                              from, false, visit, &is_stopped));
      if (is_stopped) {
        return {};
      }
    }
  }
  for (const auto& tail : state.tails) {
    if (!tail->scan_forward(account, std::max(from, state.covered + 1), snapshot.last, visit)) {
      break;
    }
  }
  return {};
}

}  // namespace

Status find_in_segments(const IndexSnapshot& snapshot, BlockCache& cache, std::uint64_t hash,
                        std::vector<std::int64_t>& ids) {
  const IndexState& state = *snapshot.state;
  const auto& segments = state.of(SegmentKind::keys);
  for (std::size_t i = segments.size(); i-- > 0;) {
    IndexSegment& segment = *segments[i];
    if (state.filters[i] != nullptr) {
      COFFER_TRY_ASSIGN(const KeyFilter* filter, state.filters[i]->get_or_read([&] {
        return segment.read_filter(*snapshot.reader);
      }));
      if (!filter->may_contain(hash)) {
        continue;
      }
    }
    COFFER_TRY(segment.find_hash(*snapshot.reader, &cache, hash, ids));
  }
  return {};
}

Result<bool> has_key(storage::Reader& reader, std::int64_t id, std::string_view key) {
  bool is_same = false;
  COFFER_TRY(reader.find<storage::TransactionRow>(
      id, [&](const storage::TransactionRow& row) { is_same = row.key == key; }));
  return is_same;
}

Status scan_account(const IndexSnapshot& snapshot, BlockCache& cache, std::int64_t account,
                    std::int64_t from, bool is_backward, const VisitId& visit) {
  return is_backward ? scan_backward(snapshot, cache, account, from, visit)
                     : scan_forward(snapshot, cache, account, from, visit);
}

Status scan_effective(
    const IndexSnapshot& snapshot, BlockCache& cache, std::int64_t account, std::int64_t from,
    bool is_backward,
    const std::function<bool(std::int64_t effective_at, std::int64_t id)>& visit) {
  const IndexState& state = *snapshot.state;
  storage::Reader& reader = *snapshot.reader;
  const auto major = static_cast<std::uint64_t>(account);
  const auto is_first = [is_backward](const IndexItem& a, const IndexItem& b) {
    return is_backward ? b < a : a < b;
  };
  std::vector<IndexItem> recent;
  for (const auto& tail : state.tails) {
    tail->collect_effective(account, state.covered + 1, snapshot.last,
                            is_backward ? time_min : from, is_backward ? from : time_max, recent);
  }
  // A heap, because a caller often takes only the first few.
  const auto is_later = [&is_first](const IndexItem& a, const IndexItem& b) {
    return is_first(b, a);
  };
  std::make_heap(recent.begin(), recent.end(), is_later);

  std::vector<SegmentCursor> cursors;
  for (const auto& segment : state.of(SegmentKind::effective)) {
    COFFER_TRY_ASSIGN(const bool may, may_have(*segment, reader, major));
    if (may) {
      SegmentCursor cursor(segment, &cache, major);
      COFFER_TRY(is_backward ? cursor.seek_last(reader, {major, from, id_max})
                             : cursor.seek(reader, {major, from, 0}));
      if (cursor.is_valid()) {
        cursors.push_back(std::move(cursor));
      }
    }
  }
  while (!recent.empty() || !cursors.empty()) {
    const auto first = std::min_element(
        cursors.begin(), cursors.end(),
        [&](const auto& a, const auto& b) { return is_first(a.item(), b.item()); });
    if (first == cursors.end() || (!recent.empty() && is_first(recent.front(), first->item()))) {
      if (!visit(recent.front().minor, recent.front().id)) {
        return {};
      }
      std::pop_heap(recent.begin(), recent.end(), is_later);
      recent.pop_back();
      continue;
    }
    if (!visit(first->item().minor, first->item().id)) {
      return {};
    }
    COFFER_TRY(is_backward ? first->previous(reader) : first->next(reader));
    if (!first->is_valid()) {
      cursors.erase(first);
    }
  }
  return {};
}

}  // namespace coffer::ledger
