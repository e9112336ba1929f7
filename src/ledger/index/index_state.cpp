// SPDX-License-Identifier: MIT
// Reading the manifest, and handing out filter memory.
#include "ledger/index/index_state.hpp"

#include <algorithm>
#include <string>

#include "ledger/index/key_hash.hpp"
#include "ledger/index/segment_checksum.hpp"

namespace coffer::ledger {
namespace {

constexpr std::int64_t header_id = 1;

IndexHeader header_of(const storage::IndexSegmentRow& row) {
  IndexHeader header;
  header.generation = row.item_count;
  header.next_segment = row.first_filter;
  header.next_block = row.first_block;
  header.seed = row.seed;
  header.exists = true;
  return header;
}

/// Counts that no writer wrote would end in absurd allocations.
bool is_sound(const storage::IndexSegmentRow& row) {
  if (row.kind < 0 || row.kind >= static_cast<std::int64_t>(segment_kind_count)) {
    return false;
  }
  const auto bytes_max = static_cast<std::int64_t>(index_block_bytes_max);
  const std::int64_t lines =
      row.kind == static_cast<std::int64_t>(SegmentKind::keys) && row.item_count > 0
          ? KeyFilter::line_count(row.item_count, row.level)
          : 0;
  return row.first_transaction > 0 && row.last_transaction >= row.first_transaction &&
         row.block_count > 0 && row.block_count < (std::int64_t{1} << 40) && row.item_count > 0 &&
         row.item_count <= row.block_count * bytes_max && row.filter_count > 0 &&
         row.filter_count > lines / filter_lines_per_block;
}

std::shared_ptr<IndexSegment> known_segment(const IndexState& known,
                                            const storage::IndexSegmentRow& row) {
  for (const auto& segment : known.segments[static_cast<std::size_t>(row.kind)]) {
    if (segment->row().id == row.id && segment->row().first_block == row.first_block) {
      return segment;
    }
  }
  return std::make_shared<IndexSegment>(row);
}

}  // namespace

void IndexState::assign_filters(const IndexState& before, std::int64_t bytes_max) {
  const Segments& keys = of(SegmentKind::keys);
  const Segments& keys_before = before.of(SegmentKind::keys);
  filters.assign(keys.size(), nullptr);
  for (std::size_t i = keys.size(); i-- > 0;) {
    if (keys[i]->filter_bytes() > bytes_max) {
      continue;
    }
    bytes_max -= keys[i]->filter_bytes();
    const auto same = std::find(keys_before.begin(), keys_before.end(), keys[i]);
    if (same != keys_before.end()) {
      const auto place = static_cast<std::size_t>(same - keys_before.begin());
      filters[i] = place < before.filters.size() ? before.filters[place] : nullptr;
    }
    if (filters[i] == nullptr) {
      filters[i] = std::make_shared<FilterSlot>();
    }
  }
}

void IndexState::use_filter(const std::shared_ptr<IndexSegment>& segment,
                            std::shared_ptr<FilterSlot> slot) {
  const Segments& keys = of(SegmentKind::keys);
  const auto place = std::find(keys.begin(), keys.end(), segment);
  if (slot == nullptr || place == keys.end()) {
    return;
  }
  auto& filter = filters[static_cast<std::size_t>(place - keys.begin())];
  if (filter != nullptr) {
    filter = std::move(slot);
  }
}

void IndexState::drop_covered_tails() {
  while (tails.size() > 1 && tails.front()->last_id() <= covered) {
    tails.erase(tails.begin());
  }
}

storage::IndexSegmentRow IndexHeader::to_row() const noexcept {
  storage::IndexSegmentRow row;
  row.id = header_id;
  row.kind = static_cast<std::int64_t>(SegmentKind::header);
  row.item_count = generation;
  row.first_filter = next_segment;
  row.first_block = next_block;
  row.seed = seed;
  return row;
}

Result<IndexHeader> read_header(storage::Reader& reader) {
  IndexHeader header;
  COFFER_TRY(reader.find<storage::IndexSegmentRow>(
      header_id, [&header](const storage::IndexSegmentRow& row) { header = header_of(row); }));
  return header;
}

Result<std::int64_t> seed_of_book(storage::Reader& reader) {
  std::uint64_t seed = 0;
  COFFER_TRY(reader.find<storage::BookRow>(1, [&seed](const storage::BookRow& row) {
    const KeyHash hash(row.created_at);
    seed = (hash(row.name) << 16U) ^ hash(std::string(row.name) + "seed");
  }));
  return static_cast<std::int64_t>(seed);
}

Result<Manifest> read_manifest(storage::Reader& reader, const IndexState& known) {
  Manifest manifest;
  std::vector<storage::IndexSegmentRow> rows;
  COFFER_TRY(reader.scan<storage::IndexSegmentRow>(storage::ScanQuery{},
                                                   [&rows](const storage::IndexSegmentRow& row) {
                                                     rows.push_back(row);
                                                     return true;
                                                   }));
  std::sort(rows.begin(), rows.end(),
            [](const auto& a, const auto& b) { return a.first_transaction < b.first_transaction; });
  for (const storage::IndexSegmentRow& row : rows) {
    if (row.checksum != checksum_of(row)) {
      // Believing it could mean to destroy blocks that are in use.
      return Error{Code::storage_corrupt, "index_segments: row " + std::to_string(row.id) +
                                              " was altered: its checksum does not fit; " +
                                              std::string(rebuild_hint)};
    }
    if (row.kind == static_cast<std::int64_t>(SegmentKind::header)) {
      manifest.header = header_of(row);
    } else if (row.kind == static_cast<std::int64_t>(SegmentKind::discarded)) {
      manifest.discarded.push_back(row);
    } else if (is_sound(row)) {
      manifest.state.segments[static_cast<std::size_t>(row.kind)].push_back(
          known_segment(known, row));
      if (row.kind == static_cast<std::int64_t>(SegmentKind::keys)) {
        manifest.state.covered = std::max(manifest.state.covered, row.last_transaction);
      }
    } else {
      return damaged_segment(row);
    }
  }
  manifest.state.generation = manifest.header.generation;
  return manifest;
}

Result<std::int64_t> read_last_transaction(storage::Reader& reader) {
  storage::ScanQuery newest;
  newest.is_backward = true;
  newest.limit = 1;
  std::int64_t last = 0;
  COFFER_TRY(
      reader.scan<storage::TransactionRow>(newest, [&last](const storage::TransactionRow& row) {
        last = row.id;
        return false;
      }));
  return last;
}

}  // namespace coffer::ledger
