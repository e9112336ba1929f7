/* SPDX-License-Identifier: MIT */
/* What was posted: pages of an account's history, and whole transactions. */
#ifndef COFFER_HISTORY_H
#define COFFER_HISTORY_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_posting.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Where a page starts: after this line. Plain enough to be kept or sent; it fits a query of the
 *  same direction and stays right while the book grows. All zero: from the start. */
typedef struct coffer_cursor {
  coffer_id transaction;
  int32_t line;
  uint8_t reserved[4];
} coffer_cursor;

/** Which lines of an account's history. All zero but the account: all, newest first. */
typedef struct coffer_history_query {
  uint32_t struct_size;
  uint32_t code; /**< read when has_code */
  coffer_id account;
  coffer_cursor after;
  coffer_timestamp recorded_from; /**< inclusive; 0: from the beginning */
  coffer_timestamp recorded_to;   /**< exclusive; 0: to the end */
  coffer_amount amount_min;       /**< inclusive; read when has_amount_min */
  coffer_amount amount_max;       /**< inclusive; read when has_amount_max */
  const char* reference;          /**< exactly this; empty: any */
  size_t reference_length;
  uint8_t is_oldest_first;
  uint8_t has_side;
  coffer_side side; /**< read when has_side */
  uint8_t has_kind;
  coffer_transaction_kind kind; /**< read when has_kind */
  uint8_t has_code;
  uint8_t has_amount_min;
  uint8_t has_amount_max;
  uint8_t has_is_reversed;
  uint8_t is_reversed; /**< read when has_is_reversed: 1 taken back later, 0 still standing */
  uint8_t reserved[6];
} coffer_history_query;

/** One line of an account's history. `change` is signed in the account's normal direction:
 *  balance_before + change = balance_after. */
typedef struct coffer_history_line {
  coffer_id transaction;
  coffer_id account;
  coffer_id counterparty; /**< the other side of a two-entry transaction; else 0 */
  coffer_amount amount;
  coffer_amount change;
  coffer_amount balance_before;
  coffer_amount balance_after;
  coffer_timestamp recorded_at;
  coffer_timestamp effective_at;
  uint32_t code;
  coffer_side side;
  coffer_transaction_kind kind;
  char key[129];
  char reference[257];
  uint32_t key_length;
  uint32_t reference_length;
} coffer_history_line;

/** One leg of a posted transaction, with the account's balance after it. */
typedef struct coffer_posted_entry {
  coffer_id account;
  coffer_amount amount;
  coffer_amount balance_after;
  coffer_side side;
  uint8_t reserved[7];
} coffer_posted_entry;

/** A transaction as it stands in the journal; its entries come apart. */
typedef struct coffer_transaction {
  coffer_id id;
  coffer_id reverses;    /**< the one that this one reverses */
  coffer_id reversed_by; /**< the one that reversed this one */
  coffer_id hold;        /**< the hold that this one captured from */
  coffer_timestamp recorded_at;
  coffer_timestamp effective_at;
  uint32_t code;
  uint32_t entries_count;
  uint32_t key_length;
  uint32_t reference_length;
  uint32_t description_length;
  uint32_t metadata_length;
  coffer_transaction_kind kind;
  char key[129];
  char reference[257];
  char description[1025];
  char metadata[4097];
  uint8_t reserved[3];
} coffer_transaction;

/** Gives one page of an account's history. As long as `has_more_out` is 1, ask again with
 * `next_out` as `query->after`; with filters a page may hold fewer lines, even none, and still have
 * more.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (the query), COFFER_ERR_ACCOUNT_NOT_FOUND,
 *              COFFER_ERR_OUT_OF_RANGE (capacity is 0).
 *  Out:        lines_out:    an array of `capacity`; at most 1000 are written
 *              count_out:    how many were written
 *              next_out:     nullable
 *              has_more_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_history_list(const coffer_engine* engine, const coffer_history_query* query,
                    coffer_history_line* lines_out, size_t capacity, size_t* count_out,
                    coffer_cursor* next_out, uint8_t* has_more_out, coffer_error* err);

/** Gives a transaction by its id, with its entries in the order of its draft.
 *
 *  Returns:    COFFER_ERR_TRANSACTION_NOT_FOUND, COFFER_ERR_BUFFER_TOO_SMALL (more entries than
 *              `capacity`; all else was written, and its entries_count says how many).
 *  Out:        entries_out: an array of `capacity`; nullable when that is 0: no entries are asked
 *                           for, and none are missed
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_transaction_find(
    const coffer_engine* engine, coffer_id id, coffer_transaction* transaction_out,
    coffer_posted_entry* entries_out, size_t capacity, coffer_error* err);

/** The same by its key. */
COFFER_API COFFER_NODISCARD coffer_status coffer_transaction_find_by_key(
    const coffer_engine* engine, const char* key, size_t key_length,
    coffer_transaction* transaction_out, coffer_posted_entry* entries_out, size_t capacity,
    coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_HISTORY_H */
