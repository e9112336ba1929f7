/* SPDX-License-Identifier: MIT */
/* Crypto wallets in bulk through the C ABI: a job, its results, a pool. */
#include "crypto_wallets.h"

/* BIP-84's account of the words "abandon ... about", and its first two addresses. */
static const char* const account_text =
    "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mG"
    "DtKsAYz2oz2AGutZYs";
static const char* const first_address = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
static const char* const second_address = "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g";

coffer_id add_bitcoin_source(coffer_crypto_wallets* wallets, const char* actor) {
  coffer_address_source_draft draft;
  coffer_address_source source;
  coffer_xpub node;
  uint8_t existed = 1;
  memset(&draft, 0, sizeof draft);
  memset(&source, 0, sizeof source);
  EXPECT_OK(coffer_xpub_parse(TEXT(account_text), &node, NULL));
  draft.struct_size = sizeof draft;
  draft.name = "btc";
  draft.name_length = 3;
  draft.network = "bitcoin";
  draft.network_length = 7;
  draft.actor = actor;
  draft.actor_length = actor == NULL ? 0 : strlen(actor);
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_source_add(wallets, &draft, NULL, NULL, NULL));
  draft.node = &node;
  EXPECT_OK(coffer_address_source_add(wallets, &draft, &source, &existed, NULL));
  EXPECT(existed == 0);
  EXPECT(strcmp(source.path, "m/84'/0'/0'/0/*") == 0);
  EXPECT_OK(coffer_address_source_find(wallets, "btc", 3, &source, NULL));
  EXPECT(source.gap_limit == 20);
  return source.id;
}

coffer_wallet_job_draft job_draft(const char* key, const coffer_id* source) {
  coffer_wallet_job_draft draft;
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.sources = source;
  draft.source_count = 1;
  return draft;
}

coffer_wallet_row row_of(const char* user) {
  coffer_wallet_row row;
  memset(&row, 0, sizeof row);
  row.user = user;
  row.user_length = strlen(user);
  return row;
}

static coffer_status refuse_bob(void* data, const coffer_admission_request* request,
                                coffer_crypto_wallet_status* status_out, coffer_error* err) {
  ++*(int*)data;
  *status_out = COFFER_CRYPTO_WALLET_ACTIVE;
  if (strcmp(request->user, "bob") == 0 && strcmp(request->network, "bitcoin") == 0) {
    *status_out = COFFER_CRYPTO_WALLET_REFUSED;
  }
  if (strcmp(request->label, "later") == 0) {
    strcpy(err->message, "the list is gone");
    return COFFER_ERR_SOURCE_UNAVAILABLE;
  }
  return COFFER_OK;
}

static void a_job_gives_each_row_its_result(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_row rows[3];
  coffer_wallet_row_result results[4];
  coffer_wallet_job job;
  coffer_crypto_wallet wallet;
  coffer_error err;
  coffer_crypto_wallets_options options;
  uint8_t existed = 9;
  size_t count = 0;
  int asked = 0;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.admission = refuse_bob;
  options.admission_data = &asked;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  const coffer_wallet_job_draft draft = job_draft("job", &source);
  memset(rows, 0, sizeof rows);
  rows[0].user = "ann";
  rows[0].user_length = 3;
  rows[2].user = "bob";
  rows[2].user_length = 3;
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 3, &job, &existed, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_READY && job.rows == 3 && existed == 0);
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 3, NULL, &existed, NULL));
  EXPECT(existed == 1);
  EXPECT_STATUS(COFFER_ERR_EXISTS_WITH_DIFFERENT_ENTRIES,
                coffer_wallet_job_submit(wallets, &draft, rows, 2, NULL, NULL, &err));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 1, NULL, NULL, NULL, 0, NULL, 0, &job, NULL));
  EXPECT(job.done == 1 && job.created == 1);
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 100, NULL, NULL, NULL, 0, NULL, 0, &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_COMPLETED && job.created == 2 && job.failed == 1);
  EXPECT(asked == 2);
  EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 0, NULL, 0, results, 4, &count, NULL));
  EXPECT(count == 3);
  EXPECT(strcmp(results[0].address, first_address) == 0);
  EXPECT(results[1].code == COFFER_ERR_INVALID_ARGUMENT);
  EXPECT(strcmp(results[1].message, "row 2, user: is empty") == 0);
  EXPECT(strcmp(results[2].address, second_address) == 0);
  EXPECT(results[2].status == COFFER_CRYPTO_WALLET_REFUSED);
  EXPECT_OK(coffer_crypto_wallet_find_by_user(wallets, "ann", 3, "bitcoin", 7, &wallet, NULL));
  EXPECT(wallet.has_public_key == 1 && strcmp(wallet.path, "m/84'/0'/0'/0/0") == 0);
  EXPECT_OK(coffer_crypto_wallet_set_status(wallets, wallet.id, COFFER_CRYPTO_WALLET_FROZEN, NULL,
                                            0, "why", 3, NULL));
  EXPECT_OK(coffer_crypto_wallet_find(wallets, wallet.id, &wallet, NULL));
  EXPECT(wallet.status == COFFER_CRYPTO_WALLET_FROZEN);
  EXPECT_OK(coffer_crypto_wallet_find_by_address(wallets, "bitcoin", 7, second_address,
                                                 strlen(second_address), &wallet, NULL));
  EXPECT(strcmp(wallet.user, "bob") == 0);
  EXPECT_OK(coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_CONDITION_NOT_MET,
                coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_cancel(wallets, job.id, "ops", 3, "enough", 6, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_roll_back(wallets, job.id, "ops", 3, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_find(wallets, job.id, NULL, 0, &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_ROLLED_BACK);
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void rows_come_as_text_and_a_job_may_wait(void) {
  static const char text[] = "user,label\nann,main\n";
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_job job;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  coffer_wallet_job_draft draft = job_draft("csv", &source);
  draft.needs_approval = 1;
  EXPECT_OK(coffer_wallet_job_submit_text(wallets, &draft, COFFER_WALLET_ROWS_CSV, text,
                                          strlen(text), &job, NULL, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_WAITING);
  EXPECT_STATUS(COFFER_ERR_CONDITION_NOT_MET, coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL,
                                                                    NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_approve(wallets, job.id, "boss", 4, &job, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_find_by_key(wallets, "csv", 3, NULL, 0, &job, NULL));
  EXPECT(job.created == 1);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_job_submit_text(wallets, &draft, (coffer_wallet_rows_format)9, text,
                                              strlen(text), NULL, NULL, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void jobs_and_wallets_come_in_pages(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_job jobs[2];
  coffer_crypto_wallet page[2];
  coffer_address_source sources[2];
  coffer_wallet_row rows[3];
  char text[64];
  size_t count = 0;
  size_t needed = 0;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  coffer_wallet_job_draft draft = job_draft("one", &source);
  rows[0] = row_of("ann");
  rows[0].key = "k1";
  rows[0].key_length = 2;
  rows[0].extra = "{\"tier\":2}";
  rows[0].extra_length = 10;
  rows[1] = row_of("bob");
  rows[2] = row_of("cid");
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 3, &jobs[0], NULL, NULL));
  EXPECT_OK(
      coffer_wallet_job_run(wallets, jobs[0].id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
  draft.key = "two";
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 1, &jobs[1], NULL, NULL));
  const coffer_id second_job = jobs[1].id;
  draft.key = "six";
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 2, NULL, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_list(wallets, 0, NULL, 0, jobs, 2, &count, NULL));
  EXPECT(count == 2 && strcmp(jobs[0].key, "one") == 0 && jobs[1].id == second_job);
  EXPECT(jobs[0].state == COFFER_WALLET_JOB_COMPLETED && jobs[0].attempt_done == 3);
  EXPECT_OK(coffer_wallet_job_list(wallets, jobs[1].id, NULL, 0, jobs, 2, &count, NULL));
  EXPECT(count == 1 && strcmp(jobs[0].key, "six") == 0);
  EXPECT_OK(coffer_wallet_job_list(wallets, jobs[0].id, NULL, 0, jobs, 2, &count, NULL));
  EXPECT(count == 0);
  EXPECT_OK(
      coffer_wallet_job_cancel(wallets, second_job, "ops", 3, TEXT("by mistake"), &jobs[0], NULL));
  EXPECT(jobs[0].state == COFFER_WALLET_JOB_CANCELLED);
  EXPECT_OK(
      coffer_wallet_job_reason(wallets, second_job, NULL, 0, text, sizeof text, &needed, NULL));
  EXPECT(strcmp(text, "by mistake") == 0 && needed == 11);
  EXPECT_OK(coffer_crypto_wallet_list(wallets, NULL, 0, 0, page, 2, &count, NULL));
  EXPECT(count == 2 && strcmp(page[0].user, "ann") == 0 && strcmp(page[0].key, "k1") == 0);
  EXPECT(strcmp(page[1].address, second_address) == 0);
  EXPECT_OK(coffer_crypto_wallet_list(wallets, NULL, 0, page[1].id, page, 2, &count, NULL));
  EXPECT(count == 1 && strcmp(page[0].user, "cid") == 0);
  EXPECT_STATUS(COFFER_ERR_WALLET_NOT_FOUND,
                coffer_crypto_wallet_list(wallets, TEXT("ann"), page[0].id, page, 2, &count, NULL));
  EXPECT_OK(coffer_crypto_wallet_list(wallets, TEXT("ann"), 0, page, 2, &count, NULL));
  EXPECT(count == 1);
  EXPECT_OK(coffer_crypto_wallet_extra(wallets, page[0].id, text, sizeof text, NULL, NULL));
  EXPECT(strcmp(text, "{\"tier\":2}") == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_crypto_wallet_extra(wallets, page[0].id, text, 3, &needed, NULL));
  EXPECT(needed == 11);
  EXPECT_OK(coffer_address_source_list(wallets, sources, 2, &count, NULL));
  EXPECT(count == 1 && strcmp(sources[0].name, "btc") == 0);
  EXPECT_STATUS(COFFER_ERR_BUFFER_TOO_SMALL,
                coffer_address_source_list(wallets, NULL, 0, &count, NULL));
  EXPECT_OK(coffer_address_source_find_by_id(wallets, source, &sources[1], NULL));
  EXPECT(sources[1].next_index == 3);
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void a_pool_gives_each_address_once(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_assigned_address assigned;
  coffer_address_pool pool;
  int64_t added = 0;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  EXPECT_OK(coffer_address_pool_fill(wallets, source, 1, NULL, NULL, NULL, 0, &added, NULL));
  EXPECT(added == 1);
  EXPECT_OK(
      coffer_address_pool_assign(wallets, source, "a", 1, "ann", 3, NULL, 0, &assigned, NULL));
  EXPECT(strcmp(assigned.wallet.address, first_address) == 0 && assigned.existed == 0);
  EXPECT_OK(
      coffer_address_pool_assign(wallets, source, "a", 1, "ann", 3, NULL, 0, &assigned, NULL));
  EXPECT(assigned.existed == 1);
  EXPECT_STATUS(
      COFFER_ERR_CONDITION_NOT_MET,
      coffer_address_pool_assign(wallets, source, "b", 1, NULL, 0, NULL, 0, &assigned, NULL));
  EXPECT_OK(coffer_address_pool_mark(wallets, assigned.wallet.id, COFFER_CRYPTO_WALLET_USED, NULL,
                                     0, NULL));
  EXPECT_OK(coffer_address_pool_set_gap_limit(wallets, source, 7, NULL, 0, NULL));
  EXPECT_OK(coffer_address_pool_find(wallets, source, &pool, NULL));
  EXPECT(pool.used_count == 1 && pool.gap_limit == 7 && pool.next_index == 1);
  coffer_crypto_wallets_destroy(wallets);
  coffer_crypto_wallets_destroy(NULL);
  coffer_engine_destroy(book.engine);
}

static void a_source_has_a_kind_and_a_limit(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_address_source source;
  coffer_amount limit;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id id = add_bitcoin_source(wallets, NULL);
  EXPECT_OK(coffer_address_source_find_by_id(wallets, id, &source, NULL));
  EXPECT(source.kind == COFFER_CRYPTO_WALLET_HOT && source.has_balance_max == 0);
  EXPECT_OK(coffer_amount_parse(TEXT("0.5"), 8, &limit, NULL));
  EXPECT_OK(coffer_address_source_set_balance_max(wallets, id, &limit, TEXT("ops"), NULL));
  EXPECT_OK(coffer_address_source_find_by_id(wallets, id, &source, NULL));
  EXPECT(source.has_balance_max == 1);
  EXPECT(memcmp(&source.balance_max, &limit, sizeof limit) == 0);
  EXPECT_OK(coffer_address_source_set_balance_max(wallets, id, NULL, NULL, 0, NULL));
  EXPECT_OK(coffer_address_source_find_by_id(wallets, id, &source, NULL));
  EXPECT(source.has_balance_max == 0);
  EXPECT_OK(coffer_amount_parse(TEXT("-1"), 8, &limit, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_address_source_set_balance_max(wallets, id, &limit, NULL, 0, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND,
                coffer_address_source_set_balance_max(wallets, 99, NULL, NULL, 0, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

const test_case wallet_job_cases[] = {
    {"a job gives each row its result", a_job_gives_each_row_its_result},
    {"rows come as text and a job may wait", rows_come_as_text_and_a_job_may_wait},
    {"jobs and wallets come in pages", jobs_and_wallets_come_in_pages},
    {"a pool gives each address once", a_pool_gives_each_address_once},
    {"a source has a kind and a limit", a_source_has_a_kind_and_a_limit},
    {NULL, NULL},
};
