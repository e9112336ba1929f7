/* SPDX-License-Identifier: MIT */
/* Addresses: made of keys, also of many in one call, read, checked with a reason, found out about.
 */
#ifndef COFFER_ADDRESS_H
#define COFFER_ADDRESS_H

/* Threads: any. A network table is only read here, so many threads may share one. */

#include "coffer_network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A buffer of this size holds every address, its NUL included; also the usual stride of many. */
#define COFFER_ADDRESS_TEXT_SIZE 96

/** What an address says. */
typedef struct coffer_address {
  coffer_address_form form;
  uint8_t witness_version;     /**< segwit only */
  uint8_t has_destination_tag; /**< X-addresses only */
  uint8_t payload_size;
  uint32_t destination_tag;
  /** A hash of 20 or 32 bytes or a public key of 32, without version bytes. */
  uint8_t payload[40];
} coffer_address;

/** A network that a text could be an address of. */
typedef struct coffer_address_match {
  char network[41];
  uint8_t reserved[7];
  coffer_address address;
} coffer_address_match;

/* Networks are given by name. All functions that take one return COFFER_ERR_TEXT_TOO_LONG,
 * COFFER_ERR_INVALID_UTF8 and COFFER_ERR_NETWORK_NOT_FOUND, and COFFER_ERR_INVALID_ARGUMENT for a
 * form that does not exist. */

/** The address of a public key of 33 bytes, or of 65 (uncompressed; it gives the same address).
 *
 *  Returns:    COFFER_ERR_INVALID_KEY (another size, or no point of the network's curve),
 *              COFFER_ERR_UNSUPPORTED (the network has no such form, or it is one of scripts),
 *              COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_of_key(const coffer_network_table* table, const char* network, size_t network_length,
                      coffer_address_form form, const uint8_t* key, size_t key_size, char* buffer,
                      size_t size, size_t* needed_out, coffer_error* err);

/** Reads an address; blanks are not trimmed.
 *
 *  Returns:    COFFER_ERR_ADDRESS_NETWORK (a valid address of the networks that the message names),
 *              COFFER_ERR_ADDRESS_CHECKSUM, COFFER_ERR_ADDRESS_SYNTAX (the message names the
 *              reason, and the position where there is one).
 *  Out:        address_out: nullable: only check
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_parse(
    const coffer_network_table* table, const char* network, size_t network_length, const char* text,
    size_t text_length, coffer_address* address_out, coffer_error* err);

/** The one canonical text of an address. Returns COFFER_ERR_UNSUPPORTED (no such form),
 *  COFFER_ERR_INVALID_ARGUMENT (payload, version or tag), COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_format(const coffer_network_table* table, const char* network, size_t network_length,
                      const coffer_address* address, char* buffer, size_t size, size_t* needed_out,
                      coffer_error* err);

/** All networks that a text could be an address of, in the table's order: EVM chains share all
 *  addresses. Returns COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_match_networks(
    const coffer_network_table* table, const char* text, size_t text_length,
    coffer_address_match* matches_out, size_t capacity, size_t* count_out, coffer_error* err);

/** Derives the addresses of the children `first`, `first` + 1, ... of a public key, in one call.
 *
 *  `xpub` is the node of the addresses themselves: the chain 0 or 1 of an account. Address i begins
 *  at `texts_out[i * stride]`, ends with NUL, and what is left of its place is NUL too.
 *  Returns:    COFFER_ERR_UNSUPPORTED (form), COFFER_ERR_INVALID_KEY (another curve than the
 *              network's), COFFER_ERR_BUFFER_TOO_SMALL (stride), COFFER_ERR_OUT_OF_RANGE (stride
 *              above 65536), and as `coffer_xpub_derive_many`.
 *  In:         options:   nullable: all zero
 *  Out:        texts_out: `count` * `stride` bytes; `stride` is COFFER_ADDRESS_TEXT_SIZE or less
 *              keys_out:  nullable; as there
 *  Cost:       about 16 microseconds for each address and thread
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_derive_many(const coffer_network_table* table, const char* network,
                           size_t network_length, coffer_address_form form, const coffer_xpub* xpub,
                           uint32_t first, size_t count, const coffer_bulk_options* options,
                           char* texts_out, size_t stride, uint8_t* keys_out, coffer_error* err);

/** The same from a private key, as ed25519 networks need it: child numbers may be hardened, and
 *  `tail` is followed from each. Only addresses and public keys leave. For Solana the key is that
 *  at m/44'/501', `first` is 0x80000000 and `tail` is "0'". Returns also as
 *  `coffer_xprv_derive_many`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_derive_many_private(
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, const coffer_xprv* xprv, uint32_t first, size_t count,
    const char* tail, size_t tail_length, const coffer_bulk_options* options, char* texts_out,
    size_t stride, uint8_t* keys_out, coffer_error* err);

/** The output script that pays to an address of the Bitcoin family. Returns as
 *  `coffer_address_parse`, COFFER_ERR_UNSUPPORTED (another family), COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_script_of_address(
    const coffer_network_table* table, const char* network, size_t network_length, const char* text,
    size_t text_length, uint8_t* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** The script that any `threshold` of `count` compressed keys can spend, with the keys sorted
 *  (BIP-67): all signers get one address whatever their order.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (count is not 1 to 15, threshold is not 1 to count),
 *              COFFER_ERR_INVALID_KEY, COFFER_ERR_ALREADY_EXISTS (a key twice),
 *              COFFER_ERR_BUFFER_TOO_SMALL.
 *  In:         keys: `count` public keys of 33 bytes, one behind the other
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_script_of_multisig(uint32_t threshold,
                                                                    const uint8_t* keys,
                                                                    size_t count, uint8_t* buffer,
                                                                    size_t size, size_t* needed_out,
                                                                    coffer_error* err);

/** The address of a script that spends by itself: COFFER_FORM_P2SH (or CASH_P2SH) of a redeem
 *  script, COFFER_FORM_P2WSH of a witness script.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (above 520 bytes, for P2WSH 10,000), COFFER_ERR_UNSUPPORTED
 *              (another form or family), COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_of_script(
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, const uint8_t* script, size_t script_size, char* buffer, size_t size,
    size_t* needed_out, coffer_error* err);

/** The address that an output script pays to, in CashAddr where the network has it;
 *  `coffer_address_parse` says its form.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (above 10,000 bytes), COFFER_ERR_UNSUPPORTED (another
 *              family), COFFER_ERR_ADDRESS_SYNTAX (no standard output script, or one that this
 *              network has no address for), COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_of_output_script(const coffer_network_table* table, const char* network,
                                size_t network_length, const uint8_t* script, size_t script_size,
                                char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** The output key of taproot (BIP-341): the x coordinate that an address carries.
 *
 *  Returns:    COFFER_ERR_INVALID_KEY (another size, no point of the curve, or a root that makes
 *              none of it).
 *  In:         internal_key: 32 bytes, or 33 of which the parity is ignored
 *              merkle_root:  32 bytes, the root of the script tree; nullable: no scripts (BIP-86)
 *  Out:        key_out:      32 bytes
 *              is_odd_out:   nullable; the parity bit of control blocks
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_taproot_output_key(
    const uint8_t* internal_key, size_t internal_key_size, const uint8_t* merkle_root,
    uint8_t* key_out, uint8_t* is_odd_out, coffer_error* err);

/** The taproot address of an internal key and the root of its script tree (32 bytes). For a key
 *  without scripts ask `coffer_address_of_key` with COFFER_FORM_P2TR.
 *
 *  Returns:    COFFER_ERR_UNSUPPORTED (the network has no taproot), COFFER_ERR_INVALID_KEY,
 *              COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_of_taproot(
    const coffer_network_table* table, const char* network, size_t network_length,
    const uint8_t* internal_key, size_t internal_key_size, const uint8_t* merkle_root, char* buffer,
    size_t size, size_t* needed_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ADDRESS_H */
