/* SPDX-License-Identifier: MIT */
/* Signers: who signs is asked by the name of a key and never shows one; checking signatures. */
#ifndef COFFER_SIGNER_H
#define COFFER_SIGNER_H

/* Threads: any. Many may use one signer at once, adding and removing keys included; none may be in
 * a call with it when it is destroyed. */

#include "coffer_key.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a signature is made. */
typedef uint8_t coffer_signature_scheme;
#define COFFER_SCHEME_ECDSA ((coffer_signature_scheme)1)       /**< of 32 bytes; secp256k1: low s */
#define COFFER_SCHEME_ECDSA_LOW_R ((coffer_signature_scheme)2) /**< as Bitcoin Core signs */
#define COFFER_SCHEME_ECDSA_RECOVERABLE ((coffer_signature_scheme)3) /**< `recovery_id` is set */
#define COFFER_SCHEME_SCHNORR ((coffer_signature_scheme)4)           /**< BIP-340 */
#define COFFER_SCHEME_ED25519 ((coffer_signature_scheme)5)           /**< RFC 8032 */

/** Which key: a name that the signer knows, and a way from there. */
typedef struct coffer_key_reference {
  uint32_t struct_size;
  coffer_curve curve;
  uint8_t reserved[3];
  const char* name; /**< UTF-8, 1 to 256 bytes; e.g. of a seed, or a label in a hardware module */
  size_t name_length;
  const char* path; /**< from that key on; empty for a key that stands alone */
  size_t path_length;
} coffer_key_reference;

/** What is to be signed. */
typedef struct coffer_sign_request {
  uint32_t struct_size;
  coffer_signature_scheme scheme;
  uint8_t has_taproot_tweak;
  uint8_t reserved[2];
  const coffer_key_reference* key;
  const uint8_t* message;    /**< the 32-byte digest for ECDSA, else the message */
  size_t message_length;     /**< at most COFFER_MESSAGE_SIZE_MAX */
  uint8_t taproot_tweak[32]; /**< Schnorr only: makes taproot's output key (BIP-341) */
  uint8_t auxiliary[32];     /**< Schnorr only: BIP-340's randomness; zeros give the same signature
                                each time */
} coffer_sign_request;

/** The most bytes of a message. */
#define COFFER_MESSAGE_SIZE_MAX 16777216

/** r and s, or R and s. */
typedef struct coffer_signature {
  uint8_t bytes[64];
  int32_t recovery_id; /**< 0 to 3 for COFFER_SCHEME_ECDSA_RECOVERABLE, else -1 */
} coffer_signature;

/** Who may be asked to sign: keys in this process, or a host's module, service or device. Many
 *  threads may use one at once. */
typedef struct coffer_signer coffer_signer;

/** A signer of yours. Append-only, as coffer_storage_vtable is. A status that is none of the
 *  COFFER_ERR_* counts as COFFER_ERR_SIGNING_REFUSED; fill `err` for a sentence that users can act
 *  on. Functions are called in the thread that asks, from several threads at once. */
typedef struct coffer_signer_vtable {
  uint32_t struct_size;
  uint8_t reserved[4];
  void* data;                  /**< given to every function */
  void (*destroy)(void* data); /**< nullable; called once, last */
  /** Writes the COFFER_PUBLIC_KEY_SIZE bytes of a key. Returns COFFER_ERR_NOT_FOUND for a name that
   *  you do not know. */
  coffer_status (*public_key)(void* data, const coffer_key_reference* key, uint8_t* public_key_out,
                              coffer_error* err);
  /** Signs, or refuses with COFFER_ERR_SIGNING_REFUSED. What you give is verified under the key
   *  that you name. */
  coffer_status (*sign)(void* data, const coffer_sign_request* request,
                        coffer_signature* signature_out, coffer_error* err);
} coffer_signer_vtable;

/** Makes a signer that holds keys in this process's locked memory; at first it has none. */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_create(coffer_signer** signer_out,
                                                               coffer_error* err);

/** Makes a signer that asks you.
 *
 *  The table is copied; from then on `destroy` is called exactly once, with the signer. A table
 *  that is refused (COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_INVALID_ARGUMENT, COFFER_ERR_UNSUPPORTED)
 *  stays yours.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_create_with_callbacks(
    const coffer_signer_vtable* table, coffer_signer** signer_out, coffer_error* err);

/** Makes a signer of the keys in a token (PKCS#11 2.40, mechanism CKM_ECDSA), which never leave it.
 *
 *  A reference's name is the label that a private key and its public key share; its path is empty,
 *  because tokens do not derive. Curves are secp256k1 and nist256p1, schemes those of ECDSA: what
 *  else is asked is answered by COFFER_ERR_UNSUPPORTED. Signatures have the low s on secp256k1 and
 *  are verified before you get them; a token's nonce is random, so two of one digest differ. One is
 *  made at a time, other threads wait.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8, COFFER_ERR_UNSUPPORTED (the
 *              library was built without COFFER_PKCS11), COFFER_ERR_INVALID_ARGUMENT (module_path
 *              is empty, or no PKCS#11 module; two tokens of that label), COFFER_ERR_NOT_FOUND (no
 *              such module or token; the message says which), COFFER_ERR_WRONG_PASSWORD (the PIN
 *              is wrong, locked or expired), COFFER_ERR_SIGNING_REFUSED (what else the module
 *              answers, with its number).
 *  In:         module_path: a shared library, e.g. of SoftHSM or of the device's maker. It is code
 *                           that runs in this process and stays loaded: take it from a place that
 *                           you trust
 *              pin:         yours to wipe; not asked again while another signer of this process is
 *                           logged in to the token
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_signer_open_pkcs11(const char* module_path, size_t module_path_length,
                          const char* token_label, size_t token_label_length, const char* pin,
                          size_t pin_length, coffer_signer** signer_out, coffer_error* err);

/** Wipes the keys and releases. NULL is allowed. No other thread may be in a call with it. */
COFFER_API void coffer_signer_destroy(coffer_signer* signer);

/** Takes a copy of a key under a name; references derive from it.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_ARGUMENT (an empty name),
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_UNSUPPORTED (a signer that asks you or a
 *              token), COFFER_ERR_ALREADY_EXISTS.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_add(coffer_signer* signer, const char* name,
                                                            size_t name_length,
                                                            const coffer_xprv* key,
                                                            coffer_error* err);

/** Takes a single private key of 32 bytes; its references have an empty path. Returns as
 *  `coffer_signer_add`, and COFFER_ERR_INVALID_ARGUMENT (curve), COFFER_ERR_INVALID_KEY. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_signer_add_single(coffer_signer* signer, const char* name, size_t name_length,
                         coffer_curve curve, const coffer_secret* key, coffer_error* err);

/** Forgets a key and wipes it. Returns COFFER_ERR_UNSUPPORTED, COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_remove(coffer_signer* signer,
                                                               const char* name, size_t name_length,
                                                               coffer_error* err);

/** In read-only mode nothing is signed, whatever the way; calls past that check still end. */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_set_read_only(coffer_signer* signer,
                                                                      uint8_t is_read_only,
                                                                      coffer_error* err);
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_is_read_only(const coffer_signer* signer,
                                                                     uint8_t* is_read_only_out,
                                                                     coffer_error* err);

/** The public key behind a reference; works in read-only mode too.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (the reference; a key on another curve),
 *              COFFER_ERR_NOT_FOUND, COFFER_ERR_DERIVATION_PATH, COFFER_ERR_DERIVATION_SKIPPED, or
 *              the host's own status.
 *  Out:        public_key_out: COFFER_PUBLIC_KEY_SIZE bytes
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_public_key(coffer_signer* signer,
                                                                   const coffer_key_reference* key,
                                                                   uint8_t* public_key_out,
                                                                   coffer_error* err);

/** Signs, or refuses.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (message_length), COFFER_ERR_SIGNING_REFUSED (read-only
 *              mode, or the host), COFFER_ERR_INVALID_ARGUMENT (an ECDSA message that is not 32
 *              bytes, a tweak or a scheme for another curve), COFFER_ERR_NOT_FOUND,
 *              COFFER_ERR_DERIVATION_PATH, COFFER_ERR_SIGNATURE_INVALID (a host's signature that
 *              does not verify), or the host's own status.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_signer_sign(coffer_signer* signer,
                                                             const coffer_sign_request* request,
                                                             coffer_signature* signature_out,
                                                             coffer_error* err);

/** Signs many requests, several at once; each has its own answer, so that one that is refused stops
 *  no other.
 *
 *  Read-only mode that begins meanwhile refuses what is not signed yet. A service or a device is
 *  waited for by as many threads as `options` says, more than there are processors if you like.
 *  Returns:    COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_OUT_OF_RANGE (more than 1,000,000 requests),
 *              COFFER_ERR_INVALID_ARGUMENT (the first struct_size), COFFER_ERR_CANCELLED (the
 *              progress said so; what was signed until then is valid).
 *  In:         requests:       an array; all have the same struct_size
 *              options:        nullable: all zero
 *  Out:        signatures_out: an array of `count`; zeros where there is none
 *              statuses_out:   an array of `count`: as `coffer_signer_sign` returns
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_signer_sign_many(coffer_signer* signer, const coffer_sign_request* requests, size_t count,
                        const coffer_bulk_options* options, coffer_signature* signatures_out,
                        coffer_status* statuses_out, coffer_error* err);

/** Whether a signature is the one of a key (COFFER_PUBLIC_KEY_SIZE bytes) over a message.
 *
 *  Returns:    COFFER_OK when it is; COFFER_ERR_INVALID_ARGUMENT (curve, scheme, an ECDSA message
 *              that is not 32 bytes), COFFER_ERR_OUT_OF_RANGE, COFFER_ERR_INVALID_KEY,
 *              COFFER_ERR_SIGNATURE_INVALID.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_signature_verify(
    coffer_curve curve, const uint8_t* public_key, coffer_signature_scheme scheme,
    const uint8_t* message, size_t message_length, const coffer_signature* signature,
    coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_SIGNER_H */
