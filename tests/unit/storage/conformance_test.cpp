// SPDX-License-Identifier: MIT
// The conformance suite as a function: it counts, names and leaves out what does not apply.
#include <coffer/storage/conformance.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>

using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::storage::Storage;

TEST_CASE("the suite reports each case once, and leaves out reopening where it can't be") {
  std::set<std::string> names;
  const auto result = coffer::storage::run_conformance(
      {[]() -> Result<std::unique_ptr<Storage>> { return coffer::storage::make_memory_storage(); },
       {}},
      [&](std::string_view name, std::string_view) { names.emplace(name); });
  CHECK(result.failed == 0);
  CHECK(names.size() == 32);
  CHECK(names.count("committed rows outlive the storage, others do not") == 0);
}

TEST_CASE("a backend that can't be made fails every case with its reason") {
  std::string problem;
  const auto result = coffer::storage::run_conformance(
      {[]() -> Result<std::unique_ptr<Storage>> {
         return Error{Code::storage_cannot_open, "no such place"};
       },
       {}},
      [&](std::string_view, std::string_view text) { problem = text; });
  CHECK(result.passed == 0);
  CHECK(result.failed == 32);
  CHECK(problem == "create: no such place");
}
