// SPDX-License-Identifier: MIT
// Running the cases of the conformance suite one by one.
#include <array>
#include <string>
#include <utility>

#include <coffer/storage/conformance.hpp>

#include "storage/conformance/cases.hpp"

namespace coffer::storage {
namespace conformance {

void Trial::note(std::string problem) {
  if (problem_.empty()) {
    problem_ = std::move(problem);
  }
}

std::unique_ptr<UnitOfWork> Trial::begin() {
  auto unit = storage_->begin();
  expect_ok(unit, "begin");
  if (unit) {
    return std::move(unit).value();
  }
  substitute_ = make_memory_storage();
  return substitute_->begin().value();
}

std::unique_ptr<Reader> Trial::snapshot() {
  auto reader = storage_->snapshot();
  expect_ok(reader, "snapshot");
  if (reader) {
    return std::move(reader).value();
  }
  substitute_ = make_memory_storage();
  return substitute_->snapshot().value();
}

void Trial::reopen() {
  storage_.reset();
  auto storage = subject_.reopen();
  expect_ok(storage, "reopen");
  storage_ = storage ? std::move(storage).value() : make_memory_storage();
}

void Trial::expect(bool holds, std::string_view what) {
  if (!holds) {
    note(std::string(what));
  }
}

void Trial::expect_ok(const Status& status, std::string_view what) {
  if (!status) {
    note(std::string(what) + ": expected success, came " +
         std::string(name_of(status.error().code)) + " (" + status.error().message + ")");
  }
}

void Trial::expect_code(const Status& status, Code code, std::string_view what) {
  const Code actual = status ? Code::ok : status.error().code;
  if (actual != code) {
    note(std::string(what) + ": expected " + std::string(name_of(code)) + ", came " +
         std::string(name_of(actual)));
  }
}

void Trial::expect_equal(std::int64_t actual, std::int64_t expected, std::string_view what) {
  if (actual != expected) {
    note(std::string(what) + ": expected " + std::to_string(expected) + ", came " +
         std::to_string(actual));
  }
}

void Trial::expect_equal(std::string_view actual, std::string_view expected,
                         std::string_view what) {
  if (actual != expected) {
    note(std::string(what) + ": expected '" + std::string(expected) + "', came '" +
         std::string(actual) + "'");
  }
}

}  // namespace conformance

namespace {

std::string problem_of(const ConformanceSubject& subject, const conformance::Case& item) {
  auto storage = subject.create();
  if (!storage) {
    return "create: " + storage.error().message;
  }
  conformance::Trial trial(subject, std::move(storage).value());
  item.run(trial);
  return trial.problem();
}

}  // namespace

ConformanceResult run_conformance(const ConformanceSubject& subject,
                                  const ConformanceReporter& report) {
  const std::array groups = {conformance::row_cases(), conformance::scan_cases(),
                             conformance::unit_cases(), conformance::write_cases(),
                             conformance::storage_cases()};
  ConformanceResult result;
  for (const std::span<const conformance::Case> group : groups) {
    for (const conformance::Case& item : group) {
      if (item.needs_reopen && !subject.reopen) {
        continue;
      }
      const std::string problem = problem_of(subject, item);
      (problem.empty() ? result.passed : result.failed) += 1;
      report(item.name, problem);
    }
  }
  return result;
}

}  // namespace coffer::storage
