/* SPDX-License-Identifier: MIT */
/* Address pools: addresses derived ahead and given out on demand. */
#ifndef COFFER_ADDRESS_POOL_H
#define COFFER_ADDRESS_POOL_H

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

/** The counts of a pool. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_find(const coffer_crypto_wallets* wallets, coffer_id source,
                         coffer_address_pool* pool_out, coffer_error* err);

/** Derives addresses ahead until `free_min` (at most 100,000) are free. `node` is nullable but for
 *  ed25519 sources. Returns COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE, COFFER_ERR_INVALID_KEY.
 *  Out: added_out is nullable. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_fill(coffer_crypto_wallets* wallets, coffer_id source, uint32_t free_min,
                         const coffer_xprv* node, int64_t* added_out, coffer_error* err);

/** Gives out the free address with the lowest index; the same key gets its first one again.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_TEXT_TOO_LONG (owner),
 *              COFFER_ERR_NOT_FOUND, COFFER_ERR_EXISTS_WITH_DIFFERENT_OWNER,
 *              COFFER_ERR_CONDITION_NOT_MET (none is free).
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_assign(coffer_crypto_wallets* wallets, coffer_id source, const char* key,
                           size_t key_length, const char* owner, size_t owner_length,
                           coffer_assigned_address* assigned_out, coffer_error* err);

/** Marks a pool's address COFFER_CRYPTO_WALLET_USED or COFFER_CRYPTO_WALLET_RETIRED. Returns
 *  COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_INVALID_ARGUMENT, COFFER_ERR_CONDITION_NOT_MET. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_pool_mark(coffer_crypto_wallets* wallets, coffer_id address,
                         coffer_crypto_wallet_status status, coffer_error* err);

/** Sets after how many unused addresses `is_beyond_gap` warns, 1..1,000,000. Returns
 *  COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_pool_set_gap_limit(
    coffer_crypto_wallets* wallets, coffer_id source, uint32_t limit, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ADDRESS_POOL_H */
