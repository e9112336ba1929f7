/* SPDX-License-Identifier: MIT */
/* Several signers with one key, by MuSig2: end to end, what is refused, and a library without it.
 */
#include "keys.h"

#define SIGNERS_MAX 5

static const uint8_t message[COFFER_MUSIG_MESSAGE_SIZE] = {1, 2, 3};

/** Signers, each of whom holds one private key: 1, 2, ... */
typedef struct party {
  size_t count;
  coffer_signer* signers[SIGNERS_MAX];
  coffer_musig_nonce* nonces[SIGNERS_MAX];
  uint8_t keys[SIGNERS_MAX * COFFER_PUBLIC_KEY_SIZE];
  uint8_t public_nonces[SIGNERS_MAX * COFFER_MUSIG_NONCE_SIZE];
  uint8_t partials[SIGNERS_MAX * COFFER_MUSIG_PARTIAL_SIZE];
} party;

static void gather(party* all, size_t count) {
  char private_key[65];
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  size_t i = 0;
  memset(all, 0, sizeof *all);
  all->count = count;
  for (i = 0; i < count; ++i) {
    coffer_secret* secret = NULL;
    memset(private_key, '0', 64);
    private_key[63] = (char)('1' + i);
    private_key[64] = '\0';
    secret = secret_of(private_key);
    EXPECT_OK(coffer_signer_create(&all->signers[i], NULL));
    EXPECT_OK(coffer_signer_add_single(all->signers[i], TEXT("own"), COFFER_CURVE_SECP256K1, secret,
                                       NULL));
    EXPECT_OK(coffer_signer_public_key(all->signers[i], &key, all->keys + 33 * i, NULL));
    coffer_secret_destroy(secret);
  }
}

static void part(party* all) {
  size_t i = 0;
  for (i = 0; i < all->count; ++i) {
    coffer_musig_nonce_destroy(all->nonces[i]);
    coffer_signer_destroy(all->signers[i]);
  }
}

/** The first round. */
static coffer_musig_session* begin(party* all, const coffer_musig_keys* keys) {
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  coffer_musig_session* session = NULL;
  uint8_t nonce[COFFER_MUSIG_NONCE_SIZE];
  size_t i = 0;
  for (i = 0; i < all->count; ++i) {
    EXPECT_OK(coffer_musig_nonce_make(all->signers[i], &key, keys, message, &all->nonces[i],
                                      all->public_nonces + i * sizeof nonce, NULL));
  }
  EXPECT_OK(coffer_musig_nonces_aggregate(all->public_nonces, all->count, nonce, NULL));
  EXPECT_OK(coffer_musig_session_begin(keys, nonce, message, &session, NULL));
  return session;
}

/** The second. */
static void sign_all(party* all, const coffer_musig_session* session) {
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  size_t i = 0;
  for (i = 0; i < all->count; ++i) {
    EXPECT_OK(coffer_musig_session_sign(session, all->signers[i], &key, all->nonces[i],
                                        all->partials + i * COFFER_MUSIG_PARTIAL_SIZE, NULL));
  }
}

static void expect_verifies(const coffer_musig_keys* keys, const uint8_t* bytes) {
  coffer_signature signature;
  uint8_t key[COFFER_PUBLIC_KEY_SIZE];
  memset(&signature, 0, sizeof signature);
  memcpy(signature.bytes, bytes, COFFER_MUSIG_SIGNATURE_SIZE);
  EXPECT_OK(coffer_musig_keys_public_key(keys, key, NULL));
  EXPECT_OK(coffer_signature_verify(COFFER_CURVE_SECP256K1, key, COFFER_SCHEME_SCHNORR, message,
                                    sizeof message, &signature, NULL));
}

static int has_musig(void) {
  static const uint8_t zeros[COFFER_PUBLIC_KEY_SIZE] = {0};
  coffer_musig_keys* keys = NULL;
  const int has = coffer_musig_keys_aggregate(zeros, 1, &keys, NULL) != COFFER_ERR_UNSUPPORTED;
  if (!has) {
    printf("skipped, this library's libsecp256k1 has no MuSig2\n");
  }
  return has;
}

static void a_library_without_musig_names_what_is_missing(void) {
  static const uint8_t nonce[COFFER_MUSIG_NONCE_SIZE] = {0};
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  coffer_musig_keys* keys = NULL;
  coffer_musig_nonce* made = NULL;
  coffer_error err;
  party all;
  uint8_t out[COFFER_MUSIG_NONCE_SIZE];
  uint8_t swapped[2 * COFFER_PUBLIC_KEY_SIZE];
  gather(&all, 2);
  memcpy(swapped, all.keys + 33, 33);
  memcpy(swapped + 33, all.keys, 33);
  EXPECT_OK(coffer_musig_sort_keys(swapped, 2, NULL));
  EXPECT(memcmp(swapped, all.keys, sizeof swapped) == 0);
  if (!has_musig()) {
    EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_musig_keys_aggregate(all.keys, 2, &keys, &err));
    EXPECT(strstr(err.message, "secp256k1_musig.h") != NULL);
    EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_musig_nonces_aggregate(nonce, 1, out, &err));
    EXPECT(strstr(err.message, "secp256k1_musig.h") != NULL);
    EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                  coffer_musig_nonce_make(all.signers[0], &key, NULL, NULL, &made, out, &err));
    EXPECT(strstr(err.message, "secp256k1_musig.h") != NULL);
    EXPECT(keys == NULL && made == NULL);
  }
  part(&all);
}

static void two_to_five_signers_give_one_signature(void) {
  size_t count = 0;
  size_t i = 0;
  if (!has_musig()) {
    return;
  }
  for (count = 2; count <= SIGNERS_MAX; ++count) {
    uint8_t signature[COFFER_MUSIG_SIGNATURE_SIZE];
    coffer_musig_keys* keys = NULL;
    coffer_musig_session* session = NULL;
    party all;
    gather(&all, count);
    EXPECT_OK(coffer_musig_keys_aggregate(all.keys, count, &keys, NULL));
    session = begin(&all, keys);
    sign_all(&all, session);
    for (i = 0; i < count; ++i) {
      EXPECT_OK(coffer_musig_session_verify(session, i, all.public_nonces + 66 * i,
                                            all.partials + 32 * i, NULL));
    }
    EXPECT_OK(coffer_musig_session_aggregate(session, all.partials, count, all.public_nonces,
                                             signature, NULL));
    expect_verifies(keys, signature);
    coffer_musig_session_destroy(session);
    coffer_musig_keys_destroy(keys);
    part(&all);
  }
}

static void tweaked_keys_are_those_of_the_standards(void) {
  uint8_t tweak[32];
  uint8_t key[COFFER_PUBLIC_KEY_SIZE];
  uint8_t taproot[32];
  uint8_t signature[COFFER_MUSIG_SIGNATURE_SIZE];
  coffer_musig_keys* keys = NULL;
  coffer_musig_keys* made = NULL;
  coffer_musig_session* session = NULL;
  coffer_xpub xpub;
  party all;
  if (!has_musig()) {
    return;
  }
  gather(&all, 3);
  EXPECT_OK(coffer_musig_keys_aggregate(all.keys, 3, &keys, NULL));
  EXPECT_OK(coffer_musig_keys_public_key(keys, key, NULL));
  EXPECT(strcmp(hex_of(key, 33),
                "020a8111534296d6fef2b23ad86d0d982b7b2f0fe6a48f03b1827954da2026f8dc") == 0);
  memset(tweak, 7, sizeof tweak);
  EXPECT_OK(coffer_musig_keys_tweak(keys, COFFER_MUSIG_TWEAK_PLAIN, tweak, &made, NULL));
  EXPECT_OK(coffer_musig_keys_public_key(made, key, NULL));
  EXPECT(strcmp(hex_of(key, 33),
                "02c555badb97dc42f4878861124c199528a418c5ada904c9ebac9b6afb8baf6457") == 0);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_musig_keys_xpub(made, &xpub, NULL));
  coffer_musig_keys_destroy(made);
  EXPECT_OK(coffer_musig_keys_xpub(keys, &xpub, NULL));
  EXPECT_OK(coffer_xpub_derive(&xpub, TEXT("m/0/5"), &xpub, NULL));
  EXPECT_OK(coffer_musig_keys_derive(keys, TEXT("m/0/5"), &made, NULL));
  EXPECT_OK(coffer_musig_keys_public_key(made, key, NULL));
  EXPECT(memcmp(key, xpub.public_key, sizeof key) == 0);
  EXPECT_OK(coffer_taproot_output_key(xpub.public_key, 33, NULL, taproot, NULL, NULL));
  coffer_musig_keys_destroy(keys);
  EXPECT_OK(coffer_musig_keys_taproot(made, NULL, &keys, NULL));
  EXPECT_OK(coffer_musig_keys_public_key(keys, key, NULL));
  EXPECT(memcmp(key + 1, taproot, sizeof taproot) == 0);
  session = begin(&all, keys);
  sign_all(&all, session);
  EXPECT_OK(coffer_musig_session_aggregate(session, all.partials, 3, NULL, signature, NULL));
  expect_verifies(keys, signature);
  coffer_musig_session_destroy(session);
  coffer_musig_keys_destroy(made);
  coffer_musig_keys_destroy(keys);
  part(&all);
}

static void a_nonce_signs_once(void) {
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  coffer_musig_keys* keys = NULL;
  coffer_musig_session* session = NULL;
  coffer_error err;
  party all;
  size_t handles = 0;
  if (!has_musig()) {
    return;
  }
  gather(&all, 2);
  EXPECT_OK(coffer_musig_keys_aggregate(all.keys, 2, &keys, NULL));
  session = begin(&all, keys);
  handles = coffer_handle_count();
  EXPECT_OK(
      coffer_musig_session_sign(session, all.signers[0], &key, all.nonces[0], all.partials, NULL));
  EXPECT(coffer_handle_count() == handles - 1);
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_musig_session_sign(session, all.signers[0], &key, all.nonces[0], all.partials, &err));
  EXPECT(strncmp(err.message, "nonce: it signed before", 23) == 0);
  /* Wrong in itself is another argument: the nonce is kept. */
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_session_sign(session, all.signers[1], &key,
                                                                    all.nonces[1], NULL, NULL));
  EXPECT(coffer_handle_count() == handles - 1);
  /* What was refused has spent it. */
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_musig_session_sign(session, all.signers[0], &key, all.nonces[1], all.partials, &err));
  EXPECT(strcmp(err.message, "nonce: it was made for another key") == 0);
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_musig_session_sign(session, all.signers[1], &key, all.nonces[1], all.partials, NULL));
  coffer_musig_session_destroy(session);
  coffer_musig_keys_destroy(keys);
  part(&all);
}

static void read_only_mode_refuses(void) {
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  coffer_musig_keys* keys = NULL;
  coffer_musig_session* session = NULL;
  coffer_musig_nonce* nonce = NULL;
  party all;
  uint8_t out[COFFER_MUSIG_NONCE_SIZE];
  gather(&all, 2);
  EXPECT_OK(coffer_signer_set_read_only(all.signers[0], 1, NULL));
  EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED,
                coffer_musig_nonce_make(all.signers[0], &key, NULL, NULL, &nonce, out, NULL));
  EXPECT(nonce == NULL);
  EXPECT_OK(coffer_signer_set_read_only(all.signers[0], 0, NULL));
  if (has_musig()) {
    EXPECT_OK(coffer_musig_keys_aggregate(all.keys, 2, &keys, NULL));
    session = begin(&all, keys);
    EXPECT_OK(coffer_signer_set_read_only(all.signers[0], 1, NULL));
    EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED,
                  coffer_musig_session_sign(session, all.signers[0], &key, all.nonces[0],
                                            all.partials, NULL));
    coffer_musig_session_destroy(session);
    coffer_musig_keys_destroy(keys);
  }
  part(&all);
}

static void a_wrong_part_is_named(void) {
  coffer_musig_keys* keys = NULL;
  coffer_musig_session* session = NULL;
  coffer_error err;
  party all;
  uint8_t signature[COFFER_MUSIG_SIGNATURE_SIZE];
  if (!has_musig()) {
    return;
  }
  gather(&all, 3);
  EXPECT_OK(coffer_musig_keys_aggregate(all.keys, 3, &keys, NULL));
  session = begin(&all, keys);
  sign_all(&all, session);
  all.partials[32 + 31] ^= 1;
  EXPECT_STATUS(
      COFFER_ERR_SIGNATURE_INVALID,
      coffer_musig_session_aggregate(session, all.partials, 3, all.public_nonces, signature, &err));
  EXPECT(strncmp(err.message, "partials[1]: ", 13) == 0);
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_musig_session_aggregate(session, all.partials, 3, NULL, signature, NULL));
  EXPECT_STATUS(
      COFFER_ERR_SIGNATURE_INVALID,
      coffer_musig_session_verify(session, 1, all.public_nonces + 66, all.partials + 32, &err));
  EXPECT(strncmp(err.message, "partials[1]: ", 13) == 0);
  coffer_musig_session_destroy(session);
  coffer_musig_keys_destroy(keys);
  part(&all);
}

static void hostile_sizes_and_nulls_are_answered(void) {
  coffer_musig_keys* keys = NULL;
  uint8_t bytes[COFFER_MUSIG_NONCE_SIZE] = {0};
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_musig_sort_keys(bytes, SIZE_MAX, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_sort_keys(NULL, 1, NULL));
  EXPECT_OK(coffer_musig_sort_keys(NULL, 0, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_keys_aggregate(bytes, COFFER_MUSIG_KEYS_MAX + 1, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_aggregate(NULL, 1, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_aggregate(bytes, 1, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_nonces_aggregate(bytes, SIZE_MAX, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_nonces_aggregate(NULL, 1, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_nonces_aggregate(bytes, 1, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_public_key(NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_tweak(NULL, 1, bytes, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_taproot(NULL, NULL, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_xpub(NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_derive(NULL, NULL, 0, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_musig_nonce_make(NULL, NULL, NULL, NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_musig_session_begin(NULL, bytes, bytes, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_musig_session_sign(NULL, NULL, NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_session_verify(NULL, 0, bytes, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_musig_session_aggregate(NULL, bytes, 1, NULL, bytes, NULL));
  EXPECT(keys == NULL);
  coffer_musig_keys_destroy(NULL);
  coffer_musig_nonce_destroy(NULL);
  coffer_musig_session_destroy(NULL);
}

static void hostile_values_are_answered(void) {
  const coffer_key_reference key = reference_to("own", "", COFFER_CURVE_SECP256K1);
  coffer_musig_keys* keys = NULL;
  coffer_musig_keys* made = NULL;
  coffer_musig_session* session = NULL;
  coffer_musig_session* other = NULL;
  coffer_musig_nonce* nonce = NULL;
  coffer_error err;
  party all;
  uint8_t bytes[COFFER_MUSIG_NONCE_SIZE];
  memset(bytes, 0xff, sizeof bytes);
  if (!has_musig()) {
    return;
  }
  gather(&all, 2);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_musig_keys_aggregate(NULL, 0, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY, coffer_musig_keys_aggregate(bytes, 2, &keys, &err));
  EXPECT(strncmp(err.message, "keys[0]: ", 9) == 0);
  EXPECT_OK(coffer_musig_keys_aggregate(all.keys, 2, &keys, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_musig_keys_tweak(keys, 0, bytes, &made, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_musig_keys_tweak(keys, 3, bytes, &made, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_musig_keys_tweak(keys, 1, NULL, &made, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_musig_keys_tweak(keys, 1, bytes, &made, NULL));
  EXPECT_STATUS(COFFER_ERR_DERIVATION_PATH,
                coffer_musig_keys_derive(keys, TEXT("m/x"), &made, NULL));
  EXPECT_STATUS(COFFER_ERR_HARDENED_FROM_PUBLIC,
                coffer_musig_keys_derive(keys, TEXT("m/0'"), &made, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_musig_nonces_aggregate(NULL, 0, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_musig_nonces_aggregate(bytes, 1, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_musig_session_begin(keys, bytes, message, &other, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_musig_session_begin((coffer_musig_keys*)(void*)all.signers[0], bytes,
                                           message, &other, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_musig_nonce_make(all.signers[0], NULL, NULL, NULL, &nonce, bytes, NULL));
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_musig_nonce_make(all.signers[0], &key, (coffer_musig_keys*)(void*)all.signers[0], NULL,
                              &nonce, bytes, NULL));
  session = begin(&all, keys);
  sign_all(&all, session);
  memset(bytes, 0, sizeof bytes);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_musig_session_verify(session, 0, bytes, all.partials, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_session_verify(session, SIZE_MAX, bytes, all.partials, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_session_aggregate(session, all.partials, 1, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_session_aggregate(session, NULL, 0, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_musig_session_aggregate(session, all.partials, SIZE_MAX, NULL, bytes, NULL));
  EXPECT(made == NULL && other == NULL && nonce == NULL);
  coffer_musig_session_destroy(session);
  coffer_musig_keys_destroy(keys);
  part(&all);
}

const test_case musig_cases[] = {
    {"a library without MuSig2 names what is missing",
     a_library_without_musig_names_what_is_missing},
    {"two to five signers give one signature", two_to_five_signers_give_one_signature},
    {"tweaked keys are those of the standards", tweaked_keys_are_those_of_the_standards},
    {"a nonce signs once", a_nonce_signs_once},
    {"read-only mode refuses", read_only_mode_refuses},
    {"a wrong part is named", a_wrong_part_is_named},
    {"hostile sizes and NULLs are answered", hostile_sizes_and_nulls_are_answered},
    {"hostile values are answered", hostile_values_are_answered},
    {NULL, NULL},
};
