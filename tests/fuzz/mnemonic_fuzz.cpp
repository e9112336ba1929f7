// SPDX-License-Identifier: MIT
// Fuzzes mnemonic sentences: what parses gives the same sentence again.
#include <coffer/keys/mnemonic.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace coffer::keys;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const auto language = static_cast<Language>(data[0] % (language_count + 1));
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(Mnemonic::parse(text));
  if (const auto mnemonic = Mnemonic::parse(text, language)) {
    const auto again = Mnemonic::parse(mnemonic->sentence().text(), language);
    if (!again || again->sentence().text() != mnemonic->sentence().text()) {
      std::abort();
    }
  }
  static_cast<void>(complete_word(text, language));
  if (size < 100) {
    static_cast<void>(unknown_words(text, language));
  }
  return 0;
}
