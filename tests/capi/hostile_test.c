/* SPDX-License-Identifier: MIT */
/* Arguments that no honest program passes are answered by a status. */
#include "expect.h"

static void nulls_are_answered_by_null_argument(void) {
  test_book book = open_book();
  coffer_amount amount = coffer_amount_from_int64(1);
  coffer_engine* engine = NULL;
  coffer_id id = 0;
  size_t count = 0;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_amount_parse(TEXT("1"), 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_amount_parse(NULL, 1, 0, &amount, NULL));
  EXPECT_STATUS(COFFER_ERR_AMOUNT_SYNTAX, coffer_amount_parse(NULL, 0, 0, &amount, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_amount_add(&amount, NULL, &amount, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_engine_open(TEXT("x"), NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_open(NULL, 0, NULL, &engine, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_open("a\0b", 3, NULL, &engine, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_account_open(NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_account_open(book.engine, NULL, &id, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_draft_post(book.engine, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_account_balance(book.engine, 1, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_transfer_post_many(book.engine, NULL, 1, 0, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_account_list(book.engine, NULL, 0, 0, NULL, 5, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_account_list(book.engine, NULL, 0, 0, NULL, 0, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_asset_list(book.engine, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_wallet_deposit(book.engine, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_reconciliation_run_incremental(
                                              book.engine, &id, 1, now, NULL, NULL,
                                              (coffer_reconciliation_outcome*)&book, NULL, NULL));
  EXPECT(coffer_abi_sizeof(NULL) == 0);
  coffer_engine_destroy(NULL);
  coffer_engine_destroy(book.engine);
}

static void a_stale_or_foreign_handle_is_noticed(void) {
  uint64_t memory[16] = {0};
  coffer_balance balance;
  coffer_error err;
  coffer_engine* engine = (coffer_engine*)(void*)memory;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_account_balance(engine, 1, &balance, &err));
  EXPECT(strncmp(err.message, "engine", 6) == 0);
  coffer_engine_destroy(engine);
  engine = (coffer_engine*)~(uintptr_t)0;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_close(engine, &err));
  coffer_engine_destroy(engine);
  engine = (coffer_engine*)(uintptr_t)1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_close(engine, &err));
  coffer_engine_destroy(engine);
}

static void a_handle_that_is_destroyed_twice_harms_no_other(void) {
  coffer_secret* secrets[200];
  coffer_secret* stale = NULL;
  coffer_engine* engine = NULL;
  coffer_chain_head head;
  size_t size = 0;
  size_t i = 0;
  const size_t before = coffer_handle_count();
  EXPECT_OK(coffer_engine_open_in_memory(NULL, &engine, NULL));
  EXPECT_OK(coffer_secret_create((const uint8_t*)"secret", 6, &stale, NULL));
  EXPECT(coffer_handle_count() == before + 2);
  coffer_secret_destroy(stale);
  EXPECT(coffer_handle_count() == before + 1);
  for (i = 0; i < 200; ++i) {
    /* Whatever takes the freed memory and the freed place, the stale handle is none of them. */
    EXPECT_OK(coffer_secret_create((const uint8_t*)"secret", 6, &secrets[i], NULL));
    EXPECT(secrets[i] != stale);
    coffer_secret_destroy(stale);
    EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_secret_describe(stale, &size, NULL, NULL));
    EXPECT_OK(coffer_secret_describe(secrets[i], &size, NULL, NULL));
  }
  /* Of another kind. */
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_engine_chain_head((coffer_engine*)(void*)secrets[0], &head, NULL));
  coffer_engine_destroy((coffer_engine*)(void*)secrets[0]);
  coffer_secret_destroy((coffer_secret*)(void*)engine);
  EXPECT_OK(coffer_engine_chain_head(engine, &head, NULL));
  for (i = 0; i < 200; ++i) {
    EXPECT_OK(coffer_secret_describe(secrets[i], &size, NULL, NULL));
    coffer_secret_destroy(secrets[i]);
  }
  coffer_engine_destroy(engine);
  coffer_engine_destroy(engine);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_chain_head(engine, &head, NULL));
  EXPECT(coffer_handle_count() == before);
}

static void wild_lengths_are_refused_before_a_byte_is_read(void) {
  test_book book = open_book();
  coffer_error err;
  coffer_transfer transfer;
  coffer_transfer_columns columns;
  coffer_outcome outcome;
  coffer_account account;
  coffer_draft draft;
  coffer_amount parts[1];
  const uint32_t falling[] = {2, 1};
  const int64_t numbers[] = {1, 1};
  memset(&transfer, 0, sizeof transfer);
  transfer.key = "k";
  transfer.key_length = SIZE_MAX;
  EXPECT_STATUS(COFFER_ERR_KEY_TOO_LONG,
                coffer_transfer_post_many(book.engine, &transfer, 1, 0, &outcome, NULL, &err));
  EXPECT(strncmp(err.message, "transfers[0]: key", 17) == 0);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_transfer_post_many(book.engine, &transfer, SIZE_MAX,
                                                                   0, &outcome, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_KEY_TOO_LONG,
                coffer_account_find_by_key(book.engine, "k", SIZE_MAX, &account, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG, coffer_amount_parse("1", SIZE_MAX, 0, parts, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_amount_allocate(parts, parts, SIZE_MAX, parts, NULL));
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.entries_count = SIZE_MAX;
  EXPECT_STATUS(COFFER_ERR_TOO_MANY_ENTRIES, coffer_draft_post(book.engine, &draft, NULL, NULL));
  memset(&columns, 0, sizeof columns);
  columns.struct_size = sizeof columns;
  columns.count = 2;
  columns.keys = "ab";
  columns.keys_length = 2;
  columns.key_ends = falling;
  columns.debits = columns.credits = columns.amounts = numbers;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_transfer_post_columns(book.engine, &columns, 0, &outcome, NULL, NULL));
  columns.keys_length = SIZE_MAX;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_transfer_post_columns(book.engine, &columns, 0, &outcome, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static void a_struct_of_another_size_is_refused(void) {
  test_book book = open_book();
  struct {
    coffer_history_query query;
    uint64_t newer_field;
  } longer;
  coffer_history_line line;
  size_t count = 0;
  memset(&longer, 0, sizeof longer);
  longer.query.account = book.alice;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_history_list(book.engine, &longer.query, &line,
                                                                 1, &count, NULL, NULL, NULL));
  longer.query.struct_size = UINT32_MAX;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_history_list(book.engine, &longer.query, &line,
                                                                 1, &count, NULL, NULL, NULL));
  longer.query.struct_size = sizeof longer;
  EXPECT_OK(coffer_history_list(book.engine, &longer.query, &line, 1, &count, NULL, NULL, NULL));
  longer.newer_field = 1;
  EXPECT_STATUS(COFFER_ERR_UNSUPPORTED, coffer_history_list(book.engine, &longer.query, &line, 1,
                                                            &count, NULL, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static void text_that_is_not_utf8_is_refused(void) {
  test_book book = open_book();
  coffer_wallet_draft draft;
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8, pay_in(&book, "\xff\xfe", book.alice, 1, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8, pay_in(&book, "\xc0\x80", book.alice, 1, NULL));
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.user = "\xed\xa0\x80";
  draft.user_length = 3;
  draft.currency = "USD";
  draft.currency_length = 3;
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8,
                coffer_wallet_create(book.engine, &draft, NULL, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static void constants_that_do_not_exist_are_refused(void) {
  test_book book = open_book();
  coffer_engine_options options;
  coffer_engine* engine = NULL;
  coffer_operation operation;
  coffer_movement movement;
  coffer_outcome outcome;
  coffer_amount posted;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.durability = 3;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_engine_open_in_memory(&options, &engine, NULL));
  options.durability = 0;
  options.cache_bytes = -1;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE, coffer_engine_open_in_memory(&options, &engine, NULL));
  memset(&operation, 0, sizeof operation);
  operation.what = &operation;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_operation_execute(book.engine, &operation, 1, 0, &outcome, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_operation_execute(book.engine, &operation, 1, 3, &outcome, NULL, NULL));
  memset(&movement, 0, sizeof movement);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_execute(book.engine, &movement, 1, 0, &outcome, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_account_balance_as_of(book.engine, book.alice, now, 2, &posted, NULL));
  coffer_engine_destroy(book.engine);
}

static void an_array_without_its_nul_is_refused(void) {
  coffer_asset asset;
  coffer_error err;
  EXPECT_OK(coffer_asset_preset(TEXT("USD"), &asset, NULL));
  memset(asset.code, 'A', sizeof asset.code);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT, coffer_asset_check(&asset, &err));
  EXPECT(strncmp(err.message, "code", 4) == 0);
}

static void a_long_message_ends_at_a_whole_character(void) {
  /* The message quotes the path, whose characters have two bytes each. */
  char path[600];
  coffer_error err;
  coffer_engine* engine = NULL;
  size_t i = 0;
  path[0] = '/';
  for (i = 1; i + 1 < sizeof path; i += 2) {
    path[i] = '\xc3';
    path[i + 1] = '\xa9';
  }
  memset(&err, 'x', sizeof err);
  EXPECT_STATUS(COFFER_ERR_STORAGE_CANNOT_OPEN,
                coffer_engine_open(path, sizeof path - 1, NULL, &engine, &err));
  EXPECT(memchr(err.message, '\0', sizeof err.message) != NULL);
  EXPECT(strlen(err.message) < 2 || (unsigned char)err.message[strlen(err.message) - 1] != 0xc3);
}

const test_case hostile_cases[] = {
    {"nulls are answered by null_argument", nulls_are_answered_by_null_argument},
    {"a stale or foreign handle is noticed", a_stale_or_foreign_handle_is_noticed},
    {"a handle that is destroyed twice harms no other",
     a_handle_that_is_destroyed_twice_harms_no_other},
    {"wild lengths are refused before a byte is read",
     wild_lengths_are_refused_before_a_byte_is_read},
    {"a struct of another size is refused", a_struct_of_another_size_is_refused},
    {"text that is not UTF-8 is refused", text_that_is_not_utf8_is_refused},
    {"constants that do not exist are refused", constants_that_do_not_exist_are_refused},
    {"an array without its NUL is refused", an_array_without_its_nul_is_refused},
    {"a long message ends at a whole character", a_long_message_ends_at_a_whole_character},
    {NULL, NULL},
};
