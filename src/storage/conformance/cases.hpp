// SPDX-License-Identifier: MIT
// How a conformance case is written: a name, a function, and expectations that note the first miss.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <coffer/storage/conformance.hpp>

namespace coffer::storage::conformance {

/// What one case works with. After the first failed expectation the others only follow from it.
class Trial {
 public:
  Trial(const ConformanceSubject& subject, std::unique_ptr<Storage> storage)
      : subject_(subject), storage_(std::move(storage)) {}

  [[nodiscard]] Storage& storage() noexcept { return *storage_; }
  /// A unit, or a storage in memory's when the backend gave none (the miss is noted).
  [[nodiscard]] std::unique_ptr<UnitOfWork> begin();
  [[nodiscard]] std::unique_ptr<Reader> snapshot();
  [[nodiscard]] bool can_reopen() const noexcept { return static_cast<bool>(subject_.reopen); }
  void reopen();

  void expect(bool holds, std::string_view what);
  void expect_ok(const Status& status, std::string_view what);
  void expect_code(const Status& status, Code code, std::string_view what);
  template <class T>
  void expect_code(const Result<T>& result, Code code, std::string_view what) {
    expect_code(result ? Status{} : Status{result.error()}, code, what);
  }
  template <class T>
  void expect_ok(const Result<T>& result, std::string_view what) {
    expect_ok(result ? Status{} : Status{result.error()}, what);
  }
  void expect_equal(std::int64_t actual, std::int64_t expected, std::string_view what);
  void expect_equal(std::string_view actual, std::string_view expected, std::string_view what);

  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

 private:
  void note(std::string problem);

  const ConformanceSubject& subject_;
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<Storage> substitute_;  ///< lets a case go on whose backend refused to begin
  std::string problem_;
};

struct Case {
  std::string_view name;
  void (*run)(Trial& trial);
  bool needs_reopen = false;
};

[[nodiscard]] std::span<const Case> row_cases() noexcept;
[[nodiscard]] std::span<const Case> scan_cases() noexcept;
[[nodiscard]] std::span<const Case> unit_cases() noexcept;
[[nodiscard]] std::span<const Case> write_cases() noexcept;
[[nodiscard]] std::span<const Case> storage_cases() noexcept;

}  // namespace coffer::storage::conformance
