/* SPDX-License-Identifier: MIT */
/* Assets: what an amount counts; the built-in currencies and coins; those registered in a book. */
#ifndef COFFER_ASSET_H
#define COFFER_ASSET_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where an asset lives. */
typedef uint8_t coffer_asset_kind;
#define COFFER_ASSET_FIAT ((coffer_asset_kind)0)   /**< in the books of institutions */
#define COFFER_ASSET_CRYPTO ((coffer_asset_kind)1) /**< on a chain */

/** A kind of unit. Two assets never mix: each transaction balances in each asset by itself. */
typedef struct coffer_asset {
  char code[33];      /**< e.g. "USD", "USDT-TRON": A-Z, 0-9, '.', '_', ':' and '-' */
  char network[33];   /**< the chain, e.g. "TRON"; empty for fiat */
  char contract[129]; /**< the token's contract on that chain; empty for a coin and for fiat */
  char symbol[33];    /**< what people are shown; empty: the code */
  int32_t scale;      /**< decimal places of the smallest unit, 0..36; never changes in a book */
  coffer_asset_kind kind;
  uint8_t reserved[7];
} coffer_asset;

/** An asset of a book. */
typedef struct coffer_registered_asset {
  coffer_id id;
  coffer_asset asset;
} coffer_registered_asset;

/** An active currency of ISO 4217. */
typedef struct coffer_currency {
  char code[4];        /**< alphabetic, e.g. "USD" */
  int32_t number;      /**< numeric, e.g. 840 */
  int32_t minor_units; /**< -1: none, as for metals and XDR */
} coffer_currency;

/** Gives the built-in asset of this code: every currency of ISO 4217 that has minor units, BTC,
 * ETH, BNB, TRX and the tokens USDT-ETH, USDT-BSC, USDT-TRON, USDC-ETH, USDC-BSC. Returns
 *  COFFER_ERR_ASSET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_preset(const char* code, size_t code_length,
                                                              coffer_asset* asset_out,
                                                              coffer_error* err);

/** Checks every field. Returns COFFER_ERR_INVALID_ARGUMENT or COFFER_ERR_INVALID_UTF8 (symbol); the
 *  message begins with the field's name. */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_check(const coffer_asset* asset,
                                                             coffer_error* err);

/** Gives the currency of ISO 4217 with this code, in capital letters. Returns
 *  COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_currency_find(const char* code, size_t code_length,
                                                               coffer_currency* currency_out,
                                                               coffer_error* err);

/** Lists the active currencies of ISO 4217 in order of their codes.
 *
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL; nothing but `count_out` is written then.
 *  Out:        currencies_out: an array of `capacity`; nullable when that is 0
 *              count_out:      how many there are
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_currency_list(coffer_currency* currencies_out,
                                                               size_t capacity, size_t* count_out,
                                                               coffer_error* err);

/** Writes units of `asset` for a person to read, in the manner of a locale such as "en", "de" or
 *  "zh": grouped, rounded so that there is never more money shown than there is. Records and
 *  interfaces take `coffer_amount_format`. Returns COFFER_ERR_NOT_FOUND (locale),
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_display(
    const coffer_asset* asset, const coffer_amount* amount, const char* locale,
    size_t locale_length, char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** Registers an asset in the book, or finds the same one. A new one with a code of ISO 4217 must be
 *  fiat and have the standard's places.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT, COFFER_ERR_INVALID_UTF8, COFFER_ERR_ASSET_SCALE_FIXED,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_ASSET.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_register(coffer_engine* engine,
                                                                const coffer_asset* asset,
                                                                coffer_id* id_out,
                                                                coffer_error* err);

/** Gives a registered asset by its id. Returns COFFER_ERR_ASSET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_find(const coffer_engine* engine,
                                                            coffer_id id,
                                                            coffer_registered_asset* asset_out,
                                                            coffer_error* err);

/** Gives a registered asset by its code. Returns COFFER_ERR_ASSET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_asset_find_by_code(const coffer_engine* engine, const char* code, size_t code_length,
                          coffer_registered_asset* asset_out, coffer_error* err);

/** Lists the registered assets. Returns COFFER_ERR_BUFFER_TOO_SMALL; nothing but `count_out` is
 *  written then. `assets_out` is an array of `capacity`, nullable when that is 0. */
COFFER_API COFFER_NODISCARD coffer_status coffer_asset_list(const coffer_engine* engine,
                                                            coffer_registered_asset* assets_out,
                                                            size_t capacity, size_t* count_out,
                                                            coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ASSET_H */
