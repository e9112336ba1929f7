/* SPDX-License-Identifier: MIT */
/* For authors of storage backends: a book on a store of your own, by a table of functions. */
#ifndef COFFER_STORAGE_H
#define COFFER_STORAGE_H

/*
 * A backend stores rows of a few kinds and visits them in the order of their indexes. It never
 * adds, never reads a clock and knows no rule. What it must do is shown by
 * `coffer_storage_conformance_run`; a backend that passes can carry a book.
 *
 * Rows are arrays of `coffer_cell`, one per column of the kind's `coffer_schema`, in its order;
 * several rows follow one another. Order is by value: integers by number, texts and blobs by bytes
 * (a shorter one before a longer one that begins with it). An optional column is absent when it is
 * 0 or empty, and a row with an absent column is not in the indexes that hold this column.
 *
 * coffer checks arguments before it calls: shapes of keys and queries fit, rows of append-only
 * kinds are never put or destroyed, there is one unit at a time, and after a failure a unit is only
 * ended. A status that is none of the COFFER_ERR_* counts as COFFER_ERR_STORAGE_BACKEND; fill `err`
 * for a sentence that users can act on.
 *
 * Threads: units and the writer's role are used by one thread at a time; snapshots, `find` and
 * `scan` on them, and `maintain`, come from any thread at any time, also beside a unit. Cells and
 * their bytes live until the function returns, in both directions.
 */

#include "coffer_engine.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a column holds. */
typedef uint8_t coffer_cell_type;
#define COFFER_CELL_INTEGER ((coffer_cell_type)0)
#define COFFER_CELL_AMOUNT ((coffer_cell_type)1) /**< never in a key or an index */
#define COFFER_CELL_TEXT ((coffer_cell_type)2)   /**< UTF-8, without NUL within */
#define COFFER_CELL_BLOB ((coffer_cell_type)3)

/** One value; the members that its type does not name are zero. */
typedef struct coffer_cell {
  int64_t integer;
  coffer_amount amount;
  const char* bytes; /**< of a text or blob; may be NULL when `length` is 0 */
  size_t length;
  coffer_cell_type type;
  uint8_t reserved[7];
} coffer_cell;

typedef struct coffer_column {
  const char* name;
  coffer_cell_type type;
  uint8_t is_optional;
  uint8_t reserved[6];
} coffer_column;

/** An ordered access path: these columns, then the primary key's. */
typedef struct coffer_index {
  const char* name;
  const uint8_t* columns; /**< positions in `coffer_schema.columns` */
  size_t columns_count;
  uint8_t is_unique; /**< append answers COFFER_ERR_STORAGE_CONFLICT for a second such row */
  uint8_t reserved[7];
} coffer_index;

/** One kind of row. A later version of the library may add columns, always at the end and optional:
 *  rows that are there already must then come with 0, or empty, in these. */
typedef struct coffer_schema {
  const char* table;
  const coffer_column* columns;
  size_t columns_count;
  const coffer_index* indexes; /**< numbered from 1; index 0 is the primary key */
  size_t indexes_count;
  uint8_t kind;
  uint8_t key_columns; /**< the first so many columns are the primary key */
  uint8_t is_append_only;
  uint8_t version_column; /**< the position that `replace` compares; 255: none */
  uint8_t reserved[4];
} coffer_schema;

/** Kinds are 1 .. this. */
COFFER_API uint8_t coffer_schema_count(void);
/** The schema of a kind, NULL when there is none. Lifetime: of the program. */
COFFER_API const coffer_schema* coffer_schema_find(uint8_t kind);

/** Which rows a scan visits: those of index `index` whose first columns equal `equal` and whose
 *  next columns, as a tuple, are not less than `from` and less than `to`. A bound with fewer values
 *  than columns is compared as a prefix; one without values is none. */
typedef struct coffer_scan {
  const coffer_cell* equal;
  size_t equal_count;
  const coffer_cell* from;
  size_t from_count;
  const coffer_cell* to;
  size_t to_count;
  int64_t limit; /**< the most rows; -1: all */
  uint8_t index;
  uint8_t is_from_exclusive; /**< greater than `from` */
  uint8_t is_to_inclusive;   /**< not greater than `to` */
  uint8_t is_backward;       /**< in descending order */
  uint8_t reserved[4];
} coffer_scan;

/** Takes rows that a find or scan has found, as many at once as you like. Returns 0 to go on,
 *  anything else to stop (which is no failure). It may read from the same view before it returns.
 */
typedef int32_t (*coffer_rows_function)(void* rows_data, const coffer_cell* cells, size_t rows);

/** A backend. Append-only: functions are added at the end, and `struct_size` says how many you
 *  have. Functions are not NULL unless marked nullable. */
typedef struct coffer_storage_vtable {
  uint32_t struct_size;
  uint8_t reserved[4];
  void* data;                  /**< given to every function */
  void (*destroy)(void* data); /**< nullable; called once, last */

  /** Becomes the writer. `wait_ns` is for COFFER_TAKEOVER_WAIT. Returns COFFER_ERR_STORAGE_BUSY
   *  when another writer is alive and `takeover` does not say to take over. */
  coffer_status (*acquire_writer)(void* data, coffer_takeover takeover, int64_t wait_ns,
                                  coffer_error* err);
  /** Stops being the writer; called once for each time that it was acquired, or once too often. */
  void (*release_writer)(void* data);

  /** Opens the unit of work; `*unit_out` is any value of yours. */
  coffer_status (*begin)(void* data, void** unit_out, coffer_error* err);
  /** Makes everything of the unit durable and visible at once, or nothing. */
  coffer_status (*commit)(void* data, void* unit, coffer_error* err);
  /** Ends the unit, and undoes it when it was not committed. Called once for each begin. */
  void (*end_unit)(void* data, void* unit);

  /** Inserts rows. Returns COFFER_ERR_STORAGE_CONFLICT when a key or a unique value is there. */
  coffer_status (*append)(void* data, void* unit, uint8_t kind, const coffer_cell* cells,
                          size_t rows, coffer_error* err);
  /** Inserts rows or overwrites those with the same key. */
  coffer_status (*put)(void* data, void* unit, uint8_t kind, const coffer_cell* cells, size_t rows,
                       coffer_error* err);
  /** Overwrites one row if its version column still is `expected_version`. Returns
   *  COFFER_ERR_STORAGE_CONFLICT when it is not, or there is no such row. */
  coffer_status (*replace)(void* data, void* unit, uint8_t kind, const coffer_cell* row,
                           int64_t expected_version, coffer_error* err);
  /** Removes rows with keys first_id..last_id; absent ones are no error. */
  coffer_status (*destroy_rows)(void* data, void* unit, uint8_t kind, int64_t first_id,
                                int64_t last_id, coffer_error* err);

  /** Opens a view of all that is committed now, unmoved by later commits. */
  coffer_status (*snapshot)(void* data, void** snapshot_out, coffer_error* err);
  void (*end_snapshot)(void* data, void* snapshot);

  /** Gives the row with this primary key, if there is one. `view` is a unit (`is_unit` 1: it sees
   *  its own writes) or a snapshot. */
  coffer_status (*find)(void* data, void* view, uint8_t is_unit, uint8_t kind,
                        const coffer_cell* key, coffer_rows_function rows, void* rows_data,
                        coffer_error* err);
  coffer_status (*scan)(void* data, void* view, uint8_t is_unit, uint8_t kind,
                        const coffer_scan* query, coffer_rows_function rows, void* rows_data,
                        coffer_error* err);

  /** Nullable: COFFER_ERR_UNSUPPORTED. Copies the book to a new file while writers go on. */
  coffer_status (*backup)(void* data, const char* path, size_t path_length,
                          coffer_progress_function progress, void* progress_data,
                          coffer_error* err);
  /** Nullable: nothing to do. A bounded piece of work that makes later calls cheaper. */
  coffer_status (*maintain)(void* data, coffer_error* err);
  const char* name; /**< nullable; a few words for people, read when the storage is made */
} coffer_storage_vtable;

/** Opens the book in a storage of yours.
 *
 *  The table is copied; from then on `destroy` is called exactly once, when the engine is destroyed
 *  or when this fails. A table that is refused (COFFER_ERR_NULL_ARGUMENT,
 *  COFFER_ERR_INVALID_ARGUMENT or COFFER_ERR_UNSUPPORTED about `storage`) stays yours.
 *
 *  Returns:    the above, and as coffer_engine_open
 *  In:         options: nullable: all zero; durability, cache and must_exist mean nothing here
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_engine_open_with_storage(
    const coffer_storage_vtable* storage, const coffer_engine_options* options,
    coffer_engine** engine_out, coffer_error* err);

/** Fills in the table of a storage: a new, empty one, or the one made last. */
typedef coffer_status (*coffer_storage_make_function)(void* make_data,
                                                      coffer_storage_vtable* storage_out,
                                                      coffer_error* err);
/** Hears of each case; `problem` is empty when it passed. Both end with NUL. */
typedef void (*coffer_conformance_function)(void* report_data, const char* name,
                                            const char* problem);

/** Runs the conformance suite over a backend and goes on after a failed case.
 *
 *  Returns:    COFFER_OK when every case ran, whether or not it passed
 *  In:         create:  makes a new, empty storage; called once per case
 *              reopen:  nullable: makes the storage that create made last; then the cases about
 *                       books that outlive the process run too
 *              report:  nullable
 *  Out:        passed_out, failed_out
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_storage_conformance_run(
    coffer_storage_make_function create, coffer_storage_make_function reopen, void* make_data,
    coffer_conformance_function report, void* report_data, int64_t* passed_out, int64_t* failed_out,
    coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_STORAGE_H */
