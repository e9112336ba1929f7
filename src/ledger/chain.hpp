// SPDX-License-Identifier: MIT
// The audit chain: canonical bytes of every record and the hash that each commit adds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>
#include <coffer/storage/schema.hpp>

namespace coffer::ledger {

using ChainHash = std::array<std::uint8_t, 32>;

/// What the first commit has as its predecessor: SHA-256("coffer book 1" || name || created_at as 8
/// bytes little endian). So the chain also covers what never changes of the book's own row.
[[nodiscard]] ChainHash genesis_hash(const storage::BookRow& book) noexcept;

/// Hashes one commit: feed its records kind by kind in the order of `storage::RowKind`
/// (assets, accounts, account changes, transactions, entries, holds, hold events, wallets,
/// reconciliations, notes, crypto wallets, wallet records), each kind in id order, then `finish`.
///
/// hash = SHA-256("coffer commit 1" || previous || canonical(commit row without its hash) ||
/// records). canonical(row) = kind byte, then each column in the schema's order: integers as 8
/// bytes little endian; amounts as one length byte and their shortest two's complement of at least
/// one byte, little endian; texts and blobs as 4 bytes of length, little endian, and their bytes;
/// without the row's checksum, which follows from these bytes.
/// The commit row's columns after its hash came later: they follow as a kind byte of commits and
/// their values, and not at all while they all are 0, so that older books keep their hashes.
///
/// Threads: one at a time. Cost: one allocation per commit, none per record.
class ChainHasher {
 public:
  ChainHasher(const ChainHash& previous, const storage::CommitRow& commit);
  ~ChainHasher();
  ChainHasher(const ChainHasher&) = delete;
  ChainHasher& operator=(const ChainHasher&) = delete;

  /// The hot record, written out by hand; gives the same bytes as `add`. The value is the checksum
  /// that the record should have.
  std::int64_t add_transaction(const storage::TransactionRow& row);
  /// The value is the checksum that the record should have.
  std::int64_t add(const storage::Schema& schema, const void* row);
  template <storage::Row R>
  std::int64_t add(const R& row) {
    return add(R::schema(), &row);
  }
  /// The commit's hash. The hasher is used up.
  [[nodiscard]] ChainHash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace coffer::ledger
