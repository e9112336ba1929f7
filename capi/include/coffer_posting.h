/* SPDX-License-Identifier: MIT */
/* Posting: single transactions, bulk transfers, reversals, and batches of operations of any kind.
 */
#ifndef COFFER_POSTING_H
#define COFFER_POSTING_H

/* Threads: any function from any number of threads at once, on one engine too; callers that wait at
 * the same moment share a commit. */

#include "coffer_account.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What made a transaction. Your own classification is its `code`. */
typedef uint8_t coffer_transaction_kind;
#define COFFER_TRANSACTION_POSTING ((coffer_transaction_kind)0)
#define COFFER_TRANSACTION_REVERSAL ((coffer_transaction_kind)1)
#define COFFER_TRANSACTION_CAPTURE ((coffer_transaction_kind)2)
#define COFFER_TRANSACTION_CORRECTION ((coffer_transaction_kind)3) /**< compensates a mistake */

/** How the items of a batch depend on each other; linked items always stand or fall together. */
typedef uint8_t coffer_batch_mode;
#define COFFER_BATCH_INDEPENDENT ((coffer_batch_mode)0)     /**< each on its own */
#define COFFER_BATCH_STOP_AT_FAILURE ((coffer_batch_mode)1) /**< the rest is not attempted */
#define COFFER_BATCH_ATOMIC ((coffer_batch_mode)2)          /**< all or none */

/** The most items of one bulk call. */
#define COFFER_BATCH_MAX 1000000

/** What became of one item. */
typedef struct coffer_outcome {
  coffer_id id;                 /**< of what was made: account, transaction, hold, wallet ... */
  coffer_id subject;            /**< what a failure is about: an account, hold or entry number;
                                 *   negative: a field, which coffer_outcome_describe names */
  coffer_timestamp recorded_at; /**< of what was made */
  coffer_status code;
  uint8_t existed; /**< the same key with the same content was there: its first result */
  uint8_t reserved[3];
} coffer_outcome;

/** One leg. `amount` is greater than zero, in minor units of the account's asset. */
typedef struct coffer_entry {
  coffer_id account;
  coffer_amount amount;
  coffer_side side;
  uint8_t reserved[7];
} coffer_entry;

/** A demand checked together with a transaction: before it, at least so much is available. */
typedef struct coffer_condition {
  coffer_id account;
  coffer_amount least_available;
} coffer_condition;

/** A transaction of 2..4096 entries in any number of assets, balanced in each. */
typedef struct coffer_draft {
  uint32_t struct_size;
  uint32_t code;
  const char* key; /**< idempotency key, 1..128 bytes, unique for ever in the book */
  size_t key_length;
  const coffer_entry* entries;
  size_t entries_count;
  const coffer_condition* conditions; /**< nullable when there are none */
  size_t conditions_count;
  coffer_timestamp effective_at; /**< value date; 0: the time of recording. Not in the future. */
  const char* reference;         /**< at most 256 bytes */
  size_t reference_length;
  const char* description; /**< at most 1024 bytes */
  size_t description_length;
  const char* metadata; /**< at most 4096 bytes, in a format of your own */
  size_t metadata_length;
  coffer_transaction_kind kind; /**< posting or correction */
  uint8_t reserved[7];
} coffer_draft;

/** A transfer between two accounts of one asset: the plain struct of the bulk path. */
typedef struct coffer_transfer {
  const char* key;
  size_t key_length;
  coffer_id debit;
  coffer_id credit;
  coffer_amount amount; /**< greater than zero */
  coffer_timestamp effective_at;
  const char* reference; /**< at most 256 bytes */
  size_t reference_length;
  uint32_t code;
  uint8_t is_linked; /**< succeeds or fails together with the next item of the batch */
  uint8_t reserved[3];
} coffer_transfer;

/** The same for languages in which a column is cheap to make and a struct is not. Item i has
 *  debits[i], credits[i] and so on; its key is the bytes of `keys` from key_ends[i - 1] (0 for the
 *  first) to key_ends[i], its reference likewise. */
typedef struct coffer_transfer_columns {
  uint32_t struct_size;
  uint8_t reserved[4];
  size_t count;
  const char* keys;
  size_t keys_length;
  const uint32_t* key_ends;
  const int64_t* debits;
  const int64_t* credits;
  const int64_t* amounts;            /**< nullable when wide_amounts is given */
  const coffer_amount* wide_amounts; /**< nullable; taken before `amounts` */
  const int64_t* effective_at;       /**< nullable: none */
  const uint32_t* codes;             /**< nullable: all 0 */
  const uint8_t* links;              /**< nullable: none is linked */
  const char* references;            /**< nullable: all empty */
  size_t references_length;
  const uint32_t* reference_ends; /**< nullable when there are no references */
} coffer_transfer_columns;

/** Posts the opposite of every entry of `original`, once for ever. */
typedef struct coffer_reversal {
  uint32_t struct_size;
  uint32_t code;
  const char* key; /**< of the new transaction */
  size_t key_length;
  coffer_id original;
  coffer_timestamp effective_at;
  const char* reference; /**< at most 256 bytes */
  size_t reference_length;
  const char* description; /**< at most 1024 bytes */
  size_t description_length;
} coffer_reversal;

/** What `coffer_operation.what` points at. */
typedef uint32_t coffer_operation_kind;
#define COFFER_OPERATION_DRAFT ((coffer_operation_kind)1)         /**< coffer_draft */
#define COFFER_OPERATION_TRANSFER ((coffer_operation_kind)2)      /**< coffer_transfer */
#define COFFER_OPERATION_REVERSAL ((coffer_operation_kind)3)      /**< coffer_reversal */
#define COFFER_OPERATION_HOLD ((coffer_operation_kind)4)          /**< coffer_hold_draft */
#define COFFER_OPERATION_CAPTURE ((coffer_operation_kind)5)       /**< coffer_capture */
#define COFFER_OPERATION_RELEASE ((coffer_operation_kind)6)       /**< coffer_id of the hold */
#define COFFER_OPERATION_ACCOUNT ((coffer_operation_kind)7)       /**< coffer_account_draft */
#define COFFER_OPERATION_POLICY_CHANGE ((coffer_operation_kind)8) /**< coffer_policy_change */
#define COFFER_OPERATION_ASSET ((coffer_operation_kind)9)         /**< coffer_asset */

/** One item of a batch. */
typedef struct coffer_operation {
  coffer_operation_kind kind;
  uint8_t is_linked; /**< both this and the next item happen, or neither does */
  uint8_t reserved[3];
  const void* what;
} coffer_operation;

/** Posts one transaction, or changes nothing.
 *
 *  Returns:    COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG, COFFER_ERR_TEXT_TOO_LONG,
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_NO_ENTRIES, COFFER_ERR_TOO_MANY_ENTRIES,
 *              COFFER_ERR_AMOUNT_NOT_POSITIVE, COFFER_ERR_EXISTS_WITH_DIFFERENT_*,
 *              COFFER_ERR_ACCOUNT_NOT_FOUND, COFFER_ERR_UNBALANCED, COFFER_ERR_ACCOUNT_CLOSED,
 *              COFFER_ERR_ACCOUNT_FROZEN, COFFER_ERR_EFFECTIVE_IN_FUTURE,
 *              COFFER_ERR_CONDITION_NOT_MET, COFFER_ERR_AMOUNT_OVERFLOW,
 *              COFFER_ERR_EXCEEDS_BALANCE, COFFER_ERR_EXCEEDS_LIMIT.
 *  Out:        outcome_out: nullable; its id is the transaction
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_draft_post(coffer_engine* engine,
                                                            const coffer_draft* draft,
                                                            coffer_outcome* outcome_out,
                                                            coffer_error* err);

/** Lists every reason why `draft` would be refused now; changes nothing. None: it would post.
 *
 *  Returns:    COFFER_ERR_BUFFER_TOO_SMALL; `count_out` is then how many there are, and the first
 *              `capacity` of them were written all the same.
 *  Out:        reasons_out: an array of `capacity`; nullable when that is 0
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_draft_check(const coffer_engine* engine,
                                                             const coffer_draft* draft,
                                                             coffer_error* reasons_out,
                                                             size_t capacity, size_t* count_out,
                                                             coffer_error* err);

/** Posts many transfers with one commit; outcomes_out[i] belongs to transfers[i].
 *
 *  The call fails as a whole only for what is wrong with the call itself or with the storage; then
 *  nothing happened. A transfer's own failure stands in its outcome: as `coffer_draft_post`, and
 *  COFFER_ERR_ASSET_MISMATCH, COFFER_ERR_SAME_ACCOUNT, COFFER_ERR_GROUP_FAILED,
 *  COFFER_ERR_NOT_ATTEMPTED.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (count above COFFER_BATCH_MAX),
 *              COFFER_ERR_INVALID_ARGUMENT (mode), COFFER_ERR_NULL_ARGUMENT (the message names the
 *              item), COFFER_ERR_KEY_TOO_LONG and COFFER_ERR_TEXT_TOO_LONG (a length that no text
 *              can have).
 *  Out:        outcomes_out: an array of `count`
 *              failed_out:   nullable: how many outcomes are not COFFER_OK
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_transfer_post_many(
    coffer_engine* engine, const coffer_transfer* transfers, size_t count, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** The same with columns. Returns also COFFER_ERR_OUT_OF_RANGE when the ends of keys or references
 *  fall, or pass their length. */
COFFER_API COFFER_NODISCARD coffer_status coffer_transfer_post_columns(
    coffer_engine* engine, const coffer_transfer_columns* columns, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Undoes a transaction by a new one with the opposite entries. What a capture took goes back as
 *  available money; its hold stays captured.
 *
 *  Returns:    COFFER_ERR_TRANSACTION_NOT_FOUND, COFFER_ERR_ALREADY_REVERSED,
 *              COFFER_ERR_NOT_REVERSIBLE (a reversal itself), and as `coffer_draft_post`.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_transaction_reverse(coffer_engine* engine, const coffer_reversal* reversal,
                           coffer_outcome* outcome_out, coffer_error* err);

/** Executes items of any kind with one commit; outcomes_out[i] belongs to operations[i].
 *
 *  Returns:    as `coffer_transfer_post_many`; COFFER_ERR_INVALID_ARGUMENT also for a kind that is
 *              not listed.
 *  Out:        as `coffer_transfer_post_many`
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_operation_execute(
    coffer_engine* engine, const coffer_operation* operations, size_t count, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Does everything that `coffer_operation_execute` does, then forgets it: the outcomes are what
 *  would happen. */
COFFER_API COFFER_NODISCARD coffer_status coffer_operation_dry_run(
    coffer_engine* engine, const coffer_operation* operations, size_t count, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Writes an outcome as a sentence, e.g. "account 17: the available balance would fall below its
 *  minimum". Returns COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status coffer_outcome_describe(const coffer_outcome* outcome,
                                                                  char* buffer, size_t size,
                                                                  size_t* needed_out,
                                                                  coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_POSTING_H */
