/* SPDX-License-Identifier: MIT */
/* Keystores: secrets encrypted under a password; coffer's own file, Web3 version 3, BIP-38. */
#ifndef COFFER_KEYSTORE_H
#define COFFER_KEYSTORE_H

/* Threads: any. Functions here keep no state; handles that they are given are only read. */

#include "coffer_mnemonic.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a keystore holds. */
typedef uint8_t coffer_keystore_kind;
#define COFFER_KEYSTORE_MNEMONIC ((coffer_keystore_kind)1)    /**< its entropy, 16 to 32 bytes */
#define COFFER_KEYSTORE_SEED ((coffer_keystore_kind)2)        /**< 16 to 64 bytes */
#define COFFER_KEYSTORE_PRIVATE_KEY ((coffer_keystore_kind)3) /**< 32 bytes */

/** The cipher of a keystore; 0: AES-256-GCM. */
typedef uint8_t coffer_keystore_cipher;
#define COFFER_CIPHER_AES_256_GCM ((coffer_keystore_cipher)1)
#define COFFER_CIPHER_CHACHA20_POLY1305 ((coffer_keystore_cipher)2)

/** What the material in a keystore is. */
typedef struct coffer_keystore_content {
  coffer_keystore_kind kind;
  coffer_language language; /**< of a mnemonic; else not read, and 0 */
  coffer_curve curve;       /**< of a private key; else not read, and 0 */
  uint8_t reserved[5];
} coffer_keystore_content;

/** How dear each guess of the password is: scrypt (RFC 7914). All zero: N = 2^17, r = 8, p = 1,
 *  which takes 128 MiB and some 0.4 seconds. At most 1 GiB (128 * r * N bytes). */
typedef struct coffer_keystore_options {
  uint32_t struct_size;
  uint32_t log2_cost;            /**< of N, 10 to 23; 0: 17 */
  uint32_t block_size;           /**< r, 1 to 1024; 0: 8 */
  uint32_t parallelism;          /**< p, 1 to 1024; 0: 1 */
  coffer_keystore_cipher cipher; /**< not read for Web3 keystores, which have one of their own */
  uint8_t reserved[3];
} coffer_keystore_options;

/** What a keystore shows to anyone. */
typedef struct coffer_keystore_info {
  uint32_t log2_cost;
  uint32_t block_size;
  uint32_t parallelism;
  uint8_t version;
  coffer_keystore_kind kind;
  coffer_keystore_cipher cipher;
  uint8_t reserved[1];
} coffer_keystore_info;

/** Buffers of these sizes hold every file or text that is written here. */
#define COFFER_KEYSTORE_SIZE_MAX 256
#define COFFER_WEB3_KEYSTORE_TEXT_SIZE 1024
#define COFFER_BIP38_TEXT_SIZE 60

/** Encrypts a secret under a password, which is taken in NFKD; a new salt each time.
 *
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL (size is below COFFER_KEYSTORE_SIZE_MAX, looked at
 *              first), COFFER_ERR_TEXT_TOO_LONG (password), COFFER_ERR_INVALID_ARGUMENT (an empty
 *              password, no such kind, cipher, language or curve), COFFER_ERR_OUT_OF_RANGE (the
 *              material's size, the cost), COFFER_ERR_INVALID_UTF8, COFFER_ERR_INVALID_KEY,
 *              COFFER_ERR_UNSUPPORTED (no entropy), COFFER_ERR_OUT_OF_MEMORY.
 *  In:         password: yours to wipe
 *              options:  nullable: all zero
 *  Out:        file_out, size_out: the file and how many bytes it has
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_keystore_seal(
    const coffer_secret* material, const coffer_keystore_content* content, const char* password,
    size_t password_length, const coffer_keystore_options* options, uint8_t* file_out, size_t size,
    size_t* size_out, coffer_error* err);

/** Decrypts a keystore.
 *
 *  Returns:    COFFER_ERR_KEYSTORE_DAMAGED (the message says where, or that its version is newer),
 *              COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8, COFFER_ERR_WRONG_PASSWORD,
 *              COFFER_ERR_OUT_OF_MEMORY.
 *  Out:        content_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_keystore_open(
    const uint8_t* file, size_t file_size, const char* password, size_t password_length,
    coffer_keystore_content* content_out, coffer_secret** material_out, coffer_error* err);

/** What the file says about itself, without the password. Returns COFFER_ERR_KEYSTORE_DAMAGED. */
COFFER_API COFFER_NODISCARD coffer_status coffer_keystore_inspect(const uint8_t* file,
                                                                  size_t file_size,
                                                                  coffer_keystore_info* info_out,
                                                                  coffer_error* err);

/** The same content under another password; the old file stays valid until you destroy it. Its
 *  cipher is kept. Returns as `coffer_keystore_open`, then as `coffer_keystore_seal`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_keystore_change_password(
    const uint8_t* file, size_t file_size, const char* old_password, size_t old_password_length,
    const char* new_password, size_t new_password_length, const coffer_keystore_options* options,
    uint8_t* file_out, size_t size, size_t* size_out, coffer_error* err);

/** Writes a private key of secp256k1 as a Web3 keystore of version 3.
 *
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL (size is below COFFER_WEB3_KEYSTORE_TEXT_SIZE, looked at
 *              first), COFFER_ERR_INVALID_ARGUMENT (an empty password), COFFER_ERR_OUT_OF_RANGE
 *              (the cost), COFFER_ERR_INVALID_KEY, COFFER_ERR_OUT_OF_MEMORY.
 *  Out:        buffer: the JSON text, ended with NUL
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_web3_keystore_seal(const coffer_secret* key, const char* password, size_t password_length,
                          const coffer_keystore_options* options, char* buffer, size_t size,
                          size_t* needed_out, coffer_error* err);

/** Reads such a file: a private key of 32 bytes, in files of some wallets a mnemonic as text.
 *
 *  The format's checksum is over the derived key, so a changed file looks like a wrong password.
 *  Returns COFFER_ERR_KEYSTORE_DAMAGED (the message names the member), COFFER_ERR_UNSUPPORTED (its
 *  cipher, key derivation or cost), COFFER_ERR_WRONG_PASSWORD, COFFER_ERR_OUT_OF_MEMORY.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_web3_keystore_open(const char* json, size_t json_length, const char* password,
                          size_t password_length, coffer_secret** secret_out, coffer_error* err);

/** Encrypts a single Bitcoin key as BIP-38 does ("6P..."). For keys of others' systems: the
 *  format's password check is cheap to attack.
 *
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL (size is below COFFER_BIP38_TEXT_SIZE, looked at first),
 *              COFFER_ERR_INVALID_KEY, COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8,
 *              COFFER_ERR_OUT_OF_MEMORY.
 *  In:         is_compressed: whether its addresses are of the compressed public key
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip38_encrypt(
    const coffer_secret* key, uint8_t is_compressed, const char* passphrase,
    size_t passphrase_length, char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** Decrypts either kind, with and without "EC multiply". Returns COFFER_ERR_KEYSTORE_DAMAGED (not a
 *  text of BIP-38), COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8, COFFER_ERR_WRONG_PASSWORD,
 *  COFFER_ERR_OUT_OF_MEMORY. `is_compressed_out` is nullable. */
COFFER_API COFFER_NODISCARD coffer_status coffer_bip38_decrypt(
    const char* text, size_t text_length, const char* passphrase, size_t passphrase_length,
    coffer_secret** key_out, uint8_t* is_compressed_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_KEYSTORE_H */
