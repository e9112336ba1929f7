/* SPDX-License-Identifier: MIT */
/* Holds: money of an account that is reserved but not yet posted anywhere. */
#ifndef COFFER_HOLD_H
#define COFFER_HOLD_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_posting.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The part of a balance in which held money is counted. */
typedef uint8_t coffer_bucket;
#define COFFER_BUCKET_HELD ((coffer_bucket)0)    /**< outgoing: a withdrawal, a card payment */
#define COFFER_BUCKET_PENDING ((coffer_bucket)1) /**< incoming: credited, but not final */
#define COFFER_BUCKET_FROZEN ((coffer_bucket)2)  /**< blocked by the institution */

/** What became of a hold. */
typedef uint8_t coffer_hold_state;
#define COFFER_HOLD_OPEN ((coffer_hold_state)0)
#define COFFER_HOLD_CAPTURED ((coffer_hold_state)1)
#define COFFER_HOLD_RELEASED ((coffer_hold_state)2)
#define COFFER_HOLD_EXPIRED ((coffer_hold_state)3)

/** What a hold is made with. */
typedef struct coffer_hold_draft {
  uint32_t struct_size;
  coffer_bucket bucket;
  uint8_t reserved[3];
  const char* key; /**< idempotency key, 1..128 bytes, unique among holds */
  size_t key_length;
  coffer_id account;
  coffer_amount amount;        /**< greater than zero */
  coffer_id destination;       /**< where captures go; 0: named at each capture */
  coffer_timestamp expires_at; /**< the first moment at which it is over; 0: never */
  const char* reference;       /**< at most 256 bytes */
  size_t reference_length;
} coffer_hold_draft;

/** Takes money from a hold and posts it. Repeated with its key it must ask for what the first one
 *  did: without an amount only where that left nothing, as final only where what it left was given
 *  back next; else COFFER_ERR_EXISTS_WITH_DIFFERENT_AMOUNT. */
typedef struct coffer_capture {
  uint32_t struct_size;
  uint32_t code;   /**< your classification of the transaction */
  const char* key; /**< of the transaction; unique among transactions */
  size_t key_length;
  coffer_id hold;
  coffer_id destination; /**< 0: the hold's own */
  coffer_amount amount;  /**< zero: all that is left */
  coffer_timestamp effective_at;
  const char* reference; /**< at most 256 bytes */
  size_t reference_length;
  uint8_t is_final; /**< release what is left after this capture */
  uint8_t reserved[7];
} coffer_capture;

/** A hold at the time of the answer: one that is past its expiry is expired. */
typedef struct coffer_hold {
  coffer_id id;
  coffer_id account;
  coffer_id destination;
  coffer_amount amount;    /**< reserved at first */
  coffer_amount remaining; /**< still reserved now */
  coffer_amount captured;  /**< the sum of its captures */
  coffer_timestamp expires_at;
  coffer_timestamp recorded_at;
  coffer_bucket bucket;
  coffer_hold_state state;
  char key[129];
  char reference[257];
  uint8_t reserved[4];
  uint32_t key_length;
  uint32_t reference_length;
} coffer_hold;

/** Reserves money. The outcome's id is the hold.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_TEXT_TOO_LONG,
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_AMOUNT_NOT_POSITIVE,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_*, COFFER_ERR_ACCOUNT_NOT_FOUND,
 *              COFFER_ERR_ACCOUNT_CLOSED, COFFER_ERR_ACCOUNT_FROZEN; of the destination
 *              COFFER_ERR_ACCOUNT_NOT_FOUND, COFFER_ERR_SAME_ACCOUNT, COFFER_ERR_ASSET_MISMATCH;
 *              COFFER_ERR_INVALID_ARGUMENT (expiry not in the future), COFFER_ERR_AMOUNT_OVERFLOW,
 *              COFFER_ERR_EXCEEDS_BALANCE.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_reserve(coffer_engine* engine,
                                                              const coffer_hold_draft* draft,
                                                              coffer_outcome* outcome_out,
                                                              coffer_error* err);

/** Posts what a hold reserved. The outcome's id is the transaction.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_INVALID_UTF8 (key),
 *              COFFER_ERR_AMOUNT_NOT_POSITIVE, COFFER_ERR_HOLD_NOT_FOUND,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_*, COFFER_ERR_HOLD_NOT_OPEN,
 *              COFFER_ERR_INVALID_ARGUMENT (no destination), COFFER_ERR_EXCEEDS_HOLD, and as
 *              `coffer_draft_post`.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_capture(coffer_engine* engine,
                                                              const coffer_capture* capture,
                                                              coffer_outcome* outcome_out,
                                                              coffer_error* err);

/** Gives back the rest of a hold. Returns COFFER_ERR_HOLD_NOT_FOUND, COFFER_ERR_HOLD_NOT_OPEN. */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_release(coffer_engine* engine, coffer_id hold,
                                                              coffer_outcome* outcome_out,
                                                              coffer_error* err);

/** Journals the expiry of holds that are over. Their money was available again at the exact time,
 *  journaled or not. `count_out` is nullable. */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_expire_due(coffer_engine* engine,
                                                                 int64_t* count_out,
                                                                 coffer_error* err);

/** Gives a hold by its id. Returns COFFER_ERR_HOLD_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_find(const coffer_engine* engine,
                                                           coffer_id id, coffer_hold* hold_out,
                                                           coffer_error* err);

/** Lists the open holds of an account. `holds_out` is an array of `capacity`, nullable when that is
 *  0. Returns COFFER_ERR_ACCOUNT_NOT_FOUND, COFFER_ERR_BUFFER_TOO_SMALL; nothing but `count_out` is
 *  written then. */
COFFER_API COFFER_NODISCARD coffer_status coffer_hold_list_open(const coffer_engine* engine,
                                                                coffer_id account,
                                                                coffer_hold* holds_out,
                                                                size_t capacity, size_t* count_out,
                                                                coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_HOLD_H */
