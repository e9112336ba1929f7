/* SPDX-License-Identifier: MIT */
/* Two users' wallets, a deposit of 50.00 USD, a payment of 12.50, and what is left. */
#include <coffer.h>
#include <stdio.h>
#include <stdlib.h>

static coffer_error err;
static void must(coffer_status status) {
  if (status != COFFER_OK) {
    fprintf(stderr, "%s\n", err.message);
    exit(1);
  }
}

int main(void) {
  const coffer_wallet_draft drafts[] = {{sizeof *drafts, {0}, "ann", 3, "USD", 3, NULL, 0},
                                        {sizeof *drafts, {0}, "bob", 3, "USD", 3, NULL, 0}};
  coffer_engine* book = NULL;
  coffer_wallet ann, bob;
  coffer_balance left;
  char text[COFFER_AMOUNT_TEXT_SIZE];

  must(coffer_engine_open("money.db", 8, NULL, &book, &err));
  must(coffer_wallet_create(book, &drafts[0], &ann, NULL, &err));
  must(coffer_wallet_create(book, &drafts[1], &bob, NULL, &err));
  coffer_movement deposit = {.wallet = ann.id, .reference = "deposit-1", .reference_length = 9};
  must(coffer_amount_parse("50", 2, 2, &deposit.amount, &err));
  must(coffer_wallet_deposit(book, &deposit, NULL, &err));
  coffer_movement payment = {
      .wallet = ann.id, .other = bob.id, .reference = "payment-1", .reference_length = 9};
  must(coffer_amount_parse("12.50", 5, 2, &payment.amount, &err));
  must(coffer_wallet_transfer(book, &payment, NULL, &err));
  must(coffer_wallet_balance(book, ann.id, &left, &err));
  must(coffer_amount_format(&left.available, 2, text, sizeof text, NULL, &err));
  printf("ann has %s USD\n", text);
  coffer_engine_destroy(book);
  return 0;
}
