/* SPDX-License-Identifier: MIT */
/* Opens a book, moves 12.50 USD between two accounts, looks at them and verifies. */
#include <coffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static coffer_error err;

/** Ends the program with the reason when a call did not succeed. */
static void must(coffer_status status) {
  if (status != COFFER_OK) {
    fprintf(stderr, "%s: %s\n", coffer_status_name(status), err.message);
    exit(1);
  }
}

static coffer_id open_account(coffer_engine* book, const char* key, coffer_id asset, int is_cash) {
  coffer_account_draft draft = {.struct_size = sizeof draft, .asset = asset};
  coffer_id id = 0;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.normal_side = is_cash ? COFFER_SIDE_DEBIT : COFFER_SIDE_CREDIT;
  draft.policy.is_unbounded_below = is_cash ? 1 : 0;
  must(coffer_account_open(book, &draft, &id, &err));
  return id;
}

int main(int count, char** arguments) {
  const char* path = count > 1 ? arguments[1] : "quickstart.db";
  coffer_engine* book = NULL;
  must(coffer_engine_open(path, strlen(path), NULL, &book, &err));

  coffer_asset usd;
  coffer_id asset = 0;
  must(coffer_asset_preset("USD", 3, &usd, &err));
  must(coffer_asset_register(book, &usd, &asset, &err));
  coffer_id cash = open_account(book, "cash", asset, 1);
  coffer_id alice = open_account(book, "alice", asset, 0);

  coffer_transfer deposit = {.key = "deposit-1", .key_length = 9, .debit = cash, .credit = alice};
  coffer_outcome outcome;
  must(coffer_amount_parse("12.50", 5, usd.scale, &deposit.amount, &err));
  must(coffer_transfer_post_many(book, &deposit, 1, COFFER_BATCH_ATOMIC, &outcome, NULL, &err));
  printf("posted transaction %lld\n", (long long)outcome.id);

  coffer_balance balance;
  char text[COFFER_AMOUNT_TEXT_SIZE];
  must(coffer_account_balance(book, alice, &balance, &err));
  must(coffer_amount_format(&balance.available, usd.scale, text, sizeof text, NULL, &err));
  printf("alice has %s USD\n", text);

  coffer_history_query query = {.struct_size = sizeof query, .account = alice};
  coffer_history_line lines[10];
  size_t found = 0;
  must(coffer_history_list(book, &query, lines, 10, &found, NULL, NULL, &err));
  for (size_t i = 0; i < found; ++i) {
    must(coffer_amount_format(&lines[i].change, usd.scale, text, sizeof text, NULL, &err));
    printf("  %s %s\n", lines[i].key, text);
  }

  coffer_verify_report report;
  must(coffer_engine_verify(book, NULL, NULL, NULL, &report, &err));
  printf("verified %lld transaction\n", (long long)report.transactions);
  coffer_engine_destroy(book);
  return 0;
}
