/* SPDX-License-Identifier: MIT */
/* Signed messages of each family: made, verified, and refused for another address or message. */
#include "keys.h"

/** The key that the examples of EIP-712 sign with, and its address. */
static const char* const cow = "c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4";
static const char* const cow_address = "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826";
static const uint8_t hello[] = {'h', 'e', 'l', 'l', 'o'};

static coffer_signer* signer_of(const char* key_hex, coffer_curve curve) {
  coffer_secret* key = secret_of(key_hex);
  coffer_signer* signer = NULL;
  EXPECT_OK(coffer_signer_create(&signer, NULL));
  EXPECT_OK(coffer_signer_add_single(signer, TEXT("k"), curve, key, NULL));
  coffer_secret_destroy(key);
  return signer;
}

static void a_personal_message_leads_back_to_its_account(void) {
  const coffer_key_reference key = reference_to("k", "", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_of(cow, COFFER_CURVE_SECP256K1);
  uint8_t signature[COFFER_ACCOUNT_SIGNATURE_SIZE];
  char address[COFFER_ADDRESS_TEXT_SIZE];
  EXPECT_OK(
      coffer_message_sign_account(signer, &key, NULL, TEXT("ethereum"), hello, 5, signature, NULL));
  EXPECT(strcmp(hex_of(signature, 65),
                "2452a50a1b27db559e685e82ef59445ff08ca6843b5089aa1c32a70db206d47d"
                "693e5ae94daffccbbf590c5d2a72ad5706994748d2c8d3a8b39355589e16e8751c") == 0);
  EXPECT_OK(coffer_message_recover_account(NULL, TEXT("ethereum"), hello, 5, signature, 65, address,
                                           sizeof address, NULL, NULL));
  EXPECT(strcmp(address, cow_address) == 0);
  EXPECT_OK(coffer_message_verify_account(NULL, TEXT("polygon"), TEXT(cow_address), hello, 5,
                                          signature, 65, NULL));
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_message_verify_account(NULL, TEXT("ethereum"), TEXT(cow_address), hello, 4,
                                              signature, 65, NULL));
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_message_verify_account(NULL, TEXT("ethereum"), TEXT(cow_address), hello, 5,
                                              signature, 64, NULL));
  EXPECT_OK(
      coffer_message_sign_account(signer, &key, NULL, TEXT("tron"), hello, 5, signature, NULL));
  EXPECT_OK(coffer_message_verify_account(NULL, TEXT("tron"),
                                          TEXT("TUg28KYvCXWW81EqMUeZvCZmZw2BChk1HQ"), hello, 5,
                                          signature, 65, NULL));
  EXPECT_STATUS(
      COFFER_ERR_UNSUPPORTED,
      coffer_message_sign_account(signer, &key, NULL, TEXT("bitcoin"), hello, 5, signature, NULL));
  coffer_signer_destroy(signer);
}

static void typed_data_is_hashed_signed_and_verified(void) {
  static const char mail[] =
      "{\"types\":{\"EIP712Domain\":[{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"version\","
      "\"type\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\"},{\"name\":"
      "\"verifyingContract\",\"type\":\"address\"}],\"Person\":[{\"name\":\"name\",\"type\":"
      "\"string\"},{\"name\":\"wallet\",\"type\":\"address\"}],\"Mail\":[{\"name\":\"from\","
      "\"type\":\"Person\"},{\"name\":\"to\",\"type\":\"Person\"},{\"name\":\"contents\",\"type\":"
      "\"string\"}]},\"primaryType\":\"Mail\",\"domain\":{\"name\":\"Ether Mail\",\"version\":"
      "\"1\",\"chainId\":1,\"verifyingContract\":\"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC\"},"
      "\"message\":{\"from\":{\"name\":\"Cow\",\"wallet\":"
      "\"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826\"},\"to\":{\"name\":\"Bob\",\"wallet\":"
      "\"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB\"},\"contents\":\"Hello, Bob!\"}}";
  const coffer_key_reference key = reference_to("k", "", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_of(cow, COFFER_CURVE_SECP256K1);
  coffer_typed_data_hashes hashes;
  uint8_t signature[COFFER_ACCOUNT_SIGNATURE_SIZE];
  char address[COFFER_ADDRESS_TEXT_SIZE];
  EXPECT_OK(coffer_typed_data_hash(TEXT(mail), &hashes, NULL));
  EXPECT(strcmp(hex_of(hashes.digest, 32),
                "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2") == 0);
  EXPECT_OK(
      coffer_typed_data_sign(signer, &key, NULL, TEXT("ethereum"), TEXT(mail), signature, NULL));
  EXPECT(signature[64] == 28);
  EXPECT_OK(coffer_typed_data_recover(NULL, TEXT("ethereum"), TEXT(mail), signature, 65, address,
                                      sizeof address, NULL, NULL));
  EXPECT(strcmp(address, cow_address) == 0);
  EXPECT_OK(coffer_typed_data_verify(NULL, TEXT("ethereum"), TEXT(cow_address), TEXT(mail),
                                     signature, 65, NULL));
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT, /* another network's chain id */
      coffer_typed_data_sign(signer, &key, NULL, TEXT("polygon"), TEXT(mail), signature, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_typed_data_hash(TEXT("{}"), &hashes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_typed_data_hash(mail, SIZE_MAX, &hashes, NULL));
  coffer_signer_destroy(signer);
}

static void an_account_of_solana_signs_bytes_as_they_are(void) {
  const coffer_key_reference key = reference_to("k", "", COFFER_CURVE_ED25519);
  coffer_signer* signer = signer_of(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", COFFER_CURVE_ED25519);
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  uint8_t signature[COFFER_SOLANA_SIGNATURE_SIZE];
  char address[COFFER_ADDRESS_TEXT_SIZE];
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  EXPECT_OK(coffer_address_of_key(NULL, TEXT("solana"), 0, public_key, 33, address, sizeof address,
                                  NULL, NULL));
  EXPECT_OK(
      coffer_message_sign_solana(signer, &key, NULL, TEXT("solana"), hello, 5, signature, NULL));
  EXPECT_OK(coffer_message_verify_solana(NULL, TEXT("solana"), TEXT(address), hello, 5, signature,
                                         64, NULL));
  signature[0] ^= 1;
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_message_verify_solana(NULL, TEXT("solana"), TEXT(address), hello, 5,
                                             signature, 64, NULL));
  coffer_signer_destroy(signer);
}

static void bitcoin_signs_in_both_formats(void) {
  static const coffer_address_form forms[] = {COFFER_FORM_P2PKH, COFFER_FORM_P2SH_P2WPKH,
                                              COFFER_FORM_P2WPKH, COFFER_FORM_P2TR};
  const coffer_key_reference key = reference_to("k", "", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_of(cow, COFFER_CURVE_SECP256K1);
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  char address[COFFER_ADDRESS_TEXT_SIZE];
  char signature[COFFER_MESSAGE_SIGNATURE_TEXT_SIZE];
  coffer_bip322_times times;
  coffer_bip322_times told;
  coffer_error err;
  size_t count = 9;
  size_t i = 0;
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  for (i = 0; i < 4; ++i) {
    EXPECT_OK(coffer_address_of_key(NULL, TEXT("bitcoin"), forms[i], public_key, 33, address,
                                    sizeof address, NULL, NULL));
    EXPECT_OK(coffer_message_sign_bip322(signer, &key, NULL, TEXT("bitcoin"), forms[i], hello, 5,
                                         NULL, signature, sizeof signature, NULL, NULL));
    EXPECT_OK(coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 5,
                                           TEXT(signature), &told, NULL, 0, &count, NULL));
    EXPECT(count == 0 && told.lock_time == 0);
    EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                  coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 4,
                                               TEXT(signature), NULL, NULL, 0, NULL, &err));
    EXPECT(err.message[0] != '\0');
  }
  memset(&times, 0, sizeof times);
  times.version = 2;
  times.lock_time = 700000;
  EXPECT_OK(coffer_address_of_key(NULL, TEXT("bitcoin"), 0, public_key, 33, address, sizeof address,
                                  NULL, NULL));
  EXPECT_OK(coffer_message_sign_bip322(signer, &key, NULL, TEXT("bitcoin"), COFFER_FORM_P2WPKH,
                                       hello, 5, &times, signature, sizeof signature, NULL, NULL));
  EXPECT_OK(coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 5,
                                         TEXT(signature), &told, NULL, 0, NULL, NULL));
  EXPECT(told.version == 2 && told.lock_time == 700000);
  EXPECT_OK(coffer_message_sign_legacy(signer, &key, NULL, TEXT("bitcoin"), COFFER_LEGACY_P2WPKH,
                                       hello, 5, signature, sizeof signature, NULL, NULL));
  EXPECT_OK(coffer_message_verify_legacy(NULL, TEXT("bitcoin"), TEXT(address), hello, 5,
                                         TEXT(signature), NULL));
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_message_verify_legacy(NULL, TEXT("bitcoin"), TEXT(address), hello, 4,
                                             TEXT(signature), NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_message_sign_legacy(signer, &key, NULL, TEXT("bitcoin"), 28, hello, 5,
                                           signature, sizeof signature, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_message_sign_legacy(signer, &key, NULL, TEXT("bitcoin"), COFFER_LEGACY_P2PKH,
                                           hello, 5, signature, 100, &count, NULL));
  EXPECT(count == COFFER_MESSAGE_SIGNATURE_TEXT_SIZE);
  coffer_signer_destroy(signer);
}

/** Three keys of one signer and their script, of which two sign. */
typedef struct multisig {
  coffer_signer* signer;
  coffer_key_reference keys[3];
  const coffer_key_reference* pointers[3];
  uint8_t script[256];
  size_t script_size;
} multisig;

static multisig two_of_three(void) {
  static const char* const paths[3] = {"m/0", "m/1", "m/2"};
  coffer_xprv* master = master_of("000102030405060708090a0b0c0d0e0f", COFFER_CURVE_SECP256K1);
  uint8_t public_keys[3 * COFFER_PUBLIC_KEY_SIZE];
  multisig out;
  size_t i = 0;
  memset(&out, 0, sizeof out);
  EXPECT_OK(coffer_signer_create(&out.signer, NULL));
  EXPECT_OK(coffer_signer_add(out.signer, TEXT("k"), master, NULL));
  for (i = 0; i < 3; ++i) {
    out.keys[i] = reference_to("k", "", COFFER_CURVE_SECP256K1);
    out.keys[i].path = paths[i];
    out.keys[i].path_length = 3;
    EXPECT_OK(coffer_signer_public_key(out.signer, &out.keys[i],
                                       public_keys + i * COFFER_PUBLIC_KEY_SIZE, NULL));
  }
  EXPECT_OK(coffer_script_of_multisig(2, public_keys, 3, out.script, sizeof out.script,
                                      &out.script_size, NULL));
  coffer_xprv_destroy(master);
  return out;
}

static coffer_status sign_together(multisig* by, size_t count, coffer_address_form form,
                                   char* signature, coffer_error* err) {
  return coffer_message_sign_bip322_multisig(
      by->signer, by->pointers, count, NULL, TEXT("bitcoin"), form, by->script, by->script_size,
      hello, 5, NULL, signature, COFFER_MULTISIG_SIGNATURE_TEXT_SIZE, NULL, err);
}

static void the_keys_of_a_multisig_script_sign_together(void) {
  static const coffer_address_form forms[] = {COFFER_FORM_P2SH, COFFER_FORM_P2WSH};
  multisig by = two_of_three();
  char address[COFFER_ADDRESS_TEXT_SIZE];
  char signature[COFFER_MULTISIG_SIGNATURE_TEXT_SIZE];
  coffer_error err;
  size_t needed = 0;
  size_t i = 0;
  by.pointers[0] = &by.keys[2];
  by.pointers[1] = &by.keys[0];
  by.pointers[2] = NULL;
  for (i = 0; i < 2; ++i) {
    EXPECT_OK(coffer_address_of_script(NULL, TEXT("bitcoin"), forms[i], by.script, by.script_size,
                                       address, sizeof address, NULL, NULL));
    EXPECT_OK(sign_together(&by, 2, forms[i], signature, NULL));
    EXPECT_OK(coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 5,
                                           TEXT(signature), NULL, NULL, 0, NULL, NULL));
    EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                  coffer_message_verify_bip322(NULL, TEXT("bitcoin"), TEXT(address), hello, 4,
                                               TEXT(signature), NULL, NULL, 0, NULL, NULL));
  }
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                sign_together(&by, 1, COFFER_FORM_P2WSH, signature, &err));
  EXPECT(strcmp(err.message, "keys: the script asks for 2, these are 1") == 0);
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                sign_together(&by, 3, COFFER_FORM_P2WSH, signature, &err));
  EXPECT(strncmp(err.message, "keys[2]: ", 9) == 0);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, sign_together(&by, 0, COFFER_FORM_P2WSH, signature, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                sign_together(&by, SIZE_MAX, COFFER_FORM_P2WSH, signature, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                sign_together(&by, 2, COFFER_FORM_P2TR, signature, NULL));
  by.script_size = SIZE_MAX;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, sign_together(&by, 2, COFFER_FORM_P2WSH, signature, NULL));
  by.script_size = 1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                sign_together(&by, 2, COFFER_FORM_P2WSH, signature, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_message_sign_bip322_multisig(by.signer, NULL, 2, NULL, TEXT("bitcoin"),
                                                    COFFER_FORM_P2WSH, by.script, 1, hello, 5, NULL,
                                                    signature, sizeof signature, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_message_sign_bip322_multisig(
                    by.signer, by.pointers, 2, NULL, TEXT("bitcoin"), COFFER_FORM_P2WSH, by.script,
                    1, hello, 5, NULL, signature, 4095, &needed, NULL));
  EXPECT(needed == COFFER_MULTISIG_SIGNATURE_TEXT_SIZE);
  coffer_signer_destroy(by.signer);
}

static void hostile_arguments_are_answered(void) {
  const coffer_key_reference key = reference_to("k", "", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_of(cow, COFFER_CURVE_SECP256K1);
  uint8_t bytes[65] = {0};
  EXPECT_STATUS(
      COFFER_ERR_NULL_ARGUMENT,
      coffer_message_sign_account(NULL, &key, NULL, TEXT("ethereum"), hello, 5, bytes, NULL));
  EXPECT_STATUS(
      COFFER_ERR_NULL_ARGUMENT,
      coffer_message_sign_account(signer, NULL, NULL, TEXT("ethereum"), hello, 5, bytes, NULL));
  EXPECT_STATUS(
      COFFER_ERR_NULL_ARGUMENT,
      coffer_message_sign_account(signer, &key, NULL, TEXT("ethereum"), NULL, 5, bytes, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_message_sign_account(signer, &key, NULL, TEXT("ethereum"), hello, SIZE_MAX,
                                            bytes, NULL));
  EXPECT_STATUS(
      COFFER_ERR_NETWORK_NOT_FOUND,
      coffer_message_sign_account(signer, &key, NULL, TEXT("nowhere"), hello, 5, bytes, NULL));
  EXPECT_STATUS(
      COFFER_ERR_ADDRESS_SYNTAX,
      coffer_message_verify_account(NULL, TEXT("ethereum"), TEXT("0x"), hello, 5, bytes, 65, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_message_verify_account(NULL, TEXT("ethereum"), TEXT(cow_address), hello, 5,
                                              bytes, SIZE_MAX, NULL));
  EXPECT_OK(coffer_signer_set_read_only(signer, 1, NULL));
  EXPECT_STATUS(
      COFFER_ERR_SIGNING_REFUSED,
      coffer_message_sign_account(signer, &key, NULL, TEXT("ethereum"), NULL, 0, bytes, NULL));
  coffer_signer_destroy(signer);
}

const test_case message_cases[] = {
    {"a personal message leads back to its account", a_personal_message_leads_back_to_its_account},
    {"typed data is hashed, signed and verified", typed_data_is_hashed_signed_and_verified},
    {"an account of Solana signs bytes as they are", an_account_of_solana_signs_bytes_as_they_are},
    {"Bitcoin signs in both formats", bitcoin_signs_in_both_formats},
    {"the keys of a multisig script sign together", the_keys_of_a_multisig_script_sign_together},
    {"hostile arguments are answered", hostile_arguments_are_answered},
    {NULL, NULL},
};
