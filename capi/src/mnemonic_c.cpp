// SPDX-License-Identifier: MIT
// C: mnemonic sentences, their words, and the child secrets of BIP-85.
#include "coffer_mnemonic.h"

#include <algorithm>
#include <string>
#include <vector>

#include <coffer/keys/bip85.hpp>
#include <coffer/keys/mnemonic.hpp>

#include "guard.hpp"
#include "input.hpp"
#include "key_handles.hpp"
#include "output.hpp"

using namespace coffer::capi;
using coffer::Code;
using coffer::Error;
using coffer::Result;
using coffer::Secret;
using coffer::Status;
using coffer::keys::Language;
using coffer::keys::Mnemonic;

namespace {

coffer_word to_word(std::string_view word) {
  coffer_word out{};
  put_text(out.text, word);
  return out;
}

coffer_unknown_word to_struct(const coffer::keys::UnknownWord& word) {
  coffer_unknown_word out{};
  out.position = word.position;
  const std::size_t count = std::min(word.suggestions.size(), std::size(out.suggestions));
  out.suggestions_count = static_cast<uint32_t>(count);
  std::transform(word.suggestions.begin(),
                 word.suggestions.begin() + static_cast<std::ptrdiff_t>(count), out.suggestions,
                 to_word);
  return out;
}

/// `make` gives a child secret of the master key. Runs in guard().
template <class Out, class Make>
coffer_status guarded(const coffer_xprv* master, Out** out, std::string_view out_name,
                      coffer_error* err, Make&& make) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_xprv* known, handle_of(master, "master"));
    COFFER_TRY(require(out, out_name));
    COFFER_TRY_ASSIGN(auto child, make(known->held));
    give(out, std::move(child));
    return {};
  });
}

}  // namespace

const char* coffer_language_name(coffer_language language) {
  // The names are literals, so a NUL follows each.
  return coffer::keys::name_of(static_cast<Language>(language)).data();
}

coffer_status coffer_language_find(const char* name, size_t name_length,
                                   coffer_language* language_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(language_out, "language_out"));
    COFFER_TRY_ASSIGN(const auto wanted, utf8_of(name, name_length, "name"));
    COFFER_TRY_ASSIGN(const Language language, coffer::keys::language_named(wanted));
    *language_out = static_cast<coffer_language>(language);
    return {};
  });
}

coffer_status coffer_mnemonic_generate(uint32_t words, coffer_language language,
                                       coffer_mnemonic** mnemonic_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(mnemonic_out, "mnemonic_out"));
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    COFFER_TRY_ASSIGN(Mnemonic made, Mnemonic::generate(words, known));
    give(mnemonic_out, std::move(made));
    return {};
  });
}

coffer_status coffer_mnemonic_from_entropy(const coffer_secret* entropy, coffer_language language,
                                           coffer_mnemonic** mnemonic_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto bytes, secret_of(entropy, "entropy"));
    COFFER_TRY(require(mnemonic_out, "mnemonic_out"));
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    COFFER_TRY_ASSIGN(Mnemonic made, Mnemonic::from_entropy(bytes, known));
    give(mnemonic_out, std::move(made));
    return {};
  });
}

coffer_status coffer_mnemonic_parse(const char* sentence, size_t sentence_length,
                                    coffer_language language, coffer_mnemonic** mnemonic_out,
                                    coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(mnemonic_out, "mnemonic_out"));
    COFFER_TRY_ASSIGN(const auto typed, text_of(sentence, sentence_length, "sentence"));
    if (language == COFFER_LANGUAGE_ANY) {
      COFFER_TRY_ASSIGN(Mnemonic read, Mnemonic::parse(typed));
      give(mnemonic_out, std::move(read));
      return {};
    }
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    COFFER_TRY_ASSIGN(Mnemonic read, Mnemonic::parse(typed, known));
    give(mnemonic_out, std::move(read));
    return {};
  });
}

void coffer_mnemonic_destroy(coffer_mnemonic* mnemonic) { destroy_handle(mnemonic); }

coffer_status coffer_mnemonic_describe(const coffer_mnemonic* mnemonic,
                                       coffer_language* language_out, uint32_t* words_out,
                                       coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_mnemonic* known, handle_of(mnemonic, "mnemonic"));
    put_if(language_out, static_cast<coffer_language>(known->held.language()));
    put_if<uint32_t>(words_out, known->held.word_count());
    return {};
  });
}

coffer_status coffer_mnemonic_entropy(const coffer_mnemonic* mnemonic, coffer_secret** entropy_out,
                                      coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_mnemonic* known, handle_of(mnemonic, "mnemonic"));
    COFFER_TRY(require(entropy_out, "entropy_out"));
    give(entropy_out, Secret::copy_of(known->held.entropy()));
    return {};
  });
}

coffer_status coffer_mnemonic_seed(const coffer_mnemonic* mnemonic, const char* passphrase,
                                   size_t passphrase_length, coffer_secret** seed_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_mnemonic* known, handle_of(mnemonic, "mnemonic"));
    COFFER_TRY(require(seed_out, "seed_out"));
    COFFER_TRY_ASSIGN(const auto phrase, text_of(passphrase, passphrase_length, "passphrase"));
    COFFER_TRY_ASSIGN(Secret seed, known->held.seed(phrase));
    give(seed_out, std::move(seed));
    return {};
  });
}

coffer_status coffer_mnemonic_export_sentence(const coffer_mnemonic* mnemonic, char* buffer,
                                              size_t size, size_t* needed_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const coffer_mnemonic* known, handle_of(mnemonic, "mnemonic"));
    return put_text(known->held.sentence().text(), buffer, size, needed_out);
  });
}

coffer_status coffer_mnemonic_unknown_words(const char* sentence, size_t sentence_length,
                                            coffer_language language,
                                            coffer_unknown_word* words_out, size_t capacity,
                                            size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto typed, text_of(sentence, sentence_length, "sentence"));
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    COFFER_TRY_ASSIGN(const auto words, coffer::keys::unknown_words(typed, known));
    COFFER_TRY(put_count(words.size(), words_out, capacity, count_out));
    std::transform(words.begin(), words.end(), words_out, to_struct);
    return {};
  });
}

coffer_status coffer_mnemonic_word(coffer_language language, uint32_t index, coffer_word* word_out,
                                   coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY(require(word_out, "word_out"));
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    const std::string_view word = coffer::keys::mnemonic_word(known, index);
    if (word.empty()) {
      return Error{Code::out_of_range, "index: " + std::to_string(index) + " is not 0 to 2047"};
    }
    *word_out = to_word(word);
    return {};
  });
}

coffer_status coffer_mnemonic_complete_word(const char* prefix, size_t prefix_length,
                                            coffer_language language, coffer_word* words_out,
                                            size_t capacity, size_t* count_out, coffer_error* err) {
  return guard(err, [&]() -> Status {
    COFFER_TRY_ASSIGN(const auto typed, utf8_of(prefix, prefix_length, "prefix"));
    COFFER_TRY_ASSIGN(const Language known, language_of(language));
    const auto words = coffer::keys::complete_word(typed, known);
    COFFER_TRY(put_count(words.size(), words_out, capacity, count_out));
    std::transform(words.begin(), words.end(), words_out, to_word);
    return {};
  });
}

coffer_status coffer_bip85_entropy(const coffer_xprv* master, const char* path, size_t path_length,
                                   coffer_secret** entropy_out, coffer_error* err) {
  return guarded(master, entropy_out, "entropy_out", err, [&](const auto& key) -> Result<Secret> {
    COFFER_TRY_ASSIGN(const auto way, path_of(path, path_length));
    return coffer::keys::bip85_entropy(key, way);
  });
}

coffer_status coffer_bip85_mnemonic(const coffer_xprv* master, uint32_t words, uint32_t index,
                                    coffer_language language, coffer_mnemonic** mnemonic_out,
                                    coffer_error* err) {
  return guarded(master, mnemonic_out, "mnemonic_out", err,
                 [&](const auto& key) -> Result<Mnemonic> {
                   COFFER_TRY_ASSIGN(const Language known, language_of(language));
                   return coffer::keys::bip85_mnemonic(key, words, index, known);
                 });
}

coffer_status coffer_bip85_bytes(const coffer_xprv* master, size_t size, uint32_t index,
                                 coffer_secret** bytes_out, coffer_error* err) {
  return guarded(master, bytes_out, "bytes_out", err,
                 [&](const auto& key) { return coffer::keys::bip85_bytes(key, size, index); });
}

coffer_status coffer_bip85_private_key(const coffer_xprv* master, uint32_t index,
                                       coffer_secret** key_out, coffer_error* err) {
  return guarded(master, key_out, "key_out", err,
                 [&](const auto& key) { return coffer::keys::bip85_private_key(key, index); });
}

coffer_status coffer_bip85_master_key(const coffer_xprv* master, uint32_t index,
                                      coffer_xprv** key_out, coffer_error* err) {
  return guarded(master, key_out, "key_out", err,
                 [&](const auto& key) { return coffer::keys::bip85_master_key(key, index); });
}

coffer_status coffer_bip85_password(const coffer_xprv* master, uint32_t length, uint32_t index,
                                    coffer_secret** password_out, coffer_error* err) {
  return guarded(master, password_out, "password_out", err,
                 [&](const auto& key) { return coffer::keys::bip85_password(key, length, index); });
}
