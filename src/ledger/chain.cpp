// SPDX-License-Identifier: MIT
// Canonical bytes go through one flat buffer, so that SHA-256 sees few and large pieces.
#include "ledger/chain.hpp"

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

#include "crypto/sha256.hpp"

namespace coffer::ledger {
namespace {

using storage::CellType;
using storage::Column;
using storage::RowKind;

constexpr std::string_view book_label = "coffer book 1";
constexpr std::string_view commit_label = "coffer commit 1";
constexpr std::size_t amount_bytes_max = 33;
/// A transaction's bytes beside its two texts: kind, seven integers, two lengths, three amounts.
constexpr std::size_t transaction_bytes_fixed = 1 + 7 * 8 + 2 * 4 + 3 * amount_bytes_max;
constexpr std::size_t buffer_bytes = 8192;
/// Columns before it are as old as the format; those after it came later.
constexpr std::size_t commit_hash_column = 12;

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

std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

template <class T>
T member_at(const void* row, const Column& column) noexcept {
  T value;
  std::memcpy(&value, static_cast<const std::byte*>(row) + column.offset, sizeof value);
  return value;
}

}  // namespace

ChainHash genesis_hash(const storage::BookRow& book) noexcept {
  std::array<std::uint8_t, 8> created_at{};
  write_integer(created_at.data(), book.created_at);
  return crypto::Sha256()
      .update(bytes_of(book_label))
      .update(bytes_of(book.name))
      .update(created_at)
      .finish();
}

struct ChainHasher::State {
  crypto::Sha256 hash;
  std::size_t used = 0;
  std::array<std::uint8_t, buffer_bytes> buffer;

  void flush() noexcept {
    hash.update({buffer.data(), used});
    used = 0;
  }

  /// Where the next `size` bytes go; `size` is at most `buffer_bytes`.
  std::uint8_t* room(std::size_t size) noexcept {
    if (buffer_bytes - used < size) {
      flush();
    }
    return buffer.data() + used;
  }

  void advance_to(const std::uint8_t* end) noexcept {
    used = static_cast<std::size_t>(end - buffer.data());
  }

  void add_text(std::string_view text) noexcept {
    if (text.size() <= buffer_bytes - 4) {
      advance_to(write_text(room(4 + text.size()), text));
      return;
    }
    advance_to(write_u32(room(4), static_cast<std::uint32_t>(text.size())));
    flush();
    hash.update(bytes_of(text));
  }

  void add_column(const void* row, const Column& column) noexcept {
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

  void add_kind(RowKind kind) noexcept {
    std::uint8_t* to = room(1);
    *to = static_cast<std::uint8_t>(kind);
    advance_to(to + 1);
  }
};

ChainHasher::ChainHasher(const ChainHash& previous, const storage::CommitRow& commit)
    : state_(std::make_unique<State>()) {
  state_->hash.update(bytes_of(commit_label)).update(previous);
  state_->add_kind(RowKind::commit);
  const std::span<const Column> columns = storage::CommitRow::schema().columns;
  for (const Column& column : columns.first(commit_hash_column)) {
    state_->add_column(&commit, column);
  }
  if (commit.last_crypto_wallet == 0 && commit.last_wallet_record == 0) {
    return;
  }
  state_->add_kind(RowKind::commit);
  for (const Column& column : columns.subspan(commit_hash_column + 1)) {
    state_->add_column(&commit, column);
  }
}

ChainHasher::~ChainHasher() = default;

void ChainHasher::add_transaction(const storage::TransactionRow& row) {
  const std::size_t size_max = transaction_bytes_fixed + row.key.size() + row.reference.size();
  if (size_max > buffer_bytes) {
    add(row);
    return;
  }
  std::uint8_t* to = state_->room(size_max);
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
  state_->advance_to(write_text(to, row.reference));
}

void ChainHasher::add(const storage::Schema& schema, const void* row) {
  state_->add_kind(schema.kind);
  for (const Column& column : schema.columns) {
    state_->add_column(row, column);
  }
}

ChainHash ChainHasher::finish() {
  state_->flush();
  return state_->hash.finish();
}

}  // namespace coffer::ledger
