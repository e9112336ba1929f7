/* SPDX-License-Identifier: MIT */
/* The test program in C: cases that are sentences, expectations that say where they failed. */
#ifndef COFFER_TESTS_CAPI_EXPECT_H
#define COFFER_TESTS_CAPI_EXPECT_H

#include <coffer.h>
#include <stdio.h>
#include <string.h>

typedef struct test_case {
  const char* sentence;
  void (*run)(void);
} test_case;

/** The cases of each file; the last one has no sentence. */
extern const test_case amount_cases[];
extern const test_case ledger_cases[];
extern const test_case history_cases[];
extern const test_case hold_cases[];
extern const test_case wallet_cases[];
extern const test_case hostile_cases[];
extern const test_case key_cases[];
extern const test_case keystore_cases[];
extern const test_case signer_cases[];
extern const test_case address_cases[];
extern const test_case message_cases[];
extern const test_case keys_hostile_cases[];
extern const test_case keys_absent_cases[];
extern const test_case pkcs11_cases[];
extern const test_case musig_cases[];
extern const test_case wallet_job_cases[];
extern const test_case wallet_hooks_cases[];
extern const test_case admission_cases[];
extern const test_case wallet_hostile_cases[];
extern const test_case vectors_cases[];

/** How many expectations of the running case failed. */
extern int failures;

void expect_failed(const char* file, int line, const char* what, const char* detail);

#define EXPECT(condition)                                \
  do {                                                   \
    if (!(condition)) {                                  \
      expect_failed(__FILE__, __LINE__, #condition, ""); \
    }                                                    \
  } while (0)

/** Expects a status; `err` is the error that the call was given. */
#define EXPECT_STATUS(wanted, call)                                       \
  do {                                                                    \
    const coffer_status got_ = (call);                                    \
    if (got_ != (wanted)) {                                               \
      expect_failed(__FILE__, __LINE__, #call, coffer_status_name(got_)); \
    }                                                                     \
  } while (0)
#define EXPECT_OK(call) EXPECT_STATUS(COFFER_OK, call)

/** A text with its length, as two arguments. */
#define TEXT(text) (text), strlen(text)

/** A book in memory with USD, an account "cash" that may fall without limit and two of users. */
typedef struct test_book {
  coffer_engine* engine;
  coffer_id usd;
  coffer_id cash;
  coffer_id alice;
  coffer_id bob;
} test_book;

test_book open_book(void);
/** Posts from cash to an account. */
coffer_status pay_in(test_book* book, const char* key, coffer_id account, int64_t units,
                     coffer_outcome* outcome_out);
int64_t posted_of(const coffer_engine* engine, coffer_id account);
int64_t units_of(coffer_amount amount);
/** The time that the clock of `open_book` shows; tests may move it. */
extern coffer_timestamp now;

#endif /* COFFER_TESTS_CAPI_EXPECT_H */
