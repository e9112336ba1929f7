// SPDX-License-Identifier: MIT
// Which words a sentence has, which of them a language knows, and what others may have meant.
#include "keys/mnemonic_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "keys/normalise.hpp"

namespace coffer::keys {

namespace {

constexpr std::array<std::string_view, language_count> names = {
    "english", "japanese", "korean", "spanish",   "chinese_simplified", "chinese_traditional",
    "french",  "italian",  "czech",  "portuguese"};

const std::string_view& table_of(std::size_t language) noexcept {
  static const std::array<const std::string_view*, language_count> tables = {
      &wordlists::english,
      &wordlists::japanese,
      &wordlists::korean,
      &wordlists::spanish,
      &wordlists::chinese_simplified,
      &wordlists::chinese_traditional,
      &wordlists::french,
      &wordlists::italian,
      &wordlists::czech,
      &wordlists::portuguese};
  return *tables[language];
}

// One list for each language, made when that language is first asked for.
template <std::size_t language>
const Wordlist& list_of() {
  static const Wordlist list(table_of(language));
  return list;
}

bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_language(Language language) noexcept {
  return static_cast<std::size_t>(language) < language_count;
}

}  // namespace

std::string_view name_of(Language language) noexcept {
  return is_language(language) ? names[static_cast<std::size_t>(language)] : "unknown";
}

Result<Language> language_named(std::string_view name) {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    return Error{Code::not_found, "language: there is no word list '" + std::string(name) + "'"};
  }
  return static_cast<Language>(found - names.begin());
}

const Wordlist& wordlist_of(Language language) {
  using Getter = const Wordlist& (*)();
  static constexpr std::array<Getter, language_count> getters = {
      &list_of<0>, &list_of<1>, &list_of<2>, &list_of<3>, &list_of<4>,
      &list_of<5>, &list_of<6>, &list_of<7>, &list_of<8>, &list_of<9>};
  return getters[static_cast<std::size_t>(language)]();
}

SentenceWords::SentenceWords(Secret text) : text_(std::move(text)) {
  for (std::uint8_t& byte : text_.bytes()) {
    if (byte >= 'A' && byte <= 'Z') {
      byte = static_cast<std::uint8_t>(byte | 0x20U);
    }
  }
  std::string_view rest = text_.text();
  while (!rest.empty()) {
    const auto* const start = std::find_if_not(rest.begin(), rest.end(), &is_space);
    const auto* const end = std::find_if(start, rest.end(), &is_space);
    if (start != end) {
      words_.emplace_back(start, static_cast<std::size_t>(end - start));
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
  }
}

Result<SentenceWords> SentenceWords::split(std::string_view sentence) {
  COFFER_TRY_ASSIGN(Secret text, nfkd(sentence, "sentence"));
  return SentenceWords(std::move(text));
}

Result<std::vector<UnknownWord>> unknown_words(std::string_view sentence, Language language) {
  constexpr std::size_t suggestions = 5;
  COFFER_TRY_ASSIGN(const SentenceWords words, SentenceWords::split(sentence));
  if (!is_language(language)) {
    return Error{Code::invalid_argument, "language: no such value"};
  }
  const Wordlist& list = wordlist_of(language);
  std::vector<UnknownWord> result;
  unsigned position = 0;
  for (const std::string_view word : words.list()) {
    ++position;
    if (!list.index_of(word)) {
      result.push_back({position, list.nearest(word, suggestions)});
    }
  }
  return result;
}

std::string_view mnemonic_word(Language language, unsigned index) {
  if (!is_language(language) || index >= 2048) {
    return {};
  }
  return wordlist_of(language).word(index);
}

std::vector<std::string_view> complete_word(std::string_view prefix, Language language) {
  std::vector<std::string_view> result;
  const auto words = SentenceWords::split(prefix);
  if (!words || words->list().size() != 1 || !is_language(language)) {
    return result;
  }
  const Wordlist& list = wordlist_of(language);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list.word(i).starts_with(words->list()[0])) {
      result.push_back(list.word(i));
    }
  }
  return result;
}

}  // namespace coffer::keys
