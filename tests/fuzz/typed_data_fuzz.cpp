// SPDX-License-Identifier: MIT
// Fuzzes the reader of EIP-712 typed data.
#include <coffer/chain/typed_data.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto hashes = coffer::chain::hash_typed_data(text);
  if (hashes && *hashes != *coffer::chain::hash_typed_data(text)) {
    std::abort();
  }
  if (!hashes && hashes.error().message.find(": ") == std::string::npos) {
    std::abort();  // Every refusal begins with a place.
  }
  return 0;
}
