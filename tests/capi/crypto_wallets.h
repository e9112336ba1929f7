/* SPDX-License-Identifier: MIT */
/* An address source, drafts and rows of jobs for the test program in C. */
#ifndef COFFER_TESTS_CAPI_CRYPTO_WALLETS_H
#define COFFER_TESTS_CAPI_CRYPTO_WALLETS_H

#include "expect.h"

/** Adds BIP-84's account of the words "abandon ... about" as "btc"; its id. `actor` is nullable. */
coffer_id add_bitcoin_source(coffer_crypto_wallets* wallets, const char* actor);
/** A draft over one source. */
coffer_wallet_job_draft job_draft(const char* key, const coffer_id* source);
/** A row with a user alone. */
coffer_wallet_row row_of(const char* user);

#endif /* COFFER_TESTS_CAPI_CRYPTO_WALLETS_H */
