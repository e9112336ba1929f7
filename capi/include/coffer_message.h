/* SPDX-License-Identifier: MIT */
/* Signed messages: EIP-191, EIP-712, TRON, Solana, Bitcoin's legacy format and BIP-322. */
#ifndef COFFER_MESSAGE_H
#define COFFER_MESSAGE_H

/* Threads: any. Tables and signers are only read here, so many threads may share one. */

/*
 * A message is any bytes; by custom it is UTF-8 text. Nothing is added to it or taken from it: a
 * line feed at its end counts. Networks are given by name, in a table or (NULL) in that of coffer.
 * Signatures of bytes as they are, by key instead of address, are made by `coffer_signer_sign`.
 *
 * All functions return COFFER_ERR_NETWORK_NOT_FOUND, COFFER_ERR_UNSUPPORTED (a network of another
 * family, or no such form), COFFER_ERR_OUT_OF_RANGE (a message above COFFER_MESSAGE_SIZE_MAX) and
 * COFFER_ERR_INVALID_UTF8 (name, address or JSON). Those that sign return as `coffer_signer_sign`,
 * and COFFER_ERR_INVALID_ARGUMENT for a key on another curve than the network's. Those that verify
 * return COFFER_OK or as `coffer_address_parse`, and COFFER_ERR_SIGNATURE_INVALID; the message of
 * the error says what is wrong.
 */

#include "coffer_network.h"
#include "coffer_signer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** r and s, big-endian, and v: 27 or 28. */
#define COFFER_ACCOUNT_SIGNATURE_SIZE 65
#define COFFER_SOLANA_SIGNATURE_SIZE 64
/** A buffer of this size holds every legacy signature, and every one of BIP-322 for a single key.
 */
#define COFFER_MESSAGE_SIGNATURE_TEXT_SIZE 1024
/** A buffer of this size holds every signature of BIP-322 for a multisig script. */
#define COFFER_MULTISIG_SIGNATURE_TEXT_SIZE 4096

/** What a legacy signature says its address is: the header bytes of BIP-137. */
typedef uint8_t coffer_legacy_kind;
#define COFFER_LEGACY_P2PKH_UNCOMPRESSED ((coffer_legacy_kind)27)
#define COFFER_LEGACY_P2PKH ((coffer_legacy_kind)31)
#define COFFER_LEGACY_P2SH_P2WPKH ((coffer_legacy_kind)35)
#define COFFER_LEGACY_P2WPKH ((coffer_legacy_kind)39)

/** The hashes of a structured message. */
typedef struct coffer_typed_data_hashes {
  uint8_t domain[32];  /**< the domain separator */
  uint8_t message[32]; /**< hashStruct of the primary type */
  uint8_t digest[32];  /**< what is signed */
} coffer_typed_data_hashes;

/** The fields of BIP-322's virtual transaction that scripts with time locks look at. */
typedef struct coffer_bip322_times {
  uint32_t version;   /**< 0 or 2 */
  uint32_t lock_time; /**< BIP-65 */
  uint32_t sequence;  /**< BIP-68 */
} coffer_bip322_times;

/** An output that a proof of funds claims. That it exists, holds this value and is not spent is for
 *  you to look up. */
typedef struct coffer_proven_output {
  char chain_tx_id[65]; /**< in hexadecimal, as explorers show it */
  uint8_t reserved[3];
  uint32_t index;
  uint64_t value; /**< satoshi, as the proof says */
} coffer_proven_output;

/** Signs a personal message of an account of Ethereum's or TRON's family (EIP-191, TIP-191).
 *  `signature_out` receives COFFER_ACCOUNT_SIGNATURE_SIZE bytes. */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_sign_account(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_network_table* table,
    const char* network, size_t network_length, const uint8_t* message, size_t message_length,
    uint8_t* signature_out, coffer_error* err);

/** The address whose key signed: any signature of the right form has one, so compare it with the
 *  one that you expect. A high s is refused. Returns COFFER_ERR_SIGNATURE_INVALID,
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_recover_account(
    const coffer_network_table* table, const char* network, size_t network_length,
    const uint8_t* message, size_t message_length, const uint8_t* signature, size_t signature_size,
    char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** Whether a signature is that of an address. Accounts that are contracts (ERC-1271) are not
 *  answered here. */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_verify_account(
    const coffer_network_table* table, const char* network, size_t network_length,
    const char* address, size_t address_length, const uint8_t* message, size_t message_length,
    const uint8_t* signature, size_t signature_size, coffer_error* err);

/** Signs bytes as they are with an account of Solana; `signature_out` receives
 *  COFFER_SOLANA_SIGNATURE_SIZE bytes. What can be read as a chain tx is refused
 *  (COFFER_ERR_SIGNING_REFUSED): its signature would spend. */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_sign_solana(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_network_table* table,
    const char* network, size_t network_length, const uint8_t* message, size_t message_length,
    uint8_t* signature_out, coffer_error* err);

COFFER_API COFFER_NODISCARD coffer_status coffer_message_verify_solana(
    const coffer_network_table* table, const char* network, size_t network_length,
    const char* address, size_t address_length, const uint8_t* message, size_t message_length,
    const uint8_t* signature, size_t signature_size, coffer_error* err);

/** Hashes typed data (EIP-712): JSON as eth_signTypedData_v4 takes it, at most 1 MiB. Nothing is
 *  guessed: every member of a struct must be there, and no other. Returns
 *  COFFER_ERR_INVALID_ARGUMENT or COFFER_ERR_OUT_OF_RANGE; the message begins with the place. */
COFFER_API COFFER_NODISCARD coffer_status coffer_typed_data_hash(
    const char* json, size_t json_length, coffer_typed_data_hashes* hashes_out, coffer_error* err);

/** Signs typed data. A `chainId` in the domain must be the network's. Returns also as
 *  `coffer_typed_data_hash`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_typed_data_sign(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_network_table* table,
    const char* network, size_t network_length, const char* json, size_t json_length,
    uint8_t* signature_out, coffer_error* err);

/** The address whose key signed; see `coffer_message_recover_account`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_typed_data_recover(
    const coffer_network_table* table, const char* network, size_t network_length, const char* json,
    size_t json_length, const uint8_t* signature, size_t signature_size, char* buffer, size_t size,
    size_t* needed_out, coffer_error* err);

/** Whether a signature is that of an address; the chain id is not compared. */
COFFER_API COFFER_NODISCARD coffer_status coffer_typed_data_verify(
    const coffer_network_table* table, const char* network, size_t network_length,
    const char* address, size_t address_length, const char* json, size_t json_length,
    const uint8_t* signature, size_t signature_size, coffer_error* err);

/** Signs in Bitcoin's legacy format (BIP-137), as Base64. For verifiers that do not know BIP-322:
 *  it exists for single keys only, and does not commit to the key. Returns
 *  COFFER_ERR_INVALID_ARGUMENT (kind), COFFER_ERR_BUFFER_TOO_SMALL (size below
 *  COFFER_MESSAGE_SIGNATURE_TEXT_SIZE, looked at first). */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_sign_legacy(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_network_table* table,
    const char* network, size_t network_length, coffer_legacy_kind kind, const uint8_t* message,
    size_t message_length, char* buffer, size_t size, size_t* needed_out, coffer_error* err);

COFFER_API COFFER_NODISCARD coffer_status coffer_message_verify_legacy(
    const coffer_network_table* table, const char* network, size_t network_length,
    const char* address, size_t address_length, const uint8_t* message, size_t message_length,
    const char* signature, size_t signature_length, coffer_error* err);

/** Signs by BIP-322 for the address that the network and the form make of one key: P2PKH,
 *  P2SH_P2WPKH, P2WPKH or P2TR. `times` is nullable: none. Returns as
 *  `coffer_message_sign_legacy`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_sign_bip322(
    coffer_signer* signer, const coffer_key_reference* key, const coffer_network_table* table,
    const char* network, size_t network_length, coffer_address_form form, const uint8_t* message,
    size_t message_length, const coffer_bip322_times* times, char* buffer, size_t size,
    size_t* needed_out, coffer_error* err);

/** Signs by BIP-322 for the address of a multisig script, with as many keys as it asks for.
 *
 *  `script` is m-of-n as `coffer_script_of_multisig` makes it, in any order of its keys; `form` is
 *  P2SH or P2WSH. A key that the script does not hold is an error, not skipped.
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL (size is below COFFER_MULTISIG_SIGNATURE_TEXT_SIZE,
 *              looked at first), COFFER_ERR_OUT_OF_RANGE (count is not 1 to 15; the script is above
 *              10,000 bytes), COFFER_ERR_INVALID_ARGUMENT (another form, a script that is no
 *              multisig, too few keys, one that it does not hold or that comes twice; the message
 *              names the key's place).
 *  In:         keys:  `count` pointers
 *              times: nullable: none
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_sign_bip322_multisig(
    coffer_signer* signer, const coffer_key_reference* const* keys, size_t count,
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, const uint8_t* script, size_t script_size, const uint8_t* message,
    size_t message_length, const coffer_bip322_times* times, char* buffer, size_t size,
    size_t* needed_out, coffer_error* err);

/** Whether a signature is that of an address: all formats of the standard, for P2PKH also the
 *  legacy one.
 *
 *  Returns:    COFFER_ERR_UNSUPPORTED also for what BIP-322 calls inconclusive,
 *              COFFER_ERR_BUFFER_TOO_SMALL: it is valid, but a proof of funds that claims more
 *              outputs than fit
 *  In:         signature:   at most 100,000 characters
 *  Out:        times_out:   nullable; valid at that time and age
 *              outputs_out: an array of `capacity`; nullable when that is 0
 *              count_out:   nullable: then outputs are not told; 0 but for proofs of funds
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_message_verify_bip322(
    const coffer_network_table* table, const char* network, size_t network_length,
    const char* address, size_t address_length, const uint8_t* message, size_t message_length,
    const char* signature, size_t signature_length, coffer_bip322_times* times_out,
    coffer_proven_output* outputs_out, size_t capacity, size_t* count_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_MESSAGE_H */
