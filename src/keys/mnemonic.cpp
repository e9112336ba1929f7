// SPDX-License-Identifier: MIT
// BIP-39: entropy and checksum as groups of eleven bits, the groups as words.
#include <coffer/keys/mnemonic.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "crypto/kdf.hpp"
#include "crypto/sha256.hpp"
#include "crypto/wiped.hpp"
#include "keys/mnemonic_words.hpp"
#include "keys/normalise.hpp"

namespace coffer::keys {

namespace {

constexpr std::size_t words_max = 24;
constexpr std::string_view ideographic_space = "\xe3\x80\x80";

// The numbers of the words; wiped, because they are the entropy.
struct Numbers {
  std::array<std::uint16_t, words_max> values{};
  std::size_t count = 0;
  Numbers() = default;
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers() { wipe({reinterpret_cast<std::uint8_t*>(values.data()), sizeof(values)}); }
};

bool is_word_count(std::size_t count) noexcept {
  return count >= 12 && count <= words_max && count % 3 == 0;
}

bool is_language(Language language) noexcept {
  return static_cast<std::size_t>(language) < language_count;
}

Error no_such_language() { return {Code::invalid_argument, "language: no such value"}; }

void number_words(std::span<const std::uint8_t> entropy, Numbers& numbers) {
  const crypto::Digest32 digest = crypto::sha256(entropy);
  std::uint32_t bits = 0;
  unsigned held = 0;
  numbers.count = entropy.size() * 3 / 4;
  for (std::size_t i = 0, byte = 0; i < numbers.count; ++i) {
    for (; held < 11; held += 8, ++byte) {
      bits = bits << 8 | (byte < entropy.size() ? entropy[byte] : digest[byte - entropy.size()]);
    }
    held -= 11;
    numbers.values[i] = bits >> held & 2047U;
  }
}

// The entropy of the numbers, or none when the checksum fails.
std::optional<Secret> entropy_of(const Numbers& numbers) {
  crypto::Wiped<33> bytes;
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < numbers.count; ++i) {
    bits = bits << 11 | numbers.values[i];
    for (held += 11; held >= 8;) {
      held -= 8;
      bytes[at++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  // The last byte that was begun holds the checksum: whole for 24 words, else its upper part.
  const unsigned checksum_bits = static_cast<unsigned>(numbers.count / 3);
  const std::size_t size = numbers.count / 3 * 4;
  if (held > 0) {
    bytes[at] = static_cast<std::uint8_t>(bits << (8 - held));
  }
  const std::uint8_t digest = crypto::sha256(bytes.span().first(size))[0];
  if (((digest ^ bytes[size]) >> (8 - checksum_bits)) != 0) {
    return std::nullopt;
  }
  return Secret::copy_of(bytes.span().first(size));
}

// Fills the numbers as far as words are known; gives the position of the first unknown word or 0.
std::size_t look_up(const std::vector<std::string_view>& words, const Wordlist& list,
                    Numbers& numbers, std::size_t& known) {
  std::size_t unknown = 0;
  known = 0;
  numbers.count = words.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto number = list.index_of(words[i]);
    if (number) {
      numbers.values[i] = *number;
      ++known;
    } else if (unknown == 0) {
      unknown = i + 1;
    }
  }
  return unknown;
}

Error wrong_length(std::size_t count) {
  return {Code::mnemonic_length, "the sentence has " + std::to_string(count) +
                                     " words; 12, 15, 18, 21 or 24 are possible"};
}

Error unknown_word(std::size_t position, std::size_t count, Language language) {
  return {Code::mnemonic_unknown_word, "word " + std::to_string(position) + " of " +
                                           std::to_string(count) + " is not in the list of " +
                                           std::string(name_of(language))};
}

Error wrong_checksum(Language language) {
  return {Code::mnemonic_checksum, "every word is in the list of " +
                                       std::string(name_of(language)) +
                                       ", but the checksum fails: a word is wrong or misplaced"};
}

}  // namespace

Result<Mnemonic> Mnemonic::generate(unsigned words, Language language, RandomSource& random) {
  if (!is_word_count(words)) {
    return wrong_length(words);
  }
  crypto::Wiped<32> entropy;
  const auto used = std::span<std::uint8_t>(entropy.span()).first(std::size_t{words} / 3 * 4);
  COFFER_TRY(random.fill(used));
  return from_entropy(used, language);
}

Result<Mnemonic> Mnemonic::from_entropy(std::span<const std::uint8_t> entropy, Language language) {
  if (entropy.size() < 16 || entropy.size() > 32 || entropy.size() % 4 != 0) {
    return Error{Code::mnemonic_length, "the entropy has " + std::to_string(entropy.size()) +
                                            " bytes; 16, 20, 24, 28 or 32 are possible"};
  }
  if (!is_language(language)) {
    return no_such_language();
  }
  return Mnemonic(Secret::copy_of(entropy), language);
}

Result<Mnemonic> Mnemonic::parse(std::string_view sentence, Language language) {
  if (!is_language(language)) {
    return no_such_language();
  }
  COFFER_TRY_ASSIGN(const SentenceWords words, SentenceWords::split(sentence));
  if (!is_word_count(words.list().size())) {
    return wrong_length(words.list().size());
  }
  Numbers numbers;
  std::size_t known = 0;
  if (const auto unknown = look_up(words.list(), wordlist_of(language), numbers, known);
      unknown != 0) {
    return unknown_word(unknown, words.list().size(), language);
  }
  auto entropy = entropy_of(numbers);
  if (!entropy) {
    return wrong_checksum(language);
  }
  return Mnemonic(std::move(*entropy), language);
}

Result<Mnemonic> Mnemonic::parse(std::string_view sentence) {
  COFFER_TRY_ASSIGN(const SentenceWords words, SentenceWords::split(sentence));
  if (!is_word_count(words.list().size())) {
    return wrong_length(words.list().size());
  }
  std::optional<Mnemonic> found;
  std::optional<Language> all_known;
  Language best = Language::english;
  std::size_t best_known = 0;
  std::size_t best_unknown = 1;
  for (std::size_t i = 0; i < language_count; ++i) {
    const auto language = static_cast<Language>(i);
    Numbers numbers;
    std::size_t known = 0;
    const auto unknown = look_up(words.list(), wordlist_of(language), numbers, known);
    if (known > best_known) {
      best = language;
      best_known = known;
      best_unknown = unknown;
    }
    if (unknown != 0) {
      continue;
    }
    all_known = all_known.value_or(language);
    auto entropy = entropy_of(numbers);
    if (entropy && found) {
      return Error{Code::invalid_argument, "the sentence is right in two languages, " +
                                               std::string(name_of(found->language())) + " and " +
                                               std::string(name_of(language)) +
                                               ": name the one that is meant"};
    }
    if (entropy) {
      found = Mnemonic(std::move(*entropy), language);
    }
  }
  if (found) {
    return std::move(*found);
  }
  if (all_known) {
    return wrong_checksum(*all_known);
  }
  return unknown_word(best_unknown, words.list().size(), best);
}

Secret Mnemonic::sentence() const {
  const Wordlist& list = wordlist_of(language_);
  const std::string_view space = language_ == Language::japanese ? ideographic_space : " ";
  Numbers numbers;
  number_words(entropy_.bytes(), numbers);
  std::size_t size = (numbers.count - 1) * space.size();
  for (std::size_t i = 0; i < numbers.count; ++i) {
    size += list.word(numbers.values[i]).size();
  }
  Secret text(size);
  auto* out = text.bytes().data();
  for (std::size_t i = 0; i < numbers.count; ++i) {
    const std::string_view word = list.word(numbers.values[i]);
    if (i > 0) {
      out = std::copy(space.begin(), space.end(), out);
    }
    out = std::copy(word.begin(), word.end(), out);
  }
  return text;
}

Result<Secret> Mnemonic::seed(std::string_view passphrase) const {
  constexpr std::string_view prefix = "mnemonic";
  COFFER_TRY_ASSIGN(const Secret normal, nfkd(passphrase, "passphrase"));
  Secret salt(prefix.size() + normal.size());
  std::copy(prefix.begin(), prefix.end(), salt.bytes().data());
  std::copy(normal.bytes().begin(), normal.bytes().end(), salt.bytes().data() + prefix.size());
  // An ideographic space is a plain one in NFKD.
  COFFER_TRY_ASSIGN(const Secret password, nfkd(sentence().text(), "sentence"));
  Secret seed(64);
  crypto::pbkdf2_hmac_sha512(password.bytes(), salt.bytes(), 2048, seed.bytes());
  return seed;
}

}  // namespace coffer::keys
