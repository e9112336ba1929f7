/* SPDX-License-Identifier: MIT */
/* Published vectors through the C ABI, from the folder that COFFER_SHARED names, where it is. */
#include <stdlib.h>

#include "keys.h"

static FILE* open_vectors(const char* name) {
  const char* folder = getenv("COFFER_SHARED");
  char path[4096];
  FILE* file = NULL;
  sprintf(path, "%.3000s/vectors/%.200s", folder != NULL ? folder : COFFER_SHARED, name);
  file = fopen(path, "rb");
  if (file == NULL) {
    printf("skipped, no file %s\n", name);
  }
  return file;
}

/** Reads the next text in quotes; the files that are read here have no escapes where it matters. */
static int next_text(FILE* file, char* out, size_t size) {
  size_t at = 0;
  int read = 0;
  while ((read = fgetc(file)) != EOF && read != '"') {
  }
  while ((read = fgetc(file)) != EOF && read != '"') {
    if (at + 1 < size) {
      out[at++] = (char)read;
    }
  }
  out[at] = '\0';
  return read != EOF;
}

static void check_sentence(const char* entropy_hex, const char* words, const char* seed_hex,
                           const char* xprv_text) {
  char text[COFFER_MNEMONIC_TEXT_SIZE];
  coffer_secret* entropy = secret_of(entropy_hex);
  coffer_secret* seed = NULL;
  coffer_mnemonic* made = NULL;
  coffer_mnemonic* read = NULL;
  coffer_xprv* master = NULL;
  EXPECT_OK(coffer_mnemonic_from_entropy(entropy, COFFER_LANGUAGE_ENGLISH, &made, NULL));
  EXPECT_OK(coffer_mnemonic_export_sentence(made, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, words) == 0);
  EXPECT_OK(coffer_mnemonic_parse(TEXT(words), COFFER_LANGUAGE_ANY, &read, NULL));
  EXPECT_OK(coffer_mnemonic_seed(read, TEXT("TREZOR"), &seed, NULL));
  EXPECT(strcmp(exported(seed), seed_hex) == 0);
  EXPECT_OK(coffer_xprv_from_seed(seed, COFFER_CURVE_SECP256K1, 0, &master, NULL));
  EXPECT_OK(coffer_xprv_export_text(master, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, xprv_text) == 0);
  coffer_xprv_destroy(master);
  coffer_mnemonic_destroy(read);
  coffer_mnemonic_destroy(made);
  coffer_secret_destroy(seed);
  coffer_secret_destroy(entropy);
}

static void the_english_sentences_of_bip39_give_their_seeds_and_master_keys(void) {
  static char texts[4][512];
  FILE* file = open_vectors("bip39/trezor_vectors.json");
  int rows = 0;
  size_t at = 0;
  if (file == NULL) {
    return;
  }
  EXPECT(next_text(file, texts[0], sizeof texts[0]) && strcmp(texts[0], "english") == 0);
  for (;;) {
    for (at = 0; at < 4 && next_text(file, texts[at], sizeof texts[at]); ++at) {
    }
    /* Behind the last row comes the name of the next language. */
    if (at < 4 || strspn(texts[0], "0123456789abcdef") != strlen(texts[0])) {
      break;
    }
    check_sentence(texts[0], texts[1], texts[2], texts[3]);
    ++rows;
  }
  EXPECT(rows == 24);
  fclose(file);
}

/** The columns of bip340/test-vectors.csv. */
enum { SECRET_KEY = 1, PUBLIC_KEY, AUXILIARY, MESSAGE, SIGNATURE, RESULT, COLUMNS };

static void check_schnorr(char* const* columns) {
  uint8_t message[256];
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE] = {2};
  const size_t message_size = bytes_of(columns[MESSAGE], message);
  const coffer_status wanted =
      strcmp(columns[RESULT], "TRUE") == 0 ? COFFER_OK : COFFER_ERR_SIGNATURE_INVALID;
  coffer_status got = COFFER_OK;
  coffer_signature signature;
  memset(&signature, 0, sizeof signature);
  signature.recovery_id = -1;
  bytes_of(columns[PUBLIC_KEY], public_key + 1);
  bytes_of(columns[SIGNATURE], signature.bytes);
  got = coffer_signature_verify(COFFER_CURVE_SECP256K1, public_key, COFFER_SCHEME_SCHNORR, message,
                                message_size, &signature, NULL);
  /* A public key that is on no curve is refused as such. */
  EXPECT(got == wanted || (wanted != COFFER_OK && got == COFFER_ERR_INVALID_KEY));
  if (columns[SECRET_KEY][0] != '\0') {
    coffer_secret* secret = secret_of(columns[SECRET_KEY]);
    coffer_signer* signer = NULL;
    coffer_key_reference key;
    coffer_sign_request request;
    coffer_signature made;
    memset(&key, 0, sizeof key);
    key.struct_size = sizeof key;
    key.curve = COFFER_CURVE_SECP256K1;
    key.name = "key";
    key.name_length = 3;
    memset(&request, 0, sizeof request);
    request.struct_size = sizeof request;
    request.scheme = COFFER_SCHEME_SCHNORR;
    request.key = &key;
    request.message = message;
    request.message_length = message_size;
    bytes_of(columns[AUXILIARY], request.auxiliary);
    EXPECT_OK(coffer_signer_create(&signer, NULL));
    EXPECT_OK(coffer_signer_add_single(signer, TEXT("key"), COFFER_CURVE_SECP256K1, secret, NULL));
    EXPECT_OK(coffer_signer_sign(signer, &request, &made, NULL));
    EXPECT(memcmp(made.bytes, signature.bytes, sizeof made.bytes) == 0);
    coffer_signer_destroy(signer);
    coffer_secret_destroy(secret);
  }
}

static void the_signatures_of_bip340_are_made_and_judged_as_published(void) {
  static char line[2048];
  FILE* file = open_vectors("bip340/test-vectors.csv");
  int rows = 0;
  if (file == NULL) {
    return;
  }
  EXPECT(fgets(line, sizeof line, file) != NULL);
  while (fgets(line, sizeof line, file) != NULL) {
    char* columns[COLUMNS];
    char* place = line;
    size_t at = 0;
    for (at = 0; at < COLUMNS && place != NULL; ++at) {
      char* comma = strchr(place, ',');
      columns[at] = place;
      if (comma != NULL) {
        *comma = '\0';
      }
      place = comma == NULL ? NULL : comma + 1;
    }
    if (at == COLUMNS) {
      check_schnorr(columns);
      ++rows;
    }
  }
  EXPECT(rows == 19);
  fclose(file);
}

const test_case vectors_cases[] = {
    {"the English sentences of BIP-39 give their seeds and master keys",
     the_english_sentences_of_bip39_give_their_seeds_and_master_keys},
    {"the signatures of BIP-340 are made and judged as published",
     the_signatures_of_bip340_are_made_and_judged_as_published},
    {NULL, NULL},
};
