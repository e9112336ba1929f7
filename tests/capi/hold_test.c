/* SPDX-License-Identifier: MIT */
/* Holds through the C ABI. */
#include "expect.h"

static coffer_id reserve(test_book* book, const char* key, int64_t units,
                         coffer_timestamp expires_at) {
  coffer_hold_draft draft;
  coffer_outcome outcome;
  memset(&outcome, 0, sizeof outcome);
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.account = book->alice;
  draft.destination = book->bob;
  draft.amount = coffer_amount_from_int64(units);
  draft.expires_at = expires_at;
  EXPECT_OK(coffer_hold_reserve(book->engine, &draft, &outcome, NULL));
  return outcome.id;
}

static int64_t available(test_book* book) {
  coffer_balance balance;
  EXPECT_OK(coffer_account_balance(book->engine, book->alice, &balance, NULL));
  return units_of(balance.available);
}

static void a_hold_reserves_and_is_captured_in_parts(void) {
  test_book book = open_book();
  coffer_capture capture;
  coffer_hold hold;
  coffer_hold holds[4];
  size_t count = 0;
  coffer_id id = 0;
  EXPECT_OK(pay_in(&book, "d", book.alice, 100, NULL));
  id = reserve(&book, "h", 60, 0);
  EXPECT(available(&book) == 40);
  memset(&capture, 0, sizeof capture);
  capture.struct_size = sizeof capture;
  capture.key = "c1";
  capture.key_length = 2;
  capture.hold = id;
  capture.amount = coffer_amount_from_int64(25);
  EXPECT_OK(coffer_hold_capture(book.engine, &capture, NULL, NULL));
  EXPECT(posted_of(book.engine, book.bob) == 25);
  EXPECT_OK(coffer_hold_list_open(book.engine, book.alice, holds, 4, &count, NULL));
  EXPECT(count == 1);
  EXPECT(units_of(holds[0].remaining) == 35);
  capture.key = "c2";
  capture.amount = coffer_amount_from_int64(36);
  EXPECT_STATUS(COFFER_ERR_EXCEEDS_HOLD, coffer_hold_capture(book.engine, &capture, NULL, NULL));
  capture.amount = coffer_amount_from_int64(0);
  EXPECT_OK(coffer_hold_capture(book.engine, &capture, NULL, NULL));
  EXPECT_OK(coffer_hold_find(book.engine, id, &hold, NULL));
  EXPECT(hold.state == COFFER_HOLD_CAPTURED);
  EXPECT(units_of(hold.captured) == 60);
  EXPECT(strcmp(hold.key, "h") == 0);
  EXPECT_STATUS(COFFER_ERR_HOLD_NOT_OPEN, coffer_hold_release(book.engine, id, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static void a_hold_is_over_at_its_exact_time(void) {
  test_book book = open_book();
  const coffer_timestamp expiry = now + 1000000000;
  int64_t expired = 0;
  coffer_hold hold;
  coffer_id id = 0;
  EXPECT_OK(pay_in(&book, "d", book.alice, 100, NULL));
  id = reserve(&book, "h", 60, expiry);
  now = expiry - 1;
  EXPECT(available(&book) == 40);
  now = expiry;
  EXPECT(available(&book) == 100);
  EXPECT_OK(coffer_hold_find(book.engine, id, &hold, NULL));
  EXPECT(hold.state == COFFER_HOLD_EXPIRED);
  EXPECT_OK(coffer_hold_expire_due(book.engine, &expired, NULL));
  EXPECT(expired == 1);
  coffer_engine_destroy(book.engine);
}

const test_case hold_cases[] = {
    {"a hold reserves and is captured in parts", a_hold_reserves_and_is_captured_in_parts},
    {"a hold is over at its exact time", a_hold_is_over_at_its_exact_time},
    {NULL, NULL},
};
