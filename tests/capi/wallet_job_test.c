/* SPDX-License-Identifier: MIT */
/* Crypto wallets in bulk through the C ABI: a job, its results, a pool. */
#include "expect.h"

/* BIP-84's account of the words "abandon ... about", and its first two addresses. */
static const char* const account_text =
    "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mG"
    "DtKsAYz2oz2AGutZYs";
static const char* const first_address = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
static const char* const second_address = "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g";

static coffer_crypto_wallet_status refuse_bob(void* data, const char* user, const char* network) {
  ++*(int*)data;
  return strcmp(user, "bob") == 0 && strcmp(network, "bitcoin") == 0 ? COFFER_CRYPTO_WALLET_REFUSED
                                                                     : COFFER_CRYPTO_WALLET_ACTIVE;
}

static coffer_id add_source(coffer_crypto_wallets* wallets) {
  coffer_address_source_draft draft;
  coffer_address_source source;
  coffer_xpub node;
  uint8_t existed = 1;
  memset(&draft, 0, sizeof draft);
  memset(&source, 0, sizeof source);
  EXPECT_OK(coffer_xpub_parse(account_text, strlen(account_text), &node, NULL));
  draft.struct_size = sizeof draft;
  draft.name = "btc";
  draft.name_length = 3;
  draft.network = "bitcoin";
  draft.network_length = 7;
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

static coffer_wallet_job_draft draft_of(const char* key, const coffer_id* source) {
  coffer_wallet_job_draft draft;
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.sources = source;
  draft.source_count = 1;
  return draft;
}

static void a_job_gives_each_row_its_result(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_row rows[3];
  coffer_wallet_row_result results[4];
  coffer_wallet_job job;
  coffer_crypto_wallet wallet;
  coffer_error err;
  size_t count = 0;
  int asked = 0;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, refuse_bob, &asked, &wallets, NULL));
  const coffer_id source = add_source(wallets);
  const coffer_wallet_job_draft draft = draft_of("job", &source);
  memset(rows, 0, sizeof rows);
  rows[0].user = "ann";
  rows[0].user_length = 3;
  rows[2].user = "bob";
  rows[2].user_length = 3;
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 3, &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_READY && job.rows == 3);
  EXPECT_STATUS(COFFER_ERR_EXISTS_WITH_DIFFERENT_ENTRIES,
                coffer_wallet_job_submit(wallets, &draft, rows, 2, NULL, &err));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 1, NULL, NULL, NULL, 0, &job, NULL));
  EXPECT(job.done == 1 && job.created == 1);
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 100, NULL, NULL, NULL, 0, &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_COMPLETED && job.created == 2 && job.failed == 1);
  EXPECT(asked == 2);
  EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 0, results, 4, &count, NULL));
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
  EXPECT_OK(coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL));
  EXPECT_STATUS(COFFER_ERR_CONDITION_NOT_MET,
                coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL));
  EXPECT_OK(coffer_wallet_job_cancel(wallets, job.id, "ops", 3, "enough", 6, NULL));
  EXPECT_OK(coffer_wallet_job_roll_back(wallets, job.id, "ops", 3, NULL, 0, NULL));
  EXPECT_OK(coffer_wallet_job_find(wallets, job.id, &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_ROLLED_BACK);
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void rows_come_as_text_and_a_job_may_wait(void) {
  static const char text[] = "user,label\nann,main\n";
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_job job;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, NULL, &wallets, NULL));
  const coffer_id source = add_source(wallets);
  coffer_wallet_job_draft draft = draft_of("csv", &source);
  draft.needs_approval = 1;
  EXPECT_OK(coffer_wallet_job_submit_text(wallets, &draft, COFFER_WALLET_ROWS_CSV, text,
                                          strlen(text), &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_WAITING);
  EXPECT_STATUS(COFFER_ERR_CONDITION_NOT_MET,
                coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_approve(wallets, job.id, "boss", 4, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_find_by_key(wallets, "csv", 3, &job, NULL));
  EXPECT(job.created == 1);
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_job_submit_text(wallets, &draft, (coffer_wallet_rows_format)9, text,
                                              strlen(text), NULL, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void a_pool_gives_each_address_once(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_assigned_address assigned;
  coffer_address_pool pool;
  int64_t added = 0;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, NULL, &wallets, NULL));
  const coffer_id source = add_source(wallets);
  EXPECT_OK(coffer_address_pool_fill(wallets, source, 1, NULL, &added, NULL));
  EXPECT(added == 1);
  EXPECT_OK(coffer_address_pool_assign(wallets, source, "a", 1, "ann", 3, &assigned, NULL));
  EXPECT(strcmp(assigned.wallet.address, first_address) == 0 && assigned.existed == 0);
  EXPECT_OK(coffer_address_pool_assign(wallets, source, "a", 1, "ann", 3, &assigned, NULL));
  EXPECT(assigned.existed == 1);
  EXPECT_STATUS(COFFER_ERR_CONDITION_NOT_MET,
                coffer_address_pool_assign(wallets, source, "b", 1, NULL, 0, &assigned, NULL));
  EXPECT_OK(coffer_address_pool_mark(wallets, assigned.wallet.id, COFFER_CRYPTO_WALLET_USED, NULL));
  EXPECT_OK(coffer_address_pool_set_gap_limit(wallets, source, 7, NULL));
  EXPECT_OK(coffer_address_pool_find(wallets, source, &pool, NULL));
  EXPECT(pool.used_count == 1 && pool.gap_limit == 7 && pool.next_index == 1);
  coffer_crypto_wallets_destroy(wallets);
  coffer_crypto_wallets_destroy(NULL);
  coffer_engine_destroy(book.engine);
}

const test_case wallet_job_cases[] = {
    {"a job gives each row its result", a_job_gives_each_row_its_result},
    {"rows come as text and a job may wait", rows_come_as_text_and_a_job_may_wait},
    {"a pool gives each address once", a_pool_gives_each_address_once},
    {NULL, NULL},
};
