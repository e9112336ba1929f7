/* SPDX-License-Identifier: MIT */
/* The floors, each the plainest loop that does the work of its name. */
#include "floors.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct floor_db {
  sqlite3* db;
  sqlite3_stmt *begin, *commit, *insert, *update, *find;
  int64_t accounts;
  int kind; /* 0 bare, 1 deposit, 2 double entry */
};

static uint64_t next_random(uint64_t* state) {
  uint64_t word = (*state += 0x9e3779b97f4a7c15u);
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
  return word ^ (word >> 31);
}

static int prepare(floor_db* floor, const char* sql, sqlite3_stmt** statement) {
  return sqlite3_prepare_v2(floor->db, sql, -1, statement, NULL);
}

static floor_db* open_file(const char* path, int kind, int64_t accounts, const char* schema) {
  floor_db* floor = calloc(1, sizeof *floor);
  if (floor == NULL) {
    return NULL;
  }
  floor->kind = kind;
  floor->accounts = accounts;
  int failed = sqlite3_open_v2(
      path, &floor->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  failed = failed || sqlite3_exec(floor->db,
                                  "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                  "PRAGMA cache_size=-65536;",
                                  NULL, NULL, NULL);
  failed = failed || sqlite3_exec(floor->db, schema, NULL, NULL, NULL);
  failed = failed || prepare(floor, "BEGIN IMMEDIATE", &floor->begin);
  failed = failed || prepare(floor, "COMMIT", &floor->commit);
  if (failed) {
    floor_close(floor);
    return NULL;
  }
  return floor;
}

static int fill_accounts(floor_db* floor) {
  sqlite3_stmt* insert = NULL;
  int failed = sqlite3_exec(floor->db, "BEGIN", NULL, NULL, NULL) ||
               prepare(floor, "INSERT INTO account VALUES(?, 0)", &insert);
  for (int64_t id = 1; !failed && id <= floor->accounts; ++id) {
    sqlite3_bind_int64(insert, 1, id);
    failed = sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK;
  }
  sqlite3_finalize(insert);
  return failed || sqlite3_exec(floor->db, "COMMIT", NULL, NULL, NULL);
}

floor_db* floor_open_bare(const char* path) {
  floor_db* floor = open_file(path, 0, 0, "CREATE TABLE bare(id INTEGER PRIMARY KEY, data BLOB)");
  if (floor != NULL && prepare(floor, "INSERT INTO bare(data) VALUES(?)", &floor->insert)) {
    floor_close(floor);
    return NULL;
  }
  return floor;
}

floor_db* floor_open_deposit(const char* path, int64_t accounts) {
  floor_db* floor = open_file(path, 1, accounts,
                              "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER);"
                              "CREATE TABLE deposit(id INTEGER PRIMARY KEY, account INTEGER,"
                              " amount INTEGER, before INTEGER, after INTEGER, key TEXT);"
                              "CREATE UNIQUE INDEX deposit_key ON deposit(key);"
                              "CREATE INDEX deposit_account ON deposit(account, id);");
  if (floor != NULL &&
      (fill_accounts(floor) ||
       prepare(floor, "UPDATE account SET balance = balance + ?2 WHERE id = ?1", &floor->update) ||
       prepare(floor, "SELECT id FROM deposit WHERE key = ?", &floor->find) ||
       prepare(floor, "INSERT INTO deposit(account, amount, before, after, key) VALUES(?,?,?,?,?)",
               &floor->insert))) {
    floor_close(floor);
    return NULL;
  }
  return floor;
}

floor_db* floor_open_double(const char* path, int64_t accounts) {
  floor_db* floor = open_file(path, 2, accounts,
                              "CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER);"
                              "CREATE TABLE transfer(id INTEGER PRIMARY KEY, debit INTEGER,"
                              " credit INTEGER, amount INTEGER, code INTEGER, key TEXT);"
                              "CREATE UNIQUE INDEX transfer_key ON transfer(key);"
                              "CREATE INDEX transfer_debit ON transfer(debit, id);"
                              "CREATE INDEX transfer_credit ON transfer(credit, id);");
  if (floor != NULL &&
      (fill_accounts(floor) ||
       prepare(floor, "UPDATE account SET balance = balance + ?2 WHERE id = ?1", &floor->update) ||
       prepare(floor, "INSERT INTO transfer(debit, credit, amount, code, key) VALUES(?,?,?,?,?)",
               &floor->insert))) {
    floor_close(floor);
    return NULL;
  }
  return floor;
}

static int step(sqlite3_stmt* statement) {
  const int stepped = sqlite3_step(statement);
  const int reset = sqlite3_reset(statement);
  return stepped == SQLITE_DONE || stepped == SQLITE_ROW ? reset : stepped;
}

static int update(floor_db* floor, int64_t account, int64_t amount) {
  sqlite3_bind_int64(floor->update, 1, account);
  sqlite3_bind_int64(floor->update, 2, amount);
  return step(floor->update);
}

static int write_row(floor_db* floor, uint64_t* random) {
  static const char hex[] = "0123456789abcdef";
  char data[128];
  for (int i = 0; i < 128; i += 16) {
    const uint64_t word = next_random(random);
    for (int digit = 0; digit < 16; ++digit) {
      data[i + digit] = hex[(word >> (4 * digit)) & 15];
    }
  }
  if (floor->kind == 0) {
    sqlite3_bind_blob(floor->insert, 1, data, 128, SQLITE_STATIC);
    return step(floor->insert);
  }
  const int64_t debit = 1 + (int64_t)(next_random(random) % (uint64_t)floor->accounts);
  const int64_t credit = 1 + (int64_t)(next_random(random) % (uint64_t)floor->accounts);
  const int64_t amount = 1 + (int64_t)(next_random(random) % 1000);
  int failed = 0;
  if (floor->kind == 1) {
    sqlite3_bind_text(floor->find, 1, data, 32, SQLITE_STATIC);
    failed = step(floor->find) || update(floor, credit, amount);
    sqlite3_bind_int64(floor->insert, 1, credit);
    sqlite3_bind_int64(floor->insert, 2, amount);
    sqlite3_bind_int64(floor->insert, 3, 0);
    sqlite3_bind_int64(floor->insert, 4, amount);
  } else {
    failed = update(floor, debit, -amount) || update(floor, credit, amount);
    sqlite3_bind_int64(floor->insert, 1, debit);
    sqlite3_bind_int64(floor->insert, 2, credit);
    sqlite3_bind_int64(floor->insert, 3, amount);
    sqlite3_bind_int64(floor->insert, 4, 1);
  }
  sqlite3_bind_text(floor->insert, 5, data, 32, SQLITE_STATIC);
  return failed || step(floor->insert);
}

int floor_commit(floor_db* floor, int64_t rows, uint64_t* random) {
  int failed = step(floor->begin);
  for (int64_t row = 0; !failed && row < rows; ++row) {
    failed = write_row(floor, random);
  }
  return failed || step(floor->commit);
}

void floor_close(floor_db* floor) {
  if (floor == NULL) {
    return;
  }
  sqlite3_stmt* statements[] = {floor->begin, floor->commit, floor->insert, floor->update,
                                floor->find};
  for (size_t i = 0; i < sizeof statements / sizeof *statements; ++i) {
    sqlite3_finalize(statements[i]);
  }
  sqlite3_close(floor->db);
  free(floor);
}
