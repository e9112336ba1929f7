/* SPDX-License-Identifier: MIT */
/* Reversals, and histories in pages. */
#include "expect.h"

static void a_reversal_undoes_a_transaction_once(void) {
  test_book book = open_book();
  coffer_outcome paid;
  coffer_reversal reversal;
  coffer_transaction transaction;
  coffer_history_query query;
  coffer_history_line lines[2];
  size_t count = 0;
  EXPECT_OK(pay_in(&book, "d1", book.alice, 40, &paid));
  memset(&reversal, 0, sizeof reversal);
  reversal.struct_size = sizeof reversal;
  reversal.key = "undo";
  reversal.key_length = 4;
  reversal.original = paid.id;
  EXPECT_OK(coffer_transaction_reverse(book.engine, &reversal, NULL, NULL));
  EXPECT(posted_of(book.engine, book.alice) == 0);
  EXPECT_OK(coffer_transaction_find(book.engine, paid.id, &transaction, NULL, 0, NULL));
  EXPECT(transaction.reversed_by != 0);
  memset(&query, 0, sizeof query);
  query.struct_size = sizeof query;
  query.account = book.alice;
  query.has_is_reversed = 1;
  query.is_reversed = 1;
  EXPECT_OK(coffer_history_list(book.engine, &query, lines, 2, &count, NULL, NULL, NULL));
  EXPECT(count == 1 && lines[0].transaction == paid.id);
  query.is_reversed = 0;
  EXPECT_OK(coffer_history_list(book.engine, &query, lines, 2, &count, NULL, NULL, NULL));
  EXPECT(count == 1 && lines[0].transaction == transaction.reversed_by);
  reversal.key = "more";
  EXPECT_STATUS(COFFER_ERR_ALREADY_REVERSED,
                coffer_transaction_reverse(book.engine, &reversal, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static void history_comes_in_pages_with_running_balances(void) {
  test_book book = open_book();
  const char* keys[] = {"h1", "h2", "h3"};
  coffer_history_line lines[2];
  coffer_history_query query;
  size_t count = 0;
  uint8_t has_more = 0;
  size_t i = 0;
  for (i = 0; i < 3; ++i) {
    EXPECT_OK(pay_in(&book, keys[i], book.alice, 10, NULL));
  }
  memset(&query, 0, sizeof query);
  query.struct_size = sizeof query;
  query.account = book.alice;
  EXPECT_OK(
      coffer_history_list(book.engine, &query, lines, 2, &count, &query.after, &has_more, NULL));
  EXPECT(count == 2);
  EXPECT(has_more == 1);
  EXPECT(strcmp(lines[0].key, "h3") == 0);
  EXPECT(lines[0].key_length == 2);
  EXPECT(units_of(lines[0].balance_before) == 20);
  EXPECT(units_of(lines[0].balance_after) == 30);
  EXPECT(lines[0].counterparty == book.cash);
  EXPECT_OK(
      coffer_history_list(book.engine, &query, lines, 2, &count, &query.after, &has_more, NULL));
  EXPECT(count == 1);
  EXPECT(has_more == 0);
  EXPECT(strcmp(lines[0].key, "h1") == 0);
  coffer_engine_destroy(book.engine);
}

const test_case history_cases[] = {
    {"a reversal undoes a transaction once", a_reversal_undoes_a_transaction_once},
    {"history comes in pages with running balances", history_comes_in_pages_with_running_balances},
    {NULL, NULL},
};
