// SPDX-License-Identifier: MIT
// Reading the manifest, and adding up what its segments must hold.
#include "ledger/verify/index_tally.hpp"

#include <algorithm>
#include <bit>

#include "ledger/index/segment_checksum.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::IndexSegmentRow;

constexpr const char* table = "index_segments";
constexpr std::int64_t header_id = 1;

}  // namespace

void ItemSum::add(const IndexItem& item) noexcept {
  const std::uint64_t major = mixed(item.major + 0x9e3779b97f4a7c15ULL);
  const std::uint64_t minor = mixed(major ^ static_cast<std::uint64_t>(item.minor));
  sum += mixed(std::rotl(minor, 17) ^ static_cast<std::uint64_t>(item.id));
  ++count;
}

Result<IndexTally> IndexTally::read(storage::Reader& reader) {
  IndexTally tally;
  bool has_rows = false;
  COFFER_TRY(reader.scan<IndexSegmentRow>({}, [&](const IndexSegmentRow& row) {
    has_rows = true;
    if (row.checksum != checksum_of(row) && tally.altered_ == 0) {
      tally.altered_ = row.id;
    }
    if (row.id == header_id) {
      tally.header_ = row;
    } else if (row.kind == static_cast<std::int64_t>(SegmentKind::discarded)) {
      tally.discarded_.push_back(row);
    } else if (row.kind >= 0 && row.kind < static_cast<std::int64_t>(segment_kind_count)) {
      tally.segments_[static_cast<std::size_t>(row.kind)].push_back({row, {}});
    } else if (tally.misfit_) {
      tally.misfit_ = problem(table, row.id, differs("kind", row.kind, "no kind above", 3));
    }
    return true;
  }));
  if (has_rows && tally.misfit_) {
    tally.check_rows();
  }
  if (tally.misfit_) {
    tally.hash_ = KeyHash(tally.header_.seed);
  } else {
    tally.segments_ = {};
  }
  return tally;
}

Status IndexTally::check_header() const {
  if (header_.id != header_id) {
    return problem(table, header_id, "missing, though there are segments");
  }
  const bool is_header = header_.kind == static_cast<std::int64_t>(SegmentKind::header) &&
                         header_.level == 0 && header_.first_transaction == 0 &&
                         header_.last_transaction == 0 && header_.block_count == 0 &&
                         header_.filter_count == 0 && header_.item_count >= 0;
  return is_header ? Status{} : problem(table, header_id, "is not the row that counts segments");
}

Status IndexTally::check_segment(const IndexSegmentRow& row) const {
  if (row.id <= header_id || row.id >= header_.first_filter) {
    return problem(table, row.id,
                   differs("id", row.id, "the next new one is", header_.first_filter));
  }
  if (row.seed != header_.seed) {
    return problem(table, row.id, differs("seed", row.seed, "row 1 has", header_.seed));
  }
  if (row.first_transaction < 1 || row.last_transaction < row.first_transaction || row.level < 0 ||
      row.item_count < 1 || row.first_block < 1 || row.first_filter < 1) {
    return problem(table, row.id, "its numbers do not fit together");
  }
  if (row.block_count < 1 || row.first_block > header_.first_block - row.block_count) {
    return problem(table, row.id, "its blocks are not below block " + text_of(header_.first_block));
  }
  if (row.filter_count < 1 || row.first_filter > header_.first_block - row.filter_count) {
    return problem(table, row.id,
                   "its filter blocks are not below block " + text_of(header_.first_block));
  }
  return {};
}

Status IndexTally::check_tiling() {
  for (std::size_t kind = 0; kind < segments_.size(); ++kind) {
    const bool is_tiled = static_cast<SegmentKind>(kind) != SegmentKind::effective;
    std::int64_t next = 1;
    for (const TalliedSegment& segment : segments_[kind]) {
      const IndexSegmentRow& row = segment.row;
      COFFER_TRY(check_segment(row));
      if (is_tiled ? row.first_transaction != next : row.first_transaction < next) {
        return problem(table, row.id,
                       differs("first_transaction", row.first_transaction,
                               "the segments before go up to", next - 1));
      }
      next = row.last_transaction + 1;
    }
    if (kind == 0) {
      covered_ = next - 1;
    } else if (is_tiled ? next - 1 != covered_ : next - 1 > covered_) {
      const auto& rows = segments_[kind];
      return problem(table, rows.empty() ? header_id : rows.back().row.id,
                     "segments of kind " + text_of(static_cast<std::int64_t>(kind)) + " go up to " +
                         text_of(next - 1) + ", those of kind 0 to " + text_of(covered_));
    }
  }
  return {};
}

void IndexTally::check_rows() {
  misfit_ = check_header();
  if (!misfit_) {
    return;
  }
  for (auto& segments : segments_) {
    std::sort(segments.begin(), segments.end(), [](const auto& a, const auto& b) {
      return a.row.first_transaction < b.row.first_transaction;
    });
  }
  misfit_ = check_tiling();
}

TalliedSegment* IndexTally::segment_of(SegmentKind kind, std::int64_t id) noexcept {
  auto& segments = segments_[static_cast<std::size_t>(kind)];
  std::size_t& at = at_[static_cast<std::size_t>(kind)];
  while (at < segments.size() && segments[at].row.last_transaction < id) {
    ++at;
  }
  return at < segments.size() && segments[at].row.first_transaction <= id ? &segments[at] : nullptr;
}

void IndexTally::add_key(std::int64_t id, std::string_view key) {
  if (TalliedSegment* segment = segment_of(SegmentKind::keys, id)) {
    segment->expected.add({hash_(key), 0, id});
  }
}

void IndexTally::add_accounts(const storage::TransactionRow& row,
                              std::span<const storage::EntryRow> entries) {
  if (row.id > covered_) {
    return;
  }
  accounts_.assign({row.debit, row.credit});
  for (const storage::EntryRow& entry : entries) {
    accounts_.push_back(entry.account);
  }
  std::sort(accounts_.begin(), accounts_.end());
  accounts_.erase(std::unique(accounts_.begin(), accounts_.end()), accounts_.end());
  TalliedSegment* histories = segment_of(SegmentKind::accounts, row.id);
  TalliedSegment* effective =
      row.effective_at != 0 ? segment_of(SegmentKind::effective, row.id) : nullptr;
  for (const std::int64_t account : accounts_) {
    const auto major = static_cast<std::uint64_t>(account);
    if (histories != nullptr) {
      histories->expected.add({major, 0, row.id});
    }
    if (effective != nullptr) {
      effective->expected.add({major, row.effective_at, row.id});
    }
  }
  if (row.effective_at != 0 && effective == nullptr && left_out_ == 0) {
    left_out_ = row.id;
  }
}

}  // namespace coffer::ledger
