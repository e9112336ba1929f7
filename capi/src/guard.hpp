// SPDX-License-Identifier: MIT
// The edge to C: one function that turns a Status, or anything thrown, into a code and a sentence.
#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <utility>

#include <coffer/core/result.hpp>

#include "coffer_status.h"

namespace coffer::capi {

/// Writes code and message into `err` when there is one; a long message ends at a whole character.
void write_error(coffer_error* err, Code code, std::string_view message) noexcept;

/// Runs the body of an exported function: `body` returns a Status, and nothing passes beyond here.
template <class Body>
coffer_status guard(coffer_error* err, Body&& body) noexcept {
  try {
    const Status status = std::forward<Body>(body)();
    const Code code = status ? Code::ok : status.error().code;
    write_error(err, code, status ? std::string_view() : status.error().message);
    return static_cast<coffer_status>(code);
  } catch (const std::bad_alloc&) {
    write_error(err, Code::out_of_memory, "out of memory");
    return COFFER_ERR_OUT_OF_MEMORY;
  } catch (const std::exception& thrown) {
    write_error(err, Code::internal, thrown.what());
  } catch (...) {
    write_error(err, Code::internal, "something was thrown that is no exception");
  }
  return COFFER_ERR_INTERNAL;
}

}  // namespace coffer::capi
