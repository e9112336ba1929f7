// SPDX-License-Identifier: MIT
// Schema: how a backend reads and writes the plain structs that are rows, without knowing rules.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include <coffer/core/amount.hpp>

namespace coffer::storage {

/// Every kind of row. Values are frozen: they name tables in files and in the C v-table.
enum class RowKind : std::uint8_t {
  book = 1,    ///< one row: who writes this book now
  commit = 2,  ///< one per storage commit: ranges of ids and the hash chain
  asset = 3,
  account = 4,
  account_change = 5,  ///< bounds, frozen, closed, metadata: the newest row holds
  transaction = 6,
  entry = 7,  ///< legs beyond the first two, in transactions of more than two
  hold = 8,
  hold_event = 9,  ///< capture, release or expiry of a hold
  wallet = 10,
  reconciliation = 11,
  head = 12,           ///< derived: an account's balance, for auditors who read by SQL
  open_hold = 13,      ///< derived: what is left of each hold that is still open
  index_segment = 14,  ///< derived: the manifest of sorted segments
  index_block = 15,    ///< derived: sorted blocks of keys and account histories
  note = 16,           ///< details of a transaction that few have: description, reversal, hold
  crypto_wallet = 17,  ///< an address of a network, of a user or of a pool
  wallet_record = 18,  ///< address sources, jobs, their results, changes of wallets' states
};
inline constexpr std::size_t row_kind_count = 19;  ///< one more than the greatest value

/// What a column holds, and the C++ type of the struct member behind it.
enum class CellType : std::uint8_t {
  integer = 0,  ///< std::int64_t
  amount = 1,   ///< coffer::Amount; SQLite: INTEGER when it fits 64 bits, else decimal TEXT
  text = 2,     ///< std::string_view, UTF-8
  blob = 3,     ///< std::string_view, any bytes
};

/// One column: a member of the row struct at a byte offset. Columns are never NULL for the engine;
/// a backend may store an empty optional text or a zero optional integer as NULL.
struct Column {
  std::string_view name;
  CellType type = CellType::integer;
  std::uint16_t offset = 0;
  bool optional = false;  ///< 0 or "" means "absent"
};

/// An ordered access path. Columns are positions in `Schema::columns`; the primary key's columns
/// follow them implicitly, so that every index order is total. Amounts are never in an index.
///
/// A row in which an optional column of the index is absent does not stand in that index: scans
/// over it do not visit the row, and uniqueness does not concern it.
struct Index {
  std::string_view name;
  std::span<const std::uint8_t> columns;
  bool is_unique = false;
};

/// All that a backend needs to know of one row kind.
struct Schema {
  RowKind kind = RowKind::book;
  std::string_view table;
  std::span<const Column> columns;
  std::uint8_t key_columns = 1;         ///< the first n columns are the primary key
  std::span<const Index> indexes;       ///< index 0 is always the primary key; these count from 1
  bool is_append_only = false;          ///< replace, put and destroy are refused
  std::uint8_t version_column = 0xff;   ///< the column that `replace` compares; 0xff: none
  std::size_t row_size = 0;             ///< sizeof the struct
  std::uint8_t checksum_column = 0xff;  ///< the column that the ledger checks a row by; 0xff: none
};

/// A row type names its schema by `static const Schema& schema()`, and is a plain struct.
template <class R>
concept Row = std::is_trivially_copyable_v<R> && requires {
  { R::schema() } -> std::same_as<const Schema&>;
};

/// One value, for keys and for backends that do not want to read structs.
struct Cell {
  CellType type = CellType::integer;
  std::int64_t integer = 0;
  Amount amount;
  std::string_view bytes;

  static Cell of(std::int64_t value) { return Cell{CellType::integer, value, {}, {}}; }
  static Cell of_text(std::string_view value) { return Cell{CellType::text, 0, {}, value}; }
  static Cell of_blob(std::string_view value) { return Cell{CellType::blob, 0, {}, value}; }
};

/// Reads column `column` of the struct at `row`.
[[nodiscard]] Cell cell_of(const Schema& schema, const void* row, std::size_t column) noexcept;
/// Writes a cell into the struct at `row`; text and blob are stored as views of `cell.bytes`.
void set_cell(const Schema& schema, void* row, std::size_t column, const Cell& cell) noexcept;

/// The schema of a kind. Every kind above has one.
[[nodiscard]] const Schema& schema_of(RowKind kind) noexcept;
/// All schemas, in the order of their kinds.
[[nodiscard]] std::span<const Schema* const> all_schemas() noexcept;

}  // namespace coffer::storage
