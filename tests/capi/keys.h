/* SPDX-License-Identifier: MIT */
/* Keys for the test program in C: secrets from hexadecimal and back, and references to keys. */
#ifndef COFFER_TESTS_CAPI_KEYS_H
#define COFFER_TESTS_CAPI_KEYS_H

#include "expect.h"

/** The bytes in hexadecimal; valid until the next call. */
const char* hex_of(const uint8_t* bytes, size_t size);
/** The bytes of a hexadecimal text; their number. */
size_t bytes_of(const char* hex, uint8_t* out);
coffer_secret* secret_of(const char* hex);
/** The bytes of a secret in hexadecimal; valid until the next call. */
const char* exported(const coffer_secret* secret);
coffer_xprv* master_of(const char* seed_hex, coffer_curve curve);
/** The key of a signer by its name and path; both texts are kept. */
coffer_key_reference reference_to(const char* name, const char* path, coffer_curve curve);

#endif /* COFFER_TESTS_CAPI_KEYS_H */
