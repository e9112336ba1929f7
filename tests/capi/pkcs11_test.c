/* SPDX-License-Identifier: MIT */
/* A token as a signer: with the component against SoftHSM, without it the answer that says so. */
#include <stdlib.h>

#include "keys.h"

#define PIN "0987"

static coffer_status open_token(const char* module, const char* label, const char* pin,
                                coffer_signer** signer_out, coffer_error* err) {
  return coffer_signer_open_pkcs11(TEXT(module), TEXT(label), TEXT(pin), signer_out, err);
}

static int has_component(void) {
  coffer_signer* signer = NULL;
  return open_token("/nowhere.so", "coffer", PIN, &signer, NULL) != COFFER_ERR_UNSUPPORTED;
}

/** The path of the module whose token tests/pkcs11/with_token.sh has made, if it did. */
static const char* token_module(void) {
  const char* module = has_component() ? getenv("COFFER_TEST_TOKEN") : NULL;
  if (module == NULL) {
    printf("skipped, there is no token, or no PKCS#11 in this library\n");
  }
  return module;
}

static void a_library_without_tokens_names_the_option(void) {
  coffer_signer* signer = NULL;
  coffer_error err;
  const coffer_status status = open_token("/nowhere.so", "coffer", PIN, &signer, &err);
  EXPECT(signer == NULL && status == err.code);
  if (has_component()) {
    EXPECT(status == COFFER_ERR_NOT_FOUND && strstr(err.message, "/nowhere.so") != NULL);
  } else {
    EXPECT(status == COFFER_ERR_UNSUPPORTED && strstr(err.message, "COFFER_PKCS11") != NULL);
  }
}

static void hostile_arguments_are_answered(void) {
  coffer_signer* signer = NULL;
  coffer_error err;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_open_pkcs11(NULL, 3, TEXT("t"), TEXT(PIN), &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_open_pkcs11(TEXT("m"), NULL, 3, TEXT(PIN), &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_open_pkcs11(TEXT("m"), TEXT("t"), NULL, 3, &signer, &err));
  EXPECT(strncmp(err.message, "pin: ", 5) == 0);
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, open_token("m", "t", PIN, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_signer_open_pkcs11("m", SIZE_MAX, TEXT("t"), TEXT(PIN), &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_signer_open_pkcs11(TEXT("m"), "t", SIZE_MAX, TEXT(PIN), &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_signer_open_pkcs11(TEXT("m"), TEXT("t"), PIN, SIZE_MAX, &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8, open_token("\xff", "t", PIN, &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8, open_token("m", "\xff", PIN, &signer, NULL));
  EXPECT(signer == NULL);
  if (has_component()) {
    EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                  coffer_signer_open_pkcs11(NULL, 0, NULL, 0, NULL, 0, &signer, NULL));
    EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                  coffer_signer_open_pkcs11("m\0n", 3, NULL, 0, NULL, 0, &signer, NULL));
    EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, open_token("libc.so.6", "t", PIN, &signer, NULL));
  }
}

static void a_token_signs_for_the_keys_in_it(void) {
  static const uint8_t digest[32] = {7, 7, 7};
  const char* module = token_module();
  coffer_signer* signer = NULL;
  coffer_key_reference key;
  coffer_sign_request request;
  coffer_signature signature;
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  coffer_signature_scheme scheme = 0;
  if (module == NULL) {
    return;
  }
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, open_token(module, "another", PIN, &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD, open_token(module, "coffer", "1111", &signer, NULL));
  EXPECT_STATUS(COFFER_ERR_WRONG_PASSWORD, open_token(module, "coffer", "", &signer, NULL));
  EXPECT(signer == NULL);
  EXPECT_OK(open_token(module, "coffer", PIN, &signer, NULL));
  memset(&key, 0, sizeof key);
  key.struct_size = sizeof key;
  key.curve = COFFER_CURVE_SECP256K1;
  key.name = "bitcoin";
  key.name_length = 7;
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.key = &key;
  request.message = digest;
  request.message_length = 32;
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  EXPECT(strcmp(hex_of(public_key, 33),
                "02fd9f5467ea847be90619e3da80d3305910c744fba9e4da3fb054760a5e2199c7") == 0);
  for (scheme = COFFER_SCHEME_ECDSA; scheme <= COFFER_SCHEME_ECDSA_RECOVERABLE; ++scheme) {
    request.scheme = scheme;
    EXPECT_OK(coffer_signer_sign(signer, &request, &signature, NULL));
    EXPECT((signature.recovery_id >= 0) == (scheme == COFFER_SCHEME_ECDSA_RECOVERABLE));
    EXPECT_OK(coffer_signature_verify(COFFER_CURVE_SECP256K1, public_key, scheme, digest, 32,
                                      &signature, NULL));
  }
  request.scheme = COFFER_SCHEME_SCHNORR;
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_signer_sign(signer, &request, &signature, NULL));
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_signer_remove(signer, TEXT("bitcoin"), NULL));
  request.scheme = COFFER_SCHEME_ECDSA;
  EXPECT_OK(coffer_signer_set_read_only(signer, 1, NULL));
  EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED, coffer_signer_sign(signer, &request, &signature, NULL));
  coffer_signer_destroy(signer);
}

/** What is over a signer asks a token as it asks any other. */
static void a_token_signs_a_message_of_its_address(void) {
  static const uint8_t hello[] = {'h', 'e', 'l', 'l', 'o'};
  const char* module = token_module();
  coffer_signer* signer = NULL;
  coffer_key_reference key;
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  uint8_t account_signature[COFFER_ACCOUNT_SIGNATURE_SIZE];
  char address[COFFER_ADDRESS_TEXT_SIZE];
  char signature[COFFER_MESSAGE_SIGNATURE_TEXT_SIZE];
  if (module == NULL) {
    return;
  }
  EXPECT_OK(open_token(module, "coffer", PIN, &signer, NULL));
  memset(&key, 0, sizeof key);
  key.struct_size = sizeof key;
  key.curve = COFFER_CURVE_SECP256K1;
  key.name = "bitcoin";
  key.name_length = 7;
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  EXPECT_OK(coffer_address_of_key(NULL, TEXT("bitcoin"), COFFER_FORM_P2WPKH, public_key, 33,
                                  address, sizeof address, NULL, NULL));
  EXPECT_OK(coffer_message_sign_bip322(signer, &key, NULL, TEXT("bitcoin"), COFFER_FORM_P2WPKH,
                                       hello, 5, NULL, signature, sizeof signature, NULL, NULL));
  EXPECT_OK(coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 5,
                                         TEXT(signature), NULL, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_address_of_key(NULL, TEXT("ethereum"), 0, public_key, 33, address,
                                  sizeof address, NULL, NULL));
  EXPECT_OK(coffer_message_sign_account(signer, &key, NULL, TEXT("ethereum"), hello, 5,
                                        account_signature, NULL));
  EXPECT_OK(coffer_message_verify_account(NULL, TEXT("ethereum"), TEXT(address), hello, 5,
                                          account_signature, sizeof account_signature, NULL));
  coffer_signer_destroy(signer);
}

const test_case pkcs11_cases[] = {
    {"a library without tokens names the option", a_library_without_tokens_names_the_option},
    {"hostile arguments are answered", hostile_arguments_are_answered},
    {"a token signs for the keys in it", a_token_signs_for_the_keys_in_it},
    {"a token signs a message of its address", a_token_signs_a_message_of_its_address},
    {NULL, NULL},
};
