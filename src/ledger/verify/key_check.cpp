// SPDX-License-Identifier: MIT
// Equal keys found as neighbours: transactions by hash, the few other kinds by their unique index.
#include "ledger/verify/key_check.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>

#include "ledger/index/index_segment.hpp"
#include "ledger/verify/commit_records.hpp"
#include "ledger/verify/problem.hpp"

namespace coffer::ledger {
namespace {

using storage::Reader;
using storage::TransactionRow;

constexpr IndexItem smallest = {0, std::numeric_limits<std::int64_t>::min(), 0};

/// Takes items in the order of their hashes and keeps the first pair with the same key.
class EqualKeys {
 public:
  explicit EqualKeys(Reader& reader) : reader_(reader) {}

  Status take(const IndexItem& item) {
    if (item.major != hash_ || first_ == 0) {
      hash_ = item.major;
      first_ = item.id;
      keys_.clear();
      return {};
    }
    if (keys_.empty()) {
      COFFER_TRY(keep_key(first_));
    }
    COFFER_TRY(keep_key(item.id));
    const Keyed& newest = keys_.back();
    const auto same = std::find_if(keys_.begin(), keys_.end() - 1,
                                   [&newest](const Keyed& one) { return one.key == newest.key; });
    if (same == keys_.end() - 1) {
      return {};
    }
    if (later_ == 0 || item.id < later_) {
      earlier_ = same->id;
      later_ = item.id;
    }
    keys_.pop_back();
    return {};
  }

  [[nodiscard]] Status verdict() const {
    return later_ == 0 ? Status{}
                       : problem("transactions", later_,
                                 "key is the same as that of transaction " + text_of(earlier_));
  }

 private:
  struct Keyed {
    std::int64_t id = 0;
    std::string key;
  };

  Status keep_key(std::int64_t id) {
    Keyed& kept = keys_.emplace_back(Keyed{id, {}});
    COFFER_TRY(reader_.find<TransactionRow>(
        id, [&kept](const TransactionRow& row) { kept.key = row.key; }));
    return {};
  }

  Reader& reader_;
  std::uint64_t hash_ = 0;
  std::int64_t first_ = 0;
  std::vector<Keyed> keys_;  ///< all different, of hash `hash_`; empty while there is one item only
  std::int64_t earlier_ = 0;
  std::int64_t later_ = 0;
};

/// The sealed segments of keys as one run in the order of hashes.
class SealedKeys {
 public:
  Status open(Reader& reader, const IndexTally& tally) {
    for (const TalliedSegment& segment : tally.of(SegmentKind::keys)) {
      SegmentCursor cursor(std::make_shared<IndexSegment>(segment.row), nullptr);
      COFFER_TRY(cursor.seek(reader, smallest));
      if (cursor.is_valid()) {
        cursors_.push_back(std::move(cursor));
      }
    }
    std::make_heap(cursors_.begin(), cursors_.end(), is_later);
    return {};
  }

  [[nodiscard]] bool is_at_end() const noexcept { return cursors_.empty(); }
  [[nodiscard]] const IndexItem& item() const noexcept { return cursors_.front().item(); }

  Status next(Reader& reader) {
    std::pop_heap(cursors_.begin(), cursors_.end(), is_later);
    COFFER_TRY(cursors_.back().next(reader));
    if (cursors_.back().is_valid()) {
      std::push_heap(cursors_.begin(), cursors_.end(), is_later);
    } else {
      cursors_.pop_back();
    }
    return {};
  }

 private:
  static bool is_later(const SegmentCursor& a, const SegmentCursor& b) {
    return b.item() < a.item();
  }

  std::vector<SegmentCursor> cursors_;  ///< a heap, the least item in front
};

/// The keys beyond the segments whose hashes lie within a range, sorted.
Result<std::vector<IndexItem>> unsealed_keys(Reader& reader, const IndexTally& tally,
                                             std::int64_t last, std::uint64_t from,
                                             std::uint64_t to) {
  const KeyHash hash(tally.header().seed);
  std::vector<IndexItem> items;
  COFFER_TRY(visit_added<TransactionRow>(reader, AddedIds{tally.covered() + 1, last},
                                         [&](const TransactionRow& row) {
                                           const std::uint64_t of_key = hash(row.key);
                                           if (of_key >= from && of_key < to) {
                                             items.push_back({of_key, 0, row.id});
                                           }
                                         }));
  std::sort(items.begin(), items.end());
  return items;
}

Status check_transaction_keys(Reader& reader, const IndexTally& tally, std::int64_t last,
                              std::int64_t unsealed_max) {
  SealedKeys sealed;
  COFFER_TRY(sealed.open(reader, tally));
  EqualKeys equal(reader);
  constexpr std::uint64_t hash_end = std::uint64_t{1} << KeyHash::bits;
  const auto passes = static_cast<std::uint64_t>((last - tally.covered()) / unsealed_max + 1);
  for (std::uint64_t pass = 0; pass < passes; ++pass) {
    const std::uint64_t from = hash_end / passes * pass;
    const std::uint64_t to = pass + 1 == passes ? hash_end : hash_end / passes * (pass + 1);
    COFFER_TRY_ASSIGN(const std::vector<IndexItem> recent,
                      unsealed_keys(reader, tally, last, from, to));
    for (const IndexItem& item : recent) {
      for (; !sealed.is_at_end() && sealed.item() < item;) {
        COFFER_TRY(equal.take(sealed.item()));
        COFFER_TRY(sealed.next(reader));
      }
      COFFER_TRY(equal.take(item));
    }
  }
  while (!sealed.is_at_end()) {
    COFFER_TRY(equal.take(sealed.item()));
    COFFER_TRY(sealed.next(reader));
  }
  return equal.verdict();
}

/// No two neighbours in a unique index have the same values, and it has each row once. `count` is
/// not known (-1) for an index of some rows only.
template <storage::Row R, class Values>
Status check_unique(Reader& reader, std::uint8_t index, const Values& values, std::int64_t count) {
  const storage::Schema& schema = R::schema();
  const std::string column(schema.columns[schema.indexes[index - 1U].columns.back()].name);
  storage::ScanQuery all;
  all.index = index;
  std::string previous;
  std::int64_t previous_id = 0;
  std::int64_t found = 0;
  Status status;
  COFFER_TRY(reader.scan<R>(all, [&](const R& row) {
    std::string present = values(row);
    if (found != 0 && present == previous) {
      const auto [earlier, later] = std::minmax(row.id, previous_id);
      status =
          problem(schema.table, later, column + " is the same as that of row " + text_of(earlier));
    }
    previous = std::move(present);
    previous_id = row.id;
    ++found;
    return status.has_value();
  }));
  COFFER_TRY(std::move(status));
  return count < 0 || found == count ? Status{}
                                     : problem(schema.table, count,
                                               "the index by " + column + " has " + text_of(found) +
                                                   " rows, the table has " + text_of(count));
}

template <storage::Row R>
Status check_unique_keys(Reader& reader, std::int64_t count) {
  return check_unique<R>(
      reader, R::by_key, [](const R& row) { return std::string(row.key); }, count);
}

}  // namespace

Status check_keys(Reader& reader, const IndexTally& tally, const JournalEnd& end,
                  std::int64_t unsealed_max) {
  COFFER_TRY(check_unique<storage::AssetRow>(
      reader, storage::AssetRow::by_code,
      [](const storage::AssetRow& row) { return std::string(row.code); }, end.last.last_asset));
  COFFER_TRY(check_unique_keys<storage::AccountRow>(reader, end.last.last_account));
  COFFER_TRY(check_unique_keys<storage::HoldRow>(reader, end.last.last_hold));
  COFFER_TRY(check_unique<storage::WalletRecordRow>(
      reader, storage::WalletRecordRow::by_key,
      [](const storage::WalletRecordRow& row) {
        return std::to_string(row.kind) + " " + std::string(row.key);
      },
      -1));
  return check_transaction_keys(reader, tally, end.last.last_transaction, unsealed_max);
}

}  // namespace coffer::ledger
