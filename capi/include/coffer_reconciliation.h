/* SPDX-License-Identifier: MIT */
/* Reconciliation: the books against what an outside party says, over time ranges, with records. */
#ifndef COFFER_RECONCILIATION_H
#define COFFER_RECONCILIATION_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_history.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a comparison ended. */
typedef uint8_t coffer_reconciliation_status;
#define COFFER_RECONCILIATION_MATCHED ((coffer_reconciliation_status)1)
#define COFFER_RECONCILIATION_MISMATCH ((coffer_reconciliation_status)2)

/** What to compare. The range is half-open: adjacent ranges share nothing and miss nothing. */
typedef struct coffer_reconciliation_request {
  uint32_t struct_size;
  uint8_t has_tolerance; /**< 0: the asset's, from the engine's options */
  uint8_t reserved[3];
  coffer_id wallet;
  coffer_timestamp start_at;      /**< inclusive */
  coffer_timestamp end_at;        /**< exclusive; not later than now */
  coffer_amount external_balance; /**< what the outside party says for the moment `end_at` */
  coffer_amount tolerance;        /**< read when has_tolerance; not negative */
  const char* notes;              /**< at most 4096 bytes */
  size_t notes_length;
} coffer_reconciliation_request;

/** A stored comparison. Its notes come by `coffer_reconciliation_notes`. */
typedef struct coffer_reconciliation {
  coffer_id id;
  coffer_id wallet;
  coffer_timestamp start_at;
  coffer_timestamp end_at;
  coffer_timestamp recorded_at;
  coffer_amount system_balance;   /**< what the books say for the moment `end_at` */
  coffer_amount external_balance; /**< what the outside party says */
  coffer_amount difference;       /**< external - system */
  coffer_amount tolerance;
  coffer_reconciliation_status status;
  uint8_t reserved[3];
  uint32_t notes_length;
} coffer_reconciliation;

/** One record of many, or why there is none. */
typedef struct coffer_reconciliation_outcome {
  coffer_reconciliation record; /**< when `status` is COFFER_OK */
  coffer_id wallet;
  coffer_error error;
} coffer_reconciliation_outcome;

/** How the books came to their balance: opening + turnover = the record's system balance. */
typedef struct coffer_reconciliation_detail {
  coffer_reconciliation record;
  coffer_amount opening_balance; /**< of the books, just before `start_at` */
  coffer_amount turnover;        /**< what the range changed, signed */
} coffer_reconciliation_detail;

/** Says the balance of a wallet when everything before `end_at` counts, in minor units of the asset
 *  with this code. Returns COFFER_OK, or any code, with a sentence in `err`: the wallet's outcome
 * is then COFFER_ERR_SOURCE_UNAVAILABLE. Called in the thread that reconciles. */
typedef coffer_status (*coffer_balance_source_function)(void* data, coffer_id wallet,
                                                        const char* asset_code,
                                                        coffer_timestamp end_at,
                                                        coffer_amount* balance_out,
                                                        coffer_error* err);

/** Compares and stores the result. A mismatch is a result, not a failure.
 *
 *  Returns:    COFFER_ERR_INVALID_RANGE, COFFER_ERR_OUT_OF_RANGE (negative tolerance),
 *              COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8, COFFER_ERR_WALLET_NOT_FOUND,
 *              COFFER_ERR_AMOUNT_OVERFLOW, COFFER_ERR_NOT_PERMITTED (read-only).
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_reconciliation_run(coffer_engine* engine, const coffer_reconciliation_request* request,
                          coffer_reconciliation* record_out, coffer_error* err);

/** Compares many wallets with one commit; outcomes_out[i] belongs to requests[i] and fails by
 * itself. All requests have the struct_size of the first. Returns as `coffer_transfer_post_many`.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_reconciliation_run_many(
    coffer_engine* engine, const coffer_reconciliation_request* requests, size_t count,
    coffer_reconciliation_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Reconciles wallets from the end of their last record, or from their creation, to `end_at`, with
 *  one commit. Returns as `coffer_reconciliation_run_many`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_reconciliation_run_incremental(
    coffer_engine* engine, const coffer_id* wallets, size_t count, coffer_timestamp end_at,
    coffer_balance_source_function source, void* source_data,
    coffer_reconciliation_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Gives a record by its id. Returns COFFER_ERR_RECONCILIATION_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_reconciliation_find(const coffer_engine* engine, coffer_id id,
                           coffer_reconciliation* record_out, coffer_error* err);

/** Gives the notes of a record. Returns COFFER_ERR_RECONCILIATION_NOT_FOUND,
 *  COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_reconciliation_notes(const coffer_engine* engine,
                                                                      coffer_id id, char* buffer,
                                                                      size_t size,
                                                                      size_t* needed_out,
                                                                      coffer_error* err);

/** Lists a wallet's records, newest first.
 *
 *  Returns:    COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE (capacity is 0).
 *  In:         before:           older than this record; 0: from the newest
 *              only_differences: 1: only records whose difference is not zero
 *  Out:        records_out:      an array of `capacity`; at most 1000 are written
 *              next_out:         nullable: `before` of the following page; 0: there is none
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_reconciliation_list(
    const coffer_engine* engine, coffer_id wallet, coffer_id before, uint8_t only_differences,
    coffer_reconciliation* records_out, size_t capacity, size_t* count_out, coffer_id* next_out,
    coffer_error* err);

/** Gives a record with the first lines of its range, oldest first; further ones come by
 *  `coffer_history_list` from `next_out`.
 *
 *  Returns:    COFFER_ERR_RECONCILIATION_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE (capacity is 0).
 *  Out:        lines_out: an array of `capacity`; at most 1000 are written
 *              next_out, has_more_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_reconciliation_detail_find(
    const coffer_engine* engine, coffer_id id, coffer_reconciliation_detail* detail_out,
    coffer_history_line* lines_out, size_t capacity, size_t* count_out, coffer_cursor* next_out,
    uint8_t* has_more_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_RECONCILIATION_H */
