// SPDX-License-Identifier: MIT
// Error and Result<T>: the only way coffer reports that something did not happen.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

#include <coffer/core/code.hpp>

namespace coffer {

/// A reason and a sentence for a person. The sentence names the field and never holds a secret.
struct [[nodiscard]] Error {
  Code code = Code::internal;
  std::string message;

  friend bool operator==(const Error&, const Error&) = default;
};

/// A T, or the reason why there is none. Member names are those of `std::expected` (C++23).
///
/// Reading `value()` of a failed result is a bug of the caller and ends the process.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = Error;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] const T& value() const& noexcept { return held(std::get_if<0>(&state_)); }
  [[nodiscard]] T& value() & noexcept { return held(std::get_if<0>(&state_)); }
  [[nodiscard]] T&& value() && noexcept { return std::move(held(std::get_if<0>(&state_))); }
  [[nodiscard]] const T& operator*() const& noexcept { return value(); }
  [[nodiscard]] T& operator*() & noexcept { return value(); }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*this).value(); }
  [[nodiscard]] const T* operator->() const noexcept { return &value(); }
  [[nodiscard]] T* operator->() noexcept { return &value(); }

  [[nodiscard]] const Error& error() const& noexcept { return held(std::get_if<1>(&state_)); }
  [[nodiscard]] Error&& error() && noexcept { return std::move(held(std::get_if<1>(&state_))); }

  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  template <class Held>
  [[nodiscard]] static Held& held(Held* alternative) noexcept {
    if (alternative == nullptr) {
      std::abort();
    }
    return *alternative;
  }

  std::variant<T, Error> state_;
};

/// Success without a value, or the reason of a failure.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  using error_type = Error;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return error_.code == Code::ok; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const Error& error() const& noexcept { return error_; }
  [[nodiscard]] Error&& error() && noexcept { return std::move(error_); }

 private:
  Error error_{Code::ok, {}};
};

using Status = Result<void>;

/// Leaves the surrounding function with the error of `expression`, a Result of any kind.
#define COFFER_TRY(expression)                                       \
  do {                                                               \
    if (auto coffer_try_result = (expression); !coffer_try_result) { \
      return std::move(coffer_try_result).error();                   \
    }                                                                \
  } while (false)

#define COFFER_CONCAT_INNER(a, b) a##b
#define COFFER_CONCAT(a, b) COFFER_CONCAT_INNER(a, b)
/// Declares `declaration` from the value of `expression`, or leaves with its error.
#define COFFER_TRY_ASSIGN(declaration, expression)                     \
  auto COFFER_CONCAT(coffer_result_, __LINE__) = (expression);         \
  if (!COFFER_CONCAT(coffer_result_, __LINE__)) {                      \
    return std::move(COFFER_CONCAT(coffer_result_, __LINE__)).error(); \
  }                                                                    \
  declaration = std::move(COFFER_CONCAT(coffer_result_, __LINE__)).value()

}  // namespace coffer
