// SPDX-License-Identifier: MIT
// RecordBytes: the canonical bytes of rows, gathered for a hash, and a checksum of each row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/schema.hpp>

#include "crypto/sha256.hpp"

namespace coffer::ledger {

/// Writes rows as `ChainHasher` describes into one flat buffer, so that SHA-256 sees few and large
/// pieces.
///
/// The checksum of a row is a number of 16 bits, never 0, over its canonical bytes. It tells which
/// record of a commit was altered, which the hash over all of them can't. It is no protection: who
/// alters a record may write a fitting checksum too, and then the hash still differs.
class RecordBytes {
 public:
  /// `hash` takes the bytes and must outlive this; null when only checksums are wanted.
  explicit RecordBytes(crypto::Sha256* hash) noexcept : hash_(hash) {}

  /// All columns but the row's checksum. The value is the checksum that the row should have.
  std::int64_t add(const storage::Schema& schema, const void* row) noexcept;
  /// The hot record, written out by hand; gives the same bytes and the same checksum as `add`.
  std::int64_t add_transaction(const storage::TransactionRow& row) noexcept;

  void add_kind(storage::RowKind kind) noexcept;
  void add_column(const void* row, const storage::Column& column) noexcept;
  /// Hands what is in the buffer to the hash.
  void flush() noexcept;

 private:
  /// Two sums, so that the processor works at both at the same time.
  struct Sums {
    std::uint64_t even = 0;
    std::uint64_t odd = 0;
  };

  static constexpr std::size_t buffer_bytes = 8192;

  void begin_record(std::size_t size_max) noexcept;
  [[nodiscard]] std::int64_t end_record() noexcept;
  void sum_up() noexcept;
  [[nodiscard]] std::uint8_t* room(std::size_t size) noexcept;
  void advance_to(const std::uint8_t* end) noexcept;
  void add_text(std::string_view text) noexcept;

  crypto::Sha256* hash_;
  Sums sums_;
  std::size_t record_ = 0;  ///< where the present record begins, or went on after a flush
  std::size_t used_ = 0;
  std::array<std::uint8_t, buffer_bytes> buffer_;
};

/// The checksum that a row of a kind with a checksum column should have.
[[nodiscard]] std::int64_t record_checksum(const storage::Schema& schema, const void* row) noexcept;
template <storage::Row R>
[[nodiscard]] std::int64_t record_checksum(const R& row) noexcept {
  return record_checksum(R::schema(), &row);
}

}  // namespace coffer::ledger
