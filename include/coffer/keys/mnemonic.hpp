// SPDX-License-Identifier: MIT
// Mnemonic sentences (BIP-39) in ten languages: a seed that a person can write down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <coffer/core/result.hpp>
#include <coffer/core/secret.hpp>
#include <coffer/keys/random.hpp>

namespace coffer::keys {

/// The languages that BIP-39 has word lists for. Values are frozen: keystores hold them.
enum class Language : std::uint8_t {
  english = 0,
  japanese = 1,
  korean = 2,
  spanish = 3,
  chinese_simplified = 4,
  chinese_traditional = 5,
  french = 6,
  italian = 7,
  czech = 8,
  portuguese = 9,
};

/// How many languages there are; their values are 0 to this less 1.
inline constexpr std::size_t language_count = 10;

/// The language's name as written above, e.g. "chinese_simplified"; "unknown" for another value.
[[nodiscard]] std::string_view name_of(Language language) noexcept;

/// The language of that name. Fails with `not_found`.
[[nodiscard]] Result<Language> language_named(std::string_view name);

/// A mnemonic sentence whose words and checksum are right.
///
/// Threads: like a plain struct; const functions from many threads.
class Mnemonic {
 public:
  /// A new sentence of `words` words (12, 15, 18, 21 or 24) from fresh entropy.
  ///
  /// Fails with `mnemonic_length`; then as `random` fails.
  [[nodiscard]] static Result<Mnemonic> generate(unsigned words,
                                                 Language language = Language::english,
                                                 RandomSource& random = system_random());

  /// The sentence that stands for `entropy`: 16, 20, 24, 28 or 32 bytes.
  ///
  /// Fails with `mnemonic_length` (another size), `invalid_argument` (no such language).
  [[nodiscard]] static Result<Mnemonic> from_entropy(std::span<const std::uint8_t> entropy,
                                                     Language language = Language::english);

  /// Reads a sentence of a known language.
  ///
  /// Any Unicode form and any white space are accepted, also the ideographic space, and capital
  /// letters A to Z count as small ones: people type what they see. The seed is that of the
  /// sentence as the standard writes it.
  /// Fails with `out_of_range` (over 64 KiB), `invalid_utf8`, `mnemonic_length`,
  /// `mnemonic_unknown_word` (the message names the position, counted from 1, and not the word;
  /// `unknown_words` gives what may have been meant), `mnemonic_checksum`.
  [[nodiscard]] static Result<Mnemonic> parse(std::string_view sentence, Language language);

  /// Reads a sentence and finds its language: the one whose list has every word and whose checksum
  /// holds.
  ///
  /// Fails as above, where the unknown word is that of the language that knows the most words; and
  /// with `invalid_argument` when the sentence is right in two languages, which the message names:
  /// some Chinese sentences are, and they have two different entropies but one seed.
  [[nodiscard]] static Result<Mnemonic> parse(std::string_view sentence);

  [[nodiscard]] Language language() const noexcept { return language_; }
  [[nodiscard]] unsigned word_count() const noexcept {
    return static_cast<unsigned>(entropy_.size() * 3 / 4);
  }
  /// The bytes that the words encode. They live as long as this object.
  [[nodiscard]] std::span<const std::uint8_t> entropy() const noexcept { return entropy_.bytes(); }

  /// The words in NFKD, with a space between them, in Japanese an ideographic space.
  [[nodiscard]] Secret sentence() const;

  /// The 64-byte seed for `ExtendedPrivateKey::from_seed`, by 2048 rounds of PBKDF2-HMAC-SHA512.
  ///
  /// Every passphrase is right and gives another wallet; an empty one is the usual case. It is
  /// taken in NFKD.
  /// Fails with `out_of_range` (a passphrase over 64 KiB), `invalid_utf8` (the passphrase).
  /// Cost: about a millisecond.
  [[nodiscard]] Result<Secret> seed(std::string_view passphrase = {}) const;

 private:
  Mnemonic(Secret entropy, Language language) noexcept
      : entropy_(std::move(entropy)), language_(language) {}

  Secret entropy_;
  Language language_;
};

/// A word that is not in the list, and what may have been meant.
struct UnknownWord {
  unsigned position = 0;                      ///< Counted from 1.
  std::vector<std::string_view> suggestions;  ///< Of the list, in NFKD, nearest first; static.
};

/// The words of `sentence` that the language does not have, each with up to five suggestions by
/// edit distance. For the screen of the person who types: a suggestion is most of a secret.
///
/// Fails with `out_of_range` (over 64 KiB), `invalid_utf8`, `invalid_argument` (no such language).
/// Cost: about a millisecond for each unknown word.
[[nodiscard]] Result<std::vector<UnknownWord>> unknown_words(std::string_view sentence,
                                                             Language language);

/// Word number `index` (0 to 2047) of a list, in NFKD; empty for any other number. Static.
[[nodiscard]] std::string_view mnemonic_word(Language language, unsigned index);

/// The words of a list that begin with `prefix`, for completion while typing; the prefix is taken
/// in NFKD. An empty prefix gives none. The views are static.
[[nodiscard]] std::vector<std::string_view> complete_word(std::string_view prefix,
                                                          Language language);

}  // namespace coffer::keys
