/* SPDX-License-Identifier: MIT */
/* Wallets: one user's money in one currency, with the movements that users know. */
#ifndef COFFER_WALLET_H
#define COFFER_WALLET_H

/* Threads: any function from any number of threads at once, on one engine too. */

#include "coffer_asset.h"
#include "coffer_history.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Who can move the money. */
typedef uint8_t coffer_wallet_kind;
#define COFFER_WALLET_TRADITIONAL ((coffer_wallet_kind)0) /**< the institution */
#define COFFER_WALLET_CRYPTO ((coffer_wallet_kind)1)      /**< who holds the key */

/** What a transaction was for the wallet. */
typedef uint8_t coffer_wallet_transaction_type;
#define COFFER_WALLET_OTHER ((coffer_wallet_transaction_type)0) /**< by way of the ledger */
#define COFFER_WALLET_DEPOSIT ((coffer_wallet_transaction_type)1)
#define COFFER_WALLET_WITHDRAW ((coffer_wallet_transaction_type)2)
#define COFFER_WALLET_TRANSFER_IN ((coffer_wallet_transaction_type)3)
#define COFFER_WALLET_TRANSFER_OUT ((coffer_wallet_transaction_type)4)
#define COFFER_WALLET_EXCHANGE_IN ((coffer_wallet_transaction_type)5)
#define COFFER_WALLET_EXCHANGE_OUT ((coffer_wallet_transaction_type)6)

/** A wallet. Everything but its balance stays as it was created. */
typedef struct coffer_wallet {
  coffer_id id;
  coffer_id asset_id;
  coffer_id account; /**< the ledger account behind it */
  coffer_timestamp recorded_at;
  coffer_asset asset;
  coffer_wallet_kind kind;
  char user[129];
  char label[257];
  uint8_t reserved[5];
  uint32_t user_length;
  uint32_t label_length;
} coffer_wallet;

/** What a wallet is created with. */
typedef struct coffer_wallet_draft {
  uint32_t struct_size;
  uint8_t reserved[4];
  const char* user; /**< 1..128 bytes */
  size_t user_length;
  const char* currency; /**< the asset's code; a built-in one is registered on first use */
  size_t currency_length;
  const char* label; /**< at most 256 bytes; kept from the first creation */
  size_t label_length;
} coffer_wallet_draft;

/** What a movement does. */
typedef uint8_t coffer_movement_kind;
#define COFFER_MOVEMENT_DEPOSIT ((coffer_movement_kind)1)  /**< money from outside into `wallet` */
#define COFFER_MOVEMENT_WITHDRAW ((coffer_movement_kind)2) /**< money out of `wallet` */
#define COFFER_MOVEMENT_TRANSFER ((coffer_movement_kind)3) /**< from `wallet` to `other` */
#define COFFER_MOVEMENT_EXCHANGE ((coffer_movement_kind)4) /**< the same between two assets */

/** A movement of money, for single and bulk calls. `reference` is its idempotency key, 1..256
 * bytes, unique for ever within (wallet, kind). */
typedef struct coffer_movement {
  coffer_movement_kind kind; /**< not read by the functions that name a kind */
  coffer_rounding rounding;  /**< of an exchange */
  uint8_t reserved[6];
  coffer_id wallet;
  coffer_id other;      /**< the receiving wallet of a transfer or an exchange */
  coffer_amount amount; /**< greater than zero, of the asset of `wallet` */
  coffer_rate rate;     /**< of an exchange: whole units of the other's asset for one of ours */
  coffer_timestamp effective_at;
  const char* reference;
  size_t reference_length;
  const char* description; /**< at most 1024 bytes */
  size_t description_length;
} coffer_movement;

/** What a movement became. */
typedef struct coffer_receipt {
  coffer_id transaction;
  coffer_timestamp recorded_at;
  coffer_amount received; /**< by the other wallet of an exchange; else the amount */
  uint8_t existed;        /**< the reference was there with the same content: its first result */
  uint8_t reserved[7];
} coffer_receipt;

/** One line of a wallet's history. balance_before +- amount = balance_after. */
typedef struct coffer_wallet_transaction {
  coffer_id id;
  coffer_id wallet;
  coffer_amount amount; /**< greater than zero */
  coffer_amount balance_before;
  coffer_amount balance_after;
  coffer_timestamp recorded_at;
  coffer_timestamp effective_at;
  coffer_wallet_transaction_type type;
  uint8_t is_incoming; /**< raises the balance */
  char reference[257];
  char description[1025];
  uint8_t reserved[4];
  uint32_t reference_length;
  uint32_t description_length;
} coffer_wallet_transaction;

/** Which lines of a wallet's history. All zero but the wallet: all, newest first. */
typedef struct coffer_wallet_query {
  uint32_t struct_size;
  uint8_t is_oldest_first;
  uint8_t has_type;
  coffer_wallet_transaction_type type; /**< read when has_type */
  uint8_t has_amount_min;
  coffer_id wallet;
  coffer_cursor after;
  coffer_timestamp recorded_from; /**< inclusive; 0: from the beginning */
  coffer_timestamp recorded_to;   /**< exclusive; 0: to the end */
  coffer_amount amount_min;       /**< inclusive; read when has_amount_min */
  coffer_amount amount_max;       /**< inclusive; read when has_amount_max */
  const char* reference;          /**< exactly this; empty: any */
  size_t reference_length;
  uint8_t has_amount_max;
  uint8_t reserved[7];
} coffer_wallet_query;

/** The type in words, e.g. "transfer_out"; "unknown" for a value not listed. Lifetime: of the
 *  program. */
COFFER_API const char* coffer_wallet_transaction_type_name(coffer_wallet_transaction_type type);

/** Creates the wallet of a user in a currency; there is at most one, and a repeat gives the first.
 *
 *  Returns:    COFFER_ERR_INVALID_ARGUMENT (user or currency empty), COFFER_ERR_TEXT_TOO_LONG,
 *              COFFER_ERR_INVALID_UTF8, COFFER_ERR_ASSET_NOT_FOUND.
 *  Out:        wallet_out, existed_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_create(coffer_engine* engine,
                                                               const coffer_wallet_draft* draft,
                                                               coffer_wallet* wallet_out,
                                                               uint8_t* existed_out,
                                                               coffer_error* err);

/** Creates many wallets with one commit; an outcome's id is the wallet. Returns and outputs as
 *  `coffer_transfer_post_many`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_create_many(
    coffer_engine* engine, const coffer_wallet_draft* drafts, size_t count, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Gives a wallet by its id. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_find(const coffer_engine* engine,
                                                             coffer_id id,
                                                             coffer_wallet* wallet_out,
                                                             coffer_error* err);

/** Gives the wallet of a user in a currency. Returns COFFER_ERR_ASSET_NOT_FOUND,
 *  COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_find_by_user(
    const coffer_engine* engine, const char* user, size_t user_length, const char* currency,
    size_t currency_length, coffer_wallet* wallet_out, coffer_error* err);

/** Lists a user's wallets; with an empty user all wallets in the order of their ids.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (capacity is 0), COFFER_ERR_WALLET_NOT_FOUND (`after` is not
 *              one of this user).
 *  In:         after:       the last wallet of the previous page; 0: from the start
 *  Out:        wallets_out: an array of `capacity`; at most 1000 are written
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_list(
    const coffer_engine* engine, const char* user, size_t user_length, coffer_id after,
    coffer_wallet* wallets_out, size_t capacity, size_t* count_out, coffer_error* err);

/** Adds money from outside. `receipt_out` is nullable here and below.
 *
 *  Returns:    COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_AMOUNT_NOT_POSITIVE, COFFER_ERR_KEY_REQUIRED
 *              (reference), COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_UTF8,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_*, COFFER_ERR_ACCOUNT_CLOSED,
 *              COFFER_ERR_WALLET_FROZEN, COFFER_ERR_EFFECTIVE_IN_FUTURE, COFFER_ERR_EXCEEDS_LIMIT,
 *              COFFER_ERR_AMOUNT_OVERFLOW.
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_deposit(coffer_engine* engine,
                                                                const coffer_movement* movement,
                                                                coffer_receipt* receipt_out,
                                                                coffer_error* err);

/** Takes money out. Returns as `coffer_wallet_deposit`, with COFFER_ERR_INSUFFICIENT_BALANCE (the
 *  message says what is available) in place of COFFER_ERR_EXCEEDS_LIMIT. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_withdraw(coffer_engine* engine,
                                                                 const coffer_movement* movement,
                                                                 coffer_receipt* receipt_out,
                                                                 coffer_error* err);

/** Moves money from `wallet` to `other`, both of one asset. Returns as `coffer_wallet_withdraw`,
 * and before the amount COFFER_ERR_SAME_ACCOUNT, COFFER_ERR_ASSET_MISMATCH. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_transfer(coffer_engine* engine,
                                                                 const coffer_movement* movement,
                                                                 coffer_receipt* receipt_out,
                                                                 coffer_error* err);

/** Changes money of `wallet` into the asset of `other`, in one transaction. Returns as
 *  `coffer_wallet_withdraw`; for the rate as `coffer_rate_apply`; COFFER_ERR_ASSET_MISMATCH (both
 *  are of one asset), COFFER_ERR_AMOUNT_NOT_POSITIVE also when nothing would be received. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_exchange(coffer_engine* engine,
                                                                 const coffer_movement* movement,
                                                                 coffer_receipt* receipt_out,
                                                                 coffer_error* err);

/** Executes many movements with one commit. An outcome's id is the transaction; `subject` of a
 *  failure is the wallet of COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_WALLET_FROZEN and
 *  COFFER_ERR_INSUFFICIENT_BALANCE, the earlier transaction of COFFER_ERR_EXISTS_WITH_DIFFERENT_*,
 *  less than 0 for a field, the account of other codes about one, and 0 where the code says all;
 *  `coffer_outcome_describe` puts it into words. Returns and outputs as
 *  `coffer_transfer_post_many`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_execute(
    coffer_engine* engine, const coffer_movement* movements, size_t count, coffer_batch_mode mode,
    coffer_outcome* outcomes_out, size_t* failed_out, coffer_error* err);

/** Stops every movement of a wallet and every new hold. `reason` (at most 4096 bytes) is journaled.
 *  Returns COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_ACCOUNT_CLOSED, COFFER_ERR_TEXT_TOO_LONG,
 *  COFFER_ERR_INVALID_UTF8. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_freeze(coffer_engine* engine,
                                                               coffer_id wallet, const char* reason,
                                                               size_t reason_length,
                                                               coffer_error* err);

/** Lets the wallet move again. Returns as `coffer_wallet_freeze`. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_thaw(coffer_engine* engine,
                                                             coffer_id wallet, const char* reason,
                                                             size_t reason_length,
                                                             coffer_error* err);

/** Whether the wallet is frozen. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_is_frozen(const coffer_engine* engine,
                                                                  coffer_id wallet,
                                                                  uint8_t* is_frozen_out,
                                                                  coffer_error* err);

/** The money in its buckets. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_balance(const coffer_engine* engine,
                                                                coffer_id wallet,
                                                                coffer_balance* balance_out,
                                                                coffer_error* err);

/** Gives one page of a wallet's history, as `coffer_history_list` does. Returns
 *  COFFER_ERR_INVALID_ARGUMENT (the query), COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE
 *  (capacity is 0). */
COFFER_API COFFER_NODISCARD coffer_status
coffer_wallet_transactions(const coffer_engine* engine, const coffer_wallet_query* query,
                           coffer_wallet_transaction* lines_out, size_t capacity, size_t* count_out,
                           coffer_cursor* next_out, uint8_t* has_more_out, coffer_error* err);

/** Gives a page by number, counted from 1, of `page_size` (1..1000) lines, and the count of all
 * that the query finds; `query->after` is not read. `lines_out` holds `page_size` lines. Returns as
 *  `coffer_wallet_transactions`. Cost: walks all lines, to count them. */
COFFER_API COFFER_NODISCARD coffer_status coffer_wallet_transactions_page(
    const coffer_engine* engine, const coffer_wallet_query* query, int64_t page, int64_t page_size,
    coffer_wallet_transaction* lines_out, size_t* count_out, int64_t* total_out, coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_WALLET_H */
