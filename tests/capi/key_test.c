/* SPDX-License-Identifier: MIT */
/* Mnemonics, extended keys, bulk derivation and child secrets, with the standards' own figures. */
#include <stdlib.h>

#include "keys.h"

static const char* const abandon =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

const char* hex_of(const uint8_t* bytes, size_t size) {
  static char text[257];
  size_t i = 0;
  for (i = 0; i < size && i < 128; ++i) {
    sprintf(text + 2 * i, "%02x", bytes[i]);
  }
  text[2 * i] = '\0';
  return text;
}

size_t bytes_of(const char* hex, uint8_t* out) {
  size_t size = strlen(hex) / 2;
  size_t i = 0;
  for (i = 0; i < size; ++i) {
    const char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
    out[i] = (uint8_t)strtoul(pair, NULL, 16);
  }
  return size;
}

coffer_secret* secret_of(const char* hex) {
  uint8_t bytes[128];
  coffer_secret* secret = NULL;
  EXPECT_OK(coffer_secret_create(bytes, bytes_of(hex, bytes), &secret, NULL));
  return secret;
}

const char* exported(const coffer_secret* secret) {
  uint8_t bytes[128];
  size_t size = 0;
  EXPECT_OK(coffer_secret_export_bytes(secret, bytes, sizeof bytes, &size, NULL));
  return hex_of(bytes, size);
}

coffer_xprv* master_of(const char* seed_hex, coffer_curve curve) {
  coffer_secret* seed = secret_of(seed_hex);
  coffer_xprv* master = NULL;
  EXPECT_OK(coffer_xprv_from_seed(seed, curve, 0, &master, NULL));
  coffer_secret_destroy(seed);
  return master;
}

coffer_key_reference reference_to(const char* name, const char* path, coffer_curve curve) {
  coffer_key_reference key;
  memset(&key, 0, sizeof key);
  key.struct_size = sizeof key;
  key.curve = curve;
  key.name = name;
  key.name_length = strlen(name);
  key.path = path;
  key.path_length = strlen(path);
  return key;
}

static const char* text_of(const coffer_xpub* xpub) {
  static char text[COFFER_EXTENDED_KEY_TEXT_SIZE];
  EXPECT_OK(coffer_xpub_format(xpub, text, sizeof text, NULL, NULL));
  return text;
}

static void a_sentence_becomes_the_seed_and_master_key_of_bip39(void) {
  coffer_mnemonic* mnemonic = NULL;
  coffer_secret* seed = NULL;
  coffer_xprv* master = NULL;
  coffer_language language = 9;
  uint32_t words = 0;
  char text[COFFER_EXTENDED_KEY_TEXT_SIZE];
  EXPECT_OK(coffer_mnemonic_parse(TEXT(abandon), COFFER_LANGUAGE_ANY, &mnemonic, NULL));
  EXPECT_OK(coffer_mnemonic_describe(mnemonic, &language, &words, NULL));
  EXPECT(language == COFFER_LANGUAGE_ENGLISH && words == 12);
  EXPECT_OK(coffer_mnemonic_seed(mnemonic, TEXT("TREZOR"), &seed, NULL));
  EXPECT(strcmp(exported(seed),
                "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
                "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04") == 0);
  EXPECT_OK(coffer_xprv_from_seed(seed, COFFER_CURVE_SECP256K1, 0, &master, NULL));
  EXPECT_OK(coffer_xprv_export_text(master, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text,
                "xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHr"
                "EpTuuRhxMwvKDwqdKiGJS9XFKzUsAF") == 0);
  coffer_xprv_destroy(master);
  coffer_secret_destroy(seed);
  coffer_mnemonic_destroy(mnemonic);
}

static void a_new_sentence_reads_back_in_each_language(void) {
  coffer_language language = 0;
  for (language = 0; language <= COFFER_LANGUAGE_PORTUGUESE; ++language) {
    coffer_mnemonic* made = NULL;
    coffer_mnemonic* read = NULL;
    coffer_secret* before = NULL;
    coffer_secret* after = NULL;
    coffer_language found = COFFER_LANGUAGE_ANY;
    char sentence[COFFER_MNEMONIC_TEXT_SIZE];
    uint8_t is_equal = 0;
    EXPECT_OK(coffer_mnemonic_generate(24, language, &made, NULL));
    EXPECT_OK(coffer_mnemonic_export_sentence(made, sentence, sizeof sentence, NULL, NULL));
    EXPECT_OK(coffer_mnemonic_parse(TEXT(sentence), language, &read, NULL));
    EXPECT_OK(coffer_mnemonic_entropy(made, &before, NULL));
    EXPECT_OK(coffer_mnemonic_entropy(read, &after, NULL));
    EXPECT_OK(coffer_secret_equals(before, after, &is_equal, NULL));
    EXPECT(is_equal == 1);
    EXPECT_OK(coffer_language_find(TEXT(coffer_language_name(language)), &found, NULL));
    EXPECT(found == language);
    coffer_mnemonic_destroy(made);
    coffer_mnemonic_destroy(read);
    coffer_secret_destroy(before);
    coffer_secret_destroy(after);
  }
  EXPECT(strcmp(coffer_language_name(10), "unknown") == 0);
}

static void entropy_of_ones_own_gives_its_sentence(void) {
  coffer_secret* entropy = secret_of("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
  coffer_mnemonic* mnemonic = NULL;
  char sentence[COFFER_MNEMONIC_TEXT_SIZE];
  size_t needed = 0;
  EXPECT_OK(coffer_mnemonic_from_entropy(entropy, COFFER_LANGUAGE_ENGLISH, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_mnemonic_export_sentence(mnemonic, sentence, 20, &needed, NULL));
  EXPECT_OK(coffer_mnemonic_export_sentence(mnemonic, sentence, needed, NULL, NULL));
  EXPECT(strcmp(sentence,
                "legal winner thank year wave sausage worth useful legal winner thank "
                "yellow") == 0);
  coffer_mnemonic_destroy(mnemonic);
  coffer_secret_destroy(entropy);
}

static void a_wrong_word_is_named_by_its_place_and_the_nearest_are_suggested(void) {
  static const char wrong[] =
      "abandon abandun abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      "about";
  coffer_mnemonic* mnemonic = NULL;
  coffer_unknown_word unknown[3];
  coffer_word words[16];
  coffer_error err;
  size_t count = 0;
  size_t i = 0;
  EXPECT_STATUS(COFFER_ERR_MNEMONIC_UNKNOWN_WORD,
                coffer_mnemonic_parse(TEXT(wrong), COFFER_LANGUAGE_ENGLISH, &mnemonic, &err));
  EXPECT(strstr(err.message, "2") != NULL);
  EXPECT(strstr(err.message, "abandun") == NULL);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_mnemonic_unknown_words(TEXT(wrong), 0, NULL, 0, &count, NULL));
  EXPECT_OK(coffer_mnemonic_unknown_words(TEXT(wrong), 0, unknown, 3, &count, NULL));
  EXPECT(count == 1 && unknown[0].position == 2 && unknown[0].suggestions_count > 0);
  EXPECT(strcmp(unknown[0].suggestions[0].text, "abandon") == 0);
  EXPECT_STATUS(COFFER_ERR_MNEMONIC_CHECKSUM,
                coffer_mnemonic_parse(TEXT("abandon abandon abandon abandon abandon abandon "
                                           "abandon abandon abandon abandon abandon abandon"),
                                      0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_MNEMONIC_LENGTH,
                coffer_mnemonic_parse(TEXT("abandon about"), 0, &mnemonic, NULL));
  EXPECT_OK(coffer_mnemonic_complete_word(TEXT("aban"), 0, words, 16, &count, NULL));
  EXPECT(count == 1 && strcmp(words[0].text, "abandon") == 0);
  for (i = 0; i <= COFFER_LANGUAGE_PORTUGUESE; ++i) {
    uint32_t index = 0;
    for (index = 0; index < 2048; ++index) {
      EXPECT_OK(coffer_mnemonic_word((coffer_language)i, index, words, NULL));
      EXPECT(words[0].text[0] != '\0' && strlen(words[0].text) < sizeof words[0].text - 1);
    }
  }
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_mnemonic_word(0, 2048, words, NULL));
}

static void paths_are_read_and_written(void) {
  uint32_t steps[5];
  size_t count = 0;
  char text[64];
  coffer_error err;
  EXPECT_STATUS(COFFER_ERR_DERIVATION_PATH, /* two marks in one path */
                coffer_path_parse(TEXT("m/84'/0h/0'/1/5"), steps, 5, &count, NULL));
  EXPECT_OK(coffer_path_parse(TEXT("m/84'/0'/0'/1/5"), steps, 5, &count, NULL));
  EXPECT(count == 5 && steps[0] == 0x80000054U && steps[4] == 5);
  EXPECT_OK(coffer_path_format(steps, count, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "m/84'/0'/0'/1/5") == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_path_parse(TEXT("m/1/2"), steps, 1, &count, NULL));
  EXPECT(count == 2);
  EXPECT_STATUS(COFFER_ERR_DERIVATION_PATH,
                coffer_path_parse(TEXT("m/0/2147483648"), steps, 5, &count, &err));
  EXPECT(strstr(err.message, "2") != NULL);
}

static void keys_derive_as_vector_1_of_bip32(void) {
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_xprv* child = NULL;
  coffer_xpub xpub;
  coffer_xpub next;
  coffer_xpub read;
  uint32_t fingerprint = 0;
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/0'"), &child, NULL));
  EXPECT_OK(coffer_xprv_public(child, &xpub, NULL));
  EXPECT(strcmp(text_of(&xpub),
                "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdr"
                "fp1bgwQ9xv5ski8PX9rL2dZXvgGDnw") == 0);
  EXPECT_OK(coffer_xpub_derive(&xpub, TEXT("m/1"), &next, NULL));
  EXPECT(strcmp(text_of(&next),
                "xpub6ASuArnXKPbfEwhqN6e3mwBcDTgzisQN1wXN9BJcM47sSikHjJf3UFHKkNAWbWMiGj7Wf5uMash7S"
                "yYq527Hqck2AxYysAA7xmALppuCkwQ") == 0);
  EXPECT_OK(coffer_xpub_identify(&xpub, NULL, &fingerprint, NULL));
  EXPECT(fingerprint == 0x5c1bd648U && next.parent_fingerprint == fingerprint);
  EXPECT_OK(coffer_xpub_parse(TEXT(text_of(&next)), &read, NULL));
  EXPECT(memcmp(&read, &next, sizeof read) == 0);
  EXPECT_STATUS(COFFER_ERR_HARDENED_FROM_PUBLIC,
                coffer_xpub_derive(&xpub, TEXT("m/1'"), &next, NULL));
  coffer_xprv_destroy(child);
  coffer_xprv_destroy(master);
}

static void the_version_says_how_the_text_begins(void) {
  coffer_key_version zpub;
  coffer_key_version all[64];
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_xpub xpub;
  size_t count = 0;
  EXPECT_OK(coffer_key_version_find(TEXT("zpub"), &zpub, NULL));
  EXPECT(zpub.public_key == 0x04b24746U && zpub.private_key == 0x04b2430cU);
  EXPECT_OK(coffer_xprv_public(master, &xpub, NULL));
  xpub.version = zpub.public_key;
  EXPECT(strncmp(text_of(&xpub), "zpub", 4) == 0);
  xpub.version = 1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xpub_identify(&xpub, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_key_version_find(TEXT("qpub"), &zpub, NULL));
  EXPECT_OK(coffer_key_version_list(all, 64, &count, NULL));
  EXPECT(count > 5 && strcmp(all[0].public_name, "xpub") == 0);
  coffer_xprv_destroy(master);
}

typedef struct watch {
  int64_t last;
  int64_t stop_at;
} watch;

static int32_t watch_progress(void* data, int64_t done, int64_t total) {
  watch* seen = data;
  EXPECT(done >= seen->last && done <= total);
  seen->last = done;
  return seen->stop_at > 0 && done >= seen->stop_at;
}

static void many_children_are_those_that_come_one_by_one(void) {
  enum { count = 600 };
  static uint8_t keys[count * COFFER_PUBLIC_KEY_SIZE];
  static uint8_t from_private[count * COFFER_PUBLIC_KEY_SIZE];
  static uint8_t private_keys[count * COFFER_PRIVATE_KEY_SIZE];
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_xprv* child = NULL;
  coffer_secret* key = NULL;
  coffer_bulk_options options;
  watch seen = {0, 0};
  coffer_xpub xpub;
  coffer_xpub one;
  EXPECT_OK(coffer_xprv_public(master, &xpub, NULL));
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.threads = 2;
  options.progress = watch_progress;
  options.progress_data = &seen;
  EXPECT_OK(coffer_xpub_derive_many(&xpub, 7, count, &options, keys, NULL));
  EXPECT(seen.last == count);
  EXPECT_OK(coffer_xpub_derive(&xpub, TEXT("m/606"), &one, NULL));
  EXPECT(memcmp(one.public_key, keys + 599 * COFFER_PUBLIC_KEY_SIZE, 33) == 0);
  EXPECT_OK(coffer_xprv_derive_many(master, 7, count, NULL, 0, NULL, from_private, NULL));
  EXPECT(memcmp(keys, from_private, sizeof keys) == 0);
  options.progress = NULL;
  options.threads = COFFER_THREADS_ALL;
  EXPECT_OK(coffer_xprv_export_many(master, 0x80000000U, count, TEXT("m/1/2"), &options,
                                    from_private, private_keys, NULL));
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/599'/1/2"), &child, NULL));
  EXPECT_OK(coffer_xprv_private_key(child, &key, NULL));
  EXPECT(strcmp(exported(key), hex_of(private_keys + 599 * 32, 32)) == 0);
  coffer_secret_destroy(key);
  coffer_xprv_destroy(child);
  coffer_xprv_destroy(master);
}

static void a_long_derivation_stops_when_told(void) {
  enum { count = 20000 };
  static uint8_t keys[count * COFFER_PUBLIC_KEY_SIZE];
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_bulk_options options;
  watch seen = {0, 1};
  coffer_xpub xpub;
  coffer_xpub one;
  char path[32];
  EXPECT_OK(coffer_xprv_public(master, &xpub, NULL));
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.progress = watch_progress;
  options.progress_data = &seen;
  EXPECT_STATUS(COFFER_ERR_CANCELLED,
                coffer_xpub_derive_many(&xpub, 0, count, &options, keys, NULL));
  EXPECT(seen.last > 0 && seen.last < count);
  sprintf(path, "m/%ld", (long)seen.last - 1);
  EXPECT_OK(coffer_xpub_derive(&xpub, TEXT(path), &one, NULL));
  EXPECT(memcmp(one.public_key, keys + (seen.last - 1) * 33, 33) == 0);
  coffer_xprv_destroy(master);
}

static void other_curves_derive_as_slip_10(void) {
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_ED25519);
  coffer_xprv* child = NULL;
  coffer_xpub xpub;
  char text[8];
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/0'/1'"), &child, NULL));
  EXPECT_OK(coffer_xprv_public(child, &xpub, NULL));
  EXPECT(strcmp(hex_of(xpub.public_key, 33),
                "001932a5270f335bed617d5b935c80aedb1a35bd9fc1e31acafd5372c30f5c1187") == 0);
  EXPECT(strcmp(coffer_curve_name(xpub.curve), "ed25519") == 0);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_xpub_format(&xpub, text, 8, NULL, NULL));
  coffer_xprv_destroy(child);
  EXPECT_STATUS(COFFER_ERR_DERIVATION_PATH, coffer_xprv_derive(master, TEXT("m/0"), &child, NULL));
  coffer_xprv_destroy(master);
}

static void child_secrets_are_those_of_bip85(void) {
  coffer_xprv* master = NULL;
  coffer_xprv* child = NULL;
  coffer_mnemonic* mnemonic = NULL;
  coffer_secret* secret = NULL;
  char sentence[COFFER_MNEMONIC_TEXT_SIZE];
  EXPECT_OK(coffer_xprv_parse(
      TEXT("xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1Lq"
           "dGhUtyoFnCNkfmXRyPXLjbKb"),
      &master, NULL));
  EXPECT_OK(coffer_bip85_mnemonic(master, 12, 0, 0, &mnemonic, NULL));
  EXPECT_OK(coffer_mnemonic_export_sentence(mnemonic, sentence, sizeof sentence, NULL, NULL));
  EXPECT(strcmp(sentence,
                "girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose") == 0);
  EXPECT_OK(coffer_bip85_private_key(master, 0, &secret, NULL));
  EXPECT(strcmp(exported(secret),
                "7040bb53104f27367f317558e78a994ada7296c6fde36a364e5baf206e502bb1") == 0);
  coffer_secret_destroy(secret);
  EXPECT_OK(coffer_bip85_password(master, 21, 0, &secret, NULL));
  EXPECT(strcmp(exported(secret), hex_of((const uint8_t*)"dKLoepugzdVJvdL56ogNV", 21)) == 0);
  coffer_secret_destroy(secret);
  EXPECT_OK(coffer_bip85_bytes(master, 64, 0, &secret, NULL));
  EXPECT(strncmp(exported(secret), "492db4698cf3b73a", 16) == 0);
  coffer_secret_destroy(secret);
  EXPECT_OK(coffer_bip85_entropy(master, TEXT("m/83696968'/0'/0'"), &secret, NULL));
  EXPECT(strncmp(exported(secret), "efecfbccffea313214232d29e71563d9", 32) == 0);
  EXPECT_OK(coffer_bip85_master_key(master, 0, &child, NULL));
  coffer_secret_destroy(secret);
  coffer_xprv_destroy(child);
  coffer_mnemonic_destroy(mnemonic);
  coffer_xprv_destroy(master);
}

const test_case key_cases[] = {
    {"a sentence becomes the seed and master key of BIP-39",
     a_sentence_becomes_the_seed_and_master_key_of_bip39},
    {"a new sentence reads back in each language", a_new_sentence_reads_back_in_each_language},
    {"entropy of one's own gives its sentence", entropy_of_ones_own_gives_its_sentence},
    {"a wrong word is named by its place and the nearest are suggested",
     a_wrong_word_is_named_by_its_place_and_the_nearest_are_suggested},
    {"paths are read and written", paths_are_read_and_written},
    {"keys derive as vector 1 of BIP-32", keys_derive_as_vector_1_of_bip32},
    {"the version says how the text begins", the_version_says_how_the_text_begins},
    {"many children are those that come one by one", many_children_are_those_that_come_one_by_one},
    {"a long derivation stops when told", a_long_derivation_stops_when_told},
    {"other curves derive as SLIP-10", other_curves_derive_as_slip_10},
    {"child secrets are those of BIP-85", child_secrets_are_those_of_bip85},
    {NULL, NULL},
};
