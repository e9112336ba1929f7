// SPDX-License-Identifier: MIT
// What any answer of a C function must be, whatever the fuzzer asked.
#pragma once

#include <cstring>

#include <coffer.h>

#include "fuzz/input_stream.hpp"

namespace coffer::fuzz {

/// Any status, with an error that says the same and is not a fault of the library.
inline coffer_status answer(coffer_status status, const coffer_error& err) {
  demand(status >= 0 && status < 1000 && err.code == status, "the error says the status");
  demand(std::memchr(err.message, 0, sizeof err.message) != nullptr, "the message ends");
  demand(status != COFFER_ERR_INTERNAL, err.message);
  demand(status != COFFER_ERR_STORAGE_CORRUPT, err.message);
  return status;
}

}  // namespace coffer::fuzz
