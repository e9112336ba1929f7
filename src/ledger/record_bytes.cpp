// SPDX-License-Identifier: MIT
// Canonical bytes: little endian numbers, amounts and texts behind their lengths.
#include "ledger/record_bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

namespace coffer::ledger {
namespace {

using storage::CellType;
using storage::Column;
using storage::RowKind;

constexpr std::size_t amount_bytes_max = 33;
/// A transaction's bytes beside its two texts: kind, seven integers, two lengths, three amounts.
constexpr std::size_t transaction_bytes_fixed = 1 + 7 * 8 + 2 * 4 + 3 * amount_bytes_max;

std::uint8_t* write_u32(std::uint8_t* to, std::uint32_t value) noexcept {
  for (unsigned i = 0; i < 4; ++i) {
    to[i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
  return to + 4;
}

std::uint8_t* write_u64(std::uint8_t* to, std::uint64_t value) noexcept {
  for (unsigned i = 0; i < 8; ++i) {
    to[i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
  return to + 8;
}

std::uint8_t* write_integer(std::uint8_t* to, std::int64_t value) noexcept {
  return write_u64(to, static_cast<std::uint64_t>(value));
}

std::uint8_t* write_text(std::uint8_t* to, std::string_view text) noexcept {
  to = write_u32(to, static_cast<std::uint32_t>(text.size()));
  if (!text.empty()) {
    std::memcpy(to, text.data(), text.size());
  }
  return to + text.size();
}

/// Bytes that a two's complement number needs whose top limb is `top`, in that limb.
std::size_t significant_bytes(std::uint64_t top) noexcept {
  const std::uint64_t sign = (top >> 63U) != 0 ? ~0ULL : 0ULL;
  const auto bits = static_cast<std::size_t>(64 - std::countl_zero(top ^ sign)) + 1;
  return (bits + 7) / 8;
}

/// Needs room for `amount_bytes_max` at `to`, however short the amount is.
std::uint8_t* write_amount(std::uint8_t* to, const Amount& amount) noexcept {
  const auto& limbs = amount.limbs();
  std::size_t top = 3;
  while (top > 0) {
    const std::uint64_t sign = (limbs[top - 1] >> 63U) != 0 ? ~0ULL : 0ULL;
    if (limbs[top] != sign) {
      break;
    }
    --top;
  }
  const std::size_t size = 8 * top + significant_bytes(limbs[top]);
  *to = static_cast<std::uint8_t>(size);
  std::uint8_t* cursor = to + 1;
  for (std::size_t i = 0; i <= top; ++i) {
    cursor = write_u64(cursor, limbs[i]);
  }
  return to + 1 + size;
}

template <class T>
T member_at(const void* row, const Column& column) noexcept {
  T value;
  std::memcpy(&value, static_cast<const std::byte*>(row) + column.offset, sizeof value);
  return value;
}

/// How many bytes a row has at most.
std::size_t size_bound(const storage::Schema& schema, const void* row) noexcept {
  std::size_t size = 1;
  for (const Column& column : schema.columns) {
    switch (column.type) {
      case CellType::integer: size += 8; break;
      case CellType::amount: size += amount_bytes_max; break;
      case CellType::text:
      case CellType::blob: size += 4 + member_at<std::string_view>(row, column).size(); break;
    }
  }
  return size;
}

std::uint64_t word_at(const std::uint8_t* bytes, std::size_t size) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t swapped = 0;
    for (unsigned i = 0; i < 8; ++i) {
      swapped |= ((word >> (8 * i)) & 0xffU) << (56 - 8 * i);
    }
    return swapped;
  }
  return word;
}

}  // namespace

std::int64_t RecordBytes::add(const storage::Schema& schema, const void* row) noexcept {
  begin_record(size_bound(schema, row));
  add_kind(schema.kind);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    if (i != schema.checksum_column) {
      add_column(row, schema.columns[i]);
    }
  }
  return end_record();
}

std::int64_t RecordBytes::add_transaction(const storage::TransactionRow& row) noexcept {
  const std::size_t size_max = transaction_bytes_fixed + row.key.size() + row.reference.size();
  if (size_max > buffer_bytes) {
    return add(storage::TransactionRow::schema(), &row);
  }
  begin_record(size_max);
  std::uint8_t* to = buffer_.data() + used_;
  *to++ = static_cast<std::uint8_t>(RowKind::transaction);
  to = write_integer(to, row.id);
  to = write_text(to, row.key);
  to = write_integer(to, row.kind);
  to = write_integer(to, row.debit);
  to = write_integer(to, row.credit);
  to = write_amount(to, row.amount);
  to = write_amount(to, row.debit_after);
  to = write_amount(to, row.credit_after);
  to = write_integer(to, row.recorded_at);
  to = write_integer(to, row.effective_at);
  to = write_integer(to, row.entry_count);
  advance_to(write_text(to, row.reference));
  return end_record();
}

void RecordBytes::add_kind(RowKind kind) noexcept {
  std::uint8_t* to = room(1);
  *to = static_cast<std::uint8_t>(kind);
  advance_to(to + 1);
}

void RecordBytes::add_column(const void* row, const Column& column) noexcept {
  switch (column.type) {
    case CellType::integer:
      advance_to(write_integer(room(8), member_at<std::int64_t>(row, column)));
      return;
    case CellType::amount:
      advance_to(write_amount(room(amount_bytes_max), member_at<Amount>(row, column)));
      return;
    case CellType::text:
    case CellType::blob: add_text(member_at<std::string_view>(row, column)); return;
  }
}

void RecordBytes::flush() noexcept {
  sum_up();
  if (hash_ != nullptr) {
    hash_->update({buffer_.data(), used_});
  }
  used_ = record_ = 0;
}

/// A record begins where it will not be torn by a flush, unless it is longer than the buffer; then
/// it begins the buffer. So its checksum does not depend on what went before.
void RecordBytes::begin_record(std::size_t size_max) noexcept {
  if (buffer_bytes - used_ < size_max) {
    flush();
  }
  sums_ = {};
  record_ = used_;
}

std::int64_t RecordBytes::end_record() noexcept {
  sum_up();
  std::uint64_t sum = sums_.even ^ std::rotl(sums_.odd, 32);
  sum = (sum ^ (sum >> 29U)) * 0xc4ceb9fe1a85ec53ULL;
  const auto checksum = static_cast<std::int16_t>(sum >> 48U);
  return checksum == 0 ? 1 : checksum;
}

/// Polynomials over the bytes of the present record, in words of eight.
void RecordBytes::sum_up() noexcept {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  const std::uint8_t* from = buffer_.data() + record_;
  std::size_t left = used_ - record_;
  Sums sums = sums_;
  for (; left >= 16; left -= 16, from += 16) {
    sums.even = sums.even * factor + word_at(from, 8);
    sums.odd = sums.odd * factor + word_at(from + 8, 8);
  }
  if (left >= 8) {
    sums.even = sums.even * factor + word_at(from, 8);
    left -= 8;
    from += 8;
  }
  sums.odd = sums.odd * factor + word_at(from, left) + used_ - record_;
  sums_ = sums;
  record_ = used_;
}

/// Where the next `size` bytes go; `size` is at most `buffer_bytes`.
std::uint8_t* RecordBytes::room(std::size_t size) noexcept {
  if (buffer_bytes - used_ < size) {
    flush();
  }
  return buffer_.data() + used_;
}

void RecordBytes::advance_to(const std::uint8_t* end) noexcept {
  used_ = static_cast<std::size_t>(end - buffer_.data());
}

void RecordBytes::add_text(std::string_view text) noexcept {
  advance_to(write_u32(room(4), static_cast<std::uint32_t>(text.size())));
  while (!text.empty()) {
    const std::size_t size = std::min(text.size(), buffer_bytes);
    std::uint8_t* const to = room(size);
    std::memcpy(to, text.data(), size);
    advance_to(to + size);
    text.remove_prefix(size);
  }
}

std::int64_t record_checksum(const storage::Schema& schema, const void* row) noexcept {
  return RecordBytes(nullptr).add(schema, row);
}

}  // namespace coffer::ledger
