/* SPDX-License-Identifier: MIT */
/* Jobs that create crypto wallets in bulk: their rows, runs and results. */
#ifndef COFFER_WALLET_JOB_H
#define COFFER_WALLET_JOB_H

/* Threads: any function from any number of threads at once; those that add wallets take turns. */

#include "coffer_crypto_wallet.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How far a job is. Frozen. */
typedef uint8_t coffer_wallet_job_state;
#define COFFER_WALLET_JOB_RECEIVING ((coffer_wallet_job_state)1) /**< submit it again */
#define COFFER_WALLET_JOB_WAITING ((coffer_wallet_job_state)2)   /**< for its approval */
#define COFFER_WALLET_JOB_READY ((coffer_wallet_job_state)3)     /**< run it */
#define COFFER_WALLET_JOB_COMPLETED ((coffer_wallet_job_state)4)
#define COFFER_WALLET_JOB_CANCELLED ((coffer_wallet_job_state)5)
#define COFFER_WALLET_JOB_FAILED ((coffer_wallet_job_state)6) /**< all or nothing: nothing */
#define COFFER_WALLET_JOB_ROLLED_BACK ((coffer_wallet_job_state)7)

/** How the rows of a text are written. */
typedef uint8_t coffer_wallet_rows_format;
#define COFFER_WALLET_ROWS_CSV ((coffer_wallet_rows_format)1)  /**< with a heading */
#define COFFER_WALLET_ROWS_JSON ((coffer_wallet_rows_format)2) /**< an array, or lines */

/** One wallet that is asked for; see `WalletRow` for the limits. */
typedef struct coffer_wallet_row {
  const char* user;
  size_t user_length;
  const char* network; /**< may be empty when the job has one source */
  size_t network_length;
  const char* key; /**< unique within (user, network); for further wallets of one user */
  size_t key_length;
  const char* label;
  size_t label_length;
  const char* extra; /**< a JSON object, or empty */
  size_t extra_length;
} coffer_wallet_row;

/** What a job is, beside its rows. */
typedef struct coffer_wallet_job_draft {
  uint32_t struct_size;
  uint8_t is_all_or_nothing;
  uint8_t allows_several; /**< wallets for one (user, network), by the rows' keys */
  uint8_t needs_approval;
  uint8_t reserved[1];
  const char* key; /**< the idempotency key, 1..128 bytes */
  size_t key_length;
  const coffer_id* sources; /**< 1..64, of different networks */
  size_t source_count;
  const char* actor; /**< who asks, for the record and the permissions; at most 128 bytes */
  size_t actor_length;
} coffer_wallet_job_draft;

/** How far a job is. */
typedef struct coffer_wallet_job {
  coffer_id id;
  coffer_timestamp recorded_at;
  coffer_timestamp updated_at;
  int64_t rows;
  int64_t done; /**< rows with a result */
  int64_t created;
  int64_t existed;
  int64_t failed;
  int64_t attempt;
  int64_t attempt_done; /**< rows that this attempt has looked at */
  coffer_wallet_job_state state;
  uint8_t is_all_or_nothing;
  char key[129];
  char actor[129]; /**< who submitted it */
  uint8_t reserved[4];
} coffer_wallet_job;

/** What became of a row. */
typedef struct coffer_wallet_row_result {
  int64_t row; /**< counted from 1 */
  coffer_id wallet;
  coffer_status code; /**< COFFER_OK, or why there is no wallet */
  uint8_t is_done;
  uint8_t existed;
  coffer_crypto_wallet_status status;
  char user[129];
  char network[41];
  char address[97];
  char message[252];
  uint8_t reserved[2];
} coffer_wallet_row_result;

/** Gives the next piece of a text: writes at most `size` bytes into `buffer`, and how many into
 *  `read_out`; 0 at the end of the text. Another status than COFFER_OK ends the reading with it
 *  and with the message in `err`. Called by the thread that submits, while others that add wallets
 *  wait; it must not call the same coffer_crypto_wallets. */
typedef coffer_status (*coffer_text_read_function)(void* data, char* buffer, size_t size,
                                                   size_t* read_out, coffer_error* err);

/** Stores a job with its rows; a repeat with the same key and rows finds it.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_INVALID_ARGUMENT (the
 *              sources), COFFER_ERR_NOT_FOUND (a source), COFFER_ERR_EXISTS_WITH_DIFFERENT_POLICY,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_ENTRIES (other rows), COFFER_ERR_OUT_OF_RANGE (more
 *              than 1,000,000 rows in the array: give them as a text).
 *  Out:        job_out, existed_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_wallet_job_submit(coffer_crypto_wallets* wallets, const coffer_wallet_job_draft* draft,
                         const coffer_wallet_row* rows, size_t count, coffer_wallet_job* job_out,
                         uint8_t* existed_out, coffer_error* err);

/** The same with the rows of a CSV or JSON text of less than 4 GiB. Returns as above, and
 *  COFFER_ERR_INVALID_ARGUMENT where the text can't be understood as a whole; single wrong rows
 *  get their own results. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_submit_text(
    coffer_crypto_wallets* wallets, const coffer_wallet_job_draft* draft,
    coffer_wallet_rows_format format, const char* text, size_t text_length,
    coffer_wallet_job* job_out, uint8_t* existed_out, coffer_error* err);

/** The same with a text that comes in pieces: one of any size takes the memory of some thousand
 *  rows. Returns as above, COFFER_ERR_INVALID_ARGUMENT also for a piece of more bytes than there
 *  was room for, and what `read` returns. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_submit_pieces(
    coffer_crypto_wallets* wallets, const coffer_wallet_job_draft* draft,
    coffer_wallet_rows_format format, coffer_text_read_function read, void* read_data,
    coffer_wallet_job* job_out, uint8_t* existed_out, coffer_error* err);

/** Makes the wallets of at most `rows_max` further rows.
 *
 *  Returns:    COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE (`rows_max` below 1),
 *              COFFER_ERR_CONDITION_NOT_MET (not whole, or waiting), COFFER_ERR_INVALID_KEY (a
 *              private node is missing or another), COFFER_ERR_CANCELLED.
 *  In:         options:      nullable
 *              node_sources: for ed25519 sources their ids, `node_count` of them, and in `nodes`
 *                            their private account nodes; nullable when there are none
 *  Out:        job_out:      nullable
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_wallet_job_run(coffer_crypto_wallets* wallets, coffer_id job, int64_t rows_max,
                      const coffer_bulk_options* options, const coffer_id* node_sources,
                      const coffer_xprv* const* nodes, size_t node_count, const char* actor,
                      size_t actor_length, coffer_wallet_job* job_out, coffer_error* err);

/** Finds a job by its id. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_wallet_job_find(const coffer_crypto_wallets* wallets, coffer_id job, const char* actor,
                       size_t actor_length, coffer_wallet_job* job_out, coffer_error* err);

/** Finds a job by its key. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_find_by_key(
    const coffer_crypto_wallets* wallets, const char* key, size_t key_length, const char* actor,
    size_t actor_length, coffer_wallet_job* job_out, coffer_error* err);

/** Lists jobs in the order of their ids.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (capacity is 0).
 *  In:         after:    the last job of the previous page; 0: from the start
 *  Out:        jobs_out: an array of `capacity`; at most 1000 are written
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_list(
    const coffer_crypto_wallets* wallets, coffer_id after, const char* actor, size_t actor_length,
    coffer_wallet_job* jobs_out, size_t capacity, size_t* count_out, coffer_error* err);

/** The reason of a job's newest state, where one was given; at most 4096 bytes. Returns
 *  COFFER_ERR_NOT_FOUND, COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_reason(
    const coffer_crypto_wallets* wallets, coffer_id job, const char* actor, size_t actor_length,
    char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** Lets a job run that waits for it. Returns COFFER_ERR_NOT_FOUND, COFFER_ERR_CONDITION_NOT_MET.
 *  `job_out` is nullable here and below. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_wallet_job_approve(coffer_crypto_wallets* wallets, coffer_id job, const char* actor,
                          size_t actor_length, coffer_wallet_job* job_out, coffer_error* err);

/** Stops a job for good; what it made stays. Returns as above. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_cancel(
    coffer_crypto_wallets* wallets, coffer_id job, const char* actor, size_t actor_length,
    const char* reason, size_t reason_length, coffer_wallet_job* job_out, coffer_error* err);

/** Makes a completed job ready once more for its failed rows. Returns as above. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_retry(coffer_crypto_wallets* wallets,
                                                                  coffer_id job, const char* actor,
                                                                  size_t actor_length,
                                                                  coffer_wallet_job* job_out,
                                                                  coffer_error* err);

/** Retires every wallet that the job made, for good. Returns as above. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_roll_back(
    coffer_crypto_wallets* wallets, coffer_id job, const char* actor, size_t actor_length,
    const char* reason, size_t reason_length, coffer_wallet_job* job_out, coffer_error* err);

/** Lists the results of the rows after `after`; at most 1000 are written. Returns
 *  COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE (capacity is 0, `after` negative). */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_job_results(
    const coffer_crypto_wallets* wallets, coffer_id job, int64_t after, uint8_t failed_only,
    const char* actor, size_t actor_length, coffer_wallet_row_result* results_out, size_t capacity,
    size_t* count_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_WALLET_JOB_H */
