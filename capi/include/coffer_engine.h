/* SPDX-License-Identifier: MIT */
/* The engine: one opened book, its events and clock, its proof and its care. */
#ifndef COFFER_ENGINE_H
#define COFFER_ENGINE_H

/* Threads: any function from any number of threads at once, on one engine too, but
 * coffer_engine_destroy: then no other thread may be in a call with the engine. */

#include "coffer_amount.h"
#include "coffer_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One opened book with everything that works on it. */
typedef struct coffer_engine coffer_engine;

/** A positive number that names one thing of one kind within a book; 0: none. */
typedef int64_t coffer_id;
/** Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted; 0: none. */
typedef int64_t coffer_timestamp;

/** Whether a commit waits until the device has it. */
typedef uint8_t coffer_durability;
#define COFFER_DURABILITY_FULL ((coffer_durability)0)   /**< survives power loss */
#define COFFER_DURABILITY_NORMAL ((coffer_durability)1) /**< may lose the last commits */
#define COFFER_DURABILITY_OFF ((coffer_durability)2)    /**< may corrupt: for bulk loads */

/** What to do when another process writes this book. */
typedef uint8_t coffer_takeover;
#define COFFER_TAKEOVER_REFUSE ((coffer_takeover)0) /**< COFFER_ERR_STORAGE_BUSY at once */
#define COFFER_TAKEOVER_WAIT ((coffer_takeover)1)   /**< wait for it, then the same */
#define COFFER_TAKEOVER_TAKE ((coffer_takeover)2)   /**< go on; the other can't commit any more */

/** What an event tells. */
typedef uint8_t coffer_event_kind;
#define COFFER_EVENT_POSTED ((coffer_event_kind)0)
#define COFFER_EVENT_HELD ((coffer_event_kind)1)
#define COFFER_EVENT_CAPTURED ((coffer_event_kind)2)
#define COFFER_EVENT_RELEASED ((coffer_event_kind)3)
#define COFFER_EVENT_EXPIRED ((coffer_event_kind)4)
#define COFFER_EVENT_ACCOUNT_OPENED ((coffer_event_kind)5)
#define COFFER_EVENT_ACCOUNT_CHANGED ((coffer_event_kind)6)
#define COFFER_EVENT_REJECTED ((coffer_event_kind)7) /**< nothing happened; `code` says why */

/** Something that became durable, or was refused. */
typedef struct coffer_event {
  coffer_id id;      /**< the transaction, hold or account */
  coffer_id subject; /**< the account concerned, where there is one */
  coffer_timestamp recorded_at;
  coffer_status code;
  coffer_event_kind kind;
  uint8_t reserved[3];
} coffer_event;

/** Receives events in commit order, after their commit, in the thread that committed, one at a
 *  time. */
typedef void (*coffer_event_function)(void* data, const coffer_event* event);
/** Says what time it is. Called from any thread of the engine. */
typedef coffer_timestamp (*coffer_clock_function)(void* data);

/** How far an outside balance of an asset may lie from the books and still match. */
typedef struct coffer_tolerance {
  const char* asset_code;
  size_t asset_code_length;
  coffer_amount tolerance; /**< in minor units, not negative */
} coffer_tolerance;

/** How a book is opened. All zero: create it when it is missing, write it, full durability. */
typedef struct coffer_engine_options {
  uint32_t struct_size;
  uint8_t is_read_only;    /**< follow what another process writes */
  uint8_t must_exist;      /**< do not create the file */
  uint8_t is_one_threaded; /**< sort indexes in the writing thread, not in one of their own */
  coffer_durability durability;
  coffer_takeover takeover;
  uint8_t rebuild_index; /**< build a damaged index again from the journal; not read-only */
  uint8_t reserved[6];
  int64_t takeover_wait_ns;
  int64_t cache_bytes;         /**< page cache of the storage; 0: 16 MiB */
  int64_t filter_bytes_max;    /**< memory for key filters; 0: 32 MiB */
  coffer_clock_function clock; /**< nullable: the system's clock */
  void* clock_data;
  coffer_event_function event; /**< nullable */
  void* event_data;
  const coffer_tolerance* tolerances; /**< nullable; assets not listed tolerate nothing */
  size_t tolerances_count;
} coffer_engine_options;

/** Opens or creates the book in the SQLite file at `path` (UTF-8).
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (empty path; an option), COFFER_ERR_STORAGE_CANNOT_OPEN,
 *              COFFER_ERR_STORAGE_FOREIGN, COFFER_ERR_STORAGE_NEWER_VERSION,
 *              COFFER_ERR_STORAGE_READ_ONLY, COFFER_ERR_STORAGE_BUSY, COFFER_ERR_STORAGE_CORRUPT,
 *              COFFER_ERR_STORAGE_IO.
 *  In:         options:    nullable: all zero
 *  Out:        engine_out: yours; release it with coffer_engine_destroy
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_open(const char* path, size_t path_length,
                                                             const coffer_engine_options* options,
                                                             coffer_engine** engine_out,
                                                             coffer_error* err);

/** Creates an empty book in memory; it is gone with the engine. `options` is nullable. */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_open_in_memory(
    const coffer_engine_options* options, coffer_engine** engine_out, coffer_error* err);

/** Writes what is only in memory and lets another process write the book. Later writes fail with
 *  COFFER_ERR_CLOSED; the engine must still be destroyed. Safe to repeat. */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_close(coffer_engine* engine,
                                                              coffer_error* err);

/** Closes the book if need be and releases the engine. NULL is allowed. No other thread may be in a
 *  call with it. */
COFFER_API void coffer_engine_destroy(coffer_engine* engine);

/** Sizes of the book, and counters since the engine was opened. */
typedef struct coffer_statistics {
  int64_t transactions;  /**< in the book */
  int64_t accounts;      /**< in the book */
  int64_t holds;         /**< ever made in the book */
  int64_t commits;       /**< in the book */
  int64_t posted;        /**< since open */
  int64_t repeated;      /**< since open: answered with a first result */
  int64_t rejected;      /**< since open */
  int64_t expired_holds; /**< since open */
} coffer_statistics;

COFFER_API COFFER_NODISCARD coffer_status coffer_engine_statistics(
    const coffer_engine* engine, coffer_statistics* statistics_out, coffer_error* err);

/** A point of the audit chain. Keep one outside the file: it proves later that nothing before it
 * was rewritten and that the tail was not cut off. */
typedef struct coffer_chain_head {
  coffer_id commit;
  coffer_timestamp recorded_at;
  uint8_t hash[32];
} coffer_chain_head;

/** The newest point of the audit chain. */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_chain_head(const coffer_engine* engine,
                                                                   coffer_chain_head* head_out,
                                                                   coffer_error* err);

/** What a verification looked at. */
typedef struct coffer_verify_report {
  coffer_chain_head head;
  int64_t commits;
  int64_t transactions;
  int64_t entries;
  int64_t accounts;
  int64_t holds;
} coffer_verify_report;

/** Reads the whole book as of one moment and checks every sum, order, balance and hash.
 *
 *  Returns:    COFFER_ERR_INTEGRITY_FAILURE (the message names the first bad record by table and
 *              id; the commit with its ranges of ids where only its hash can tell, because a
 *              record was altered together with its checksum, was removed without a gap in ids,
 *              or was written before file version 3), COFFER_ERR_CANCELLED.
 *  In:         expected: nullable: an earlier head that must still be part of the chain
 *              progress: nullable; called with transactions done and transactions in all
 *  Out:        report_out: nullable
 *  Cost:       one pass over the journal; memory in proportion to the accounts.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_verify(const coffer_engine* engine,
                                                               const coffer_chain_head* expected,
                                                               coffer_progress_function progress,
                                                               void* progress_data,
                                                               coffer_verify_report* report_out,
                                                               coffer_error* err);

/** Copies what is committed to a new file while writers go on. `progress` is nullable.
 *
 *  Returns:    COFFER_ERR_UNSUPPORTED (a book in memory), COFFER_ERR_CANCELLED,
 *              COFFER_ERR_ALREADY_EXISTS (the file is there).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_backup(const coffer_engine* engine,
                                                               const char* path, size_t path_length,
                                                               coffer_progress_function progress,
                                                               void* progress_data,
                                                               coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_ENGINE_H */
