// SPDX-License-Identifier: MIT
// A storage that comes as a table of C functions: it passes the suite, and its mistakes are caught.
#include <coffer_storage.h>

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <utility>

#include "support/vtable_bridge.hpp"

namespace {

coffer_status make_memory(void*, coffer_storage_vtable* out, coffer_error*) {
  *out = coffer::bridge::table_over(coffer::storage::make_memory_storage());
  return COFFER_OK;
}

void count_problem(void* data, const char* name, const char* problem) {
  if (*problem != '\0') {
    *static_cast<std::string*>(data) += std::string(name) + ": " + problem + "\n";
  }
}

int destroyed = 0;

}  // namespace

TEST_CASE("a storage given as a table of C functions passes the conformance suite") {
  std::string problems;
  int64_t passed = 0;
  int64_t failed = 0;
  coffer_error err{};
  CHECK(coffer_storage_conformance_run(make_memory, nullptr, nullptr, count_problem, &problems,
                                       &passed, &failed, &err) == COFFER_OK);
  CHECK(problems == "");
  CHECK(passed == 32);
  CHECK(failed == 0);
}

TEST_CASE("a status that is none of coffer's counts as storage_backend") {
  const auto make = [](void*, coffer_storage_vtable* out, coffer_error*) {
    make_memory(nullptr, out, nullptr);
    out->begin = [](void*, void**, coffer_error*) { return coffer_status{123456}; };
    return COFFER_OK;
  };
  std::string problems;
  int64_t passed = 0;
  int64_t failed = 0;
  CHECK(coffer_storage_conformance_run(make, nullptr, nullptr, count_problem, &problems, &passed,
                                       &failed, nullptr) == COFFER_OK);
  CHECK(failed > 25);
  CHECK(problems.find("begin: expected success, came storage_backend (storage backend: begin "
                      "answered 123456)") != std::string::npos);
}

TEST_CASE("the suite needs a create function and reports why a storage could not be made") {
  int64_t passed = 0;
  int64_t failed = 0;
  CHECK(coffer_storage_conformance_run(nullptr, nullptr, nullptr, nullptr, nullptr, &passed,
                                       &failed, nullptr) == COFFER_ERR_NULL_ARGUMENT);
  const auto refuse = [](void*, coffer_storage_vtable* out, coffer_error*) {
    out->struct_size = sizeof *out;
    return COFFER_OK;
  };
  std::string problems;
  CHECK(coffer_storage_conformance_run(refuse, nullptr, nullptr, count_problem, &problems, &passed,
                                       &failed, nullptr) == COFFER_OK);
  CHECK(passed == 0);
  CHECK(problems.find("create: storage: a function that is not nullable is NULL") !=
        std::string::npos);
}

TEST_CASE("an engine works on a storage of the caller's and destroys it once") {
  destroyed = 0;
  coffer_storage_vtable table = coffer::bridge::table_over(coffer::storage::make_memory_storage());
  table.destroy = [](void* data) {
    ++destroyed;
    delete static_cast<coffer::storage::Storage*>(data);
  };
  coffer_engine* engine = nullptr;
  coffer_error err{};
  REQUIRE(coffer_engine_open_with_storage(&table, nullptr, &engine, &err) == COFFER_OK);
  coffer_verify_report report{};
  CHECK(coffer_engine_verify(engine, nullptr, nullptr, nullptr, &report, &err) == COFFER_OK);
  CHECK(coffer_engine_backup(engine, "copy", 4, nullptr, nullptr, &err) == COFFER_ERR_UNSUPPORTED);
  CHECK(destroyed == 0);
  coffer_engine_destroy(engine);
  CHECK(destroyed == 1);
}

TEST_CASE("a storage that fails with a reason of its own is told from the library's own failures") {
  coffer_storage_vtable table = coffer::bridge::table_over(coffer::storage::make_memory_storage());
  table.begin = [](void*, void**, coffer_error* err) {
    std::strcpy(err->message, "the tape is full");
    return coffer_status{123456};
  };
  coffer_engine* engine = nullptr;
  coffer_error err{};
  CHECK(coffer_engine_open_with_storage(&table, nullptr, &engine, &err) ==
        COFFER_ERR_STORAGE_BACKEND);
  CHECK(std::string(err.message) == "storage backend: begin answered 123456: the tape is full");
  CHECK(engine == nullptr);
}

TEST_CASE("a table that is refused stays the caller's") {
  coffer_engine* engine = nullptr;
  coffer_error err{};
  CHECK(coffer_engine_open_with_storage(nullptr, nullptr, &engine, &err) ==
        COFFER_ERR_NULL_ARGUMENT);
  coffer_storage_vtable table{};
  CHECK(coffer_engine_open_with_storage(&table, nullptr, &engine, &err) ==
        COFFER_ERR_INVALID_ARGUMENT);
  table.struct_size = sizeof table;
  CHECK(coffer_engine_open_with_storage(&table, nullptr, &engine, &err) ==
        COFFER_ERR_NULL_ARGUMENT);
  CHECK(engine == nullptr);
}

TEST_CASE("schemas are told to authors of backends in C") {
  CHECK(coffer_schema_count() == 18);
  CHECK(coffer_schema_find(0) == nullptr);
  CHECK(coffer_schema_find(19) == nullptr);
  const coffer_schema* holds = coffer_schema_find(8);
  REQUIRE(holds != nullptr);
  CHECK(std::string(holds->table) == "holds");
  CHECK(holds->columns_count == 10);
  CHECK(std::string(holds->columns[1].name) == "key");
  CHECK(holds->columns[1].type == COFFER_CELL_TEXT);
  CHECK(holds->indexes_count == 2);
  CHECK(holds->indexes[0].is_unique == 1);
  CHECK(holds->is_append_only == 1);
  CHECK(coffer_schema_find(1)->version_column == 1);
}
