/* SPDX-License-Identifier: MIT */
/* Keys: derivation paths, extended keys (BIP-32, SLIP-10), the keys of many siblings in one call.
 */
#ifndef COFFER_KEY_H
#define COFFER_KEY_H

/* Threads: any. A handle never changes, so many threads may share one, until one destroys it. */

#include "coffer_secret.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The curves of SLIP-10. Frozen: keystores hold them. */
typedef uint8_t coffer_curve;
#define COFFER_CURVE_SECP256K1 ((coffer_curve)1) /**< Bitcoin, Ethereum, TRON, Cosmos, XRP */
#define COFFER_CURVE_NIST256P1 ((coffer_curve)2) /**< NIST P-256 */
#define COFFER_CURVE_ED25519 ((coffer_curve)3)   /**< Solana, Stellar: hardened children only */

/** The bytes of a public key: a compressed point, or for ed25519 a zero byte and the 32 bytes of
 *  RFC 8032. */
#define COFFER_PUBLIC_KEY_SIZE 33
#define COFFER_PRIVATE_KEY_SIZE 32
/** The most steps of a path. */
#define COFFER_PATH_STEPS_MAX 255
/** A buffer of this size holds every text of an extended key. */
#define COFFER_EXTENDED_KEY_TEXT_SIZE 112

/** The first four bytes of an extended key's text: which network and script it is meant for. */
typedef struct coffer_key_version {
  uint32_t public_key;  /**< e.g. 0x0488b21e */
  uint32_t private_key; /**< e.g. 0x0488ade4 */
  char public_name[8];  /**< what the text begins with, e.g. "xpub" */
} coffer_key_version;

/** An extended public key: it gives the public keys of all its non-hardened descendants.
 *
 *  A plain value, no secret; but keep it confidential: it shows all payments, and together with the
 *  private key of one non-hardened child it gives the parent's private key. Functions that take one
 *  check it (COFFER_ERR_INVALID_KEY, COFFER_ERR_EXTENDED_KEY), so you may store it as you like. */
typedef struct coffer_xpub {
  uint32_t version;            /**< `coffer_key_version.public_key`; 0: that of "xpub" */
  uint32_t parent_fingerprint; /**< 0 for a master key */
  uint32_t child_number;       /**< with the hardened bit, 0x80000000 */
  uint8_t depth;
  coffer_curve curve;
  uint8_t public_key[33];
  uint8_t chain_code[32];
  uint8_t reserved[1];
} coffer_xpub;

/** A private key with a chain code. A secret. Keep the account node and derive from it: starting at
 *  the seed costs five steps for each address. */
typedef struct coffer_xprv coffer_xprv;

/** How a bulk derivation runs. All zero: in the calling thread, without reports. */
typedef struct coffer_bulk_options {
  uint32_t struct_size;
  uint32_t threads; /**< yours included; 0: one; COFFER_THREADS_ALL. The result is the same. */
  coffer_progress_function progress; /**< nullable; by one of the threads at a time */
  void* progress_data;
} coffer_bulk_options;

/** As many threads as the system has processors. */
#define COFFER_THREADS_ALL 4294967295

/** The curve's name as SLIP-10 writes it; "unknown" for a value not listed. Lifetime: of the
 *  program. */
COFFER_API const char* coffer_curve_name(coffer_curve curve);

/** Reads "m/84'/0'/0'/0/5", "84h/0h/0h" or "m" as child numbers, hardened ones with their bit.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_DERIVATION_PATH (the message names the step),
 *              COFFER_ERR_BUFFER_TOO_SMALL (`count_out` is then how many steps there are).
 *  Out:        steps_out: an array of `capacity`; nullable when that is 0
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_path_parse(const char* path, size_t path_length,
                                                            uint32_t* steps_out, size_t capacity,
                                                            size_t* count_out, coffer_error* err);

/** Writes child numbers as a path, e.g. "m/84'/0'". Returns COFFER_ERR_OUT_OF_RANGE (more than
 *  COFFER_PATH_STEPS_MAX steps), COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_path_format(const uint32_t* steps, size_t count,
                                                             char* buffer, size_t size,
                                                             size_t* needed_out, coffer_error* err);

/** The version whose public keys begin with `name`, e.g. "zpub". Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_key_version_find(const char* name,
                                                                  size_t name_length,
                                                                  coffer_key_version* version_out,
                                                                  coffer_error* err);

/** All versions. Returns COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_key_version_list(coffer_key_version* versions_out,
                                                                  size_t capacity,
                                                                  size_t* count_out,
                                                                  coffer_error* err);

/** Reads an "xpub..." of any version. Returns COFFER_ERR_EXTENDED_KEY; the message names the part.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xpub_parse(const char* text, size_t text_length,
                                                            coffer_xpub* xpub_out,
                                                            coffer_error* err);

/** Writes the text of BIP-32, by the key's version. Returns COFFER_ERR_UNSUPPORTED (not secp256k1),
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_xpub_format(const coffer_xpub* xpub, char* buffer,
                                                             size_t size, size_t* needed_out,
                                                             coffer_error* err);

/** The descendant at the end of `path`, which starts at this key; it has the key's version.
 *
 *  Returns:    COFFER_ERR_DERIVATION_PATH (the path, or deeper than 255),
 *              COFFER_ERR_HARDENED_FROM_PUBLIC (also for any child on ed25519),
 *              COFFER_ERR_DERIVATION_SKIPPED (no such child, a chance below 2^-127).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xpub_derive(const coffer_xpub* xpub,
                                                             const char* path, size_t path_length,
                                                             coffer_xpub* child_out,
                                                             coffer_error* err);

/** HASH160 of the public key; its first four bytes, big-endian, are the fingerprint.
 *
 *  Out:        identifier_out:  20 bytes, nullable
 *              fingerprint_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xpub_identify(const coffer_xpub* xpub,
                                                               uint8_t* identifier_out,
                                                               uint32_t* fingerprint_out,
                                                               coffer_error* err);

/** Derives the children `first`, `first` + 1, ... into flat memory.
 *
 *  Returns:    COFFER_ERR_HARDENED_FROM_PUBLIC, COFFER_ERR_OUT_OF_RANGE (the last number would
 *              reach 2^31), COFFER_ERR_DERIVATION_PATH (the key has depth 255),
 *              COFFER_ERR_DERIVATION_SKIPPED (the message names the child),
 *              COFFER_ERR_CANCELLED (as many keys as `progress` heard of last are valid).
 *  In:         options:  nullable: all zero
 *  Out:        keys_out: `count` public keys of COFFER_PUBLIC_KEY_SIZE bytes, one behind the other;
 *                        undefined after a failure but for the above
 *  Cost:       about 15 microseconds for each child and thread on secp256k1
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_xpub_derive_many(const coffer_xpub* xpub, uint32_t first, size_t count,
                        const coffer_bulk_options* options, uint8_t* keys_out, coffer_error* err);

/** The master key of a seed of 16 to 64 bytes. `version` is a `coffer_key_version.public_key`, or 0
 *  for that of "xpub".
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (curve, version), COFFER_ERR_OUT_OF_RANGE (the seed's
 *              size), COFFER_ERR_EXTENDED_KEY (this seed has no master key, a chance below 2^-127).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_from_seed(const coffer_secret* seed,
                                                                coffer_curve curve,
                                                                uint32_t version,
                                                                coffer_xprv** xprv_out,
                                                                coffer_error* err);

/** Reads an "xprv..." of any version. The text is yours to wipe. Returns COFFER_ERR_EXTENDED_KEY.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_parse(const char* text, size_t text_length,
                                                            coffer_xprv** xprv_out,
                                                            coffer_error* err);

/** A private key that stands alone: its chain code is zero. Returns COFFER_ERR_INVALID_ARGUMENT
 *  (curve), COFFER_ERR_INVALID_KEY. */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_from_private_key(const coffer_secret* key,
                                                                       coffer_curve curve,
                                                                       coffer_xprv** xprv_out,
                                                                       coffer_error* err);

/** Wipes and releases. NULL is allowed. */
COFFER_API void coffer_xprv_destroy(coffer_xprv* xprv);

/** The descendant at the end of `path`. Returns COFFER_ERR_DERIVATION_PATH (the path, deeper than
 *  255, or a non-hardened step on ed25519), COFFER_ERR_DERIVATION_SKIPPED. */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_derive(const coffer_xprv* xprv,
                                                             const char* path, size_t path_length,
                                                             coffer_xprv** child_out,
                                                             coffer_error* err);

/** The public half, which may leave the machine. */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_public(const coffer_xprv* xprv,
                                                             coffer_xpub* xpub_out,
                                                             coffer_error* err);

/** The private key alone, e.g. for a keystore. */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_private_key(const coffer_xprv* xprv,
                                                                  coffer_secret** key_out,
                                                                  coffer_error* err);

/** The "xprv..." text. Returns COFFER_ERR_UNSUPPORTED (not secp256k1), COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_export_text(const coffer_xprv* xprv,
                                                                  char* buffer, size_t size,
                                                                  size_t* needed_out,
                                                                  coffer_error* err);

/** Derives the children `first`, `first` + 1, ... and follows `tail` from each, e.g. "0'" for the
 *  accounts of Solana or "0/0" for one account of each user; an empty tail ends at the child.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (the last number would reach 2^31, the hardened bit left
 *              aside), COFFER_ERR_DERIVATION_PATH, COFFER_ERR_DERIVATION_SKIPPED,
 *              COFFER_ERR_CANCELLED, as `coffer_xpub_derive_many`, which is faster.
 *  Out:        keys_out: as there
 *  Cost:       about 30 microseconds for each child, step and thread on secp256k1
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_xprv_derive_many(
    const coffer_xprv* xprv, uint32_t first, size_t count, const char* tail, size_t tail_length,
    const coffer_bulk_options* options, uint8_t* keys_out, coffer_error* err);

/** The same with the private keys: `private_keys_out` receives `count` of COFFER_PRIVATE_KEY_SIZE
 *  bytes, yours to wipe; when a child fails it is wiped. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_xprv_export_many(const coffer_xprv* xprv, uint32_t first, size_t count, const char* tail,
                        size_t tail_length, const coffer_bulk_options* options, uint8_t* keys_out,
                        uint8_t* private_keys_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_KEY_H */
