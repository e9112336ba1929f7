/* SPDX-License-Identifier: MIT */
/* MuSig2 (BIP-327): n signers with one key and one signature, which anyone verifies as BIP-340. */
#ifndef COFFER_MUSIG_H
#define COFFER_MUSIG_H

/* Threads: any. Aggregated keys and sessions never change, so many threads may share one, until one
 * destroys it. A nonce signs once: of two threads that try, one is refused.
 *
 * The order of things: all signers aggregate the same keys in the same order and tweak them alike.
 * Each makes a nonce (`coffer_musig_nonce_make`) and sends its public half to all. The halves are
 * aggregated; keys, nonce and message are a session, in which each signer signs once
 * (`coffer_musig_session_sign`). Whoever has all parts aggregates them.
 *
 * A library over a libsecp256k1 without its module musig (before 0.6, e.g. Debian 12's) has these
 * functions too. There `coffer_musig_keys_aggregate`, `coffer_musig_nonces_aggregate` and, with a
 * signer that holds keys, `coffer_musig_nonce_make` answer COFFER_ERR_UNSUPPORTED, and the message
 * names the missing header; so there are no handles for the others. */

#include "coffer_signer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The most keys of one aggregate. */
#define COFFER_MUSIG_KEYS_MAX 1000
/** The bytes of a public nonce, or of all of them aggregated: two points. */
#define COFFER_MUSIG_NONCE_SIZE 66
/** The bytes of one signer's part of a signature. */
#define COFFER_MUSIG_PARTIAL_SIZE 32
/** The bytes of what is signed: a digest. */
#define COFFER_MUSIG_MESSAGE_SIZE 32
/** The bytes of a signature, as those of `coffer_signature`. */
#define COFFER_MUSIG_SIGNATURE_SIZE 64

/** How a tweak changes the aggregate key. */
typedef uint8_t coffer_musig_tweak;
#define COFFER_MUSIG_TWEAK_PLAIN ((coffer_musig_tweak)1)  /**< as BIP-32 tweaks */
#define COFFER_MUSIG_TWEAK_X_ONLY ((coffer_musig_tweak)2) /**< as taproot does (BIP-341) */

/** Several keys as one, with its tweaks. No secret. */
typedef struct coffer_musig_keys coffer_musig_keys;

/** One signer's nonce: it signs once. Its secret half stays in locked memory and can be neither
 *  read, copied nor stored, because a nonce that signs twice gives the private key away; a process
 *  that ends between the two rounds begins again with a new one. */
typedef struct coffer_musig_nonce coffer_musig_nonce;

/** Keys, nonce and message of one signature. No secret. */
typedef struct coffer_musig_session coffer_musig_session;

/** Sorts public keys of COFFER_PUBLIC_KEY_SIZE bytes, one behind the other, by their bytes
 *  (KeySort): then the aggregate is the same in whatever order the signers knew each other's. There
 *  in every library with keys.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (more than COFFER_MUSIG_KEYS_MAX), COFFER_ERR_NULL_ARGUMENT.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_sort_keys(uint8_t* keys, size_t count,
                                                                 coffer_error* err);

/** Aggregates compressed keys on secp256k1 in the order given (KeyAgg); one may stand there twice.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (0 keys, more than COFFER_MUSIG_KEYS_MAX),
 *              COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_UNSUPPORTED, COFFER_ERR_INVALID_KEY (the
 *              message names the key's place, from 0).
 *  In:         keys: `count` of COFFER_PUBLIC_KEY_SIZE bytes, one behind the other
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_aggregate(const uint8_t* keys,
                                                                      size_t count,
                                                                      coffer_musig_keys** keys_out,
                                                                      coffer_error* err);

/** The same keys with one tweak more (ApplyTweak). Take tweaks from a standard that commits to the
 *  key: one that another signer may choose freely is not safe.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (kind), COFFER_ERR_OUT_OF_RANGE (not below the group's
 *              order), COFFER_ERR_INVALID_KEY (nothing but infinity is left).
 *  In:         tweak: 32 bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_tweak(const coffer_musig_keys* keys,
                                                                  coffer_musig_tweak kind,
                                                                  const uint8_t* tweak,
                                                                  coffer_musig_keys** keys_out,
                                                                  coffer_error* err);

/** Tweaked to taproot's output key (BIP-341), which `coffer_taproot_output_key` gives too. Returns
 *  as `coffer_musig_keys_tweak`, with a chance below 2^-127.
 *
 *  In:         merkle_root: 32 bytes; NULL: no scripts (BIP-86)
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_taproot(const coffer_musig_keys* keys,
                                                                    const uint8_t* merkle_root,
                                                                    coffer_musig_keys** keys_out,
                                                                    coffer_error* err);

/** The synthetic extended key of the aggregate (BIP-328), as an "xpub". Returns
 *  COFFER_ERR_INVALID_ARGUMENT (these keys are tweaked). */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_xpub(const coffer_musig_keys* keys,
                                                                 coffer_xpub* xpub_out,
                                                                 coffer_error* err);

/** Tweaked to the descendant of that extended key at the end of `path`, to sign for it.
 *
 *  Returns:    COFFER_ERR_DERIVATION_PATH, COFFER_ERR_INVALID_ARGUMENT (these keys are tweaked),
 *              COFFER_ERR_HARDENED_FROM_PUBLIC, COFFER_ERR_DERIVATION_SKIPPED (no such child, a
 *              chance below 2^-127).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_derive(const coffer_musig_keys* keys,
                                                                   const char* path,
                                                                   size_t path_length,
                                                                   coffer_musig_keys** keys_out,
                                                                   coffer_error* err);

/** The aggregate key with all tweaks, in COFFER_PUBLIC_KEY_SIZE bytes; the last 32 of them are the
 *  x-only key under which the signature verifies. */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_keys_public_key(
    const coffer_musig_keys* keys, uint8_t* public_key_out, coffer_error* err);

/** Releases. NULL is allowed. */
COFFER_API void coffer_musig_keys_destroy(coffer_musig_keys* keys);

/** Makes a nonce of a key for one signature; fresh with each call.
 *
 *  What is known already of keys and message goes into it, beside fresh randomness of the system:
 *  should that ever fail, nonces of different messages still differ.
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (the reference), COFFER_ERR_SIGNING_REFUSED (read-only
 *              mode), COFFER_ERR_UNSUPPORTED (a signer that asks you or a token), what
 *              `coffer_signer_public_key` returns, COFFER_ERR_INVALID_ARGUMENT (another curve),
 *              COFFER_ERR_UNSUPPORTED.
 *  In:         keys:             nullable
 *              message:          COFFER_MUSIG_MESSAGE_SIZE bytes, nullable
 *  Out:        nonce_out:        yours until it signs
 *              public_nonce_out: COFFER_MUSIG_NONCE_SIZE bytes, for the other signers
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_nonce_make(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_musig_keys* keys,
    const uint8_t* message, coffer_musig_nonce** nonce_out, uint8_t* public_nonce_out,
    coffer_error* err);

/** Wipes and releases a nonce that is not wanted. NULL is allowed, and so is one that signed. */
COFFER_API void coffer_musig_nonce_destroy(coffer_musig_nonce* nonce);

/** Aggregates the public nonces of all signers, in any order (NonceAgg). Whoever does it need not
 *  be trusted: if it is wrong, so is the signature.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (0, more than COFFER_MUSIG_KEYS_MAX),
 *              COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_UNSUPPORTED, COFFER_ERR_INVALID_ARGUMENT (the
 *              message names the nonce's place, from 0).
 *  In:         public_nonces:       `count` of COFFER_MUSIG_NONCE_SIZE bytes, one behind the other
 *  Out:        aggregate_nonce_out: COFFER_MUSIG_NONCE_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_nonces_aggregate(
    const uint8_t* public_nonces, size_t count, uint8_t* aggregate_nonce_out, coffer_error* err);

/** Begins a session over a copy of the keys.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (the aggregate nonce is neither points nor infinity).
 *  In:         aggregate_nonce: COFFER_MUSIG_NONCE_SIZE bytes
 *              message:         COFFER_MUSIG_MESSAGE_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_session_begin(
    const coffer_musig_keys* keys, const uint8_t* aggregate_nonce, const uint8_t* message,
    coffer_musig_session** session_out, coffer_error* err);

/** Releases. NULL is allowed. */
COFFER_API void coffer_musig_session_destroy(coffer_musig_session* session);

/** Signs one key's part; it is verified before you get it.
 *
 *  The nonce's handle ends with this call, whatever it answers, unless the status was
 *  COFFER_ERR_NULL_ARGUMENT or another argument was wrong in itself.
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (the reference; a nonce that signed before or was
 *              destroyed), COFFER_ERR_SIGNING_REFUSED (read-only mode), COFFER_ERR_UNSUPPORTED (a
 *              signer that asks you or a token), what `coffer_signer_public_key` returns,
 *              COFFER_ERR_INVALID_ARGUMENT (another curve), COFFER_ERR_INVALID_KEY (the key is none
 *              of those aggregated), COFFER_ERR_INVALID_ARGUMENT (the nonce was made for another
 *              key), COFFER_ERR_SIGNATURE_INVALID (the machine made a mistake).
 *  Out:        partial_out: COFFER_MUSIG_PARTIAL_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_session_sign(
    const coffer_musig_session* session, coffer_signer* signer, const coffer_key_reference* key,
    coffer_musig_nonce* nonce, uint8_t* partial_out, coffer_error* err);

/** Whether the signer at `place` (from 0, as his key was aggregated) has done his part. It proves
 *  nothing to others: parts can be forged, whole signatures can't.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (no such signer), COFFER_ERR_INVALID_ARGUMENT (his public
 *              nonce), COFFER_ERR_SIGNATURE_INVALID; the message names his place.
 *  In:         public_nonce: COFFER_MUSIG_NONCE_SIZE bytes
 *              partial:      COFFER_MUSIG_PARTIAL_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_musig_session_verify(const coffer_musig_session* session, size_t place,
                            const uint8_t* public_nonce, const uint8_t* partial, coffer_error* err);

/** The signature of all parts, which `coffer_signature_verify` accepts under the aggregate key by
 *  COFFER_SCHEME_SCHNORR; it is verified before you get it.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (`count` is not that of the keys),
 *              COFFER_ERR_SIGNATURE_INVALID (with `public_nonces` the message names whose is
 * wrong). In:         partials:      `count` of COFFER_MUSIG_PARTIAL_SIZE bytes, in the order of
 * the keys public_nonces: `count` of COFFER_MUSIG_NONCE_SIZE bytes in that order, nullable; they
 *                             are looked at after a failure only
 *  Out:        signature_out: COFFER_MUSIG_SIGNATURE_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_musig_session_aggregate(
    const coffer_musig_session* session, const uint8_t* partials, size_t count,
    const uint8_t* public_nonces, uint8_t* signature_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_MUSIG_H */
