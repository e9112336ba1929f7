/* SPDX-License-Identifier: MIT */
/* Runs the cases of all files, or of the file named on the command line. */
#include "expect.h"

int failures = 0;
coffer_timestamp now = 0;

void expect_failed(const char* file, int line, const char* what, const char* detail) {
  printf("%s:%d: %s  %s\n", file, line, what, detail);
  ++failures;
}

static coffer_timestamp read_clock(void* data) { return *(const coffer_timestamp*)data; }

static coffer_id open_account(coffer_engine* engine, const char* key, coffer_id asset,
                              coffer_side side, uint8_t is_unbounded) {
  coffer_account_draft draft;
  coffer_id id = 0;
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.owner = key;
  draft.owner_length = strlen(key);
  draft.asset = asset;
  draft.normal_side = side;
  draft.policy.is_unbounded_below = is_unbounded;
  EXPECT_OK(coffer_account_open(engine, &draft, &id, NULL));
  return id;
}

test_book open_book(void) {
  test_book opened;
  coffer_engine_options options;
  coffer_asset usd;
  memset(&opened, 0, sizeof opened);
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.clock = read_clock;
  options.clock_data = &now;
  now = INT64_C(1700000000000000000);
  EXPECT_OK(coffer_engine_open_in_memory(&options, &opened.engine, NULL));
  EXPECT_OK(coffer_asset_preset(TEXT("USD"), &usd, NULL));
  EXPECT_OK(coffer_asset_register(opened.engine, &usd, &opened.usd, NULL));
  opened.cash = open_account(opened.engine, "cash", opened.usd, COFFER_SIDE_DEBIT, 1);
  opened.alice = open_account(opened.engine, "alice", opened.usd, COFFER_SIDE_CREDIT, 0);
  opened.bob = open_account(opened.engine, "bob", opened.usd, COFFER_SIDE_CREDIT, 0);
  return opened;
}

coffer_status pay_in(test_book* book, const char* key, coffer_id account, int64_t units,
                     coffer_outcome* outcome_out) {
  coffer_entry entries[2];
  coffer_draft draft;
  memset(entries, 0, sizeof entries);
  entries[0].account = book->cash;
  entries[0].side = COFFER_SIDE_DEBIT;
  entries[0].amount = coffer_amount_from_int64(units);
  entries[1].account = account;
  entries[1].side = COFFER_SIDE_CREDIT;
  entries[1].amount = coffer_amount_from_int64(units);
  memset(&draft, 0, sizeof draft);
  draft.struct_size = sizeof draft;
  draft.key = key;
  draft.key_length = strlen(key);
  draft.entries = entries;
  draft.entries_count = 2;
  return coffer_draft_post(book->engine, &draft, outcome_out, NULL);
}

int64_t units_of(coffer_amount amount) {
  int64_t units = 0;
  EXPECT_OK(coffer_amount_to_int64(&amount, &units, NULL));
  return units;
}

int64_t posted_of(const coffer_engine* engine, coffer_id account) {
  coffer_balance balance;
  memset(&balance, 0, sizeof balance);
  EXPECT_OK(coffer_account_balance(engine, account, &balance, NULL));
  return units_of(balance.posted);
}

/** When a group runs: always, or by whether the library has keys. */
typedef enum needs { ANYTHING, KEYS, NO_KEYS } needs;

int main(int count, char** arguments) {
  static const struct {
    const char* name;
    const test_case* cases;
    needs needs;
  } groups[] = {
      {"amount", amount_cases, ANYTHING},
      {"ledger", ledger_cases, ANYTHING},
      {"history", history_cases, ANYTHING},
      {"hold", hold_cases, ANYTHING},
      {"wallet", wallet_cases, ANYTHING},
      {"hostile", hostile_cases, ANYTHING},
      {"key", key_cases, KEYS},
      {"keystore", keystore_cases, KEYS},
      {"signer", signer_cases, KEYS},
      {"address", address_cases, KEYS},
      {"message", message_cases, KEYS},
      {"keys_hostile", keys_hostile_cases, KEYS},
      {"wallet_job", wallet_job_cases, KEYS},
      {"wallet_hooks", wallet_hooks_cases, KEYS},
      {"admission", admission_cases, KEYS},
      {"wallet_hostile", wallet_hostile_cases, KEYS},
      {"pkcs11", pkcs11_cases, KEYS},
      {"musig", musig_cases, KEYS},
      {"vectors", vectors_cases, KEYS},
      {"keys_absent", keys_absent_cases, NO_KEYS},
  };
  const needs other =
      strcmp(coffer_curve_name(COFFER_CURVE_SECP256K1), "unknown") == 0 ? KEYS : NO_KEYS;
  int run = 0;
  int failed = 0;
  size_t i = 0;
  for (i = 0; i < sizeof groups / sizeof groups[0]; ++i) {
    const test_case* one = groups[i].cases;
    if (groups[i].needs == other || (count > 1 && strcmp(arguments[1], groups[i].name) != 0)) {
      continue;
    }
    for (; one->sentence != NULL; ++one) {
      const size_t handles = coffer_handle_count();
      failures = 0;
      one->run();
      EXPECT(coffer_handle_count() == handles);
      ++run;
      if (failures > 0) {
        printf("FAILED: %s\n", one->sentence);
        ++failed;
      }
    }
  }
  printf("%d cases, %d failed\n", run, failed);
  return run == 0 || failed > 0;
}
