/* SPDX-License-Identifier: MIT */
/* Networks: the table that says how each one writes its addresses and where they stand in a seed.
 */
#ifndef COFFER_NETWORK_H
#define COFFER_NETWORK_H

/* Threads: any. Many threads may read one table; only one may add to it or destroy it, alone. */

#include "coffer_key.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Networks of one family share their code; they differ by a row. Frozen. */
typedef uint8_t coffer_network_family;
#define COFFER_FAMILY_BITCOIN ((coffer_network_family)1)
#define COFFER_FAMILY_ETHEREUM ((coffer_network_family)2)
#define COFFER_FAMILY_TRON ((coffer_network_family)3)
#define COFFER_FAMILY_SOLANA ((coffer_network_family)4)
#define COFFER_FAMILY_COSMOS ((coffer_network_family)5)
#define COFFER_FAMILY_XRP ((coffer_network_family)6)
#define COFFER_FAMILY_STELLAR ((coffer_network_family)7)

/** What an address pays to, and how it is written. Frozen. */
typedef uint8_t coffer_address_form;
#define COFFER_FORM_DEFAULT ((coffer_address_form)0) /**< the network's; never in an answer */
#define COFFER_FORM_P2PKH ((coffer_address_form)1)
#define COFFER_FORM_P2SH_P2WPKH ((coffer_address_form)2) /**< reading says COFFER_FORM_P2SH */
#define COFFER_FORM_P2WPKH ((coffer_address_form)3)
#define COFFER_FORM_P2TR ((coffer_address_form)4)
#define COFFER_FORM_P2SH ((coffer_address_form)5)
#define COFFER_FORM_P2WSH ((coffer_address_form)6)
#define COFFER_FORM_CASH_P2PKH ((coffer_address_form)7)
#define COFFER_FORM_CASH_P2SH ((coffer_address_form)8)
#define COFFER_FORM_WITNESS_UNKNOWN ((coffer_address_form)9) /**< reading only */
#define COFFER_FORM_EVM ((coffer_address_form)20)
#define COFFER_FORM_TRON ((coffer_address_form)30)
#define COFFER_FORM_TRON_HEX ((coffer_address_form)31)
#define COFFER_FORM_SOLANA ((coffer_address_form)40)
#define COFFER_FORM_COSMOS ((coffer_address_form)50)
#define COFFER_FORM_XRP ((coffer_address_form)60)
#define COFFER_FORM_X_ADDRESS ((coffer_address_form)61) /**< XLS-5, with or without a tag */
#define COFFER_FORM_STELLAR ((coffer_address_form)70)

/** How a network numbers the addresses of one seed; 0: as its family does. */
typedef uint8_t coffer_path_layout;
#define COFFER_LAYOUT_BIP44 ((coffer_path_layout)1)   /**< m/purpose'/coin'/account'/change/index */
#define COFFER_LAYOUT_ACCOUNT ((coffer_path_layout)2) /**< m/44'/coin'/index' */
#define COFFER_LAYOUT_ACCOUNT_CHANGE ((coffer_path_layout)3) /**< m/44'/coin'/index'/0' */

/** One network. To add one, zero the struct and fill what its family needs. */
typedef struct coffer_network {
  char name[41];   /**< 1 to 40 of a-z, 0-9 and '-', e.g. "bitcoin-testnet" */
  char symbol[13]; /**< of the native coin, e.g. "BTC": 1 to 12 of A-Z and 0-9 */
  char prefix[21]; /**< of segwit addresses, or of accounts of Cosmos */
  char cash_prefix[21];
  char message_prefix[64]; /**< of legacy signed messages; empty: Bitcoin's */
  /** Names of `coffer_key_version` for each form; empty: xpub, ypub, zpub, xpub, Zpub. */
  char p2pkh_key_version[8];
  char p2sh_p2wpkh_key_version[8];
  char p2wpkh_key_version[8];
  char p2tr_key_version[8];
  char p2wsh_key_version[8];
  coffer_network_family family;
  coffer_curve curve;               /**< 0: the family's */
  coffer_address_form default_form; /**< 0: the family's */
  coffer_path_layout path_layout;
  uint8_t scale;   /**< decimal places of the native coin */
  uint8_t is_test; /**< its coins have no value */
  uint8_t has_p2pkh_version;
  uint8_t has_p2sh_version;
  uint8_t has_taproot;
  uint8_t has_chain_checksum; /**< EIP-1191 */
  uint8_t has_ethereum_keys;  /**< Cosmos: addresses of Keccak-256 of the key */
  uint8_t reserved[13];
  uint32_t coin_type;     /**< SLIP-44, below 2^31 */
  uint32_t p2pkh_version; /**< below 65536; above 255 it is written as two bytes */
  uint32_t p2sh_version;
  uint64_t chain_id; /**< EIP-155 */
} coffer_network;

/** The rows that come with coffer and those that a host has added. Where a function takes one, NULL
 *  is the table of coffer alone. Many threads may read one; `coffer_network_table_add` is for one
 *  thread alone. */
typedef struct coffer_network_table coffer_network_table;

/** Makes a table with the rows that come with coffer. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_network_table_create(coffer_network_table** table_out, coffer_error* err);

/** Releases a table. NULL is allowed. */
COFFER_API void coffer_network_table_destroy(coffer_network_table* table);

/** Adds a network of a known family. Returns COFFER_ERR_INVALID_ARGUMENT (the message names the
 *  field, the value and the reason), COFFER_ERR_ALREADY_EXISTS (the name is taken). */
COFFER_API COFFER_NODISCARD coffer_status coffer_network_table_add(coffer_network_table* table,
                                                                   const coffer_network* network,
                                                                   coffer_error* err);

/** The row of that name. Returns COFFER_ERR_NETWORK_NOT_FOUND; the message names the nearest. */
COFFER_API COFFER_NODISCARD coffer_status coffer_network_find(const coffer_network_table* table,
                                                              const char* name, size_t name_length,
                                                              coffer_network* network_out,
                                                              coffer_error* err);

/** All rows: those of coffer in a fixed order, then the added ones. Returns
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_network_list(const coffer_network_table* table,
                                                              coffer_network* networks_out,
                                                              size_t capacity, size_t* count_out,
                                                              coffer_error* err);

/** The form's name, e.g. "p2wpkh"; "unknown" for a value not listed. Lifetime: of the program. */
COFFER_API const char* coffer_address_form_name(coffer_address_form form);

/** The form of that name. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_form_find(const char* name,
                                                                   size_t name_length,
                                                                   coffer_address_form* form_out,
                                                                   coffer_error* err);

/** The version of extended keys that wallets use for the accounts of a form. Returns
 *  COFFER_ERR_NETWORK_NOT_FOUND, COFFER_ERR_INVALID_ARGUMENT (form), COFFER_ERR_UNSUPPORTED (the
 *  network has no such form, or its curve has no text for extended keys). */
COFFER_API COFFER_NODISCARD coffer_status coffer_network_key_version(
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, coffer_key_version* version_out, coffer_error* err);

/** The path of the node below which the addresses of an account stand, e.g. "m/84'/0'/0'".
 *
 *  Returns:    COFFER_ERR_NETWORK_NOT_FOUND, COFFER_ERR_INVALID_ARGUMENT (form),
 *              COFFER_ERR_UNSUPPORTED (no such form, or no standard says where it stands),
 *              COFFER_ERR_OUT_OF_RANGE (account; it is 0 for layouts that number by accounts),
 *              COFFER_ERR_BUFFER_TOO_SMALL.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_network_account_path(const coffer_network_table* table, const char* network,
                            size_t network_length, coffer_address_form form, uint32_t account,
                            char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** The whole path of an address. `change` is 0 for addresses to be paid at and 1 for change; 0 for
 *  layouts that have none. Returns as `coffer_network_account_path`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_network_address_path(
    const coffer_network_table* table, const char* network, size_t network_length,
    coffer_address_form form, uint32_t account, uint32_t change, uint32_t index, char* buffer,
    size_t size, size_t* needed_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_NETWORK_H */
