/* SPDX-License-Identifier: MIT */
/* Mnemonic sentences (BIP-39) in ten languages, and child secrets of one master key (BIP-85). */
#ifndef COFFER_MNEMONIC_H
#define COFFER_MNEMONIC_H

/* Threads: any. A handle never changes, so many threads may share one, until one destroys it. */

#include "coffer_key.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The languages that BIP-39 has word lists for. Frozen: keystores hold them. */
typedef uint8_t coffer_language;
#define COFFER_LANGUAGE_ENGLISH ((coffer_language)0)
#define COFFER_LANGUAGE_JAPANESE ((coffer_language)1)
#define COFFER_LANGUAGE_KOREAN ((coffer_language)2)
#define COFFER_LANGUAGE_SPANISH ((coffer_language)3)
#define COFFER_LANGUAGE_CHINESE_SIMPLIFIED ((coffer_language)4)
#define COFFER_LANGUAGE_CHINESE_TRADITIONAL ((coffer_language)5)
#define COFFER_LANGUAGE_FRENCH ((coffer_language)6)
#define COFFER_LANGUAGE_ITALIAN ((coffer_language)7)
#define COFFER_LANGUAGE_CZECH ((coffer_language)8)
#define COFFER_LANGUAGE_PORTUGUESE ((coffer_language)9)
/** For `coffer_mnemonic_parse`: the language that the sentence is in. */
#define COFFER_LANGUAGE_ANY ((coffer_language)255)

/** A sentence whose words and checksum are right. A secret. */
typedef struct coffer_mnemonic coffer_mnemonic;

/** A word of a list, in NFKD. */
typedef struct coffer_word {
  char text[64];
} coffer_word;

/** A word that the list does not have, and the nearest that it has. */
typedef struct coffer_unknown_word {
  uint32_t position; /**< in the sentence, counted from 1 */
  uint32_t suggestions_count;
  coffer_word suggestions[5]; /**< nearest first */
} coffer_unknown_word;

/** A buffer of this size holds every sentence. */
#define COFFER_MNEMONIC_TEXT_SIZE 1536

/** The language's name, e.g. "chinese_simplified"; "unknown" for a value not listed. Lifetime: of
 *  the program. */
COFFER_API const char* coffer_language_name(coffer_language language);

/** The language of that name. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_language_find(const char* name, size_t name_length,
                                                               coffer_language* language_out,
                                                               coffer_error* err);

/** Makes a new sentence of fresh entropy of the system.
 *
 *  Returns:    COFFER_ERR_MNEMONIC_LENGTH (words is not 12, 15, 18, 21 or 24),
 *              COFFER_ERR_INVALID_ARGUMENT (language), COFFER_ERR_UNSUPPORTED (the system has no
 *              entropy to give).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_generate(uint32_t words,
                                                                   coffer_language language,
                                                                   coffer_mnemonic** mnemonic_out,
                                                                   coffer_error* err);

/** The sentence that stands for entropy of your own choice, or from a keystore. Returns
 *  COFFER_ERR_MNEMONIC_LENGTH (not 16, 20, 24, 28 or 32 bytes), COFFER_ERR_INVALID_ARGUMENT. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_mnemonic_from_entropy(const coffer_secret* entropy, coffer_language language,
                             coffer_mnemonic** mnemonic_out, coffer_error* err);

/** Reads a sentence as a person typed it: any Unicode form, any white space, capitals.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_ARGUMENT (language; or with
 *              COFFER_LANGUAGE_ANY a sentence that is right in two languages, which the message
 *              names), COFFER_ERR_INVALID_UTF8, COFFER_ERR_MNEMONIC_LENGTH,
 *              COFFER_ERR_MNEMONIC_UNKNOWN_WORD (the message names its position, counted from 1),
 *              COFFER_ERR_MNEMONIC_CHECKSUM.
 *  In:         language: COFFER_LANGUAGE_ANY finds it
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_parse(const char* sentence,
                                                                size_t sentence_length,
                                                                coffer_language language,
                                                                coffer_mnemonic** mnemonic_out,
                                                                coffer_error* err);

/** Wipes and releases. NULL is allowed. */
COFFER_API void coffer_mnemonic_destroy(coffer_mnemonic* mnemonic);

/** Its language and number of words. Both outputs are nullable. */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_describe(const coffer_mnemonic* mnemonic,
                                                                   coffer_language* language_out,
                                                                   uint32_t* words_out,
                                                                   coffer_error* err);

/** The entropy that the words encode, e.g. for a keystore or for guardians' shares. */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_entropy(const coffer_mnemonic* mnemonic,
                                                                  coffer_secret** entropy_out,
                                                                  coffer_error* err);

/** The 64-byte seed for `coffer_xprv_from_seed`.
 *
 *  Every passphrase is right and gives another wallet; the empty one is the usual case. Returns
 *  COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8. Cost: about a millisecond.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_seed(const coffer_mnemonic* mnemonic,
                                                               const char* passphrase,
                                                               size_t passphrase_length,
                                                               coffer_secret** seed_out,
                                                               coffer_error* err);

/** Writes the words in NFKD, with a space between them, in Japanese an ideographic space. Returns
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_mnemonic_export_sentence(const coffer_mnemonic* mnemonic, char* buffer, size_t size,
                                size_t* needed_out, coffer_error* err);

/** The words that the language does not have, with suggestions for the screen of the person who
 *  types; a suggestion is most of a secret.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_ARGUMENT (language),
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_BUFFER_TOO_SMALL (`count_out` is then how many
 *              there are, and nothing is written).
 *  Out:        words_out: an array of `capacity`; nullable when that is 0
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_unknown_words(
    const char* sentence, size_t sentence_length, coffer_language language,
    coffer_unknown_word* words_out, size_t capacity, size_t* count_out, coffer_error* err);

/** Word number `index` (0 to 2047) of a list. Returns COFFER_ERR_INVALID_ARGUMENT (language),
 *  COFFER_ERR_OUT_OF_RANGE (index). */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_word(coffer_language language,
                                                               uint32_t index,
                                                               coffer_word* word_out,
                                                               coffer_error* err);

/** The words of a list that begin with `prefix`, for completion while typing; an empty prefix gives
 *  none. Returns and outputs as `coffer_mnemonic_unknown_words`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_mnemonic_complete_word(
    const char* prefix, size_t prefix_length, coffer_language language, coffer_word* words_out,
    size_t capacity, size_t* count_out, coffer_error* err);

/* Child secrets (BIP-85): they take a master key on secp256k1 and give the same for the same
 * numbers for ever. A child tells nothing about its master or its siblings. `index` is below 2^31;
 * all return COFFER_ERR_OUT_OF_RANGE (index) and COFFER_ERR_UNSUPPORTED (another curve). */

/** The 64 bytes at a path m / 83696968' / ..., every step hardened. Returns
 *  COFFER_ERR_DERIVATION_PATH (another path). */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_entropy(const coffer_xprv* master,
                                                               const char* path, size_t path_length,
                                                               coffer_secret** entropy_out,
                                                               coffer_error* err);

/** A child mnemonic. Returns COFFER_ERR_MNEMONIC_LENGTH (words is not 12, 18 or 24),
 *  COFFER_ERR_INVALID_ARGUMENT (language). */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_mnemonic(const coffer_xprv* master,
                                                                uint32_t words, uint32_t index,
                                                                coffer_language language,
                                                                coffer_mnemonic** mnemonic_out,
                                                                coffer_error* err);

/** 16 to 64 random-looking bytes. Returns COFFER_ERR_OUT_OF_RANGE (size). */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_bytes(const coffer_xprv* master, size_t size,
                                                             uint32_t index,
                                                             coffer_secret** bytes_out,
                                                             coffer_error* err);

/** A single private key of secp256k1, the one that BIP-85 writes as WIF. */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_private_key(const coffer_xprv* master,
                                                                   uint32_t index,
                                                                   coffer_secret** key_out,
                                                                   coffer_error* err);

/** A master key of its own, the one that BIP-85 writes as XPRV. */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_master_key(const coffer_xprv* master,
                                                                  uint32_t index,
                                                                  coffer_xprv** key_out,
                                                                  coffer_error* err);

/** A password of 20 to 86 characters of Base64. Returns COFFER_ERR_OUT_OF_RANGE (length). */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip85_password(const coffer_xprv* master,
                                                                uint32_t length, uint32_t index,
                                                                coffer_secret** password_out,
                                                                coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_MNEMONIC_H */
