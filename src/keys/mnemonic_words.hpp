// SPDX-License-Identifier: MIT
// The words of a sentence and the word list of a language.
#pragma once

#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/mnemonic.hpp>

#include "keys/wordlists/wordlists.hpp"

namespace coffer::keys {

/// The list of a language that exists; made at the first call, then constant.
[[nodiscard]] const Wordlist& wordlist_of(Language language);

/// A sentence in NFKD, in small letters, cut at white space. Owns the text that the words view.
class SentenceWords {
 public:
  /// Fails with `out_of_range` (over 64 KiB), `invalid_utf8`.
  [[nodiscard]] static Result<SentenceWords> split(std::string_view sentence);
  [[nodiscard]] const std::vector<std::string_view>& list() const noexcept { return words_; }

 private:
  explicit SentenceWords(Secret text);
  Secret text_;
  std::vector<std::string_view> words_;
};

}  // namespace coffer::keys
