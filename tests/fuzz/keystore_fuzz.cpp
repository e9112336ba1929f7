// SPDX-License-Identifier: MIT
// Fuzzes the readers of keystores: our own header, BIP-38 texts and JSON.
#include <coffer/keys/bip38.hpp>
#include <coffer/keys/keystore.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "crypto/sha256.hpp"
#include "keys/json.hpp"

using namespace coffer::keys;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> file(data, data + size);
  static_cast<void>(inspect_keystore(file));
  // With a right checksum the header's own rules are reached.
  if (size > 8) {
    const auto digest = coffer::crypto::sha256(std::span(file).first(size - 8));
    std::copy_n(digest.begin(), 8, file.end() - 8);
    static_cast<void>(inspect_keystore(file));
  }
  static_cast<void>(parse_json({reinterpret_cast<const char*>(data), size}));
  // A text that holds would cost a tenth of a second; a random one fails its checksum first.
  static_cast<void>(bip38_decrypt({reinterpret_cast<const char*>(data), size}, "password"));
  return 0;
}
