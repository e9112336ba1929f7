/* SPDX-License-Identifier: MIT */
/* Address pools: addresses derived ahead and given out on demand. */
#ifndef COFFER_ADDRESS_POOL_H
#define COFFER_ADDRESS_POOL_H

/* Threads: any function from any number of threads at once; those that add wallets take turns. */

#include "coffer_wallet_job.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The addresses of a source that were derived for no user. */
typedef struct coffer_address_pool {
  int64_t free_count;
  int64_t assigned_count;
  int64_t used_count;
  int64_t retired_count;
  int64_t gap; /**< addresses after the last used one */
  uint32_t gap_limit;
  uint32_t next_index;
} coffer_address_pool;

/** An address that was given out. */
typedef struct coffer_assigned_address {
  coffer_crypto_wallet wallet;
  uint8_t existed;       /**< the same key was there: its first address */
  uint8_t is_beyond_gap; /**< a program that restores the seed may not find payments to it */
  uint8_t may_be_reused; /**< of a restored source in which nobody has looked for used ones */
  uint8_t reserved[5];
} coffer_assigned_address;

/** What a look for used addresses found. */
typedef struct coffer_used_addresses {
  int64_t looked_at;
  int64_t used;        /**< of these, marked in the book now or before */
  uint32_t next_index; /**< the first index behind all that is used */
  uint8_t reserved[4];
} coffer_used_addresses;

/** Knows the chain: a node, an indexer, a service of yours.
 *
 *  `addresses` are `count` texts that end in NUL; set `used_out[i]`, which is 0, to 1 for each that
 *  any transaction of `network` names.
 *
 *  Returns:    COFFER_OK, or COFFER_ERR_SOURCE_UNAVAILABLE or what fits, with the message in `err`:
 *              the call that asked returns it, and nothing is marked.
 *  Threads:    the one that called, while others that add wallets wait; it must not call the same
 *              coffer_crypto_wallets.
 */
typedef coffer_status (*coffer_chain_use_function)(void* data, const char* network,
                                                   const char* const* addresses, size_t count,
                                                   uint8_t* used_out, coffer_error* err);

/** The counts of a pool. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_find(const coffer_crypto_wallets* wallets, coffer_id source,
                         coffer_address_pool* pool_out, coffer_error* err);

/** Derives addresses ahead until `free_min` (at most 100,000) are free.
 *
 *  Returns:    COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE, COFFER_ERR_INVALID_KEY,
 *              COFFER_ERR_CANCELLED.
 *  In:         options:   nullable: all zero
 *              node:      the private account node, for ed25519 sources; nullable for others
 *  Out:        added_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_pool_fill(
    coffer_crypto_wallets* wallets, coffer_id source, uint32_t free_min,
    const coffer_bulk_options* options, const coffer_xprv* node, const char* actor,
    size_t actor_length, int64_t* added_out, coffer_error* err);

/** Gives out the free address with the lowest index; the same key gets its first one again.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_TEXT_TOO_LONG (owner),
 *              COFFER_ERR_NOT_FOUND, COFFER_ERR_EXISTS_WITH_DIFFERENT_OWNER,
 *              COFFER_ERR_CONDITION_NOT_MET (none is free).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_pool_assign(
    coffer_crypto_wallets* wallets, coffer_id source, const char* key, size_t key_length,
    const char* owner, size_t owner_length, const char* actor, size_t actor_length,
    coffer_assigned_address* assigned_out, coffer_error* err);

/** Marks a pool's address COFFER_CRYPTO_WALLET_USED or COFFER_CRYPTO_WALLET_RETIRED. Returns
 *  COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_INVALID_ARGUMENT, COFFER_ERR_CONDITION_NOT_MET. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_pool_mark(
    coffer_crypto_wallets* wallets, coffer_id address, coffer_crypto_wallet_status status,
    const char* actor, size_t actor_length, coffer_error* err);

/** Sets after how many unused addresses `is_beyond_gap` warns, 1..1,000,000. Returns
 *  COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_set_gap_limit(coffer_crypto_wallets* wallets, coffer_id source, uint32_t limit,
                                  const char* actor, size_t actor_length, coffer_error* err);

/** Looks for addresses that were used, also behind the last one of the book, until as many as the
 *  gap limit in a row were not. Adds them to the pool as used, the unused ones between as retired,
 *  so that none is given out again; ends `may_be_reused` of a restored source.
 *
 *  Returns:    COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_NOT_FOUND, COFFER_ERR_INVALID_KEY (the node is
 *              missing or another), and what `chain` returns.
 *  In:         node:      as for `coffer_address_pool_fill`
 *  Out:        found_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_pool_find_used(
    coffer_crypto_wallets* wallets, coffer_id source, coffer_chain_use_function chain,
    void* chain_data, const coffer_xprv* node, const char* actor, size_t actor_length,
    coffer_used_addresses* found_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ADDRESS_POOL_H */
