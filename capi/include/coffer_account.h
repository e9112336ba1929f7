/* SPDX-License-Identifier: MIT */
/* Accounts: who owns them, in which asset, what may happen to them, and what is in them. */
#ifndef COFFER_ACCOUNT_H
#define COFFER_ACCOUNT_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which column of the journal an entry stands in. A credit raises the balance of a credit-normal
 *  account (a user's wallet: what we owe) and lowers that of a debit-normal one (cash: what we
 * own); a debit does the opposite. */
typedef uint8_t coffer_side;
#define COFFER_SIDE_CREDIT ((coffer_side)0)
#define COFFER_SIDE_DEBIT ((coffer_side)1)

/** Which of a transaction's two times a question is about. */
typedef uint8_t coffer_time_axis;
#define COFFER_TIME_RECORDED ((coffer_time_axis)0)  /**< when the books learnt of it */
#define COFFER_TIME_EFFECTIVE ((coffer_time_axis)1) /**< when it counts (value date) */

/** What may happen to an account. Bounds are in its normal direction and in minor units. The
 * minimum binds the available balance: 0 forbids overdraft, -50000 is a credit limit of 500.00. */
typedef struct coffer_policy {
  coffer_amount minimum;
  coffer_amount maximum;      /**< read when has_maximum; binds the posted balance */
  uint8_t is_unbounded_below; /**< 1: there is no minimum, and the field is not read */
  uint8_t has_maximum;
  uint8_t is_frozen; /**< no entry, no new hold; what is held stays held */
  uint8_t is_closed; /**< for good: nothing any more */
  uint8_t reserved[4];
} coffer_policy;

/** What an account is opened with. */
typedef struct coffer_account_draft {
  uint32_t struct_size;
  coffer_side normal_side;
  uint8_t reserved[3];
  const char* key; /**< idempotency key, 1..128 bytes, unique among accounts */
  size_t key_length;
  const char* owner; /**< at most 128 bytes; several accounts may share it */
  size_t owner_length;
  const char* purpose; /**< at most 32 bytes, e.g. "trading", "clearing" */
  size_t purpose_length;
  const char* metadata; /**< at most 4096 bytes */
  size_t metadata_length;
  coffer_id asset;
  coffer_policy policy;
} coffer_account_draft;

/** A new policy for an account, the whole of it. */
typedef struct coffer_policy_change {
  uint32_t struct_size;
  uint8_t sets_metadata; /**< 0: the metadata stays, and the fields are not read */
  uint8_t reserved[3];
  coffer_id account;
  coffer_policy policy;
  const char* metadata;
  size_t metadata_length;
} coffer_policy_change;

/** An account as it is now. Its metadata comes by `coffer_account_metadata`. */
typedef struct coffer_account {
  coffer_id id;
  coffer_id asset;
  coffer_timestamp recorded_at;
  coffer_policy policy;
  coffer_side normal_side;
  char key[129];
  char owner[129];
  char purpose[33];
  uint8_t reserved[4];
  uint32_t key_length;
  uint32_t owner_length;
  uint32_t purpose_length;
  uint32_t metadata_length;
} coffer_account;

/** The money in one account, in its normal direction and in minor units.
 *  posted = available + held + pending + frozen. */
typedef struct coffer_balance {
  coffer_amount posted;
  coffer_amount available;
  coffer_amount held;         /**< reserved for something outgoing */
  coffer_amount pending;      /**< incoming: credited, not yet to be used */
  coffer_amount frozen;       /**< set aside by decision of the institution */
  coffer_id last_transaction; /**< the newest one that touched the account */
} coffer_balance;

/** The sum of an owner's accounts in one asset, in credit-normal direction: what we owe. */
typedef struct coffer_owner_total {
  coffer_id asset;
  int64_t accounts;
  coffer_balance balance;
} coffer_owner_total;

/** Opens an account; the same key with the same content gives the first one again.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_TEXT_TOO_LONG,
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_INVALID_BOUNDS (they exclude zero; closed from
 *              the start), COFFER_ERR_EXISTS_WITH_DIFFERENT_ASSET, _OWNER or _POLICY,
 *              COFFER_ERR_ASSET_NOT_FOUND.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_open(coffer_engine* engine,
                                                              const coffer_account_draft* draft,
                                                              coffer_id* id_out, coffer_error* err);

/** Sets bounds, frozen, closed and, if told, metadata.
 *
 *  Returns:    COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8, COFFER_ERR_ACCOUNT_NOT_FOUND,
 *              COFFER_ERR_ACCOUNT_CLOSED, COFFER_ERR_ACCOUNT_NOT_EMPTY (closing),
 *              COFFER_ERR_INVALID_BOUNDS (least above greatest, or what is in it now outside).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_change(coffer_engine* engine,
                                                                const coffer_policy_change* change,
                                                                coffer_error* err);

/** Gives an account by its id. Returns COFFER_ERR_ACCOUNT_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_find(const coffer_engine* engine,
                                                              coffer_id id,
                                                              coffer_account* account_out,
                                                              coffer_error* err);

/** Gives an account by its key. Returns COFFER_ERR_ACCOUNT_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_find_by_key(const coffer_engine* engine,
                                                                     const char* key,
                                                                     size_t key_length,
                                                                     coffer_account* account_out,
                                                                     coffer_error* err);

/** Gives the metadata of an account. Returns COFFER_ERR_ACCOUNT_NOT_FOUND,
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_metadata(const coffer_engine* engine,
                                                                  coffer_id id, char* buffer,
                                                                  size_t size, size_t* needed_out,
                                                                  coffer_error* err);

/** Lists an owner's accounts in id order; with an empty owner all accounts.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (capacity is 0).
 *  In:         after:        the last id of the previous page; 0: from the start
 *  Out:        accounts_out: an array of `capacity`; at most 1000 are written
 *              count_out:    how many were written; fewer than could be: it was the last page
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_list(
    const coffer_engine* engine, const char* owner, size_t owner_length, coffer_id after,
    coffer_account* accounts_out, size_t capacity, size_t* count_out, coffer_error* err);

/** What is in an account now. Returns COFFER_ERR_ACCOUNT_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_account_balance(const coffer_engine* engine,
                                                                 coffer_id account,
                                                                 coffer_balance* balance_out,
                                                                 coffer_error* err);

/** The posted balance when everything up to and including `time` on that axis counts. Returns
 *  COFFER_ERR_INVALID_ARGUMENT (axis), COFFER_ERR_ACCOUNT_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_account_balance_as_of(const coffer_engine* engine, coffer_id account, coffer_timestamp time,
                             coffer_time_axis axis, coffer_amount* posted_out, coffer_error* err);

/** Sums all of an owner's accounts per asset. `totals_out` is an array of `capacity`, nullable when
 *  that is 0. Returns COFFER_ERR_BUFFER_TOO_SMALL; nothing but `count_out` is written then. */
COFFER_API COFFER_NODISCARD coffer_status coffer_owner_totals(
    const coffer_engine* engine, const char* owner, size_t owner_length,
    coffer_owner_total* totals_out, size_t capacity, size_t* count_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ACCOUNT_H */
