// SPDX-License-Identifier: MIT
// C: status codes in words, versions, and the filling of an error.
#include "coffer_status.h"

#include <algorithm>

#include <coffer/core/code.hpp>
#include <coffer/core/text.hpp>
#include <coffer/core/version.hpp>

#include "guard.hpp"

static_assert(sizeof(coffer_error) == 256);

namespace coffer::capi {

void write_error(coffer_error* err, Code code, std::string_view message) noexcept {
  if (err == nullptr) {
    return;
  }
  constexpr std::size_t length_max = sizeof(coffer_error::message) - 1;
  std::size_t length = std::min(message.size(), length_max);
  if (length < message.size()) {
    length = valid_utf8_prefix(message.substr(0, length));
  }
  err->code = static_cast<coffer_status>(code);
  message.copy(err->message, length);
  err->message[length] = '\0';
}

}  // namespace coffer::capi

const char* coffer_status_name(coffer_status status) {
  // The names are literals, so a NUL follows each.
  return coffer::name_of(static_cast<coffer::Code>(status)).data();
}

uint8_t coffer_status_is_transient(coffer_status status) {
  return coffer::is_transient(static_cast<coffer::Code>(status)) ? 1 : 0;
}

const char* coffer_version(void) {
  return coffer::version().data();  // a literal too
}

int32_t coffer_abi_version(void) { return COFFER_ABI_VERSION; }
