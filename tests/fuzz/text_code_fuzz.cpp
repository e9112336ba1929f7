// SPDX-License-Identifier: MIT
// Fuzzes Base58, Bech32 and RLP: what decodes encodes to the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crypto/base58.hpp"
#include "crypto/bech32.hpp"
#include "crypto/rlp.hpp"

using namespace coffer::crypto;

namespace {

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (size < 300) {
    require(*base58_decode(base58_encode(bytes)) ==
            std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
  }
  if (const auto decoded = base58_decode(text)) {
    require(base58_encode(*decoded) == text);
  }
  static_cast<void>(base58check_decode(text, base58_ripple));
  if (const Bech32Text read = bech32_decode(text); read.error == Bech32Error::none) {
    require(bech32_encode(read.variant, read.prefix, read.groups)->size() == text.size());
  }
  if (const WitnessProgram read = segwit_decode(text); read.error == Bech32Error::none) {
    require(segwit_encode(read.prefix, read.version, read.program).has_value());
  }
  if (rlp_is_valid(bytes)) {
    std::span<const std::uint8_t> rest = bytes;
    const auto item = rlp_take(rest);
    require(item && rest.empty() && (!item->is_list || rlp_items(item->content)));
  }
  return 0;
}
