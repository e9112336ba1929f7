// SPDX-License-Identifier: MIT
// Tests of mnemonic sentences.
#include <coffer/keys/mnemonic.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "../crypto/crypto_text.hpp"
#include "support/shared_vectors.hpp"

using namespace coffer::keys;
using coffer::Code;
using crypto_test::from_hex;
using crypto_test::hex_of;

namespace {

constexpr const char* all_zero =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

// Gives the bytes 0, 1, 2, ... so that a run can be repeated.
class Counting final : public RandomSource {
 public:
  coffer::Status fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      byte = next_++;
    }
    return {};
  }

 private:
  std::uint8_t next_ = 0;
};

class Broken final : public RandomSource {
 public:
  coffer::Status fill(std::span<std::uint8_t>) override {
    return coffer::Error{Code::unsupported, "no noise"};
  }
};

Code code_of(std::string_view sentence, Language language = Language::english) {
  const auto result = Mnemonic::parse(sentence, language);
  return result ? Code::ok : result.error().code;
}

}  // namespace

TEST_CASE("a mnemonic gives sentence, entropy and seed of the standard") {
  const auto mnemonic = Mnemonic::from_entropy(std::vector<std::uint8_t>(16));
  REQUIRE(mnemonic.has_value());
  CHECK(mnemonic->sentence().text() == all_zero);
  CHECK(mnemonic->word_count() == 12);
  CHECK(mnemonic->language() == Language::english);
  CHECK(hex_of(mnemonic->seed("TREZOR")->bytes()) ==
        "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
        "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04");
  CHECK(hex_of(mnemonic->seed()->bytes()) ==
        "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
        "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4");
}

TEST_CASE("mnemonics of all ten languages pass the published vectors") {
  const auto file = shared_vectors::json("bip39/trezor_vectors.json");
  if (!file) {
    return;
  }
  int seen = 0;
  for (std::size_t i = 0; i < language_count; ++i) {
    const auto language = static_cast<Language>(i);
    for (const auto& test : (*file)[std::string(name_of(language))]) {
      const auto entropy = from_hex(test[0].get<std::string>());
      const auto sentence = test[1].get<std::string>();
      const auto mnemonic = Mnemonic::parse(sentence, language);
      INFO(name_of(language) << " " << sentence);
      REQUIRE(mnemonic.has_value());
      CHECK(hex_of(mnemonic->entropy()) == hex_of(entropy));
      CHECK(hex_of(mnemonic->seed("TREZOR")->bytes()) == test[2].get<std::string>());
      const auto made = Mnemonic::from_entropy(entropy, language);
      REQUIRE(made.has_value());
      CHECK(hex_of(Mnemonic::parse(made->sentence().text(), language)->entropy()) ==
            hex_of(entropy));
      CHECK(hex_of(made->seed("TREZOR")->bytes()) == test[2].get<std::string>());
      ++seen;
    }
  }
  CHECK(seen == 240);
}

TEST_CASE("the word tables hold the published lists") {
  for (std::size_t i = 0; i < language_count; ++i) {
    const auto language = static_cast<Language>(i);
    const auto file =
        shared_vectors::text("bip39/wordlists/" + std::string(name_of(language)) + ".txt");
    if (!file) {
      return;
    }
    std::string joined;
    for (unsigned word = 0; word < 2048; ++word) {
      joined += std::string(mnemonic_word(language, word)) + "\n";
    }
    CHECK(joined == *file);
  }
}

TEST_CASE("each language has its first and last word") {
  CHECK(mnemonic_word(Language::english, 0) == "abandon");
  CHECK(mnemonic_word(Language::english, 2047) == "zoo");
  CHECK(mnemonic_word(Language::italian, 2047) == "zuppa");
  CHECK(mnemonic_word(Language::czech, 2047) == "zvyk");
  CHECK(mnemonic_word(Language::portuguese, 0) == "abacate");
  CHECK(mnemonic_word(Language::chinese_simplified, 0) == "的");
  CHECK(mnemonic_word(Language::english, 2048).empty());
  CHECK(mnemonic_word(static_cast<Language>(10), 0).empty());
}

TEST_CASE("parse accepts any white space, composed letters and capitals") {
  CHECK(code_of("  Abandon\tabandon abandon\nABANDON abandon abandon abandon abandon abandon "
                "abandon abandon about ") == Code::ok);
  // The Spanish word list begins with a decomposed "a"; people type the composed one.
  CHECK(code_of("ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco abierto",
                Language::spanish) == Code::ok);
}

TEST_CASE("parse says what is wrong without repeating the words") {
  CHECK(code_of("abandon abandon") == Code::mnemonic_length);
  CHECK(code_of("") == Code::mnemonic_length);
  CHECK(code_of(std::string(70000, 'a')) == Code::out_of_range);
  CHECK(code_of("\xff") == Code::invalid_utf8);
  CHECK(code_of(all_zero, static_cast<Language>(99)) == Code::invalid_argument);
  const auto unknown = Mnemonic::parse(
      "abandon abandon abandonn abandon abandon abandon abandon abandon abandon abandon abandon "
      "about",
      Language::english);
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == Code::mnemonic_unknown_word);
  CHECK(unknown.error().message == "word 3 of 12 is not in the list of english");
  const auto checksum = Mnemonic::parse(
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "abandon");
  REQUIRE_FALSE(checksum.has_value());
  CHECK(checksum.error().code == Code::mnemonic_checksum);
}

TEST_CASE("parse without a language finds it, or the language that fits best") {
  const auto italian = Mnemonic::from_entropy(std::vector<std::uint8_t>(32, 7), Language::italian);
  REQUIRE(italian.has_value());
  CHECK(Mnemonic::parse(italian->sentence().text())->language() == Language::italian);
  const auto wrong =
      Mnemonic::parse("abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco abaco xyz");
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().message == "word 12 of 12 is not in the list of italian");
}

TEST_CASE("a sentence that is right in two languages has to be told which") {
  // Words that both Chinese lists have, chosen so that both checksums hold.
  std::vector<std::string_view> shared;
  for (unsigned i = 0; i < 2048 && shared.size() < 40; ++i) {
    const std::string word(mnemonic_word(Language::chinese_simplified, i));
    if (unknown_words(word, Language::chinese_traditional)->empty()) {
      shared.push_back(mnemonic_word(Language::chinese_simplified, i));
    }
  }
  std::string beginning;
  for (int i = 0; i < 10; ++i) {
    beginning += std::string(shared[0]) + " ";
  }
  bool found = false;
  for (std::size_t i = 0; i < 1600 && !found; ++i) {
    const std::string sentence =
        beginning + std::string(shared[i / 40]) + " " + std::string(shared[i % 40]);
    found = code_of(sentence, Language::chinese_simplified) == Code::ok &&
            code_of(sentence, Language::chinese_traditional) == Code::ok;
    if (found) {
      CHECK(Mnemonic::parse(sentence).error().code == Code::invalid_argument);
    }
  }
  CHECK(found);
}

TEST_CASE("generate takes its entropy from the source and passes its failure on") {
  Counting counting;
  const auto mnemonic = Mnemonic::generate(24, Language::english, counting);
  REQUIRE(mnemonic.has_value());
  CHECK(hex_of(mnemonic->entropy()) ==
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  Broken broken;
  CHECK(Mnemonic::generate(12, Language::english, broken).error().code == Code::unsupported);
  CHECK(Mnemonic::generate(13).error().code == Code::mnemonic_length);
  CHECK(Mnemonic::generate(12)->sentence().text() != Mnemonic::generate(12)->sentence().text());
  CHECK(Mnemonic::from_entropy(std::vector<std::uint8_t>(17)).error().code ==
        Code::mnemonic_length);
}

TEST_CASE("unknown_words suggests the nearest words") {
  const auto unknown = unknown_words("abandon aple zoo abvoe", Language::english);
  REQUIRE(unknown.has_value());
  REQUIRE(unknown->size() == 2);
  CHECK((*unknown)[0].position == 2);
  CHECK((*unknown)[0].suggestions[0] == "able");
  CHECK(std::count((*unknown)[0].suggestions.begin(), (*unknown)[0].suggestions.end(), "apple") ==
        1);
  CHECK((*unknown)[1].position == 4);
  CHECK((*unknown)[1].suggestions[0] == "above");
  CHECK(unknown_words("a", static_cast<Language>(99)).error().code == Code::invalid_argument);
}

TEST_CASE("complete_word gives the words that begin alike") {
  CHECK(complete_word("zo", Language::english) == std::vector<std::string_view>{"zone", "zoo"});
  CHECK(complete_word("", Language::english).empty());
  CHECK(complete_word("é", Language::french).size() > 10);
}

TEST_CASE("languages have names") {
  CHECK(name_of(Language::chinese_traditional) == "chinese_traditional");
  CHECK(name_of(static_cast<Language>(10)) == "unknown");
  CHECK(*language_named("korean") == Language::korean);
  CHECK(language_named("klingon").error().code == Code::not_found);
}

TEST_CASE("a passphrase is normalised and must be UTF-8") {
  const auto mnemonic = Mnemonic::from_entropy(std::vector<std::uint8_t>(16));
  CHECK(hex_of(mnemonic->seed("caf\xc3\xa9")->bytes()) ==
        hex_of(mnemonic->seed("cafe\xcc\x81")->bytes()));
  CHECK(mnemonic->seed("\xc3").error().code == Code::invalid_utf8);
}
