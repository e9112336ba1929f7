// SPDX-License-Identifier: MIT
// Fuzzes derivation paths and extended keys: what parses prints as it was written.
#include <coffer/keys/extended_key.hpp>
#include <coffer/keys/path.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace coffer::keys;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto path = Path::parse(text); path && path->to_text() != text) {
    std::abort();
  }
  if (const auto key = ExtendedPublicKey::parse(text); key && *key->to_text() != text) {
    std::abort();
  }
  if (const auto key = ExtendedPrivateKey::parse(text); key && key->to_text()->text() != text) {
    std::abort();
  }
  return 0;
}
