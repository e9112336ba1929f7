/* SPDX-License-Identifier: MIT */
/* Hostile arguments to the functions of crypto wallets. */
#include "crypto_wallets.h"

static coffer_status unasked(void* data, const char* network, const char* const* addresses,
                             size_t count, uint8_t* used_out, coffer_error* err) {
  (void)data;
  (void)network;
  (void)addresses;
  (void)count;
  (void)used_out;
  (void)err;
  return COFFER_ERR_INTERNAL;
}

static void hostile_arguments_of_jobs_get_a_status(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_crypto_wallets_options options;
  coffer_wallet_job job;
  coffer_wallet_row row = row_of("ann");
  coffer_id sources[1];
  uint64_t zeros[16] = {0};
  size_t count = 0;
  char long_actor[129];
  memset(long_actor, 97, sizeof long_actor);
  memset(&options, 0, sizeof options);
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_crypto_wallets_open(NULL, NULL, &wallets, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, NULL, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  options.struct_size = sizeof options;
  options.networks = (const coffer_network_table*)(const void*)zeros;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  sources[0] = add_bitcoin_source(wallets, NULL);
  coffer_wallet_job_draft draft = job_draft("job", sources);
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_wallet_job_submit(wallets, &draft, &row, SIZE_MAX, &job, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_wallet_job_submit_text(wallets, &draft, COFFER_WALLET_ROWS_CSV, "u",
                                              SIZE_MAX, &job, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_submit(wallets, &draft, NULL, 1, &job, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_submit(wallets, NULL, &row, 1, &job, NULL, NULL));
  draft.source_count = SIZE_MAX;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_job_submit(wallets, &draft, &row, 1, &job, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_list(NULL, 0, NULL, 0, &job, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_wallet_job_list(wallets, 0, NULL, 0, &job, 0, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_list(wallets, 0, NULL, 0, &job, 1, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_list(wallets, 0, NULL, 0, NULL, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_wallet_job_find(wallets, 1, long_actor, 129, &job, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_wallet_job_list(wallets, 0, "a", SIZE_MAX, &job, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_list(wallets, 0, NULL, 3, &job, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_UTF8,
                coffer_wallet_job_list(wallets, 0, "\xff", 1, &job, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_job_list((coffer_crypto_wallets*)(void*)zeros, 0, NULL, 0, &job, 1,
                                       &count, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void hostile_arguments_of_wallets_and_pools_get_a_status(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_address_source source;
  coffer_crypto_wallet wallet;
  uint64_t zeros[16] = {0};
  size_t count = 0;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id known = add_bitcoin_source(wallets, NULL);
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_crypto_wallet_list(wallets, NULL, 3, 0, &wallet, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_TEXT_TOO_LONG,
                coffer_crypto_wallet_list(wallets, "a", SIZE_MAX, 0, &wallet, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_WALLET_NOT_FOUND,
                coffer_crypto_wallet_list(wallets, NULL, 0, -1, &wallet, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_crypto_wallet_list(wallets, NULL, 0, 0, &wallet, 0, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_WALLET_NOT_FOUND,
                coffer_crypto_wallet_extra(wallets, 99, NULL, 0, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND,
                coffer_wallet_job_reason(wallets, 99, NULL, 0, NULL, 0, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT, coffer_address_pool_find_used(wallets, known, NULL, NULL,
                                                                        NULL, NULL, 0, NULL, NULL));
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_address_pool_find_used(wallets, known, unasked, NULL,
                                    (const coffer_xprv*)(const void*)zeros, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_address_pool_find_used(wallets, 99, unasked, NULL,
                                                                    NULL, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_source_list(wallets, NULL, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_address_source_find_by_id(wallets, known, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND, coffer_address_source_find_by_id(wallets, 99, &source, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_crypto_wallets_destroy((coffer_crypto_wallets*)(void*)zeros); /* not one */
  coffer_engine_destroy(book.engine);
}

const test_case wallet_hostile_cases[] = {
    {"hostile arguments of jobs get a status", hostile_arguments_of_jobs_get_a_status},
    {"hostile arguments of wallets and pools get a status",
     hostile_arguments_of_wallets_and_pools_get_a_status},
    {NULL, NULL},
};
