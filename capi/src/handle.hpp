// SPDX-License-Identifier: MIT
// What the pointers to secrets and signers point at: a mark, and the C++ object behind it.
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
#include "input.hpp"

namespace coffer::capi {

/// An object behind a C pointer. The mark stands first, so that it can be looked at in memory of
/// any kind that is long enough; it is cleared by destroy.
template <class Held, std::uint64_t Mark>
struct Handle {
  static constexpr std::uint64_t mark_alive = Mark;

  explicit Handle(Held value) : held(std::move(value)) {}

  std::uint64_t mark = mark_alive;
  Held held;
};

/// The object behind a pointer; `Kind` derives from a Handle and may be const. Fails with
/// `null_argument`, `invalid_argument` (no mark).
template <class Kind>
[[nodiscard]] Result<Kind*> handle_of(Kind* handle, std::string_view name) {
  COFFER_TRY(require(handle, name));
  if (handle->mark != Kind::mark_alive) {
    return Error{Code::invalid_argument,
                 std::string(name) + ": was destroyed, or never was one of its kind"};
  }
  return handle;
}

/// Gives a new object to the caller.
template <class Kind, class Held>
void give(Kind** out, Held&& held) {
  *out = std::make_unique<Kind>(std::forward<Held>(held)).release();
}

/// Clears the mark, so that the compiler may not leave it out, and releases.
template <class Kind>
void destroy_handle(Kind* handle) noexcept {
  if (handle != nullptr && handle->mark == Kind::mark_alive) {
    static_cast<volatile std::uint64_t&>(handle->mark) = 0;
    delete handle;
  }
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
