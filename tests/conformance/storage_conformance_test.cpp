// SPDX-License-Identifier: MIT
// The published conformance suite over every backend that comes with coffer.
#include <coffer/storage/conformance.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <string>

#include <coffer/storage/fault_storage.hpp>
#include <coffer/storage/storage.hpp>

#include "support/temporary_folder.hpp"

namespace {

using coffer::Result;
using coffer::storage::ConformanceSubject;
using coffer::storage::Storage;

void expect_conformance(const ConformanceSubject& subject, std::int64_t cases) {
  const auto result = coffer::storage::run_conformance(
      subject, [](std::string_view name, std::string_view problem) {
        INFO(std::string(name));
        CHECK(std::string(problem) == "");
      });
  CHECK(result.failed == 0);
  CHECK(result.passed == cases);
}

Result<std::unique_ptr<Storage>> memory() { return coffer::storage::make_memory_storage(); }

/// A new file for each `create`, the same again for `reopen`.
ConformanceSubject files_in(const std::string& folder, coffer::storage::Durability durability) {
  auto number = std::make_shared<int>(0);
  const auto open = [folder, number, durability]() {
    coffer::storage::SqliteOptions options;
    options.durability = durability;
    return coffer::storage::open_sqlite(folder + "/" + std::to_string(*number) + ".book", options);
  };
  return {[number, open] {
            ++*number;
            return open();
          },
          open};
}

}  // namespace

TEST_CASE("the memory backend passes the conformance suite") {
  expect_conformance({memory, {}}, 32);
}

TEST_CASE("the SQLite backend passes the conformance suite on a file") {
  const coffer::TemporaryFolder folder;
  expect_conformance(files_in(folder.path(), coffer::storage::Durability::full), 33);
}

TEST_CASE("the SQLite backend passes the conformance suite without syncs") {
  const coffer::TemporaryFolder folder;
  expect_conformance(files_in(folder.path(), coffer::storage::Durability::off), 33);
}

TEST_CASE("the fault wrapper without faults passes the conformance suite") {
  coffer::storage::FaultPlan plan;
  const auto create = [&plan]() -> Result<std::unique_ptr<Storage>> {
    return coffer::storage::make_fault_storage(coffer::storage::make_memory_storage(), &plan);
  };
  expect_conformance({create, {}}, 32);
}

TEST_CASE("the conformance suite names the case that a wrong backend fails") {
  coffer::storage::FaultPlan plan;
  plan.fail_at = 1;
  const auto create = [&plan]() -> Result<std::unique_ptr<Storage>> {
    plan.calls = 0;
    return coffer::storage::make_fault_storage(coffer::storage::make_memory_storage(), &plan);
  };
  std::string first_problem;
  const auto result = coffer::storage::run_conformance(
      {create, {}}, [&](std::string_view name, std::string_view problem) {
        if (first_problem.empty() && !problem.empty()) {
          first_problem = std::string(name) + ": " + std::string(problem);
        }
      });
  CHECK(result.failed > 25);
  CHECK(first_problem ==
        "rows of every kind come back as they were appended: begin: expected success, came "
        "storage_io (fault: call 1 fails as planned)");
}
