// SPDX-License-Identifier: MIT
// What the pointers of C stand for: the C++ objects behind them, by their kinds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>

#include "coffer_secret.h"
#include "handle_table.hpp"
#include "input.hpp"

namespace coffer::capi {

/// An object behind a C pointer, and the number of its kind.
template <class Held, std::uint64_t Kind>
struct Handle {
  static constexpr std::uint64_t kind = Kind;

  explicit Handle(Held value) : held(std::move(value)) {}

  Held held;
};

/// The object behind a pointer; `Kind` derives from a Handle and may be const. Fails with
/// `null_argument`, `invalid_argument` (no such handle).
template <class Kind>
[[nodiscard]] Result<Kind*> handle_of(Kind* handle, std::string_view name) {
  COFFER_TRY(require(handle, name));
  void* const object = HandleTable::instance().find(handle, Kind::kind);
  if (object == nullptr) {
    return Error{Code::invalid_argument,
                 std::string(name) + ": was destroyed, or never was one of its kind"};
  }
  return static_cast<Kind*>(object);
}

/// Gives a new object to the caller.
template <class Kind, class Held>
void give(Kind** out, Held&& held) {
  auto object = std::make_unique<Kind>(std::forward<Held>(held));
  *out = static_cast<Kind*>(HandleTable::instance().insert(object.get(), Kind::kind));
  (void)object.release();
}

/// A handle that exists no more is left alone.
template <class Kind>
void destroy_handle(Kind* handle) noexcept {
  delete static_cast<Kind*>(HandleTable::instance().remove(handle, Kind::kind));
}

}  // namespace coffer::capi

struct coffer_secret : coffer::capi::Handle<coffer::Secret, 0x636f666665723032> {
  using Handle::Handle;
};

namespace coffer::capi {

/// The bytes of a secret. Fails as `handle_of`.
[[nodiscard]] inline Result<std::span<const std::uint8_t>> secret_of(const coffer_secret* handle,
                                                                     std::string_view name) {
  COFFER_TRY_ASSIGN(const coffer_secret* secret, handle_of(handle, name));
  return secret->held.bytes();
}

/// The 32 bytes of a private key. Fails as `handle_of`, and with `invalid_key`.
[[nodiscard]] Result<std::span<const std::uint8_t, 32>> private_key_of(const coffer_secret* handle,
                                                                       std::string_view name);

/// Bytes by pointer and length. Fails with `null_argument`, `out_of_range` (above `size_max`).
[[nodiscard]] Result<std::span<const std::uint8_t>> bytes_of(const std::uint8_t* bytes,
                                                             std::size_t size, std::size_t size_max,
                                                             std::string_view name);

/// Copies bytes into the caller's buffer. Fails with `null_argument`, `buffer_too_small`.
[[nodiscard]] Status put_bytes(std::span<const std::uint8_t> bytes, std::uint8_t* buffer,
                               std::size_t size, std::size_t* needed_out);

/// Looks at a buffer before dear work is done for it: it must have `size_max` bytes. Fails with
/// `null_argument`, `buffer_too_small`.
[[nodiscard]] Status check_buffer(const void* buffer, std::size_t size, std::size_t size_max,
                                  std::size_t* needed_out);

}  // namespace coffer::capi
