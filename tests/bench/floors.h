/* SPDX-License-Identifier: MIT */
/* The floors: plain C loops over SQLite with prepared statements, what no ledger on it can beat. */
#ifndef COFFER_BENCH_FLOORS_H
#define COFFER_BENCH_FLOORS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct floor_db floor_db;

/* Each opens a new file at `path` (WAL, synchronous=FULL, 64 MB cache) or returns NULL. */

/* (c) bare 128-byte rows in one table. */
floor_db* floor_open_bare(const char* path);
/* (a) a deposit: unique key check, balance update, row with two indexes. */
floor_db* floor_open_deposit(const char* path, int64_t accounts);
/* (b) double entry: two balance updates, a row with two account indexes and a unique key. */
floor_db* floor_open_double(const char* path, int64_t accounts);

/* Writes `rows` rows in one transaction; `random` is the state of a generator for keys and
 * accounts. Returns 0, or the SQLite error. */
int floor_commit(floor_db* db, int64_t rows, uint64_t* random);
void floor_close(floor_db* db);

#ifdef __cplusplus
}
#endif
#endif
