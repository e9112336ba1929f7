/* SPDX-License-Identifier: MIT */
/* Wallets and reconciliations through the C ABI. */
#include "expect.h"

static coffer_wallet create(coffer_engine* engine, const char* user, const char* currency) {
  coffer_wallet_draft draft;
  coffer_wallet wallet;
  memset(&wallet, 0, sizeof wallet);
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.user = user;
  draft.user_length = strlen(user);
  draft.currency = currency;
  draft.currency_length = strlen(currency);
  EXPECT_OK(coffer_wallet_create(engine, &draft, &wallet, NULL, NULL));
  return wallet;
}

static coffer_movement movement(coffer_movement_kind kind, coffer_id wallet, int64_t units,
                                const char* reference) {
  coffer_movement out;
  memset(&out, 0, sizeof out);
  out.kind = kind;
  out.wallet = wallet;
  out.amount = coffer_amount_from_int64(units);
  out.reference = reference;
  out.reference_length = strlen(reference);
  return out;
}

static void money_goes_in_out_and_between_wallets(void) {
  test_book book = open_book();
  coffer_error err;
  coffer_receipt receipt;
  coffer_balance balance;
  coffer_wallet_transaction lines[4];
  coffer_wallet_query query;
  size_t count = 0;
  int64_t total = 0;
  const coffer_wallet alice = create(book.engine, "alice", "USD");
  const coffer_wallet bob = create(book.engine, "bob", "USD");
  coffer_movement move = movement(COFFER_MOVEMENT_DEPOSIT, alice.id, 10000, "r1");
  EXPECT(alice.asset.scale == 2);
  EXPECT_OK(coffer_wallet_deposit(book.engine, &move, &receipt, NULL));
  EXPECT(receipt.existed == 0);
  EXPECT_OK(coffer_wallet_deposit(book.engine, &move, &receipt, NULL));
  EXPECT(receipt.existed == 1);
  move = movement(COFFER_MOVEMENT_WITHDRAW, alice.id, 10001, "r2");
  EXPECT_STATUS(COFFER_ERR_INSUFFICIENT_BALANCE,
                coffer_wallet_withdraw(book.engine, &move, NULL, &err));
  EXPECT(strncmp(err.message, "insufficient balance", 20) == 0);
  move = movement(COFFER_MOVEMENT_WITHDRAW, alice.id, 2000, "r2");
  EXPECT_OK(coffer_wallet_withdraw(book.engine, &move, NULL, NULL));
  move = movement(COFFER_MOVEMENT_TRANSFER, alice.id, 3000, "r3");
  move.other = bob.id;
  EXPECT_OK(coffer_wallet_transfer(book.engine, &move, NULL, NULL));
  EXPECT_OK(coffer_wallet_balance(book.engine, alice.id, &balance, NULL));
  EXPECT(units_of(balance.available) == 5000);
  memset(&query, 0, sizeof query);
  query.struct_size = sizeof query;
  query.wallet = alice.id;
  EXPECT_OK(coffer_wallet_transactions(book.engine, &query, lines, 4, &count, NULL, NULL, NULL));
  EXPECT(count == 3);
  EXPECT(lines[0].type == COFFER_WALLET_TRANSFER_OUT);
  EXPECT(strcmp(coffer_wallet_transaction_type_name(lines[0].type), "transfer_out") == 0);
  EXPECT(strcmp(lines[2].reference, "r1") == 0);
  EXPECT_OK(
      coffer_wallet_transactions_page(book.engine, &query, 2, 2, lines, &count, &total, NULL));
  EXPECT(count == 1);
  EXPECT(total == 3);
  coffer_engine_destroy(book.engine);
}

static void an_exchange_moves_two_wallets_or_none(void) {
  test_book book = open_book();
  coffer_receipt receipt;
  coffer_balance balance;
  const coffer_wallet usd = create(book.engine, "alice", "USD");
  const coffer_wallet jpy = create(book.engine, "alice", "JPY");
  coffer_movement move = movement(COFFER_MOVEMENT_DEPOSIT, usd.id, 10000, "r1");
  EXPECT_OK(coffer_wallet_deposit(book.engine, &move, NULL, NULL));
  move = movement(COFFER_MOVEMENT_EXCHANGE, usd.id, 5000, "x1");
  move.other = jpy.id;
  EXPECT_STATUS(COFFER_ERR_DIVISION_BY_ZERO,
                coffer_wallet_exchange(book.engine, &move, &receipt, NULL));
  EXPECT_OK(coffer_rate_parse(TEXT("151.3"), &move.rate, NULL));
  EXPECT_OK(coffer_wallet_exchange(book.engine, &move, &receipt, NULL));
  EXPECT(units_of(receipt.received) == 7565);
  EXPECT_OK(coffer_wallet_balance(book.engine, jpy.id, &balance, NULL));
  EXPECT(units_of(balance.posted) == 7565);
  coffer_engine_destroy(book.engine);
}

static void bulk_creation_and_movements_share_a_commit(void) {
  test_book book = open_book();
  coffer_wallet_draft drafts[2];
  coffer_outcome outcomes[3];
  coffer_movement moves[3];
  size_t failed = 0;
  coffer_wallet found;
  coffer_wallet page[4];
  size_t count = 0;
  memset(drafts, 0, sizeof drafts);
  drafts[0].struct_size = drafts[1].struct_size = sizeof drafts[0];
  drafts[0].user = "u1";
  drafts[1].user = "u2";
  drafts[0].user_length = drafts[1].user_length = 2;
  drafts[0].currency = drafts[1].currency = "USD";
  drafts[0].currency_length = drafts[1].currency_length = 3;
  EXPECT_OK(coffer_wallet_create_many(book.engine, drafts, 2, COFFER_BATCH_ATOMIC, outcomes,
                                      &failed, NULL));
  EXPECT(failed == 0);
  moves[0] = movement(COFFER_MOVEMENT_DEPOSIT, outcomes[0].id, 50, "a");
  moves[1] = movement(COFFER_MOVEMENT_WITHDRAW, outcomes[1].id, 1, "b");
  moves[2] = movement(COFFER_MOVEMENT_TRANSFER, outcomes[0].id, 20, "c");
  moves[2].other = outcomes[1].id;
  EXPECT_OK(coffer_wallet_execute(book.engine, moves, 3, COFFER_BATCH_INDEPENDENT, outcomes,
                                  &failed, NULL));
  EXPECT(failed == 1);
  EXPECT(outcomes[1].code == COFFER_ERR_INSUFFICIENT_BALANCE);
  EXPECT_OK(coffer_wallet_find_by_user(book.engine, TEXT("u2"), TEXT("USD"), &found, NULL));
  EXPECT(posted_of(book.engine, found.account) == 20);
  EXPECT_OK(coffer_wallet_find(book.engine, found.id, &found, NULL));
  EXPECT(strcmp(found.user, "u2") == 0);
  EXPECT_OK(coffer_wallet_list(book.engine, NULL, 0, 0, page, 4, &count, NULL));
  EXPECT(count == 2);
  coffer_engine_destroy(book.engine);
}

static void a_frozen_wallet_does_not_move(void) {
  test_book book = open_book();
  uint8_t is_frozen = 0;
  const coffer_wallet wallet = create(book.engine, "alice", "USD");
  const coffer_movement move = movement(COFFER_MOVEMENT_DEPOSIT, wallet.id, 1, "r");
  EXPECT_OK(coffer_wallet_freeze(book.engine, wallet.id, TEXT("court order"), NULL));
  EXPECT_OK(coffer_wallet_is_frozen(book.engine, wallet.id, &is_frozen, NULL));
  EXPECT(is_frozen == 1);
  EXPECT_STATUS(COFFER_ERR_WALLET_FROZEN, coffer_wallet_deposit(book.engine, &move, NULL, NULL));
  EXPECT_OK(coffer_wallet_thaw(book.engine, wallet.id, NULL, 0, NULL));
  EXPECT_OK(coffer_wallet_deposit(book.engine, &move, NULL, NULL));
  coffer_engine_destroy(book.engine);
}

static coffer_status say_forty(void* data, coffer_id wallet, const char* asset_code,
                               coffer_timestamp end_at, coffer_amount* balance_out,
                               coffer_error* err) {
  (void)end_at;
  if (wallet == *(const coffer_id*)data) {
    EXPECT(strcmp(asset_code, "USD") == 0);
    *balance_out = coffer_amount_from_int64(40);
    return COFFER_OK;
  }
  strcpy(err->message, "the bank is closed");
  return COFFER_ERR_STORAGE_IO;
}

static void reconciliation_compares_stores_and_explains(void) {
  test_book book = open_book();
  coffer_reconciliation_request request;
  coffer_reconciliation record;
  coffer_reconciliation records[4];
  coffer_reconciliation_detail detail;
  coffer_reconciliation_outcome outcomes[2];
  coffer_history_line lines[4];
  coffer_id wallets[2];
  coffer_id next = 0;
  char notes[16];
  size_t count = 0;
  size_t failed = 0;
  const coffer_wallet wallet = create(book.engine, "alice", "USD");
  const coffer_timestamp start = now;
  coffer_movement move = movement(COFFER_MOVEMENT_DEPOSIT, wallet.id, 40, "r");
  EXPECT_OK(coffer_wallet_deposit(book.engine, &move, NULL, NULL));
  now += 1000;
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.wallet = wallet.id;
  request.start_at = start;
  request.end_at = now;
  request.external_balance = coffer_amount_from_int64(41);
  request.notes = "monthly";
  request.notes_length = 7;
  EXPECT_OK(coffer_reconciliation_run(book.engine, &request, &record, NULL));
  EXPECT(record.status == COFFER_RECONCILIATION_MISMATCH);
  EXPECT(units_of(record.difference) == 1);
  request.has_tolerance = 1;
  request.tolerance = coffer_amount_from_int64(1);
  EXPECT_OK(coffer_reconciliation_run_many(book.engine, &request, 1, outcomes, &failed, NULL));
  EXPECT(outcomes[0].record.status == COFFER_RECONCILIATION_MATCHED);
  EXPECT_OK(
      coffer_reconciliation_list(book.engine, wallet.id, 0, 0, records, 4, &count, &next, NULL));
  EXPECT(count == 2);
  EXPECT(next == 0);
  EXPECT_OK(coffer_reconciliation_find(book.engine, record.id, &record, NULL));
  EXPECT_OK(coffer_reconciliation_notes(book.engine, record.id, notes, sizeof notes, NULL, NULL));
  EXPECT(strcmp(notes, "monthly") == 0);
  EXPECT_OK(coffer_reconciliation_detail_find(book.engine, record.id, &detail, lines, 4, &count,
                                              NULL, NULL, NULL));
  EXPECT(units_of(detail.turnover) == 40);
  EXPECT(count == 1);
  now += 1000;
  wallets[0] = wallet.id;
  wallets[1] = create(book.engine, "bob", "USD").id;
  now += 1000;
  EXPECT_OK(coffer_reconciliation_run_incremental(book.engine, wallets, 2, now, say_forty,
                                                  &wallets[0], outcomes, &failed, NULL));
  EXPECT(failed == 1);
  EXPECT(outcomes[0].record.status == COFFER_RECONCILIATION_MATCHED);
  EXPECT(outcomes[1].error.code == COFFER_ERR_SOURCE_UNAVAILABLE);
  EXPECT(strstr(outcomes[1].error.message, "closed") != NULL);
  coffer_engine_destroy(book.engine);
}

const test_case wallet_cases[] = {
    {"money goes in, out and between wallets", money_goes_in_out_and_between_wallets},
    {"an exchange moves two wallets or none", an_exchange_moves_two_wallets_or_none},
    {"bulk creation and movements share a commit", bulk_creation_and_movements_share_a_commit},
    {"a frozen wallet does not move", a_frozen_wallet_does_not_move},
    {"reconciliation compares, stores and explains", reconciliation_compares_stores_and_explains},
    {NULL, NULL},
};
