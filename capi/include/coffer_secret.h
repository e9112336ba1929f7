/* SPDX-License-Identifier: MIT */
/* Secrets: bytes behind a handle, which are wiped when they are released. */
#ifndef COFFER_SECRET_H
#define COFFER_SECRET_H

/*
 * Seeds, private keys and mnemonics live behind handles, in memory of their own that is kept out of
 * swap and core dumps where the system allows it. Functions hand them from one handle to another. A
 * secret leaves the library through the functions with `_export_` in their name and no others; what
 * they fill is yours to wipe, with `coffer_wipe`. Passwords and sentences that you pass in are read
 * and never kept; they too are yours to wipe. No message of an error ever holds a secret.
 *
 * Threads: any. A handle of a secret does not change after it was made, so many threads may use it
 * at once, until one of them destroys it.
 *
 * A library that was built without keys (COFFER_KEYS=OFF) has all these functions all the same, and
 * those of mnemonics, keys, keystores, shares, signers, addresses and messages answer with
 * COFFER_ERR_UNSUPPORTED.
 */

#include "coffer_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes that are wiped when they are released. */
typedef struct coffer_secret coffer_secret;

/** The most bytes of a secret. */
#define COFFER_SECRET_SIZE_MAX 65536

/** Copies bytes of yours into a secret.
 *
 *  Returns:    COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_OUT_OF_RANGE (size is 0 or above
 *              COFFER_SECRET_SIZE_MAX), COFFER_ERR_OUT_OF_MEMORY.
 *  In:         bytes:      read during the call; still yours, and yours to wipe
 *  Out:        secret_out: yours; release it with coffer_secret_destroy
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_secret_create(const uint8_t* bytes, size_t size,
                                                               coffer_secret** secret_out,
                                                               coffer_error* err);

/** Makes a secret of `size` fresh bytes of the system's randomness. Returns as
 *  `coffer_secret_create`, and COFFER_ERR_UNSUPPORTED (the system has none to give, or a library
 *  without keys). */
COFFER_API COFFER_NODISCARD coffer_status coffer_secret_generate(size_t size,
                                                                 coffer_secret** secret_out,
                                                                 coffer_error* err);

/** Wipes and releases. NULL is allowed. */
COFFER_API void coffer_secret_destroy(coffer_secret* secret);

/** How many bytes it has, and whether the system promised to keep them out of swap. Both outputs
 *  are nullable. */
COFFER_API COFFER_NODISCARD coffer_status coffer_secret_describe(const coffer_secret* secret,
                                                                 size_t* size_out,
                                                                 uint8_t* is_locked_out,
                                                                 coffer_error* err);

/** Whether two secrets are the same, in a time that shows at most their sizes. */
COFFER_API COFFER_NODISCARD coffer_status coffer_secret_equals(const coffer_secret* secret,
                                                               const coffer_secret* other,
                                                               uint8_t* is_equal_out,
                                                               coffer_error* err);

/** Copies the bytes out. Returns COFFER_ERR_BUFFER_TOO_SMALL; `needed_out` (nullable) always
 *  receives their number. */
COFFER_API COFFER_NODISCARD coffer_status coffer_secret_export_bytes(const coffer_secret* secret,
                                                                     uint8_t* buffer, size_t size,
                                                                     size_t* needed_out,
                                                                     coffer_error* err);

/** Overwrites memory of yours with zeros; no compiler leaves it out. NULL is allowed. */
COFFER_API void coffer_wipe(void* bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_SECRET_H */
