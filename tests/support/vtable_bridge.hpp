// SPDX-License-Identifier: MIT
// A C table of storage functions over a C++ storage: what a backend in another language looks like.
#pragma once

#include <coffer_storage.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <coffer/storage/storage.hpp>

namespace coffer::bridge {

using storage::Cell;
using storage::CellType;
using storage::Reader;
using storage::Schema;
using storage::Storage;
using storage::UnitOfWork;

inline coffer_status answer(const Status& status, coffer_error* err) {
  if (status) {
    return COFFER_OK;
  }
  err->code = static_cast<coffer_status>(status.error().code);
  std::strncpy(err->message, status.error().message.c_str(), sizeof err->message - 1);
  return err->code;
}

inline Storage& inner(void* data) { return *static_cast<Storage*>(data); }
inline const Schema& schema(std::uint8_t kind) {
  return storage::schema_of(static_cast<storage::RowKind>(kind));
}

inline std::vector<Cell> cells(const coffer_cell* in, std::size_t count) {
  std::vector<Cell> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& limbs = in[i].amount.limbs;
    out.push_back({static_cast<CellType>(in[i].type), in[i].integer,
                   Amount::from_limbs({limbs[0], limbs[1], limbs[2], limbs[3]}),
                   std::string_view(in[i].bytes == nullptr ? "" : in[i].bytes, in[i].length)});
  }
  return out;
}

/// Rows as structs again, which is what a C++ storage takes.
inline std::vector<std::uint64_t> structs(const Schema& kind, const coffer_cell* in,
                                          std::size_t rows) {
  std::vector<std::uint64_t> out(rows * kind.row_size / sizeof(std::uint64_t));
  for (std::size_t row = 0; row < rows; ++row) {
    char* const target = reinterpret_cast<char*>(out.data()) + row * kind.row_size;
    const auto values = cells(in + row * kind.columns.size(), kind.columns.size());
    for (std::size_t column = 0; column < values.size(); ++column) {
      set_cell(kind, target, column, values[column]);
    }
  }
  return out;
}

inline bool give(const Schema& kind, const void* row, coffer_rows_function take, void* take_data) {
  std::vector<coffer_cell> out;
  for (std::size_t column = 0; column < kind.columns.size(); ++column) {
    const Cell cell = cell_of(kind, row, column);
    coffer_cell value{};
    value.type = static_cast<coffer_cell_type>(cell.type);
    value.integer = cell.integer;
    std::copy(cell.amount.limbs().begin(), cell.amount.limbs().end(), value.amount.limbs);
    value.bytes = cell.bytes.data();
    value.length = cell.bytes.size();
    out.push_back(value);
  }
  return take(take_data, out.data(), 1) == 0;
}

inline Reader& reader(void* view) { return *static_cast<Reader*>(view); }
inline UnitOfWork& unit(void* view) {
  return static_cast<UnitOfWork&>(*static_cast<Reader*>(view));
}

/// The table; it owns `storage`.
inline coffer_storage_vtable table_over(std::unique_ptr<Storage> storage) {
  coffer_storage_vtable table{};
  table.struct_size = sizeof table;
  table.data = storage.release();
  table.name = "bridge";
  table.destroy = [](void* data) { delete static_cast<Storage*>(data); };
  table.acquire_writer = [](void* data, coffer_takeover takeover, int64_t wait_ns,
                            coffer_error* err) {
    return answer(inner(data).acquire_writer(static_cast<storage::Takeover>(takeover), wait_ns),
                  err);
  };
  table.release_writer = [](void* data) { inner(data).release_writer(); };
  table.begin = [](void* data, void** unit_out, coffer_error* err) {
    auto begun = inner(data).begin();
    if (!begun) {
      return answer(begun.error(), err);
    }
    *unit_out = static_cast<Reader*>(std::move(begun).value().release());
    return COFFER_OK;
  };
  table.commit = [](void*, void* view, coffer_error* err) {
    return answer(unit(view).commit(), err);
  };
  table.end_unit = [](void*, void* view) { delete static_cast<Reader*>(view); };
  table.append = [](void*, void* view, uint8_t kind, const coffer_cell* in, size_t rows,
                    coffer_error* err) {
    const auto memory = structs(schema(kind), in, rows);
    return answer(unit(view).append_any(schema(kind), memory.data(), rows), err);
  };
  table.put = [](void*, void* view, uint8_t kind, const coffer_cell* in, size_t rows,
                 coffer_error* err) {
    const auto memory = structs(schema(kind), in, rows);
    return answer(unit(view).put_any(schema(kind), memory.data(), rows), err);
  };
  table.replace = [](void*, void* view, uint8_t kind, const coffer_cell* row, int64_t version,
                     coffer_error* err) {
    const auto memory = structs(schema(kind), row, 1);
    return answer(unit(view).replace_any(schema(kind), memory.data(), version), err);
  };
  table.destroy_rows = [](void*, void* view, uint8_t kind, int64_t first, int64_t last,
                          coffer_error* err) {
    return answer(unit(view).destroy_any(schema(kind), first, last), err);
  };
  table.snapshot = [](void* data, void** snapshot_out, coffer_error* err) {
    auto taken = inner(data).snapshot();
    if (!taken) {
      return answer(taken.error(), err);
    }
    *snapshot_out = std::move(taken).value().release();
    return COFFER_OK;
  };
  table.end_snapshot = [](void*, void* snapshot) { delete static_cast<Reader*>(snapshot); };
  table.find = [](void*, void* view, uint8_t, uint8_t kind, const coffer_cell* key,
                  coffer_rows_function take, void* take_data, coffer_error* err) {
    const auto found = reader(view).find_any(
        schema(kind), cells(key, schema(kind).key_columns),
        [&](const void* row) { return give(schema(kind), row, take, take_data); });
    return found ? COFFER_OK : answer(found.error(), err);
  };
  table.scan = [](void*, void* view, uint8_t, uint8_t kind, const coffer_scan* in,
                  coffer_rows_function take, void* take_data, coffer_error* err) {
    const auto equal = cells(in->equal, in->equal_count);
    const auto from = cells(in->from, in->from_count);
    const auto to = cells(in->to, in->to_count);
    const storage::ScanQuery query{in->index,
                                   equal,
                                   from,
                                   in->is_from_exclusive != 0,
                                   to,
                                   in->is_to_inclusive != 0,
                                   in->is_backward != 0,
                                   in->limit};
    return answer(reader(view).scan_any(
                      schema(kind), query,
                      [&](const void* row) { return give(schema(kind), row, take, take_data); }),
                  err);
  };
  return table;
}

}  // namespace coffer::bridge
