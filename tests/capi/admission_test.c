/* SPDX-License-Identifier: MIT */
/* How new wallets begin: by the host's check of users, by lists of users, by both. */
#include "crypto_wallets.h"

/** What an admission decides; a text is the failure instead. */
typedef struct decision {
  coffer_crypto_wallet_status status;
  const char* failure;
} decision;

static coffer_status decide(void* data, const coffer_admission_request* request,
                            coffer_crypto_wallet_status* status_out, coffer_error* err) {
  const decision* made = data;
  (void)request;
  *status_out = made->status;
  if (made->failure != NULL) {
    memset(err->message, 0, sizeof err->message);
    memcpy(err->message, made->failure, strlen(made->failure));
    return COFFER_ERR_SOURCE_UNAVAILABLE;
  }
  return COFFER_OK;
}

static void an_admission_that_decides_nonsense_makes_no_wallet(void) {
  test_book book = open_book();
  coffer_crypto_wallets_options options;
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_job job;
  coffer_wallet_row_result result;
  coffer_wallet_row row = row_of("ann");
  decision decided = {COFFER_CRYPTO_WALLET_USED, NULL};
  char text[252];
  size_t count = 0;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.admission = decide;
  options.admission_data = &decided;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  coffer_wallet_job_draft draft = job_draft("job", &source);
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, &row, 1, &job, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, &job, NULL));
  EXPECT(job.failed == 1 && job.created == 0);
  EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 1, NULL, 0, &result, 1, &count, NULL));
  EXPECT(count == 1 && result.code == COFFER_ERR_INVALID_ARGUMENT);
  EXPECT(strcmp(result.message,
                "row 1, user: the admission decided 8, which is none of active, "
                "pending, refused") == 0);
  decided.failure = "\xff\xfe";
  EXPECT_OK(coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 1, NULL, 0, &result, 1, &count, NULL));
  EXPECT(result.code == COFFER_ERR_SOURCE_UNAVAILABLE);
  EXPECT(strcmp(result.message, "row 1, user: the admission answered 501") == 0);
  memset(text, 'x', sizeof text - 1);
  memcpy(text + sizeof text - 15, "\xc3\xa9", 2); /* the cut comes between its two bytes */
  text[sizeof text - 1] = '\0';
  decided.failure = text;
  EXPECT_OK(coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 1, NULL, 0, &result, 1, &count, NULL));
  EXPECT(strlen(result.message) == 250 && result.message[249] == 'x');
  decided.failure = NULL;
  decided.status = COFFER_CRYPTO_WALLET_PENDING;
  EXPECT_OK(coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, &job, NULL));
  EXPECT(job.failed == 0 && job.created == 1 && job.attempt == 4);
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static void lists_of_users_decide_before_the_admission(void) {
  static const char* const allowed[] = {"ann", "cid"};
  static const char* const denied[] = {"cid", "eve"};
  static const char* const users[] = {"ann", "bob", "cid", "eve"};
  static const coffer_crypto_wallet_status expected[] = {
      COFFER_CRYPTO_WALLET_ACTIVE, COFFER_CRYPTO_WALLET_PENDING, COFFER_CRYPTO_WALLET_REFUSED,
      COFFER_CRYPTO_WALLET_REFUSED};
  decision decided = {COFFER_CRYPTO_WALLET_PENDING, NULL};
  int round = 0;
  size_t i = 0;
  for (round = 0; round < 2; ++round) {
    test_book book = open_book();
    coffer_crypto_wallets_options options;
    coffer_crypto_wallets* wallets = NULL;
    coffer_wallet_row rows[4];
    coffer_wallet_row_result results[4];
    coffer_wallet_job job;
    size_t count = 0;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.allowed_users = allowed;
    options.allowed_count = 2;
    options.denied_users = denied;
    options.denied_count = 2;
    if (round == 0) {
      options.otherwise = COFFER_CRYPTO_WALLET_PENDING;
    } else {
      options.admission = decide;
      options.admission_data = &decided;
    }
    EXPECT_OK(coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
    for (i = 0; i < 4; ++i) {
      rows[i] = row_of(users[i]);
    }
    const coffer_id source = add_bitcoin_source(wallets, NULL);
    coffer_wallet_job_draft draft = job_draft("job", &source);
    EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, rows, 4, &job, NULL, NULL));
    EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
    EXPECT_OK(coffer_wallet_job_results(wallets, job.id, 0, 0, NULL, 0, results, 4, &count, NULL));
    for (i = 0; i < 4; ++i) {
      EXPECT(results[i].status == expected[i]);
    }
    coffer_crypto_wallets_destroy(wallets);
    coffer_engine_destroy(book.engine);
  }
}

static void lists_that_can_not_be_are_refused(void) {
  static char long_user[200];
  const char* users[] = {"ann", NULL};
  test_book book = open_book();
  coffer_crypto_wallets_options options;
  coffer_crypto_wallets* wallets = NULL;
  coffer_error err;
  memset(long_user, 'x', sizeof long_user - 1);
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.denied_count = 1;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  options.denied_users = users;
  options.denied_count = 2;
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, &err));
  EXPECT(strncmp(err.message, "denied_users[1]: user", 21) == 0);
  users[1] = long_user;
  EXPECT_STATUS(COFFER_ERR_KEY_TOO_LONG,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  options.denied_count = 1000001;
  EXPECT_STATUS(COFFER_ERR_OUT_OF_RANGE,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  options.denied_count = 0;
  options.otherwise = COFFER_CRYPTO_WALLET_FROZEN;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  EXPECT(wallets == NULL);
  coffer_engine_destroy(book.engine);
}

const test_case admission_cases[] = {
    {"an admission that decides nonsense makes no wallet",
     an_admission_that_decides_nonsense_makes_no_wallet},
    {"lists of users decide before the admission", lists_of_users_decide_before_the_admission},
    {"lists that can not be are refused", lists_that_can_not_be_are_refused},
    {NULL, NULL},
};
