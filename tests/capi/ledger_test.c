/* SPDX-License-Identifier: MIT */
/* Posting, asking, proving and keeping a book through the C ABI. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <unistd.h>

#include "expect.h"

static void a_transaction_is_posted_once_however_often_it_is_sent(void) {
  test_book book = open_book();
  coffer_outcome first;
  coffer_outcome again;
  EXPECT_OK(pay_in(&book, "d1", book.alice, 500, &first));
  EXPECT_OK(pay_in(&book, "d1", book.alice, 500, &again));
  EXPECT(first.existed == 0);
  EXPECT(again.existed == 1);
  EXPECT(again.id == first.id);
  EXPECT(again.recorded_at == first.recorded_at);
  EXPECT(posted_of(book.engine, book.alice) == 500);
  EXPECT_STATUS(COFFER_ERR_EXISTS_WITH_DIFFERENT_ENTRIES,
                pay_in(&book, "d1", book.alice, 501, &again));
  coffer_engine_destroy(book.engine);
}

static void every_reason_against_a_draft_is_listed(void) {
  test_book book = open_book();
  coffer_entry entries[2];
  coffer_error reasons[8];
  coffer_draft draft;
  size_t count = 0;
  memset(entries, 0, sizeof entries);
  entries[0].account = book.alice;
  entries[0].side = COFFER_SIDE_DEBIT;
  entries[0].amount = coffer_amount_from_int64(7);
  entries[1].account = 99;
  entries[1].side = COFFER_SIDE_CREDIT;
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.entries = entries;
  draft.entries_count = 2;
  EXPECT_OK(coffer_draft_check(book.engine, &draft, reasons, 8, &count, NULL));
  EXPECT(count >= 3);
  EXPECT(reasons[0].code == COFFER_ERR_KEY_REQUIRED);
  EXPECT(strncmp(reasons[0].message, "key", 3) == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_draft_check(book.engine, &draft, reasons, 1, &count, NULL));
  EXPECT(count >= 3);
  coffer_engine_destroy(book.engine);
}

static void bulk_transfers_tell_the_result_of_each(void) {
  test_book book = open_book();
  coffer_transfer transfers[3];
  coffer_outcome outcomes[3];
  char sentence[128];
  size_t failed = 0;
  size_t i = 0;
  memset(transfers, 0, sizeof transfers);
  for (i = 0; i < 3; ++i) {
    transfers[i].debit = book.cash;
    transfers[i].credit = book.alice;
    transfers[i].amount = coffer_amount_from_int64(10);
    transfers[i].key_length = 2;
  }
  transfers[0].key = "a0";
  transfers[1].key = "a1";
  transfers[1].credit = 77;
  transfers[2].key = "a2";
  EXPECT_OK(coffer_transfer_post_many(book.engine, transfers, 3, COFFER_BATCH_INDEPENDENT, outcomes,
                                      &failed, NULL));
  EXPECT(failed == 1);
  EXPECT(outcomes[0].code == COFFER_OK);
  EXPECT(outcomes[1].code == COFFER_ERR_ACCOUNT_NOT_FOUND);
  EXPECT(outcomes[1].subject == 77);
  EXPECT_OK(coffer_outcome_describe(&outcomes[1], sentence, sizeof sentence, NULL, NULL));
  EXPECT(strstr(sentence, "77") != NULL);
  EXPECT(posted_of(book.engine, book.alice) == 20);
  transfers[0].key = "b0";
  transfers[2].key = "b2";
  EXPECT_OK(coffer_transfer_post_many(book.engine, transfers, 3, COFFER_BATCH_ATOMIC, outcomes,
                                      &failed, NULL));
  EXPECT(failed == 3);
  EXPECT(posted_of(book.engine, book.alice) == 20);
  coffer_engine_destroy(book.engine);
}

static void columns_post_what_structs_post(void) {
  test_book book = open_book();
  const uint32_t key_ends[] = {1, 3, 6};
  const int64_t debits[] = {book.cash, book.cash, book.alice};
  const int64_t credits[] = {book.alice, book.alice, book.bob};
  const int64_t units[] = {100, 20, 3};
  const uint32_t codes[] = {7, 8, 9};
  coffer_transfer_columns columns;
  coffer_outcome outcomes[3];
  coffer_transaction transaction;
  coffer_posted_entry entries[2];
  memset(&columns, 0, sizeof columns);
  columns.struct_size = sizeof columns;
  columns.count = 3;
  columns.keys = "kk1kk2";
  columns.keys_length = 6;
  columns.key_ends = key_ends;
  columns.debits = debits;
  columns.credits = credits;
  columns.amounts = units;
  columns.codes = codes;
  EXPECT_OK(coffer_transfer_post_columns(book.engine, &columns, COFFER_BATCH_INDEPENDENT, outcomes,
                                         NULL, NULL));
  EXPECT(posted_of(book.engine, book.alice) == 117);
  EXPECT(posted_of(book.engine, book.bob) == 3);
  EXPECT_OK(
      coffer_transaction_find_by_key(book.engine, TEXT("kk2"), &transaction, entries, 2, NULL));
  EXPECT(transaction.code == 9);
  EXPECT(transaction.entries_count == 2);
  EXPECT(entries[0].account == book.alice);
  EXPECT(units_of(entries[1].balance_after) == 3);
  EXPECT_STATUS(
      COFFER_ERR_BUFFER_TOO_SMALL,
      coffer_transaction_find(book.engine, transaction.id, &transaction, entries, 1, NULL));
  EXPECT_OK(coffer_transaction_find(book.engine, transaction.id, &transaction, NULL, 0, NULL));
  coffer_engine_destroy(book.engine);
}

static void a_batch_mixes_operations_and_a_dry_run_forgets_them(void) {
  test_book book = open_book();
  coffer_account_draft account;
  coffer_transfer transfer;
  coffer_operation operations[2];
  coffer_outcome outcomes[2];
  coffer_statistics statistics;
  memset(&account, 0, sizeof account);
  account.struct_size = sizeof account;
  account.key = "carol";
  account.key_length = 5;
  account.asset = book.usd;
  memset(&transfer, 0, sizeof transfer);
  transfer.key = "t";
  transfer.key_length = 1;
  transfer.debit = book.cash;
  transfer.credit = book.alice;
  transfer.amount = coffer_amount_from_int64(5);
  memset(operations, 0, sizeof operations);
  operations[0].kind = COFFER_OPERATION_ACCOUNT;
  operations[0].what = &account;
  operations[0].is_linked = 1;
  operations[1].kind = COFFER_OPERATION_TRANSFER;
  operations[1].what = &transfer;
  EXPECT_OK(coffer_operation_dry_run(book.engine, operations, 2, COFFER_BATCH_ATOMIC, outcomes,
                                     NULL, NULL));
  EXPECT(outcomes[1].code == COFFER_OK);
  EXPECT_OK(coffer_engine_statistics(book.engine, &statistics, NULL));
  EXPECT(statistics.accounts == 3);
  EXPECT(statistics.transactions == 0);
  EXPECT_OK(coffer_operation_execute(book.engine, operations, 2, COFFER_BATCH_ATOMIC, outcomes,
                                     NULL, NULL));
  EXPECT(outcomes[0].id == 4);
  EXPECT(posted_of(book.engine, book.alice) == 5);
  coffer_engine_destroy(book.engine);
}

static void accounts_can_be_asked_for_and_changed(void) {
  test_book book = open_book();
  coffer_account account;
  coffer_account page[3];
  coffer_owner_total totals[2];
  coffer_policy_change change;
  coffer_amount posted;
  char metadata[16];
  size_t count = 0;
  EXPECT_OK(pay_in(&book, "d", book.alice, 25, NULL));
  memset(&change, 0, sizeof change);
  change.struct_size = sizeof change;
  change.account = book.alice;
  change.policy.is_frozen = 1;
  change.sets_metadata = 1;
  change.metadata = "vip";
  change.metadata_length = 3;
  EXPECT_OK(coffer_account_change(book.engine, &change, NULL));
  EXPECT_OK(coffer_account_find_by_key(book.engine, TEXT("alice"), &account, NULL));
  EXPECT(account.id == book.alice);
  EXPECT(account.policy.is_frozen == 1);
  EXPECT(account.metadata_length == 3);
  EXPECT_OK(
      coffer_account_metadata(book.engine, book.alice, metadata, sizeof metadata, NULL, NULL));
  EXPECT(strcmp(metadata, "vip") == 0);
  EXPECT_STATUS(COFFER_ERR_ACCOUNT_FROZEN, pay_in(&book, "d2", book.alice, 1, NULL));
  EXPECT_OK(coffer_account_list(book.engine, NULL, 0, book.cash, page, 3, &count, NULL));
  EXPECT(count == 2);
  EXPECT(page[1].id == book.bob);
  EXPECT_OK(coffer_owner_totals(book.engine, TEXT("alice"), totals, 2, &count, NULL));
  EXPECT(count == 1);
  EXPECT(units_of(totals[0].balance.posted) == 25);
  EXPECT_OK(coffer_account_balance_as_of(book.engine, book.alice, now - 1, COFFER_TIME_RECORDED,
                                         &posted, NULL));
  EXPECT(units_of(posted) == 0);
  coffer_engine_destroy(book.engine);
}

static void count_event(void* data, const coffer_event* event) {
  int* counts = data;
  ++counts[event->kind];
}

static int32_t stop_at_once(void* data, int64_t done, int64_t total) {
  (void)data;
  (void)done;
  (void)total;
  return 1;
}

/** Keeps the last progress, and how often it was told. */
typedef struct told_progress {
  int64_t times;
  int64_t done;
  int64_t total;
} told_progress;

static int32_t note_progress(void* data, int64_t done, int64_t total) {
  told_progress* told = data;
  ++told->times;
  told->done = done;
  told->total = total;
  return 0;
}

static void a_verification_tells_how_far_it_is_and_can_be_stopped(void) {
  test_book book = open_book();
  coffer_error error;
  told_progress told;
  EXPECT_OK(pay_in(&book, "d1", book.alice, 40, NULL));
  EXPECT_OK(pay_in(&book, "d2", book.alice, 2, NULL));
  memset(&told, 0, sizeof told);
  EXPECT_OK(coffer_engine_verify(book.engine, NULL, note_progress, &told, NULL, NULL));
  EXPECT(told.times >= 1);
  EXPECT(told.done == 2);
  EXPECT(told.total == 2);
  EXPECT_STATUS(COFFER_ERR_CANCELLED,
                coffer_engine_verify(book.engine, NULL, stop_at_once, NULL, NULL, &error));
  EXPECT(strlen(error.message) > 0);
  EXPECT_OK(coffer_engine_verify(book.engine, NULL, NULL, NULL, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

/** The file of a book, which must be there, and what may lie beside it. */
static void remove_book(const char* path) {
  const char* const suffixes[] = {"-wal", "-shm", "-writer"};
  char beside[80];
  size_t i = 0;
  EXPECT(remove(path) == 0);
  for (i = 0; i < sizeof suffixes / sizeof *suffixes; ++i) {
    snprintf(beside, sizeof beside, "%s%s", path, suffixes[i]);
    (void)remove(beside);
  }
}

static void a_file_keeps_the_book_and_proves_it(void) {
  char folder[] = "/tmp/coffer-capi-XXXXXX";
  char path[64];
  char copy[64];
  int counts[8] = {0};
  coffer_engine_options options;
  coffer_engine* engine = NULL;
  coffer_chain_head head;
  coffer_verify_report report;
  coffer_asset usd;
  coffer_id id = 0;
  coffer_wallet_draft wallet;
  EXPECT(mkdtemp(folder) != NULL);
  snprintf(path, sizeof path, "%s/book.db", folder);
  snprintf(copy, sizeof copy, "%s/copy.db", folder);
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.event = count_event;
  options.event_data = counts;
  options.must_exist = 1;
  EXPECT_STATUS(COFFER_ERR_STORAGE_CANNOT_OPEN,
                coffer_engine_open(TEXT(path), &options, &engine, NULL));
  options.must_exist = 0;
  EXPECT_OK(coffer_engine_open(TEXT(path), &options, &engine, NULL));
  EXPECT_OK(coffer_asset_preset(TEXT("EUR"), &usd, NULL));
  EXPECT_OK(coffer_asset_register(engine, &usd, &id, NULL));
  memset(&wallet, 0, sizeof wallet);
  wallet.struct_size = sizeof wallet;
  wallet.user = "u";
  wallet.user_length = 1;
  wallet.currency = "EUR";
  wallet.currency_length = 3;
  EXPECT_OK(coffer_wallet_create(engine, &wallet, NULL, NULL, NULL));
  EXPECT(counts[COFFER_EVENT_ACCOUNT_OPENED] >= 1);
  EXPECT_OK(coffer_engine_chain_head(engine, &head, NULL));
  EXPECT_OK(coffer_engine_close(engine, NULL));
  EXPECT_OK(coffer_engine_close(engine, NULL));
  EXPECT_STATUS(COFFER_ERR_CLOSED, coffer_asset_register(engine, &usd, &id, NULL));
  coffer_engine_destroy(engine);
  EXPECT_OK(coffer_engine_open(TEXT(path), NULL, &engine, NULL));
  EXPECT_OK(coffer_engine_verify(engine, &head, NULL, NULL, &report, NULL));
  EXPECT(report.accounts >= 1);
  EXPECT(report.head.commit >= head.commit);
  head.hash[0] ^= 1;
  EXPECT_STATUS(COFFER_ERR_INTEGRITY_FAILURE,
                coffer_engine_verify(engine, &head, NULL, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_CANCELLED,
                coffer_engine_backup(engine, TEXT(copy), stop_at_once, NULL, NULL));
  EXPECT_OK(coffer_engine_backup(engine, TEXT(copy), NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_ALREADY_EXISTS,
                coffer_engine_backup(engine, TEXT(copy), NULL, NULL, NULL));
  coffer_engine_destroy(engine);
  options.is_read_only = 1;
  EXPECT_OK(coffer_engine_open(TEXT(copy), &options, &engine, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED, coffer_asset_register(engine, &usd, &id, NULL));
  coffer_engine_destroy(engine);
  remove_book(path);
  remove_book(copy);
  EXPECT(rmdir(folder) == 0);
}

static void only_a_writer_builds_the_index_again(void) {
  char folder[] = "/tmp/coffer-capi-XXXXXX";
  char path[64];
  coffer_engine_options options;
  coffer_engine* engine = NULL;
  EXPECT(mkdtemp(folder) != NULL);
  snprintf(path, sizeof path, "%s/book.db", folder);
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.rebuild_index = 1;
  EXPECT_OK(coffer_engine_open(TEXT(path), &options, &engine, NULL));
  coffer_engine_destroy(engine);
  options.is_read_only = 1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_engine_open(TEXT(path), &options, &engine, NULL));
  remove_book(path);
  EXPECT(rmdir(folder) == 0);
}

const test_case ledger_cases[] = {
    {"only a writer builds the index again", only_a_writer_builds_the_index_again},
    {"a transaction is posted once, however often it is sent",
     a_transaction_is_posted_once_however_often_it_is_sent},
    {"every reason against a draft is listed", every_reason_against_a_draft_is_listed},
    {"bulk transfers tell the result of each", bulk_transfers_tell_the_result_of_each},
    {"columns post what structs post", columns_post_what_structs_post},
    {"a batch mixes operations and a dry run forgets them",
     a_batch_mixes_operations_and_a_dry_run_forgets_them},
    {"accounts can be asked for and changed", accounts_can_be_asked_for_and_changed},
    {"a verification tells how far it is and can be stopped",
     a_verification_tells_how_far_it_is_and_can_be_stopped},
    {"a file keeps the book and proves it", a_file_keeps_the_book_and_proves_it},
    {NULL, NULL},
};
