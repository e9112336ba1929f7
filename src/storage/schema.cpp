// SPDX-License-Identifier: MIT
// Reading and writing single members of rows by their schema, and the list of all schemas.
#include <coffer/storage/schema.hpp>

#include <array>
#include <cstring>

#include <coffer/storage/rows_derived.hpp>
#include <coffer/storage/rows_ledger.hpp>
#include <coffer/storage/rows_wallet.hpp>

namespace coffer::storage {
namespace {

template <class T>
T read_member(const void* row, std::size_t offset) noexcept {
  T value;
  std::memcpy(&value, static_cast<const char*>(row) + offset, sizeof value);
  return value;
}

template <class T>
void write_member(void* row, std::size_t offset, const T& value) noexcept {
  std::memcpy(static_cast<char*>(row) + offset, &value, sizeof value);
}

const std::array<const Schema*, row_kind_count - 1>& schemas() noexcept {
  static const std::array<const Schema*, row_kind_count - 1> all = {
      &BookRow::schema(),     &CommitRow::schema(),         &AssetRow::schema(),
      &AccountRow::schema(),  &AccountChangeRow::schema(),  &TransactionRow::schema(),
      &EntryRow::schema(),    &HoldRow::schema(),           &HoldEventRow::schema(),
      &WalletRow::schema(),   &ReconciliationRow::schema(), &HeadRow::schema(),
      &OpenHoldRow::schema(), &IndexSegmentRow::schema(),   &IndexBlockRow::schema(),
      &NoteRow::schema(),     &CryptoWalletRow::schema(),   &WalletRecordRow::schema(),
  };
  return all;
}

}  // namespace

Cell cell_of(const Schema& schema, const void* row, std::size_t column) noexcept {
  const Column& member = schema.columns[column];
  Cell cell;
  cell.type = member.type;
  switch (member.type) {
    case CellType::integer: cell.integer = read_member<std::int64_t>(row, member.offset); break;
    case CellType::amount: cell.amount = read_member<Amount>(row, member.offset); break;
    case CellType::text:
    case CellType::blob: cell.bytes = read_member<std::string_view>(row, member.offset); break;
  }
  return cell;
}

void set_cell(const Schema& schema, void* row, std::size_t column, const Cell& cell) noexcept {
  const Column& member = schema.columns[column];
  switch (member.type) {
    case CellType::integer: write_member(row, member.offset, cell.integer); break;
    case CellType::amount: write_member(row, member.offset, cell.amount); break;
    case CellType::text:
    case CellType::blob: write_member(row, member.offset, cell.bytes); break;
  }
}

const Schema& schema_of(RowKind kind) noexcept {
  return *schemas()[static_cast<std::size_t>(kind) - 1];
}

std::span<const Schema* const> all_schemas() noexcept { return schemas(); }

}  // namespace coffer::storage
