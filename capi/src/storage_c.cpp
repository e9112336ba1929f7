// SPDX-License-Identifier: MIT
// C: schemas, books in storages of the caller's, and the conformance suite over these.
#include "coffer_storage.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <coffer/storage/conformance.hpp>

#include "engine_handle.hpp"
#include "guard.hpp"
#include "input.hpp"
#include "output.hpp"
#include "vtable_storage.hpp"

using coffer::Engine;
using coffer::Result;
using coffer::Status;
using coffer::storage::ConformanceSubject;
using coffer::storage::Storage;
using namespace coffer::capi;

namespace {

/// The schemas in C, made once.
struct SchemaTables {
  SchemaTables() {
    for (const coffer::storage::Schema* schema : coffer::storage::all_schemas()) {
      auto& own_columns = columns.emplace_back();
      for (const coffer::storage::Column& column : schema->columns) {
        // Names are literals, so a NUL follows them.
        own_columns.push_back({column.name.data(),
                               static_cast<coffer_cell_type>(column.type),
                               static_cast<std::uint8_t>(column.optional ? 1 : 0),
                               {}});
      }
      auto& own_indexes = indexes.emplace_back();
      for (const coffer::storage::Index& index : schema->indexes) {
        own_indexes.push_back({index.name.data(),
                               index.columns.data(),
                               index.columns.size(),
                               static_cast<std::uint8_t>(index.is_unique ? 1 : 0),
                               {}});
      }
      coffer_schema out{};
      out.table = schema->table.data();
      out.columns = own_columns.data();
      out.columns_count = own_columns.size();
      out.indexes = own_indexes.data();
      out.indexes_count = own_indexes.size();
      out.kind = static_cast<std::uint8_t>(schema->kind);
      out.key_columns = schema->key_columns;
      out.is_append_only = schema->is_append_only ? 1 : 0;
      out.version_column = schema->version_column;
      schemas.push_back(out);
    }
  }

  std::vector<std::vector<coffer_column>> columns;
  std::vector<std::vector<coffer_index>> indexes;
  std::vector<coffer_schema> schemas;
};

const SchemaTables& schema_tables() {
  static const SchemaTables tables;
  return tables;
}

std::function<Result<std::unique_ptr<Storage>>()> maker(coffer_storage_make_function make,
                                                        void* make_data) {
  if (make == nullptr) {
    return {};
  }
  return [make, make_data]() -> Result<std::unique_ptr<Storage>> {
    coffer_storage_vtable table{};
    coffer_error err{};
    COFFER_TRY(status_of(make(make_data, &table, &err), err, "create"));
    return make_vtable_storage(&table);
  };
}

}  // namespace

uint8_t coffer_schema_count(void) {
  return static_cast<uint8_t>(coffer::storage::all_schemas().size());
}

const coffer_schema* coffer_schema_find(uint8_t kind) {
  const coffer_schema* found = nullptr;
  // Only the first call can fail, for want of memory.
  (void)guard(nullptr, [&]() -> Status {
    const auto& schemas = schema_tables().schemas;
    found = kind >= 1 && kind <= schemas.size() ? &schemas[kind - 1U] : nullptr;
    return {};
  });
  return found;
}

coffer_status coffer_engine_open_with_storage(const coffer_storage_vtable* storage,
                                              const coffer_engine_options* options,
                                              coffer_engine** engine_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(std::unique_ptr<Storage> owned, make_vtable_storage(storage));
    COFFER_TRY(require(engine_out, "engine_out"));
    COFFER_TRY_ASSIGN(Opening opening, begin_opening(options));
    COFFER_TRY_ASSIGN(opening.held.engine, Engine::open(std::move(owned), opening.options));
    give(engine_out, std::move(opening.held));
    return {};
  });
}

coffer_status coffer_storage_conformance_run(coffer_storage_make_function create,
                                             coffer_storage_make_function reopen, void* make_data,
                                             coffer_conformance_function report, void* report_data,
                                             int64_t* passed_out, int64_t* failed_out,
                                             coffer_error* err) {
  return guard(err, [&]() -> Status {
    if (create == nullptr) {
      return null_error("create");
    }
    COFFER_TRY(require(passed_out, "passed_out"));
    COFFER_TRY(require(failed_out, "failed_out"));
    const ConformanceSubject subject{maker(create, make_data), maker(reopen, make_data)};
    const auto result = coffer::storage::run_conformance(
        subject, [&](std::string_view name, std::string_view problem) {
          if (report != nullptr) {
            report(report_data, std::string(name).c_str(), std::string(problem).c_str());
          }
        });
    *passed_out = result.passed;
    *failed_out = result.failed;
    return {};
  });
}
