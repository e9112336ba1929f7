// SPDX-License-Identifier: MIT
// C: secrets of any kind: made, compared, copied out and wiped.
#include "coffer_secret.h"

#include <algorithm>
#include <span>
#include <string>

#include "guard.hpp"
#include "handle.hpp"
#include "input.hpp"
#include "output.hpp"

namespace coffer::capi {

namespace {

constexpr std::size_t private_key_size = 32;

}  // namespace

Result<std::span<const std::uint8_t, 32>> private_key_of(const coffer_secret* handle,
                                                         std::string_view name) {
  COFFER_TRY_ASSIGN(const auto bytes, secret_of(handle, name));
  if (bytes.size() != private_key_size) {
    return Error{Code::invalid_key, std::string(name) + ": has " + std::to_string(bytes.size()) +
                                        " bytes, a private key has 32"};
  }
  return bytes.first<private_key_size>();
}

Result<std::span<const std::uint8_t>> bytes_of(const std::uint8_t* bytes, std::size_t size,
                                               std::size_t size_max, std::string_view name) {
  if (size == 0) {
    return std::span<const std::uint8_t>();
  }
  COFFER_TRY(require(bytes, name));
  if (size > size_max) {
    return Error{Code::out_of_range, std::string(name) + ": " + std::to_string(size) +
                                         " bytes, at most " + std::to_string(size_max)};
  }
  return std::span(bytes, size);
}

Status put_bytes(std::span<const std::uint8_t> bytes, std::uint8_t* buffer, std::size_t size,
                 std::size_t* needed_out) {
  put_if(needed_out, bytes.size());
  if (size < bytes.size()) {
    return Error{Code::buffer_too_small, "buffer: " + std::to_string(size) + " bytes, " +
                                             std::to_string(bytes.size()) + " are needed"};
  }
  if (!bytes.empty()) {
    COFFER_TRY(require(buffer, "buffer"));
    std::copy(bytes.begin(), bytes.end(), buffer);
  }
  return {};
}

Status check_buffer(const void* buffer, std::size_t size, std::size_t size_max,
                    std::size_t* needed_out) {
  if (size < size_max) {
    put_if(needed_out, size_max);
    return Error{Code::buffer_too_small, "buffer: " + std::to_string(size) + " bytes, " +
                                             std::to_string(size_max) + " are asked for"};
  }
  return require(buffer, "buffer");
}

}  // namespace coffer::capi

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Secret;
using coffer::Status;

coffer_status coffer_secret_create(const uint8_t* bytes, size_t size, coffer_secret** secret_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(secret_out, "secret_out"));
    if (size == 0) {
      return Error{Code::out_of_range, "size: is 0, a secret has at least one byte"};
    }
    COFFER_TRY_ASSIGN(const auto given, bytes_of(bytes, size, COFFER_SECRET_SIZE_MAX, "bytes"));
    give(secret_out, Secret::copy_of(given));
    return {};
  });
}

void coffer_secret_destroy(coffer_secret* secret) { destroy_handle(secret); }

coffer_status coffer_secret_describe(const coffer_secret* secret, size_t* size_out,
                                     uint8_t* is_locked_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_secret* known, handle_of(secret, "secret"));
    put_if(size_out, known->held.size());
    put_if<uint8_t>(is_locked_out, known->held.is_locked() ? 1 : 0);
    return {};
  });
}

coffer_status coffer_secret_equals(const coffer_secret* secret, const coffer_secret* other,
                                   uint8_t* is_equal_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto one, secret_of(secret, "secret"));
    COFFER_TRY_ASSIGN(const auto two, secret_of(other, "other"));
    COFFER_TRY(require(is_equal_out, "is_equal_out"));
    *is_equal_out = coffer::equal_constant_time(one, two) ? 1 : 0;
    return {};
  });
}

coffer_status coffer_secret_export_bytes(const coffer_secret* secret, uint8_t* buffer, size_t size,
                                         size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, secret_of(secret, "secret"));
    return put_bytes(bytes, buffer, size, needed_out);
  });
}

void coffer_wipe(void* bytes, size_t size) {
  if (bytes != nullptr) {
    coffer::wipe({static_cast<std::uint8_t*>(bytes), size});
  }
}
