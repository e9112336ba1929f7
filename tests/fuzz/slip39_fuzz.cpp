// SPDX-License-Identifier: MIT
// Fuzzes shares of SLIP-39, as texts and as rows of words.
#include <coffer/keys/slip39.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "keys/wordlists/wordlists.hpp"

using namespace coffer::keys;

namespace {

void combine(const std::vector<std::string_view>& shares) {
  for (const std::string_view share : shares) {
    const auto info = inspect_share(share);
    // A high exponent is honest work of many seconds.
    if (info && info->iteration_exponent > 0) {
      return;
    }
  }
  static_cast<void>(combine_shares(shares, "TREZOR"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size() && lines.size() < 20;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  combine(lines);
  std::string words;
  for (std::size_t i = 0; i + 1 < size; i += 2) {
    words += slip39_wordlist().word((std::size_t{data[i]} << 8 | data[i + 1]) % 1024);
    words += ' ';
  }
  static_cast<void>(inspect_share(words));
  return 0;
}
