/* SPDX-License-Identifier: MIT */
/* What crypto wallets ask a host in C: permissions, the chain, a text; networks of its own. */
#include "crypto_wallets.h"
#include "keys.h"

/* The first address of `add_bitcoin_source`, from BIP-84. */
static const char* const first_address = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
/* The seed of the same words. */
static const char* const seed_hex =
    "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6"
    "c4"
    "3daea6690f20ad3d8d48b2d2ce9e38e4";

/** Each actor may do what its word says; "ops" may do everything, "wild" gets no real answer. */
static coffer_status by_word(void* data, const coffer_permission_request* request,
                             coffer_error* err) {
  static const struct {
    const char* actor;
    coffer_wallet_action action;
  } known[] = {{"clerk", COFFER_WALLET_ACTION_SUBMIT},
               {"clerk", COFFER_WALLET_ACTION_RUN},
               {"boss", COFFER_WALLET_ACTION_APPROVE},
               {"auditor", COFFER_WALLET_ACTION_QUERY}};
  size_t i = 0;
  *(coffer_permission_request*)data = *request;
  if (strcmp(request->actor, "wild") == 0) {
    return 123456789;
  }
  for (i = 0; i < sizeof known / sizeof known[0]; ++i) {
    if (strcmp(request->actor, known[i].actor) == 0 && request->action == known[i].action) {
      return COFFER_OK;
    }
  }
  if (strcmp(request->actor, "ops") == 0) {
    return COFFER_OK;
  }
  strcpy(err->message, "not on the list");
  return COFFER_ERR_NOT_PERMITTED;
}

static coffer_crypto_wallets* open_guarded(const test_book* book,
                                           coffer_permission_request* asked) {
  coffer_crypto_wallets_options options;
  coffer_crypto_wallets* wallets = NULL;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.permission = by_word;
  options.permission_data = asked;
  EXPECT_OK(coffer_crypto_wallets_open(book->engine, &options, &wallets, NULL));
  return wallets;
}

static void who_may_submit_may_not_approve_or_look(void) {
  test_book book = open_book();
  coffer_permission_request asked;
  coffer_wallet_row row = row_of("ann");
  coffer_wallet_job job;
  coffer_wallet_row_result result;
  coffer_error err;
  size_t count = 0;
  memset(&asked, 0, sizeof asked);
  coffer_crypto_wallets* wallets = open_guarded(&book, &asked);
  const coffer_id source = add_bitcoin_source(wallets, "ops");
  EXPECT(asked.action == COFFER_WALLET_ACTION_ADD_SOURCE && asked.job == 0);
  coffer_wallet_job_draft draft = job_draft("job", &source);
  draft.needs_approval = 1;
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_submit(wallets, &draft, &row, 1, &job, NULL, &err));
  EXPECT(strcmp(err.message, "not on the list") == 0);
  draft.actor = "clerk";
  draft.actor_length = 5;
  EXPECT_OK(coffer_wallet_job_submit(wallets, &draft, &row, 1, &job, NULL, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_WAITING && strcmp(job.actor, "clerk") == 0);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_find(wallets, job.id, TEXT("clerk"), &job, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_approve(wallets, job.id, TEXT("clerk"), NULL, NULL));
  EXPECT(asked.action == COFFER_WALLET_ACTION_APPROVE && asked.job == job.id);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_approve(wallets, job.id, TEXT("wild"), NULL, &err));
  EXPECT(strcmp(err.message, "the permissions answered 123456789") == 0);
  EXPECT_OK(coffer_wallet_job_approve(wallets, job.id, TEXT("boss"), &job, NULL));
  EXPECT(job.state == COFFER_WALLET_JOB_READY);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED, coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL,
                                                                NULL, 0, TEXT("boss"), NULL, NULL));
  EXPECT_OK(
      coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, TEXT("clerk"), &job, NULL));
  EXPECT(job.created == 1);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED, coffer_wallet_job_results(wallets, job.id, 0, 0, NULL, 0,
                                                                    &result, 1, &count, NULL));
  EXPECT_OK(
      coffer_wallet_job_results(wallets, job.id, 0, 0, TEXT("auditor"), &result, 1, &count, NULL));
  EXPECT(count == 1 && strcmp(result.address, first_address) == 0);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_list(wallets, 0, NULL, 0, &job, 1, &count, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_roll_back(wallets, job.id, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_retry(wallets, job.id, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_cancel(wallets, job.id, NULL, 0, NULL, 0, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED, coffer_address_pool_fill(wallets, source, 1, NULL, NULL,
                                                                   TEXT("clerk"), NULL, NULL));
  EXPECT(asked.action == COFFER_WALLET_ACTION_ASSIGN_ADDRESS);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_crypto_wallet_set_status(wallets, 1, COFFER_CRYPTO_WALLET_FROZEN, NULL, 0,
                                                NULL, 0, NULL));
  EXPECT(asked.action == COFFER_WALLET_ACTION_CHANGE_WALLET);
  EXPECT_STATUS(COFFER_ERR_NOT_PERMITTED,
                coffer_wallet_job_find(wallets, job.id, seed_hex, 128, &job, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

/** A chain that has seen two addresses. */
typedef struct chain {
  int is_down;
  int asked;
  const char* seen[2];
} chain;

static coffer_status was_used(void* data, const char* network, const char* const* addresses,
                              size_t count, uint8_t* used_out, coffer_error* err) {
  chain* known = data;
  size_t i = 0;
  EXPECT(strcmp(network, "bitcoin") == 0);
  if (known->is_down != 0) {
    strcpy(err->message, "the node does not answer");
    return known->is_down;
  }
  for (i = 0; i < count; ++i) {
    EXPECT(used_out[i] == 0);
    used_out[i] =
        strcmp(addresses[i], known->seen[0]) == 0 || strcmp(addresses[i], known->seen[1]) == 0;
    ++known->asked;
  }
  return COFFER_OK;
}

static void a_pool_asks_the_chain_what_was_used(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_used_addresses found;
  coffer_assigned_address assigned;
  coffer_error err;
  chain known = {COFFER_ERR_SOURCE_UNAVAILABLE, 0, {NULL, NULL}};
  known.seen[0] = first_address;
  known.seen[1] = "bc1qp59yckz4ae5c4efgw2s5wfyvrz0ala7rgvuz8z"; /* index 2 */
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  EXPECT_STATUS(COFFER_ERR_SOURCE_UNAVAILABLE,
                coffer_address_pool_find_used(wallets, source, was_used, &known, NULL, NULL, 0,
                                              &found, &err));
  EXPECT(strcmp(err.message, "the node does not answer") == 0);
  known.is_down = -7;
  EXPECT_STATUS(COFFER_ERR_SOURCE_UNAVAILABLE,
                coffer_address_pool_find_used(wallets, source, was_used, &known, NULL, NULL, 0,
                                              &found, NULL));
  known.is_down = 0;
  EXPECT_OK(coffer_address_pool_find_used(wallets, source, was_used, &known, NULL, TEXT("ops"),
                                          &found, NULL));
  EXPECT(found.used == 2 && found.next_index == 3 && found.looked_at == known.asked);
  EXPECT(found.looked_at >= 23);
  EXPECT_OK(coffer_address_pool_fill(wallets, source, 1, NULL, NULL, NULL, 0, NULL, NULL));
  EXPECT_OK(coffer_address_pool_assign(wallets, source, "a", 1, NULL, 0, NULL, 0, &assigned, NULL));
  EXPECT(assigned.wallet.address_index == 3 && assigned.may_be_reused == 0);
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

static coffer_network own_network(void) {
  coffer_network row;
  memset(&row, 0, sizeof row);
  strcpy(row.name, "our-chain");
  strcpy(row.symbol, "OUR");
  row.family = COFFER_FAMILY_ETHEREUM;
  row.scale = 18;
  row.coin_type = 60;
  row.chain_id = 777001;
  return row;
}

static void a_network_of_the_host_has_wallets(void) {
  test_book book = open_book();
  coffer_crypto_wallets_options options;
  coffer_crypto_wallets* wallets = NULL;
  coffer_network_table* table = NULL;
  coffer_address_source_draft draft;
  coffer_address_source source;
  coffer_wallet_job job;
  coffer_crypto_wallet wallet;
  coffer_xpub node;
  coffer_xprv* account = NULL;
  coffer_wallet_row row = row_of("ann");
  const coffer_network network = own_network();
  coffer_xprv* master = master_of(seed_hex, COFFER_CURVE_SECP256K1);
  EXPECT_OK(coffer_xprv_derive(master, TEXT("m/44'/60'/0'"), &account, NULL));
  EXPECT_OK(coffer_xprv_public(account, &node, NULL));
  EXPECT_OK(coffer_network_table_create(&table, NULL));
  EXPECT_OK(coffer_network_table_add(table, &network, NULL));
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.networks = table;
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, &options, &wallets, NULL));
  coffer_network_table_destroy(table); /* it was copied */
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.name = "own";
  draft.name_length = 3;
  draft.network = "our-chain";
  draft.network_length = 9;
  draft.node = &node;
  EXPECT_OK(coffer_address_source_add(wallets, &draft, &source, NULL, NULL));
  coffer_wallet_job_draft bulk = job_draft("job", &source.id);
  EXPECT_OK(coffer_wallet_job_submit(wallets, &bulk, &row, 1, &job, NULL, NULL));
  EXPECT_OK(coffer_wallet_job_run(wallets, job.id, 9, NULL, NULL, NULL, 0, NULL, 0, NULL, NULL));
  coffer_crypto_wallets_destroy(wallets);
  /* Without the row the wallets are still there, and no new one is made. */
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  EXPECT_OK(
      coffer_crypto_wallet_find_by_user(wallets, TEXT("ann"), TEXT("our-chain"), &wallet, NULL));
  EXPECT(strcmp(wallet.address, "0x9858EfFD232B4033E47d90003D41EC34EcaEda94") == 0);
  EXPECT(strcmp(wallet.path, "m/44'/60'/0'/0/0") == 0);
  EXPECT_STATUS(COFFER_ERR_NETWORK_NOT_FOUND,
                coffer_address_pool_fill(wallets, source.id, 1, NULL, NULL, NULL, 0, NULL, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_xprv_destroy(account);
  coffer_xprv_destroy(master);
  coffer_engine_destroy(book.engine);
}

/** A text that comes in pieces of three bytes; `at` beyond its end lies about the size. */
typedef struct text_source {
  const char* text;
  size_t at;
  int is_lying;
  coffer_status answer;
} text_source;

static coffer_status read_three(void* data, char* buffer, size_t size, size_t* read_out,
                                coffer_error* err) {
  text_source* from = data;
  const size_t left = strlen(from->text) - from->at;
  const size_t taken = left < 3 ? left : 3;
  (void)err;
  memcpy(buffer, from->text + from->at, taken);
  from->at += taken;
  *read_out = from->is_lying != 0 ? size + 1 : taken;
  return from->answer;
}

static void rows_come_in_pieces_of_a_text(void) {
  test_book book = open_book();
  coffer_crypto_wallets* wallets = NULL;
  coffer_wallet_job job;
  text_source from = {"user,label\nann,\"a, b\"\nbob,c\n", 0, 0, COFFER_OK};
  text_source json = {"[{\"user\":\"dan\"}]", 0, 0, COFFER_OK};
  EXPECT_OK(coffer_crypto_wallets_open(book.engine, NULL, &wallets, NULL));
  const coffer_id source = add_bitcoin_source(wallets, NULL);
  coffer_wallet_job_draft draft = job_draft("csv", &source);
  EXPECT_OK(coffer_wallet_job_submit_pieces(wallets, &draft, COFFER_WALLET_ROWS_CSV, read_three,
                                            &from, &job, NULL, NULL));
  EXPECT(job.rows == 2);
  draft.key = "two";
  EXPECT_OK(coffer_wallet_job_submit_pieces(wallets, &draft, COFFER_WALLET_ROWS_JSON, read_three,
                                            &json, &job, NULL, NULL));
  EXPECT(job.rows == 1);
  draft.key = "bad";
  from.at = 0;
  from.is_lying = 1;
  EXPECT_STATUS(COFFER_ERR_INVALID_ARGUMENT,
                coffer_wallet_job_submit_pieces(wallets, &draft, COFFER_WALLET_ROWS_CSV, read_three,
                                                &from, &job, NULL, NULL));
  from.is_lying = 0;
  from.answer = COFFER_ERR_NOT_FOUND;
  EXPECT_STATUS(COFFER_ERR_NOT_FOUND,
                coffer_wallet_job_submit_pieces(wallets, &draft, COFFER_WALLET_ROWS_CSV, read_three,
                                                &from, &job, NULL, NULL));
  EXPECT_STATUS(COFFER_ERR_NULL_ARGUMENT,
                coffer_wallet_job_submit_pieces(wallets, &draft, COFFER_WALLET_ROWS_CSV, NULL, NULL,
                                                &job, NULL, NULL));
  EXPECT_STATUS(
      COFFER_ERR_INVALID_ARGUMENT,
      coffer_wallet_job_submit_pieces(wallets, &draft, 0, read_three, &from, &job, NULL, NULL));
  coffer_crypto_wallets_destroy(wallets);
  coffer_engine_destroy(book.engine);
}

const test_case wallet_hooks_cases[] = {
    {"who may submit may not approve or look", who_may_submit_may_not_approve_or_look},
    {"a pool asks the chain what was used", a_pool_asks_the_chain_what_was_used},
    {"a network of the host has wallets", a_network_of_the_host_has_wallets},
    {"rows come in pieces of a text", rows_come_in_pieces_of_a_text},
    {NULL, NULL},
};
