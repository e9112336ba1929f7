// SPDX-License-Identifier: MIT
// CommitRecords: which rows a commit added, and the hash over them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <coffer/core/result.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/storage.hpp>

#include "ledger/chain.hpp"

namespace coffer::ledger {

/// The ids of one kind that a commit added; none when `last` < `first`.
struct AddedIds {
  std::int64_t first = 1;
  std::int64_t last = 0;

  [[nodiscard]] bool is_empty() const noexcept { return last < first; }
};

/// A commit's row with its hash kept, between its predecessor's ids and its own.
struct CommitStep {
  storage::CommitRow row;  ///< `hash` is empty
  std::string hash;
  storage::CommitRow previous;  ///< ids 0 for the first one
  ChainHash previous_hash{};
  bool has_checksums = true;  ///< in its records, and in its own row

  template <class Row>
  [[nodiscard]] AddedIds added(std::int64_t Row::*last) const {
    return {previous.*last + 1, row.*last};
  }
};

/// Visits the rows of one kind that the commit added, in id order.
template <storage::Row R, class Visit>
[[nodiscard]] Status visit_added(storage::Reader& reader, const AddedIds& ids, Visit&& visit) {
  if (ids.is_empty()) {
    return {};
  }
  const storage::Cell from = storage::Cell::of(ids.first);
  const storage::Cell to = storage::Cell::of(ids.last);
  storage::ScanQuery range;
  range.from = std::span(&from, 1);
  range.to = std::span(&to, 1);
  range.is_to_inclusive = true;
  return reader.scan<R>(range, [&visit](const R& row) {
    visit(row);
    return true;
  });
}

/// A record must have the checksum `computed`, or none in a commit without. Fails with
/// `integrity_failure`, naming the record.
[[nodiscard]] Status check_checksum(const CommitStep& step, std::string_view table, std::int64_t id,
                                    std::int64_t stored, std::int64_t computed);
template <storage::Row R>
[[nodiscard]] Status check_checksum(const CommitStep& step, const R& row, std::int64_t computed) {
  return check_checksum(step, R::schema().table, storage::cell_of(R::schema(), &row, 0).integer,
                        row.checksum, computed);
}

/// Adds the kinds before the transactions (assets, accounts, account changes) to the hash.
[[nodiscard]] Status hash_before_transactions(storage::Reader& reader, const CommitStep& step,
                                              ChainHasher& hasher);
/// Adds the kinds after the transactions to the hash. `has_notes`: false when it is known that
/// there are none.
[[nodiscard]] Status hash_after_transactions(storage::Reader& reader, const CommitStep& step,
                                             bool has_notes, ChainHasher& hasher);
/// The hash of the commit's records as they are, without looking at what they say.
[[nodiscard]] Result<ChainHash> hash_of_records(storage::Reader& reader, const CommitStep& step);

/// "accounts 3..4, transactions 10..42".
[[nodiscard]] std::string added_text(const CommitStep& step);

/// True when the commit's stored hash is this one.
[[nodiscard]] bool has_hash(const CommitStep& step, const ChainHash& hash) noexcept;

}  // namespace coffer::ledger
