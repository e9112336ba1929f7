// SPDX-License-Identifier: MIT
// What any answer of a C function must be, whatever the fuzzer asked, and what it may claim.
#pragma once

#include <array>
#include <cstdint>
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

/// A struct whose `struct_size` the input chooses. The memory that it may claim is there, since no
/// callee can tell a size that lies: what is claimed has to be refused for what it says.
template <class Struct>
class Claimed {
 public:
  explicit Claimed(InputStream& in) noexcept {
    value.struct_size = sizeof(Struct);
    if (in.byte() == 255) {
      value.struct_size = static_cast<std::uint32_t>(in.number(4));
      behind_[in.byte()] = in.byte();
    }
  }
  Struct value{};

 private:
  std::array<std::uint8_t, 4096> behind_{};
};

}  // namespace coffer::fuzz
