/* SPDX-License-Identifier: MIT */
/* Signers that hold keys and signers that ask the host; what a host does wrong is refused. */
#include "keys.h"

static const char* const seed_hex = "000102030405060708090a0b0c0d0e0f";

static coffer_sign_request request_of(const coffer_key_reference* key,
                                      coffer_signature_scheme scheme, const uint8_t* digest) {
  coffer_sign_request request;
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.scheme = scheme;
  request.key = key;
  request.message = digest;
  request.message_length = 32;
  return request;
}

static const uint8_t digest[32] = {1, 2, 3};

static coffer_signer* signer_with_main(void) {
  coffer_signer* signer = NULL;
  coffer_xprv* master = master_of(seed_hex, COFFER_CURVE_SECP256K1);
  EXPECT_OK(coffer_signer_create(&signer, NULL));
  EXPECT_OK(coffer_signer_add(signer, TEXT("main"), master, NULL));
  EXPECT_STATUS(COFFER_ERR_ALREADY_EXISTS, coffer_signer_add(signer, TEXT("main"), master, NULL));
  coffer_xprv_destroy(master);
  return signer;
}

static int32_t stop(void* data, int64_t done, int64_t total) {
  (void)data;
  EXPECT(done == 1 && total == 3);
  return 1;
}

static void a_software_signer_signs_by_every_scheme(void) {
  const coffer_key_reference key = reference_to("main", "m/44'/0'", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_with_main();
  coffer_signature signature;
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  coffer_signature_scheme scheme = 0;
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  for (scheme = COFFER_SCHEME_ECDSA; scheme <= COFFER_SCHEME_SCHNORR; ++scheme) {
    coffer_sign_request request = request_of(&key, scheme, digest);
    EXPECT_OK(coffer_signer_sign(signer, &request, &signature, NULL));
    EXPECT((signature.recovery_id >= 0) == (scheme == COFFER_SCHEME_ECDSA_RECOVERABLE));
    EXPECT_OK(coffer_signature_verify(COFFER_CURVE_SECP256K1, public_key, scheme, digest, 32,
                                      &signature, NULL));
    signature.bytes[40] ^= 1;
    EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                  coffer_signature_verify(COFFER_CURVE_SECP256K1, public_key, scheme, digest, 32,
                                          &signature, NULL));
  }
  coffer_signer_destroy(signer);
}

static void many_are_signed_and_each_has_its_answer(void) {
  const coffer_key_reference key = reference_to("main", "m/44'/0'", COFFER_CURVE_SECP256K1);
  const coffer_key_reference unknown = reference_to("none", "m", COFFER_CURVE_SECP256K1);
  coffer_signer* signer = signer_with_main();
  coffer_sign_request requests[5];
  coffer_signature signatures[5];
  coffer_signature alone;
  coffer_status statuses[5];
  coffer_bulk_options options;
  size_t i = 0;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.threads = 2;
  for (i = 0; i < 5; ++i) {
    requests[i] = request_of(i == 1 ? &unknown : &key, COFFER_SCHEME_ECDSA, digest);
  }
  requests[2].scheme = 99;
  requests[3].struct_size = sizeof requests[3] + 8;
  EXPECT_OK(coffer_signer_sign_many(signer, requests, 5, &options, signatures, statuses, NULL));
  EXPECT(statuses[0] == COFFER_OK && statuses[1] == COFFER_ERR_NOT_FOUND);
  EXPECT(statuses[2] == COFFER_ERR_INVALID_ARGUMENT && statuses[3] == COFFER_ERR_INVALID_ARGUMENT);
  EXPECT(statuses[4] == COFFER_OK && signatures[1].bytes[0] == 0);
  EXPECT_OK(coffer_signer_sign(signer, &requests[0], &alone, NULL));
  EXPECT(memcmp(&signatures[0], &alone, sizeof alone) == 0);
  EXPECT(memcmp(&signatures[4], &alone, sizeof alone) == 0);
  // One thread: with two the other may be done with all the rest before the first tells of itself.
  options.threads = 1;
  options.progress = stop;
  EXPECT_STATUS(COFFER_ERR_CANCELLED,
                coffer_signer_sign_many(signer, requests, 5, &options, signatures, statuses, NULL));
  EXPECT(statuses[0] == COFFER_OK && statuses[4] == COFFER_ERR_CANCELLED);
  EXPECT_OK(coffer_signer_set_read_only(signer, 1, NULL));
  EXPECT_OK(coffer_signer_sign_many(signer, requests, 1, NULL, signatures, statuses, NULL));
  EXPECT(statuses[0] == COFFER_ERR_SIGNING_REFUSED);
  EXPECT_OK(coffer_signer_sign_many(signer, NULL, 0, NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_sign_many(signer, NULL, 1, NULL, signatures, statuses, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_sign_many(signer, requests, 1, NULL, NULL, statuses, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_signer_sign_many(NULL, requests, 1, NULL, signatures, statuses, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_signer_sign_many(signer, requests, 1000001, NULL,
                                                                 signatures, statuses, NULL));
  requests[0].struct_size = 3;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_signer_sign_many(signer, requests, 1, NULL, signatures, statuses, NULL));
  coffer_signer_destroy(signer);
}

static void a_single_key_signs_without_a_path(void) {
  coffer_key_reference key = reference_to("one", "", COFFER_CURVE_SECP256K1);
  coffer_secret* secret =
      secret_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  coffer_signer* signer = NULL;
  coffer_signature signature;
  coffer_sign_request request = request_of(&key, COFFER_SCHEME_ED25519, digest);
  request.message_length = 0;
  request.message = NULL;
  key.curve = COFFER_CURVE_ED25519;
  EXPECT_OK(coffer_signer_create(&signer, NULL));
  EXPECT_OK(coffer_signer_add_single(signer, TEXT("one"), COFFER_CURVE_ED25519, secret, NULL));
  EXPECT_OK(coffer_signer_sign(signer, &request, &signature, NULL));
  EXPECT(
      strcmp(hex_of(signature.bytes, 64),
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
             "39701cf9b46bd25bf5f0595bbe24655141438e7a100b") == 0);
  EXPECT_OK(coffer_signer_remove(signer, TEXT("one"), NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_signer_remove(signer, TEXT("one"), NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_signer_sign(signer, &request, &signature, NULL));
  coffer_signer_destroy(signer);
  coffer_secret_destroy(secret);
}

static void read_only_mode_blocks_signing_and_nothing_else(void) {
  const coffer_key_reference key = reference_to("main", "m/0", COFFER_CURVE_SECP256K1);
  const coffer_sign_request request = request_of(&key, COFFER_SCHEME_ECDSA, digest);
  coffer_signer* signer = signer_with_main();
  coffer_signature signature;
  uint8_t public_key[COFFER_PUBLIC_KEY_SIZE];
  uint8_t is_read_only = 0;
  EXPECT_OK(coffer_signer_set_read_only(signer, 1, NULL));
  EXPECT_OK(coffer_signer_is_read_only(signer, &is_read_only, NULL));
  EXPECT(is_read_only == 1);
  EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED, coffer_signer_sign(signer, &request, &signature, NULL));
  EXPECT_OK(coffer_signer_public_key(signer, &key, public_key, NULL));
  EXPECT_OK(coffer_signer_set_read_only(signer, 0, NULL));
  EXPECT_OK(coffer_signer_sign(signer, &request, &signature, NULL));
  coffer_signer_destroy(signer);
}

/** A host that has the same keys behind a signer of its own, and ways to go wrong. */
typedef struct host {
  coffer_signer* inside;
  coffer_status answer;  /**< when not OK */
  uint8_t is_lying;      /**< spoils the signature */
  uint8_t names_another; /**< names the public key of another path */
  int destroyed;
} host;

static coffer_status host_public_key(void* data, const coffer_key_reference* key,
                                     uint8_t* public_key_out, coffer_error* err) {
  host* self = data;
  if (self->names_another) {
    coffer_key_reference other = *key;
    other.path = "m/7";
    other.path_length = 3;
    return coffer_signer_public_key(self->inside, &other, public_key_out, err);
  }
  return coffer_signer_public_key(self->inside, key, public_key_out, err);
}

static coffer_status host_sign(void* data, const coffer_sign_request* request,
                               coffer_signature* signature_out, coffer_error* err) {
  host* self = data;
  if (self->answer != COFFER_OK) {
    return self->answer;
  }
  const coffer_status status = coffer_signer_sign(self->inside, request, signature_out, err);
  signature_out->bytes[63] ^= self->is_lying;
  return status;
}

static void host_destroy(void* data) {
  host* self = data;
  coffer_signer_destroy(self->inside);
  ++self->destroyed;
}

static coffer_signer* signer_of(host* self) {
  coffer_signer_vtable table;
  coffer_signer* signer = NULL;
  memset(self, 0, sizeof *self);
  self->inside = signer_with_main();
  memset(&table, 0, sizeof table);
  table.struct_size = sizeof table;
  table.data = self;
  table.destroy = host_destroy;
  table.public_key = host_public_key;
  table.sign = host_sign;
  EXPECT_OK(coffer_signer_create_with_callbacks(&table, &signer, NULL));
  return signer;
}

static void a_host_signs_for_its_keys(void) {
  const coffer_key_reference key = reference_to("main", "m/44'/1'/0'/0/9", COFFER_CURVE_SECP256K1);
  coffer_sign_request request = request_of(&key, COFFER_SCHEME_SCHNORR, digest);
  coffer_signer* own = signer_with_main();
  coffer_signature signature;
  coffer_signature same;
  host asked;
  coffer_signer* signer = signer_of(&asked);
  request.has_taproot_tweak = 1;
  memset(request.taproot_tweak, 5, sizeof request.taproot_tweak);
  EXPECT_OK(coffer_signer_sign(signer, &request, &signature, NULL));
  EXPECT_OK(coffer_signer_sign(own, &request, &same, NULL));
  EXPECT(memcmp(&signature, &same, sizeof same) == 0);
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_signer_remove(signer, TEXT("main"), NULL));
  coffer_signer_destroy(own);
  coffer_signer_destroy(signer);
  EXPECT(asked.destroyed == 1);
}

static void what_a_host_does_wrong_is_refused(void) {
  const coffer_key_reference key = reference_to("main", "m/0", COFFER_CURVE_SECP256K1);
  const coffer_key_reference stranger = reference_to("stranger", "", COFFER_CURVE_SECP256K1);
  const coffer_sign_request request = request_of(&key, COFFER_SCHEME_ECDSA, digest);
  const coffer_sign_request strange = request_of(&stranger, COFFER_SCHEME_ECDSA, digest);
  coffer_signature signature;
  coffer_error err;
  host asked;
  coffer_signer* signer = signer_of(&asked);
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_signer_sign(signer, &strange, &signature, NULL));
  asked.is_lying = 1;
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_signer_sign(signer, &request, &signature, NULL));
  asked.is_lying = 0;
  asked.names_another = 1;
  EXPECT_STATUS(COFFER_ERR_SIGNATURE_INVALID,
                coffer_signer_sign(signer, &request, &signature, NULL));
  asked.names_another = 0;
  asked.answer = -77; /* as an unguarded callback of another language gives */
  EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED, coffer_signer_sign(signer, &request, &signature, &err));
  EXPECT(strstr(err.message, "-77") != NULL);
  asked.answer = COFFER_ERR_SIGNING_REFUSED;
  EXPECT_STATUS(COFFER_ERR_SIGNING_REFUSED, coffer_signer_sign(signer, &request, &signature, NULL));
  coffer_signer_destroy(signer);
}

const test_case signer_cases[] = {
    {"a software signer signs by every scheme", a_software_signer_signs_by_every_scheme},
    {"many are signed and each has its answer", many_are_signed_and_each_has_its_answer},
    {"a single key signs without a path", a_single_key_signs_without_a_path},
    {"read-only mode blocks signing and nothing else",
     read_only_mode_blocks_signing_and_nothing_else},
    {"a host signs for its keys", a_host_signs_for_its_keys},
    {"what a host does wrong is refused", what_a_host_does_wrong_is_refused},
    {NULL, NULL},
};
