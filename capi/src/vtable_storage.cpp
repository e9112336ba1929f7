// SPDX-License-Identifier: MIT
// From the storage port to a table of C functions: rows to cells and back, answers to statuses.
#include "vtable_storage.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <coffer/storage/contract.hpp>

#include "input.hpp"
#include "output.hpp"

namespace coffer::capi {

using storage::Cell;
using storage::CellType;
using storage::Reader;
using storage::RowVisitor;
using storage::ScanQuery;
using storage::Schema;
using storage::UnitOfWork;

Status status_of(coffer_status code, const coffer_error& err, const char* function) {
  return callback_status(code, err, Code::storage_backend,
                         std::string("storage backend: ") + function);
}

namespace {

coffer_cell to_cell(const Cell& cell) noexcept {
  coffer_cell out{};
  out.type = static_cast<coffer_cell_type>(cell.type);
  out.integer = cell.integer;
  out.amount = to_c(cell.amount);
  out.bytes = cell.bytes.data();
  out.length = cell.bytes.size();
  return out;
}

std::vector<coffer_cell> to_cells(std::span<const Cell> cells) {
  std::vector<coffer_cell> out(cells.size());
  std::transform(cells.begin(), cells.end(), out.begin(), to_cell);
  return out;
}

std::vector<coffer_cell> rows_to_cells(const Schema& schema, const void* rows, std::size_t count) {
  std::vector<coffer_cell> out;
  out.reserve(count * schema.columns.size());
  for (std::size_t r = 0; r < count; ++r) {
    const char* row = static_cast<const char*>(rows) + r * schema.row_size;
    for (std::size_t column = 0; column < schema.columns.size(); ++column) {
      out.push_back(to_cell(cell_of(schema, row, column)));
    }
  }
  return out;
}

/// Takes the rows of one find or scan to the visitor. Nothing thrown passes back through C.
struct RowIntake {
  const Schema& schema;
  const RowVisitor& visit;
  std::int64_t rows = 0;
  Status problem;
  std::exception_ptr thrown;

  static int32_t take(void* self, const coffer_cell* cells, size_t count) {
    auto& intake = *static_cast<RowIntake*>(self);
    try {
      return intake.take_rows(cells, count) ? 0 : 1;
    } catch (...) {
      intake.thrown = std::current_exception();
      return 1;
    }
  }

  bool take_rows(const coffer_cell* cells, std::size_t count) {
    for (std::size_t r = 0; r < count; ++r, cells += schema.columns.size()) {
      alignas(8) std::array<std::byte, 512> row;
      if (!read_row(cells, row.data())) {
        return false;
      }
      ++rows;
      if (!visit(row.data())) {
        return false;
      }
    }
    return true;
  }

  bool read_row(const coffer_cell* cells, void* row) {
    for (std::size_t column = 0; column < schema.columns.size(); ++column) {
      const coffer_cell& in = cells[column];
      const CellType type = schema.columns[column].type;
      if (in.type != static_cast<coffer_cell_type>(type) ||
          (in.bytes == nullptr && in.length > 0)) {
        problem = Error{Code::storage_backend, "storage backend: " + std::string(schema.table) +
                                                   ", column " +
                                                   std::string(schema.columns[column].name) +
                                                   ": a cell of another type came back"};
        return false;
      }
      set_cell(schema, row, column,
               Cell{type, in.integer, amount_of(in.amount),
                    in.length == 0 ? std::string_view() : std::string_view(in.bytes, in.length)});
    }
    return true;
  }

  Status finish(coffer_status code, const coffer_error& err, const char* function) {
    if (thrown) {
      std::rethrow_exception(thrown);
    }
    COFFER_TRY(std::move(problem));
    return status_of(code, err, function);
  }
};

/// A unit's or a snapshot's reading.
struct View {
  const coffer_storage_vtable& table;
  void* handle;
  std::uint8_t is_unit;

  Result<bool> find(const Schema& schema, std::span<const Cell> key,
                    const RowVisitor& visit) const {
    COFFER_TRY(check_key(schema, key));
    const std::vector<coffer_cell> cells = to_cells(key);
    RowIntake intake{schema, visit, 0, {}, {}};
    coffer_error err{};
    const coffer_status code =
        table.find(table.data, handle, is_unit, static_cast<std::uint8_t>(schema.kind),
                   cells.data(), RowIntake::take, &intake, &err);
    COFFER_TRY(intake.finish(code, err, "find"));
    return intake.rows > 0;
  }

  [[nodiscard]] Status scan(const Schema& schema, const ScanQuery& query,
                            const RowVisitor& visit) const {
    COFFER_TRY(check_scan(schema, query));
    const std::vector<coffer_cell> equal = to_cells(query.equal);
    const std::vector<coffer_cell> from = to_cells(query.from);
    const std::vector<coffer_cell> to = to_cells(query.to);
    coffer_scan out{};
    out.equal = equal.data();
    out.equal_count = equal.size();
    out.from = from.data();
    out.from_count = from.size();
    out.to = to.data();
    out.to_count = to.size();
    out.limit = query.limit;
    out.index = query.index;
    out.is_from_exclusive = query.is_from_exclusive ? 1 : 0;
    out.is_to_inclusive = query.is_to_inclusive ? 1 : 0;
    out.is_backward = query.is_backward ? 1 : 0;
    RowIntake intake{schema, visit, 0, {}, {}};
    coffer_error err{};
    const coffer_status code =
        table.scan(table.data, handle, is_unit, static_cast<std::uint8_t>(schema.kind), &out,
                   RowIntake::take, &intake, &err);
    return intake.finish(code, err, "scan");
  }
};

class VtableReader final : public Reader {
 public:
  VtableReader(const coffer_storage_vtable& table, void* snapshot) noexcept
      : view_{table, snapshot, 0} {}
  ~VtableReader() override { view_.table.end_snapshot(view_.table.data, view_.handle); }

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    return view_.find(schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    return view_.scan(schema, query, visit);
  }

  View view_;
};

class VtableUnit final : public UnitOfWork {
 public:
  VtableUnit(const coffer_storage_vtable& table, void* unit, std::atomic<bool>* is_open) noexcept
      : view_{table, unit, 1}, is_open_(is_open) {}
  ~VtableUnit() override { rollback(); }

  Status commit() override {
    COFFER_TRY(usable());
    coffer_error err{};
    COFFER_TRY(kept(status_of(table().commit(table().data, view_.handle, &err), err, "commit")));
    rollback();
    return {};
  }
  void rollback() noexcept override {
    if (!is_over_) {
      is_over_ = true;
      table().end_unit(table().data, view_.handle);
      *is_open_ = false;
    }
  }

 private:
  Result<bool> find_row(const Schema& schema, std::span<const Cell> key,
                        const RowVisitor& visit) override {
    COFFER_TRY(usable());
    return view_.find(schema, key, visit);
  }
  Status scan_rows(const Schema& schema, const ScanQuery& query, const RowVisitor& visit) override {
    COFFER_TRY(usable());
    return view_.scan(schema, query, visit);
  }
  Status append_rows(const Schema& schema, const void* rows, std::size_t count) override {
    COFFER_TRY(usable());
    const auto cells = rows_to_cells(schema, rows, count);
    coffer_error err{};
    return count == 0 ? Status{}
                      : kept(status_of(table().append(table().data, view_.handle, kind_of(schema),
                                                      cells.data(), count, &err),
                                       err, "append"));
  }
  Status put_rows(const Schema& schema, const void* rows, std::size_t count) override {
    COFFER_TRY(usable());
    COFFER_TRY(kept(check_put(schema)));
    const auto cells = rows_to_cells(schema, rows, count);
    coffer_error err{};
    return count == 0 ? Status{}
                      : kept(status_of(table().put(table().data, view_.handle, kind_of(schema),
                                                   cells.data(), count, &err),
                                       err, "put"));
  }
  Status replace_row(const Schema& schema, const void* row,
                     std::int64_t expected_version) override {
    COFFER_TRY(usable());
    COFFER_TRY(kept(check_replace(schema)));
    const auto cells = rows_to_cells(schema, row, 1);
    coffer_error err{};
    return kept(status_of(table().replace(table().data, view_.handle, kind_of(schema), cells.data(),
                                          expected_version, &err),
                          err, "replace"));
  }
  Status destroy_rows(const Schema& schema, std::int64_t first_id, std::int64_t last_id) override {
    COFFER_TRY(usable());
    COFFER_TRY(kept(check_destroy(schema)));
    coffer_error err{};
    return kept(status_of(
        table().destroy_rows(table().data, view_.handle, kind_of(schema), first_id, last_id, &err),
        err, "destroy_rows"));
  }

  [[nodiscard]] const coffer_storage_vtable& table() const noexcept { return view_.table; }
  static std::uint8_t kind_of(const Schema& schema) noexcept {
    return static_cast<std::uint8_t>(schema.kind);
  }
  /// Keeps the first failure: the backend is not asked again after it.
  Status kept(Status status) {
    if (!status) {
      failure_ = status;
    }
    return status;
  }
  [[nodiscard]] Status usable() const {
    if (is_over_) {
      return Error{Code::not_permitted, "unit of work: it has ended"};
    }
    return failure_;
  }

  View view_;
  std::atomic<bool>* is_open_;
  Status failure_;
  bool is_over_ = false;
};

class VtableStorage final : public storage::Storage {
 public:
  explicit VtableStorage(const coffer_storage_vtable& table)
      : table_(table), name_(table.name == nullptr ? "a storage of the host" : table.name) {}
  ~VtableStorage() override {
    if (table_.destroy != nullptr) {
      table_.destroy(table_.data);
    }
  }

  Status acquire_writer(storage::Takeover takeover, std::int64_t wait_ns) override {
    coffer_error err{};
    return status_of(
        table_.acquire_writer(table_.data, static_cast<coffer_takeover>(takeover), wait_ns, &err),
        err, "acquire_writer");
  }
  void release_writer() noexcept override { table_.release_writer(table_.data); }

  Result<std::unique_ptr<UnitOfWork>> begin() override {
    if (has_unit_.exchange(true)) {
      return Error{Code::storage_busy, name_ + ": a unit of work is open"};
    }
    coffer_error err{};
    void* unit = nullptr;
    if (Status begun = status_of(table_.begin(table_.data, &unit, &err), err, "begin"); !begun) {
      has_unit_ = false;
      return std::move(begun).error();
    }
    return std::unique_ptr<UnitOfWork>(std::make_unique<VtableUnit>(table_, unit, &has_unit_));
  }

  Result<std::unique_ptr<Reader>> snapshot() override {
    coffer_error err{};
    void* snapshot = nullptr;
    COFFER_TRY(status_of(table_.snapshot(table_.data, &snapshot, &err), err, "snapshot"));
    return std::unique_ptr<Reader>(std::make_unique<VtableReader>(table_, snapshot));
  }

  Status backup(std::string_view path, const storage::Progress& progress) override {
    if (table_.backup == nullptr) {
      return Error{Code::unsupported, name_ + ": this storage has no backup"};
    }
    const auto report = [](void* data, std::int64_t done, std::int64_t total) -> std::int32_t {
      const auto& tell = *static_cast<const storage::Progress*>(data);
      return tell && !tell(done, total) ? 1 : 0;
    };
    storage::Progress tell = progress;
    coffer_error err{};
    return status_of(table_.backup(table_.data, path.data(), path.size(), report, &tell, &err), err,
                     "backup");
  }

  Status maintain() override {
    coffer_error err{};
    return table_.maintain == nullptr
               ? Status{}
               : status_of(table_.maintain(table_.data, &err), err, "maintain");
  }
  [[nodiscard]] std::string description() const override { return name_; }

 private:
  const coffer_storage_vtable table_;
  const std::string name_;
  std::atomic<bool> has_unit_{false};
};

}  // namespace

Result<std::unique_ptr<storage::Storage>> make_vtable_storage(const coffer_storage_vtable* table) {
  COFFER_TRY_ASSIGN(const coffer_storage_vtable in, read_struct(table, "storage"));
  const bool is_whole = in.acquire_writer != nullptr && in.release_writer != nullptr &&
                        in.begin != nullptr && in.commit != nullptr && in.end_unit != nullptr &&
                        in.append != nullptr && in.put != nullptr && in.replace != nullptr &&
                        in.destroy_rows != nullptr && in.snapshot != nullptr &&
                        in.end_snapshot != nullptr && in.find != nullptr && in.scan != nullptr;
  if (!is_whole) {
    return Error{Code::null_argument, "storage: a function that is not nullable is NULL"};
  }
  return std::unique_ptr<storage::Storage>(std::make_unique<VtableStorage>(in));
}

}  // namespace coffer::capi
