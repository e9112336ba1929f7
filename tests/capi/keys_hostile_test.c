/* SPDX-License-Identifier: MIT */
/* Hostile arguments to the functions of keys, and a library that was built without keys. */
#include "keys.h"

static void nulls_are_answered_by_null_argument(void) {
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_mnemonic* mnemonic = NULL;
  coffer_signer* signer = NULL;
  coffer_xpub xpub;
  coffer_share share;
  uint8_t bytes[64];
  size_t size = 0;
  memset(&xpub, 0, sizeof xpub);
  memset(&share, 0, sizeof share);
  share.sentence_length = 5;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_create(NULL, 1, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_create(bytes, 1, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_describe(NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_export_bytes(NULL, bytes, 64, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_export_bytes(seed, NULL, 64, &size, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_secret_equals(seed, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_mnemonic_generate(12, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_mnemonic_parse(NULL, 9, 0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_MNEMONIC_LENGTH, coffer_mnemonic_parse(NULL, 0, 0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_mnemonic_seed(NULL, NULL, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_xprv_from_seed(NULL, 1, 0, &master, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_xprv_derive(master, NULL, 3, &master, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_xprv_public(master, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_xprv_derive_many(master, 0, 1, NULL, 0, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_xprv_export_many(master, 0, 1, NULL, 0, NULL, bytes, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_xpub_derive(NULL, NULL, 0, &xpub, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_keystore_open(NULL, 9, NULL, 0, NULL, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_KEYSTORE_DAMAGED,
                coffer_keystore_open(NULL, 0, NULL, 0, NULL, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_share_combine(NULL, 1, NULL, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_share_combine(&share, 1, NULL, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_SHARE_INVALID, coffer_share_combine(NULL, 0, NULL, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_signer_create(NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_signer_create_with_callbacks(NULL, &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_signer_sign(NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signature_verify(1, NULL, 1, bytes, 32, NULL, NULL));
  coffer_secret_destroy(NULL);
  coffer_mnemonic_destroy(NULL);
  coffer_xprv_destroy(NULL);
  coffer_share_set_destroy(NULL);
  coffer_signer_destroy(NULL);
  coffer_wipe(NULL, 5);
  coffer_secret_destroy(seed);
  coffer_xprv_destroy(master);
}

static void a_handle_of_another_kind_is_noticed(void) {
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_secret* wrong = (coffer_secret*)(void*)master;
  coffer_xprv* key = (coffer_xprv*)(void*)seed;
  uint64_t zeros[16] = {0};
  coffer_xpub xpub;
  coffer_error err;
  size_t size = 0;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_secret_describe(wrong, &size, NULL, &err));
  EXPECT(strncmp(err.message, "secret", 6) == 0);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xprv_public(key, &xpub, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_xprv_public((coffer_xprv*)(void*)zeros, &xpub, NULL));
  coffer_secret_destroy(wrong); /* not one: nothing happens */
  coffer_signer_destroy((coffer_signer*)(void*)zeros);
  EXPECT_OK(coffer_xprv_public(master, &xpub, NULL));
  coffer_xprv_destroy(master);
  coffer_secret_destroy(seed);
}

static void wild_sizes_are_refused_before_a_byte_is_read(void) {
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  coffer_mnemonic* mnemonic = NULL;
  coffer_bulk_options options;
  coffer_share_group group = {1, 1};
  coffer_share_set* set = NULL;
  coffer_share share;
  coffer_signature signature;
  coffer_xpub xpub;
  uint8_t bytes[66];
  uint32_t steps[1] = {0};
  char text[8];
  size_t count = 0;
  memset(&signature, 0, sizeof signature);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_secret_create(bytes, SIZE_MAX, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_secret_create(bytes, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_secret_generate(SIZE_MAX, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG, coffer_mnemonic_parse("a", SIZE_MAX, 0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_path_format(steps, SIZE_MAX, text, 8, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG, coffer_path_parse("m", SIZE_MAX, steps, 1, &count, NULL));
  EXPECT_OK(coffer_xprv_public(master, &xpub, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_xpub_derive_many(&xpub, 0, SIZE_MAX, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_xpub_derive_many(&xpub, 0x7fffffffU, 2, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_HARDENED_FROM_PUBLIC,
                coffer_xpub_derive_many(&xpub, 0x80000000U, 1, NULL, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_xprv_export_many(master, 0xffffffffU, 2, NULL, 0, NULL, bytes, bytes, NULL));
  EXPECT_OK(coffer_xpub_derive_many(&xpub, 5, 0, NULL, NULL, NULL));
  memset(&options, 0, sizeof options);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_xpub_derive_many(&xpub, 0, 1, &options, bytes, NULL));
  options.struct_size = sizeof options;
  options.threads = 4000000000U;
  EXPECT_OK(coffer_xpub_derive_many(&xpub, 0, 2, &options, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_keystore_open(bytes, SIZE_MAX, "p", 1, NULL, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_split(seed, &group, SIZE_MAX, NULL, 0, NULL, &set, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_split(seed, &group, 0, NULL, 0, NULL, &set, NULL));
  group.count = 4000000000U;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_split(seed, &group, 1, NULL, 0, NULL, &set, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_share_combine(&share, SIZE_MAX, NULL, 0, &seed, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_signature_verify(COFFER_CURVE_ED25519, bytes, COFFER_SCHEME_ED25519, bytes,
                                        SIZE_MAX, &signature, NULL));
  coffer_xprv_destroy(master);
  coffer_secret_destroy(seed);
}

static void values_that_do_not_exist_are_refused(void) {
  coffer_secret* seed = secret_of("000102030405060708090a0b0c0d0e0f");
  coffer_xprv* key = NULL;
  coffer_mnemonic* mnemonic = NULL;
  coffer_xpub xpub;
  coffer_signature signature;
  uint8_t bytes[64] = {0};
  coffer_error err;
  memset(&signature, 0, sizeof signature);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xprv_from_seed(seed, 0, 0, &key, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xprv_from_seed(seed, 4, 0, &key, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xprv_from_seed(seed, 1, 7, &key, &err));
  EXPECT(strncmp(err.message, "version", 7) == 0);
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY, coffer_xprv_from_private_key(seed, 1, &key, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_mnemonic_generate(12, 10, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_mnemonic_generate(12, 255, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_MNEMONIC_LENGTH, coffer_mnemonic_generate(13, 0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8,
                coffer_mnemonic_parse("\xff\xfe", 2, COFFER_LANGUAGE_ANY, &mnemonic, NULL));
  memset(&xpub, 0, sizeof xpub);
  xpub.curve = COFFER_CURVE_SECP256K1;
  EXPECT_STATUS(COFFER_ERR_INVALID_KEY, coffer_xpub_derive(&xpub, NULL, 0, &xpub, NULL));
  memset(&xpub, 0xff, sizeof xpub);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_xpub_derive(&xpub, NULL, 0, &xpub, NULL));
  EXPECT_STATUS(COFFER_ERR_EXTENDED_KEY, coffer_xpub_parse(TEXT("xpub1"), &xpub, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_signature_verify(1, bytes, 0, bytes, 32, &signature, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_signature_verify(1, bytes, 6, bytes, 32, &signature, NULL));
  coffer_secret_destroy(seed);
}

static void requests_that_make_no_sense_are_refused(void) {
  coffer_signer* signer = NULL;
  coffer_signer_vtable table;
  coffer_key_reference key;
  coffer_sign_request request;
  coffer_signature signature;
  uint8_t bytes[33];
  memset(&table, 0, sizeof table);
  memset(&key, 0, sizeof key);
  memset(&request, 0, sizeof request);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_signer_create_with_callbacks(&table, &signer, NULL));
  table.struct_size = sizeof table;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_create_with_callbacks(&table, &signer, NULL));
  EXPECT_OK(coffer_signer_create(&signer, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_signer_public_key(signer, &key, bytes, NULL));
  key.struct_size = sizeof key;
  key.curve = COFFER_CURVE_SECP256K1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_signer_public_key(signer, &key, bytes, NULL));
  key.name = "\xff";
  key.name_length = 1;
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8, coffer_signer_public_key(signer, &key, bytes, NULL));
  key.name = "k";
  key.path = "m/x";
  key.path_length = 3;
  EXPECT_STATUS(COFFER_ERR_DERIVATION_PATH, coffer_signer_public_key(signer, &key, bytes, NULL));
  request.struct_size = sizeof request;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_signer_sign(signer, &request, &signature, NULL));
  key.path_length = 1;
  request.key = &key;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_signer_sign(signer, &request, &signature, NULL));
  request.scheme = COFFER_SCHEME_ECDSA;
  request.message_length = SIZE_MAX;
  request.message = bytes;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_signer_sign(signer, &request, &signature, NULL));
  request.message_length = 32;
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_signer_sign(signer, &request, &signature, NULL));
  coffer_signer_destroy(signer);
}

const test_case keys_hostile_cases[] = {
    {"nulls are answered by null_argument", nulls_are_answered_by_null_argument},
    {"a handle of another kind is noticed", a_handle_of_another_kind_is_noticed},
    {"wild sizes are refused before a byte is read", wild_sizes_are_refused_before_a_byte_is_read},
    {"values that do not exist are refused", values_that_do_not_exist_are_refused},
    {"requests that make no sense are refused", requests_that_make_no_sense_are_refused},
    {NULL, NULL},
};

static void every_function_of_keys_says_unsupported(void) {
  coffer_crypto_wallets* wallets = NULL;
  coffer_secret* secret = secret_of("00");
  coffer_mnemonic* mnemonic = NULL;
  coffer_signer* signer = NULL;
  coffer_xprv* key = NULL;
  coffer_error err;
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_secret_generate(8, &secret, &err));
  EXPECT(err.code == COFFER_ERR_UNSUPPORTED && err.message[0] != '\0');
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_mnemonic_generate(12, 0, &mnemonic, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_xprv_from_seed(secret, 1, 0, &key, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_signer_create(&signer, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_crypto_wallets_open(NULL, NULL, &wallets, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_wallet_job_list(NULL, 0, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_address_pool_find_used(NULL, 1, NULL, NULL, NULL, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_signer_open_pkcs11(NULL, 0, NULL, 0, NULL, 0, &signer, &err));
  EXPECT(strstr(err.message, "COFFER_KEYS") != NULL);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_musig_keys_aggregate(NULL, 0, NULL, &err));
  EXPECT(strstr(err.message, "COFFER_KEYS") != NULL);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED,
                coffer_musig_session_sign(NULL, NULL, NULL, NULL, NULL, NULL));
  coffer_musig_nonce_destroy(NULL);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_taproot_output_key(NULL, 0, NULL, NULL, NULL, NULL));
  EXPECT(strcmp(coffer_language_name(0), "unknown") == 0);
  coffer_crypto_wallets_destroy(wallets);
  coffer_signer_destroy(signer);
  coffer_mnemonic_destroy(mnemonic);
  coffer_xprv_destroy(key);
  coffer_secret_destroy(secret);
}

const test_case keys_absent_cases[] = {
    {"every function of keys says unsupported", every_function_of_keys_says_unsupported},
    {NULL, NULL},
};
